"""What changes from answer to answer: coverage, concepts, practice and delivery; pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.scoring.assessment import Level
from voiceprep.scoring.delivery import Delivery

MEAN_OF = 5
"""Answers that a smoothed line takes together: one good day does not make a trend."""

ConceptKey = tuple[str, str]
"""Id of a question, id of one of its concepts."""


@dataclass(frozen=True, slots=True)
class Point:
    """One answer in time.

    Attributes:
        attempt_id: Which attempt it is.
        at: When it was begun.
        bank: The title of its bank.
        category: Of its question.
        question_id: The id of its question.
        question: Its text.
        score: Coverage, 0 to 100, with what the candidate set right; None when not scored.
        levels: Each concept of it with its label and level.
        spoken_s: How long it is, 0 for a typed one.
        delivery: How it was spoken, or None.
        is_doubtful: Whether its sound makes the score doubtful.
    """

    attempt_id: str
    at: datetime
    bank: str
    category: str
    question_id: str
    question: str
    score: float | None
    levels: tuple[tuple[ConceptKey, str, Level], ...]
    spoken_s: float
    delivery: Delivery | None
    is_doubtful: bool = False

    def coverage(self, concept: ConceptKey | None = None) -> float | None:
        """Of the whole answer, or of one of its concepts (0, 50 or 100); None without a verdict."""
        if concept is None:
            return self.score
        return next((100 * level.credit for key, _, level in self.levels if key == concept), None)


@dataclass(frozen=True, slots=True)
class ConceptTrend:
    """One concept through all answers to its question.

    Attributes:
        key: Which one.
        label: As it was called last.
        question: Its question, as it was asked last.
        levels: What each answer made of it, the oldest first; at least one.
    """

    key: ConceptKey
    label: str
    question: str
    levels: tuple[Level, ...]

    @property
    def share(self) -> float:
        """How much of it the answers made on average, 0 to 1."""
        return sum(level.credit for level in self.levels) / len(self.levels)

    @property
    def never_covered(self) -> bool:
        """Whether no answer ever covered it."""
        return Level.COVERED not in self.levels

    def count(self, level: Level) -> int:
        """How many answers have this level."""
        return self.levels.count(level)


@dataclass(frozen=True, slots=True)
class Day:
    """What was practised on one day.

    Attributes:
        date: Which day.
        answers: How many.
        spoken_s: Seconds of speech.
        score: Mean coverage, if any.
        doubtful: How many of the scores in the mean are doubtful by their sound.
    """

    date: date
    answers: int
    spoken_s: float
    score: float | None
    doubtful: int = 0


def points(sessions: Iterable[SessionRecord]) -> tuple[Point, ...]:
    """All answers that were given and can be judged, the oldest first."""
    found = (
        point(session.bank_title, attempt) for session in sessions for attempt in session.attempts
    )
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.at))


def point(bank: str, attempt: Attempt) -> Point | None:
    """One answer, with the title of its bank; None where none was given, or cannot be judged."""
    if (attempt.transcript is None and attempt.recording is None) or attempt.is_unusable:
        return None
    try:
        at = datetime.fromisoformat(attempt.started_at)
    except ValueError:
        return None
    question, standing, transcript = attempt.question, attempt.standing, attempt.transcript
    recorded_s = attempt.recording.duration_s if attempt.recording else 0.0
    return Point(
        attempt_id=attempt.id,
        at=at if at.tzinfo else at.replace(tzinfo=UTC),
        bank=bank,
        category=question.category,
        question_id=question.id,
        question=question.question,
        score=standing.score if standing else None,
        levels=tuple(
            ((question.id, one.id), one.label, one.level)
            for one in (standing.concepts if standing else ())
        ),
        spoken_s=recorded_s or (transcript.duration_s if transcript else 0.0),
        delivery=attempt.delivery,
        is_doubtful=attempt.doubt is not None,
    )


def chosen(
    all_points: Iterable[Point],
    *,
    bank: str = "",
    category: str = "",
    since: datetime | None = None,
) -> tuple[Point, ...]:
    """Those of a bank, of a category, and not too old; "" and None take all."""
    return tuple(
        one
        for one in all_points
        if (not bank or one.bank == bank)
        and (not category or one.category == category)
        and (since is None or one.at >= since)
    )


def concept_trends(some: Iterable[Point]) -> tuple[ConceptTrend, ...]:
    """Each concept that was asked for: never covered ones first, then the weakest."""
    levels = defaultdict[ConceptKey, list[Level]](list)
    named: dict[ConceptKey, tuple[str, str]] = {}
    for point in some:
        for key, label, level in point.levels:
            levels[key].append(level)
            named[key] = (label, point.question)
    found = [ConceptTrend(key, *named[key], tuple(made)) for key, made in levels.items()]
    return tuple(
        sorted(found, key=lambda one: (not one.never_covered, one.share, -len(one.levels)))
    )


def days(some: Iterable[Point], zone: tzinfo | None = None) -> tuple[Day, ...]:
    """Each day with practice, in order, as days are in ``zone`` (None: this machine's)."""
    on_day = defaultdict[date, list[Point]](list)
    for point in some:
        on_day[point.at.astimezone(zone).date()].append(point)
    return tuple(
        Day(
            day,
            len(made),
            sum(one.spoken_s for one in made),
            _mean([one.score for one in made]),
            sum(one.is_doubtful and one.score is not None for one in made),
        )
        for day, made in sorted(on_day.items())
    )


def smoothed(values: Iterable[float]) -> tuple[float, ...]:
    """The mean of each value and the four before it."""
    seen = list(values)
    windows = (seen[max(0, end - MEAN_OF) : end] for end in range(1, len(seen) + 1))
    return tuple(sum(window) / len(window) for window in windows)


def _mean(scores: list[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else None
