"""A session with one answer of each kind: spoken, dropped, typed, synthetic, failed."""

from dataclasses import replace
from pathlib import Path

from tests.fakes import spoken
from voiceprep.bank.model import Concept, Question
from voiceprep.interview.records import Attempt, AttemptStatus, Recording, SessionRecord
from voiceprep.interview.sound_verdict import Grade, SoundVerdict
from voiceprep.resources import asset
from voiceprep.scoring.assessment import Assessment, ConceptVerdict, Evidence, Level, coverage
from voiceprep.scoring.transcript import Transcript

QUESTION = Question(
    id="gdpr",
    category="Regulation",
    level="beginner",
    question="What does the GDPR ask of us?",
    hint="Consent, the right to be forgotten, and a data protection officer.",
    concepts=(
        Concept(id="consent", label="Consent", hint="Consent", probe="May you simply ask later?"),
        Concept(id="erasure", label="Erasure", hint="the right to be forgotten", probe="And then?"),
        Concept(
            id="officer",
            label="An officer",
            hint="a data protection officer",
            probe="Who watches over it?",
        ),
    ),
)
WORDS = "um you need consent and when they ask you delete it all"


def evidence(transcript: Transcript, quote: str) -> Evidence:
    start = transcript.text.index(quote)
    return Evidence(quote, start, start + len(quote), *transcript.times_of(start, start + 1))


def assess(transcript: Transcript) -> Assessment:
    """Consent covered, erasure partly (their words overlap), the officer missed."""
    found = (
        (Level.COVERED, (evidence(transcript, "you need consent and"),), ("consent",)),
        (Level.PARTIAL, (evidence(transcript, "and when they ask you delete it"),), ()),
        (Level.MISSED, (), ()),
    )
    verdicts = tuple(
        ConceptVerdict(
            concept.id, concept.label, concept.hint, 1.0, level, 0.5, words, "The why.", terms
        )
        for concept, (level, words, terms) in zip(QUESTION.concepts, found, strict=True)
    )
    return Assessment(QUESTION.id, coverage(verdicts), verdicts, "lexical-1")


def answer(position: int = 0, transcript: Transcript | None = None, **changes: object) -> Attempt:
    transcript = transcript or replace(spoken(WORDS), engine="whisper", model="base.en")
    attempt = Attempt(
        id=f"20250514-0930{position:02}-aaaaaaaa",
        session_id="20250514-092900-bbbbbbbb",
        position=position,
        bank_id="bank",
        question=QUESTION,
        started_at="2025-05-14T09:30:00+00:00",
        status=AttemptStatus.ASSESSED,
        recording=Recording(Path("/home/someone/1.wav"), 71.2, 48_000, "Desk microphone (ALSA)"),
        transcript=transcript,
        assessment=assess(transcript),
    )
    return replace(attempt, **changes)  # type: ignore[arg-type]


def recorded(path: Path, device: str, **changes: object) -> Attempt:
    return answer(recording=Recording(path, 12.0, 16_000, device), **changes)


MICROPHONE = answer()
DROPPED = recorded(Path("/home/someone/answer.m4a"), "answer.m4a")
SYNTHETIC = recorded(asset("demo", "slt.wav"), "slt.wav")
TYPED = answer(1, Transcript.typed(f"{WORDS}\n\nThat is all."), recording=None)
BASIC = answer(1, replace(spoken(WORDS), engine="pocketsphinx", model="en-us"))
FAILED = answer(
    2,
    status=AttemptStatus.FAILED,
    transcript=None,
    assessment=None,
    failure="There is no speech in this recording.",
)
FAILED = replace(FAILED, transcript=None, assessment=None)


LOUD = "The room was loud: 6 dB between your voice and the noise."
DOUBTFUL = answer(3, sound=SoundVerdict(Grade.DOUBTFUL, LOUD, "Move closer.", snr_db=6.0))
UNUSABLE = answer(
    1, assessment=None, sound=SoundVerdict(Grade.UNUSABLE, LOUD, "Move closer.", snr_db=1.0)
)
ANYWAY = answer(1, sound=UNUSABLE.sound, scored_anyway=True)


def session(*attempts: Attempt) -> SessionRecord:
    return SessionRecord(
        id="20250514-092900-bbbbbbbb",
        bank_id="bank",
        bank_title="A bank",
        started_at="2025-05-14T09:29:00+00:00",
        question_ids=("gdpr", "psd2", "aml", "kyc"),
        ended_at="2025-05-14T10:00:00+00:00",
        attempts=attempts,
    )
