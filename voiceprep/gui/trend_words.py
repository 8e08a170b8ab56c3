"""The numbers of the trends as tables, and each in a sentence; all pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from voiceprep.gui.phrasing import LEVEL_WORDS, count, length
from voiceprep.interview.trends import MEAN_OF, ConceptKey, ConceptTrend, Day, Point, smoothed
from voiceprep.report.phrases import doubtful_answers
from voiceprep.scoring.assessment import Level


@dataclass(frozen=True, slots=True)
class Numbers:
    """A table with its head, and what it comes to in a sentence."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    summary: str


def coverage_numbers(some: Sequence[Point], concept: ConceptKey | None) -> Numbers:
    """Each scored answer, the newest first."""
    scored = [(one, value) for one in some if (value := one.coverage(concept)) is not None]
    means = smoothed(value for _, value in scored)
    rows = tuple(
        (
            _moment(one),
            f"{value:.0f}\u00a0%",
            f"{mean:.0f}\u00a0%",
            _sound(one),
            one.category,
            one.question,
        )
        for (one, value), mean in reversed(tuple(zip(scored, means, strict=True)))
    )
    if not scored:
        summary = "No scored answer here yet."
    elif len(scored) == 1:
        summary = f"1 answer: {means[-1]:.0f}\u00a0%. A second one makes a line."
    else:
        first, last = means[min(MEAN_OF, len(means)) - 1], means[-1]
        summary = f"{count(len(scored), 'answer')}; the mean of the last five is {last:.0f}\u00a0%"
        change = round(last - first)
        if len(scored) > MEAN_OF and change:
            way = "more" if change > 0 else "less"
            summary += f", {abs(change)} points {way} than that of the first five"
        summary += "."
    doubtful = sum(one.is_doubtful for one, _ in scored)
    if doubtful:
        summary += f" {count(doubtful, 'answer')} with doubtful sound: hollow points."
    head = ("When", "Coverage", "Mean of five", "Sound", "Category", "Question")
    return Numbers(head, rows, summary)


def concept_numbers(rows: Sequence[ConceptTrend]) -> Numbers:
    """Each concept, the weakest first."""
    never = sum(one.never_covered for one in rows)
    cells = tuple(
        (
            one.label,
            "never" if one.never_covered else f"{100 * one.share:.0f}\u00a0%",
            *(str(one.count(level)) for level in Level),
            one.question,
        )
        for one in rows
    )
    summary = f"{never} of {count(len(rows), 'concept')} never covered." if rows else "Nothing yet."
    head = ("Concept", "Made", *(LEVEL_WORDS[level] for level in Level), "Question")
    return Numbers(head, cells, summary)


def practice_numbers(made: Sequence[Day], today: date) -> Numbers:
    """Each day with practice, the newest first."""
    rows = tuple(
        (
            f"{one.date:%Y-%m-%d}",
            str(one.answers),
            length(one.spoken_s) if one.spoken_s else "typed",
            "\u2013" if one.score is None else f"{one.score:.0f}\u00a0%",
            doubtful_answers(one.doubtful),
        )
        for one in reversed(made)
    )
    answers = sum(one.answers for one in made)
    summary = "No practice here yet."
    if made:
        summary = f"{count(answers, 'answer')} on {count(len(made), 'day')}."
        run = _days_in_a_row({one.date for one in made}, today)
        if run > 1:
            summary += f" {run} days in a row up to now."
    return Numbers(("Day", "Answers", "Speech", "Mean coverage", "Sound"), rows, summary)


def delivery_numbers(some: Sequence[Point]) -> Numbers:
    """Each spoken answer that is long enough to tell, the newest first."""
    spoken = [(one, one.delivery) for one in some if one.delivery is not None]
    rows = tuple(
        (
            _moment(one),
            f"{found.pace_wpm:.0f}",
            f"{found.fillers_per_min:.1f}",
            f"{pauses_per_min(one):.1f}",
            length(found.speech_s),
            _sound(one),
            one.question,
        )
        for one, found in reversed(spoken)
    )
    summary = "No spoken answer of five seconds or more here yet."
    if spoken:
        pace = smoothed(found.pace_wpm for _, found in spoken)[-1]
        fillers = smoothed(found.fillers_per_min for _, found in spoken)[-1]
        summary = (
            f"{count(len(spoken), 'spoken answer')}; of the last five the mean pace is "
            f"{pace:.0f} words a minute, with {_heard(fillers)}."
        )
    head = (
        *("When", "Words a minute", "Fillers a minute", "Pauses a minute", "Speech"),
        *("Sound", "Question"),
    )
    return Numbers(head, rows, summary)


def pauses_per_min(point: Point) -> float:
    """Pauses of a second and more in a minute of speech; 0 without speech."""
    found = point.delivery
    return 60 * len(found.pauses) / found.speech_s if found else 0.0


def _sound(point: Point) -> str:
    return "doubtful" if point.is_doubtful else ""


def _moment(point: Point) -> str:
    """A date that sorts, in the time of this machine."""
    return f"{point.at.astimezone():%Y-%m-%d %H:%M}"


def _days_in_a_row(practised: set[date], today: date) -> int:
    """How many days without a gap end today, or yesterday: today is not over."""
    day = today if today in practised else today - timedelta(days=1)
    run = 0
    while day in practised:
        run += 1
        day -= timedelta(days=1)
    return run


def _heard(fillers_per_min: float) -> str:
    """Recognisers drop fillers, so the figure is a lower bound and says so."""
    if not round(fillers_per_min, 1):
        return "no filler heard"
    return f"at least {fillers_per_min:.1f} fillers a minute"
