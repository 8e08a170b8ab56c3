"""Answers end by themselves only where that was asked for, and never inside a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceprep.interview.moments import Moment, Pace, moment

SECONDS = st.floats(0, 1000)


@given(elapsed_s=SECONDS, quiet_s=SECONDS)
def test_without_being_asked_for_nothing_ends_an_answer(elapsed_s: float, quiet_s: float) -> None:
    assert moment(Pace(), elapsed_s, quiet_s) == Moment()


@pytest.mark.parametrize(
    ("quiet_s", "says", "stop"),
    [
        (0.0, "", False),
        (1.9, "", False),
        (2.0, "Stops in 4 s. Speak to go on.", False),
        (5.5, "Stops in 1 s. Speak to go on.", False),
        (6.0, "Stopped: you were silent for 6 s.", True),
        (None, "", False),
    ],
)
def test_a_silence_is_counted_down_and_then_ends_the_answer(
    quiet_s: float | None, says: str, stop: bool
) -> None:
    assert moment(Pace(silence_s=6), 40.0, quiet_s) == Moment(says, stop)


@pytest.mark.parametrize(
    ("elapsed_s", "quiet_s", "says", "stop"),
    [
        (89.0, 0.0, "", False),
        (90.0, 0.0, "30 s left.", False),
        (119.5, 5.0, "1 s left.", False),
        (120.0, 0.0, "The time is up: finish your sentence.", False),
        (150.0, 0.7, "The time is up: finish your sentence.", False),
        (150.0, 1.0, "Stopped: the time is up.", True),
        (119.9, None, "1 s left.", False),
        (120.0, None, "Stopped: the time is up, and no voice was heard.", True),
    ],
)
def test_the_limit_is_told_thirty_seconds_before_and_waits_for_the_end_of_a_sentence(
    elapsed_s: float, quiet_s: float | None, says: str, stop: bool
) -> None:
    assert moment(Pace(limit_s=120), elapsed_s, quiet_s) == Moment(says, stop)


@given(elapsed_s=SECONDS, quiet_s=st.floats(0, 0.99), limit_s=st.floats(30, 600))
def test_while_one_speaks_nothing_ends_an_answer(
    elapsed_s: float, quiet_s: float, limit_s: float
) -> None:
    assert not moment(Pace(3, limit_s), elapsed_s, quiet_s).stop
