"""Where candidate and scorer differ: overruled verdicts, and coverage rated before it was seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voiceprep.interview.records import Attempt

NOTICEABLE = 5
"""Points of 100; less is not worth a word: one concept more or less makes more."""

LATELY = 10
"""Answers by which one sees whether the ratings have become better; told once there are twice as
many: before that the two would be mostly the same."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many verdicts the candidate left as they were.

    Attributes:
        verdicts: Verdicts on the attempts of which any was overruled.
        kept: Those of them that were not.
    """

    verdicts: int
    kept: int

    @property
    def share(self) -> float:
        """Kept verdicts, 0 to 1; 1 without any."""
        return self.kept / self.verdicts if self.verdicts else 1.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coverage as the candidate rated it beside what it was.

    Attributes:
        ratings: On how many answers.
        bias: Mean of rating less coverage, in points of 100: above 0 rates too high.
        distance: Mean distance of the two, in points of 100.
    """

    ratings: int
    bias: float
    distance: float


def agreement(attempts: Iterable[Attempt]) -> Agreement:
    """How far the candidate agrees with the verdicts on some attempts.

    Only attempts with an overruling count: of the others nobody knows whether they were looked at.
    """
    verdicts = kept = 0
    for attempt in attempts:
        if attempt.assessment is None or not attempt.overrulings:
            continue
        levels = {one.id: one.level for one in attempt.assessment.concepts}
        verdicts += len(levels)
        kept += len(levels) - sum(
            levels.get(one.concept_id, one.level) is not one.level for one in attempt.overrulings
        )
    return Agreement(verdicts, kept)


def calibration(ratings: Iterable[tuple[int, float]]) -> Calibration | None:
    """How well the candidate knows their coverage; None without any rating.

    Args:
        ratings: Each rating with the coverage of that answer, both 0 to 100.
    """
    gaps = [rating - score for rating, score in ratings]
    if not gaps:
        return None
    return Calibration(len(gaps), sum(gaps) / len(gaps), sum(map(abs, gaps)) / len(gaps))


def explain_calibration(found: Calibration) -> str:
    """In a sentence: "You rate yourself 15 points higher than your coverage, over 8 answers."."""
    answers = "1 answer" if found.ratings == 1 else f"{found.ratings} answers"
    points = round(abs(found.bias))
    if points < NOTICEABLE:
        return f"You rate yourself about as your coverage is, over {answers}."
    direction = "higher" if found.bias > 0 else "lower"
    return f"You rate yourself {points} points {direction} than your coverage, over {answers}."


def explain_calibrations(ratings: Sequence[tuple[int, float]]) -> str:
    """Over all answers and, once there are many, over the latest; "" without any rating.

    Args:
        ratings: As for ``calibration``, in the order of time.
    """
    found = calibration(ratings)
    if found is None:
        return ""
    told = explain_calibration(found)
    late = calibration(ratings[-LATELY:])
    if late is None or len(ratings) < 2 * LATELY:
        return told
    nearer = found.distance - late.distance
    if abs(nearer) < 1:
        where = "as far as ever"
    else:
        where = "nearer than before" if nearer > 0 else "farther than before"
    points = round(late.distance)
    return f"{told} In the last {LATELY} answers you were off by {points} on average, {where}."


def explain_agreement(found: Agreement) -> str:
    """For example ``You agree with 10 of 12 verdicts (83 %) where you overruled any.``."""
    share = f"{100 * found.share:.0f}\u00a0%"
    verdicts = "1 verdict" if found.verdicts == 1 else f"{found.verdicts} verdicts"
    return f"You agree with {found.kept} of {verdicts} ({share}) on the answers you looked through."
