"""All that the page of trends shows, worked out off the window's thread; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from voiceprep.gui.trend_words import (
    Numbers,
    concept_numbers,
    coverage_numbers,
    delivery_numbers,
    pauses_per_min,
    practice_numbers,
)
from voiceprep.interview.trends import (
    ConceptKey,
    ConceptTrend,
    Day,
    Point,
    chosen,
    concept_trends,
    days,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be shown: "" and None stand for all."""

    bank: str = ""
    category: str = ""
    concept: ConceptKey | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Values with their moments, the oldest first, and which of them are doubtful."""

    moments: tuple[datetime, ...]
    values: tuple[float, ...]
    doubtful: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was worked out.

    Attributes:
        categories: Those of the bank, by name.
        concepts: Those that were asked for, the weakest first.
        days: Each day with practice.
        today: The day on which this holds.
        coverage: Of the concept that is wanted, if it is among them; else of whole answers.
        pace: Words a minute.
        fillers: A minute.
        pauses: A minute.
        numbers: Tables and sentences of "coverage", "concepts", "practice" and "delivery".
    """

    categories: tuple[str, ...]
    concepts: tuple[ConceptTrend, ...]
    days: tuple[Day, ...]
    today: date
    coverage: Line
    pace: Line
    fillers: Line
    pauses: Line
    numbers: dict[str, Numbers]


def figures(points: Sequence[Point], wanted: Wanted, today: date) -> Figures:
    """Everything, for what is wanted of these answers."""
    of_bank = chosen(points, bank=wanted.bank)
    shown = chosen(of_bank, category=wanted.category, since=wanted.since)
    concepts = concept_trends(shown)
    concept = wanted.concept if any(one.key == wanted.concept for one in concepts) else None
    scored = [(one, value) for one in shown if (value := one.coverage(concept)) is not None]
    spoken = [(one, one.delivery) for one in shown if one.delivery is not None]

    def line(values: Iterable[tuple[Point, float]]) -> Line:
        made = tuple(values)
        return Line(
            tuple(one.at for one, _ in made),
            tuple(value for _, value in made),
            tuple(one.is_doubtful for one, _ in made),
        )

    practised = days(shown)
    return Figures(
        categories=tuple(sorted({one.category for one in of_bank})),
        concepts=concepts,
        days=practised,
        today=today,
        coverage=line(scored),
        pace=line((one, found.pace_wpm) for one, found in spoken),
        fillers=line((one, found.fillers_per_min) for one, found in spoken),
        pauses=line((one, pauses_per_min(one)) for one, _ in spoken),
        numbers={
            "coverage": coverage_numbers(shown, concept),
            "concepts": concept_numbers(concepts),
            "practice": practice_numbers(practised, today),
            "delivery": delivery_numbers(shown),
        },
    )
