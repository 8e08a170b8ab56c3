"""What an interview leaves behind: sessions, attempts, recordings."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from voiceprep.bank.model import Question
from voiceprep.scoring.assessment import Assessment
from voiceprep.scoring.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded answer on disk.

    Attributes:
        path: The audio file.
        duration_s: Its length in seconds.
        rate_hz: Its sample rate.
        device: Name of the microphone, or of the file that was dropped.
        overflows: How often the device lost samples because we were late.
        peak_dbfs: The loudest sample, -90 to 0.
        problem: What went wrong meanwhile in words ("The microphone was unplugged."), or "".
    """

    path: Path
    duration_s: float
    rate_hz: int
    device: str = ""
    overflows: int = 0
    peak_dbfs: float = 0.0
    problem: str = ""


class AttemptStatus(StrEnum):
    """How far an attempt has come."""

    RECORDING = "recording"
    """Being recorded; after a crash, a recording that was cut short."""
    WAITING = "waiting"
    """Recorded, not transcribed yet."""
    ASSESSED = "assessed"
    """Transcribed and scored."""
    FAILED = "failed"
    """Transcribing failed; the recording is kept and can be tried again."""
    SET_ASIDE = "set aside"
    """The person broke it off; the recording is kept."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer to one question.

    Attributes:
        id: Unique, also the stem of the recording's file name.
        session_id: The session it belongs to.
        position: Which question of the session, from 0.
        bank_id: The bank of the question.
        question: The question as it was when it was asked.
        started_at: ISO 8601, UTC.
        status: How far it has come.
        recording: The audio, None for typed answers.
        transcript: The words, once there are any.
        assessment: The verdicts, once there are any.
        failure: Why transcribing failed, in words.
    """

    id: str
    session_id: str
    position: int
    bank_id: str
    question: Question
    started_at: str
    status: AttemptStatus
    recording: Recording | None = None
    transcript: Transcript | None = None
    assessment: Assessment | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One sitting.

    Attributes:
        id: Unique.
        bank_id: The bank that was practised.
        bank_title: Its title at that time.
        started_at: ISO 8601, UTC.
        question_ids: The questions that were chosen, in order.
        ended_at: ISO 8601, UTC; empty while it runs or when it was broken off.
        attempts: In the order in which they were made.
    """

    id: str
    bank_id: str
    bank_title: str
    started_at: str
    question_ids: tuple[str, ...]
    ended_at: str = ""
    attempts: tuple[Attempt, ...] = field(default=())

    @property
    def score(self) -> float | None:
        """Mean coverage of the last assessed attempt at each question; None without any."""
        last = {
            attempt.position: attempt.assessment.score
            for attempt in self.attempts
            if attempt.assessment is not None
        }
        return round(sum(last.values()) / len(last), 1) if last else None
