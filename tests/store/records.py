"""A session and its answers to try the history with."""

from dataclasses import replace
from pathlib import Path

from tests.fakes import spoken
from voiceprep.bank.model import Concept, Question
from voiceprep.interview.records import Attempt, AttemptStatus, Recording, SessionRecord
from voiceprep.scoring.assessment import Assessment, ConceptVerdict, Evidence, Level
from voiceprep.scoring.transcript import Transcript

QUESTION = Question(
    id="gdpr",
    category="Regulation",
    level="beginner",
    question="What does the GDPR ask of us?",
    hint="Consent and the right to be forgotten.",
    concepts=(
        Concept(id="consent", label="Consent", hint="Consent"),
        Concept(id="erasure", label="Erasure", hint="the right to be forgotten"),
    ),
)
SESSION = SessionRecord(
    id="20250514-093000-aaaaaaaa",
    bank_id="bank",
    bank_title="A bank",
    started_at="2025-05-14T09:30:00+00:00",
    question_ids=("gdpr", "psd2"),
)
TRANSCRIPT = spoken("we need consent for everything we keep")
VERDICTS = (
    ConceptVerdict(
        id="consent",
        label="Consent",
        hint="Consent",
        weight=1.0,
        level=Level.COVERED,
        confidence=0.9,
        evidence=(Evidence("consent", 8, 15, *TRANSCRIPT.times_of(8, 15)),),
        why='You said "consent".',
        terms_said=("consent",),
    ),
    ConceptVerdict("erasure", "Erasure", "forgotten", 1.0, Level.MISSED, 0.1, (), "Nothing said."),
)
ASSESSMENT = Assessment("gdpr", 50.0, VERDICTS, "lexical 1")


def attempt(
    number: int = 0,
    status: AttemptStatus = AttemptStatus.WAITING,
    recording: Path | None = None,
    session: SessionRecord = SESSION,
) -> Attempt:
    """An answer that was recorded to a file, or typed."""
    return Attempt(
        id=f"20250514-093100-{number:08x}",
        session_id=session.id,
        position=0,
        bank_id=session.bank_id,
        question=QUESTION,
        started_at="2025-05-14T09:31:00+00:00",
        status=status,
        recording=Recording(recording, 12.5, 48_000, "a microphone") if recording else None,
        transcript=None if recording else Transcript.typed("we need consent"),
    )


def assessed(number: int = 0, recording: Path | None = None) -> Attempt:
    """An answer with its verdicts."""
    return replace(
        attempt(number, AttemptStatus.ASSESSED, recording),
        transcript=TRANSCRIPT,
        assessment=ASSESSMENT,
    )
