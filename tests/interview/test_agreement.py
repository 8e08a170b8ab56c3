"""What the candidate says of verdicts and of answers, and how it counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.store.records import SESSION, assessed
from voiceprep.interview.agreement import (
    Agreement,
    agreement,
    calibration,
    explain_agreement,
    explain_calibration,
    explain_calibrations,
)
from voiceprep.interview.records import Attempt, Overruling
from voiceprep.scoring.assessment import Level

ATTEMPT = assessed()


def test_an_overruled_verdict_counts_and_the_judged_one_is_kept() -> None:
    mine = ATTEMPT.overruled("erasure", Level.COVERED, "I said it at the end.")
    assert mine.standing is not None
    assert mine.assessment == ATTEMPT.assessment
    assert [one.level for one in mine.standing.concepts] == [Level.COVERED] * 2
    assert mine.standing.score == 100
    assert replace(SESSION, attempts=(mine,)).score == 100


def test_the_last_word_on_a_concept_counts() -> None:
    twice = ATTEMPT.overruled("erasure", Level.COVERED).overruled("erasure", Level.PARTIAL)
    assert twice.overrulings == (Overruling("erasure", Level.PARTIAL),)
    assert twice.standing is not None
    assert twice.standing.score == 75


def test_the_judged_level_takes_an_overruling_back_but_a_note_stays() -> None:
    mine = ATTEMPT.overruled("erasure", Level.COVERED)
    assert mine.overruled("erasure", Level.MISSED) == ATTEMPT
    noted = mine.overruled("erasure", Level.MISSED, "True, I forgot.")
    assert noted.standing == ATTEMPT.assessment
    assert noted.overruling("erasure") == Overruling("erasure", Level.MISSED, "True, I forgot.")


def test_a_concept_without_verdict_cannot_be_overruled() -> None:
    with pytest.raises(ValueError, match="nothing"):
        ATTEMPT.overruled("nothing", Level.COVERED)


@given(strategies.attempts())
def test_without_overrulings_what_was_judged_stands(attempt: Attempt) -> None:
    assert replace(attempt, overrulings=()).standing == attempt.assessment


def test_agreement_counts_only_answers_that_were_looked_through() -> None:
    mine = ATTEMPT.overruled("erasure", Level.COVERED)
    found = agreement((ATTEMPT, mine))
    assert (found.verdicts, found.kept, found.share) == (2, 1, 0.5)
    assert agreement((ATTEMPT,)).share == 1.0


def test_a_note_alone_is_no_disagreement() -> None:
    found = agreement((ATTEMPT.overruled("erasure", Level.MISSED, "Right."),))
    assert (found.verdicts, found.kept) == (2, 2)


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        (((75, 60.0), (50, 35.0)), "You rate yourself 15 points higher than your coverage"),
        (((25, 60.0),), "You rate yourself 35 points lower than your coverage, over 1 answer."),
        (((50, 48.0), (50, 53.0)), "You rate yourself about as your coverage is, over 2 answers."),
    ],
)
def test_calibration_says_who_rates_too_high(
    ratings: tuple[tuple[int, float], ...], words: str
) -> None:
    found = calibration(ratings)
    assert found is not None
    assert explain_calibration(found).startswith(words)


@given(st.lists(st.tuples(st.integers(0, 100), st.floats(0, 100))))
def test_no_bias_is_larger_than_the_mean_distance(ratings: list[tuple[int, float]]) -> None:
    found = calibration(ratings)
    assert (found is None) == (not ratings)
    if found is not None:
        assert abs(found.bias) <= found.distance + 1e-9


def test_agreement_is_told_as_a_share() -> None:
    assert explain_agreement(Agreement(12, 10)) == (
        "You agree with 10 of 12 verdicts (83\u00a0%) on the answers you looked through."
    )


def test_calibration_over_time_says_whether_the_ratings_become_better() -> None:
    ratings = [(90, 50.0)] * 15 + [(55, 50.0)] * 10
    told = explain_calibrations(ratings)
    assert told.startswith("You rate yourself 26 points higher than your coverage")
    assert told.endswith("In the last 10 answers you were off by 5 on average, nearer than before.")
    assert "last" not in explain_calibrations(ratings[:19])
    assert explain_calibrations(()) == ""
    assert explain_calibrations([(60, 50.0)] * 20).endswith("by 10 on average, as far as ever.")
