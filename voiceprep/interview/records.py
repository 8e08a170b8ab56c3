"""What an interview leaves behind: sessions, attempts, recordings."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from voiceprep.bank.model import Question
from voiceprep.interview.sound_verdict import Grade, SoundVerdict
from voiceprep.scoring.assessment import Assessment, Level, coverage
from voiceprep.scoring.delivery import Delivery, delivery
from voiceprep.scoring.transcript import Transcript

CLIP_WINDOW_S = 0.05
"""The length of sound that one of ``Recording.clips`` speaks about."""


def utc_now() -> str:
    """The time as the records keep it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Part:
    """What one microphone heard of an answer.

    Attributes:
        device: Its name.
        start_s: Where in the recording it begins, in seconds.
    """

    device: str
    start_s: float


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
        parts: The microphones one after the other, where one went away; else empty.
        clips: In how many windows of 50 ms the voice was cut off at the end of the scale.
        removed_at: When the file was removed by the user's choice of how long to keep audio, ISO
            8601, UTC; else "".
    """

    path: Path
    duration_s: float
    rate_hz: int
    device: str = ""
    overflows: int = 0
    peak_dbfs: float = 0.0
    problem: str = ""
    parts: tuple[Part, ...] = ()
    clips: int = 0
    removed_at: str = ""

    @property
    def clipped_s(self) -> float:
        """For how long in all the voice was cut off."""
        return self.clips * CLIP_WINDOW_S


class AttemptStatus(StrEnum):
    """How far an attempt has come."""

    RECORDING = "recording"
    """Being recorded; after a crash, a recording that was cut short."""
    WAITING = "waiting"
    """Recorded, not transcribed yet."""
    ASSESSED = "assessed"
    """Transcribed, and scored unless its sound is unusable."""
    FAILED = "failed"
    """Transcribing failed; the recording is kept and can be tried again."""
    SET_ASIDE = "set aside"
    """The person broke it off; the recording is kept."""


@dataclass(frozen=True, slots=True)
class Overruling:
    """A verdict that the candidate set right.

    Attributes:
        concept_id: Which concept of the question.
        level: What it is by the candidate's own word.
        note: Why, or "".
    """

    concept_id: str
    level: Level
    note: str = ""


class Revision(StrEnum):
    """Why a result took the place of an earlier one."""

    CORRECTED = "corrected"
    """The transcript was set right by hand."""
    RESCORED = "rescored"
    """The scorer or the checklist had changed."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A result that another has taken the place of.

    Attributes:
        until: ISO 8601, UTC: when that was.
        reason: Why.
        transcript: The words as they were.
        assessment: The verdicts as they were judged; None if there were none.
        overrulings: Those of them that the candidate had set right.
        question: The question with the checklist they were judged by; None where that is still
            the attempt's.
    """

    until: str
    reason: Revision
    transcript: Transcript
    assessment: Assessment | None
    overrulings: tuple[Overruling, ...] = ()
    question: Question | None = None

    @property
    def standing(self) -> Assessment | None:
        """The verdicts that counted then."""
        return standing(self.assessment, self.overrulings)


@dataclass(frozen=True, slots=True)
class Judged:
    """Answers that were judged alike.

    Attributes:
        bank_id: The bank of the question.
        question: The question with its checklist, as the answers were judged by it.
        scorer: Name and version of the scorer.
        attempt_ids: The answers, in the order in which they were made.
    """

    bank_id: str
    question: Question
    scorer: str
    attempt_ids: tuple[str, ...]


def standing(
    assessment: Assessment | None, overrulings: tuple[Overruling, ...]
) -> Assessment | None:
    """The verdicts that count: as they were judged, where the candidate did not overrule."""
    if assessment is None or not overrulings:
        return assessment
    levels = {one.concept_id: one.level for one in overrulings}
    verdicts = tuple(
        replace(one, level=levels.get(one.id, one.level)) for one in assessment.concepts
    )
    return replace(assessment, concepts=verdicts, score=coverage(verdicts))


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
        assessment: The verdicts as they were judged, once there are any.
        failure: Why transcribing failed, in words.
        overrulings: The verdicts that the candidate set right, one a concept at most.
        earlier: Results that this one has taken the place of, the first result first.
        self_rating: What the candidate thought the coverage to be before it was shown, 0 to 100.
        sound: Whether the recording can be judged; None for typed answers, for those that are not
            transcribed yet, and for those from before this was found out.
        scored_anyway: The candidate wanted a score although the sound is unusable.
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
    overrulings: tuple[Overruling, ...] = ()
    self_rating: int | None = None
    earlier: tuple[Earlier, ...] = ()
    sound: SoundVerdict | None = None
    scored_anyway: bool = False

    @property
    def standing(self) -> Assessment | None:
        """The verdicts that count: every total, list, report and trend goes by them."""
        return standing(self.assessment, self.overrulings)

    @property
    def doubt(self) -> SoundVerdict | None:
        """What its score, or the lack of one, must be marked with; None where the sound is good."""
        return None if self.sound is None or self.sound.grade is Grade.GOOD else self.sound

    @property
    def is_unusable(self) -> bool:
        """Whether it gets no score and counts nowhere, because of its sound."""
        unusable = self.sound is not None and self.sound.grade is Grade.UNUSABLE
        return unusable and not self.scored_anyway

    @property
    def words(self) -> str:
        """What was heard or typed, without white space around it; "" where nothing was."""
        return "" if self.transcript is None else self.transcript.text.strip()

    @property
    def delivery(self) -> Delivery | None:
        """How it was spoken; None where it was typed, is too short or cannot be trusted."""
        if self.transcript is None or self.is_unusable:
            return None
        return delivery(self.transcript)

    def without_score(self) -> "Attempt":
        """The attempt as it was before the candidate wanted a score although it is unusable."""
        return replace(self, assessment=None, overrulings=(), scored_anyway=False)

    @property
    def audio(self) -> Recording | None:
        """The recording that can be heard; None of typed text, and once its file was removed."""
        return None if self.recording is None or self.recording.removed_at else self.recording

    @property
    def first_transcript(self) -> Transcript | None:
        """The words before any correction by hand."""
        return self.earlier[0].transcript if self.earlier else self.transcript

    def overruling(self, concept_id: str) -> Overruling | None:
        """What the candidate said of a concept's verdict, or None."""
        return next((one for one in self.overrulings if one.concept_id == concept_id), None)

    def overruled(self, concept_id: str, level: Level, note: str = "") -> "Attempt":
        """The attempt with another level of a concept.

        Without a note, the level that was judged anyhow takes an overruling back.

        Raises:
            ValueError: There is no verdict on such a concept.
        """
        verdicts = self.assessment.concepts if self.assessment is not None else ()
        judged = next((one.level for one in verdicts if one.id == concept_id), None)
        if judged is None:
            raise ValueError(f"no verdict on a concept {concept_id!r}")
        others = tuple(one for one in self.overrulings if one.concept_id != concept_id)
        own = (Overruling(concept_id, level, note),) if note or level is not judged else ()
        return replace(self, overrulings=(*others, *own))


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
            attempt.position: standing.score
            for attempt in self.attempts
            if (standing := attempt.standing) is not None
        }
        return round(sum(last.values()) / len(last), 1) if last else None

    @property
    def doubtful(self) -> int:
        """How many of the answers that make the mean are doubtful by their sound."""
        last = {one.position: one.doubt for one in self.attempts if one.standing is not None}
        return sum(doubt is not None for doubt in last.values())
