"""Attempts and sessions for the pages that show them, scored by the real scorer."""

import math
import struct
import wave
from dataclasses import replace
from pathlib import Path

from tests.bank.samples import a_concept, a_question
from tests.fakes import FakeHistory, spoken
from voiceprep.bank.model import Question
from voiceprep.interview.records import Attempt, AttemptStatus, Recording, SessionRecord
from voiceprep.scoring.score import score
from voiceprep.scoring.transcript import Transcript

RATE_HZ = 16_000
THREE = a_question(
    7,
    a_concept(
        "Drift makes predictions worse",
        id="drift",
        hint="Model drift makes predictions worse over time",
        keywords=("model drift",),
        says=("the model gets worse as the world changes",),
        probe="What happens to its predictions?",
    ),
    a_concept(
        "Monitor the inputs",
        id="monitor",
        hint="monitor the inputs",
        keywords=("monitoring",),
        probe="How would you notice?",
    ),
    a_concept("Retrain", id="retrain", keywords=("retrain",), weight=2, probe="And then?"),
    question="What happens to a model in production?",
    hint="Model drift makes predictions worse over time, so monitor the inputs.",
)
ANSWER = (
    "well model drift makes predictions worse over time because the world changes "
    "so we watch the business figures every week and talk about them"
)


def tone(path: Path, seconds: float = 12.0) -> Path:
    """A WAV with one second of sound and one of silence in turn."""
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = [
        int(9000 * math.sin(number / 9)) if number // RATE_HZ % 2 == 0 else 0
        for number in range(int(seconds * RATE_HZ))
    ]
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return path


def an_attempt(
    path: Path | None = None,
    *,
    question: Question = THREE,
    text: str = ANSWER,
    name: str = "attempt",
    session: str = "session",
    position: int = 0,
) -> Attempt:
    """An assessed answer: spoken into ``path``, or typed."""
    if path is None:
        recording, transcript = None, Transcript.typed(text)
    else:
        heard = spoken(text)
        recording = Recording(path, heard.duration_s, RATE_HZ, "a microphone")
        transcript = replace(heard, engine="pocketsphinx", model="en-us")
    return Attempt(
        name,
        session,
        position,
        "samples",
        question,
        "2026-11-02T10:00:00+00:00",
        AttemptStatus.ASSESSED,
        recording,
        transcript,
        score(question, transcript),
    )


def unjudged(attempt: Attempt, status: AttemptStatus, failure: str = "") -> Attempt:
    """The same take before it had words."""
    return replace(attempt, status=status, transcript=None, assessment=None, failure=failure)


def a_session(
    *attempts: Attempt,
    name: str = "session",
    started_at: str = "2026-11-02T10:00:00+00:00",
    questions: tuple[str, ...] = (),
) -> SessionRecord:
    """An ended session with these attempts."""
    return SessionRecord(
        name,
        "samples",
        "Samples",
        started_at,
        questions or tuple(dict.fromkeys(one.question.id for one in attempts)) or ("question-1",),
        "2026-11-02T10:20:00+00:00",
        attempts,
    )


def keep(history: FakeHistory, *sessions: SessionRecord) -> None:
    """Put sessions with their attempts into a history."""
    for session in sessions:
        history.save_session(replace(session, attempts=()))
        for attempt in session.attempts:
            history.save_attempt(replace(attempt, session_id=session.id))
