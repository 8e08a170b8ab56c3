"""A child that hangs is found out within seconds, one that is only slow is left in peace."""

import math
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sound import wait_until
from voiceprep.speech.transcribers.vitals import (
    DEAREST_TIMES,
    LEAST_WORK_S,
    LOOK_S,
    Effort,
    Patience,
    Vitals,
    Watch,
    vitals_of,
)

PATIENCE = Patience(still_s=4.0, unseen_s=15.0, whole_s=120.0, length_s=10.0)


def looks(watch: Watch, seen: list[Vitals | None], start_s: float = 0.0) -> list[str]:
    """What is said at each of these moments."""
    return [watch.look(start_s + (at + 1) * LOOK_S, one) for at, one in enumerate(seen)]


def seconds_until_given_up(watch: Watch, seen: list[Vitals | None], start_s: float = 0.0) -> float:
    said = looks(watch, seen, start_s)
    return (next(at for at, one in enumerate(said) if one) + 1) * LOOK_S


def test_a_child_that_does_nothing_is_given_up_after_four_seconds() -> None:
    idle = Vitals(3.0, has_turn=False)
    watch = Watch(PATIENCE, Effort(), 0.0, idle)
    assert seconds_until_given_up(watch, [idle] * 100) == pytest.approx(4.25)


def test_where_the_system_tells_nothing_it_has_to_speak_for_itself() -> None:
    watch = Watch(PATIENCE, Effort(), 0.0, None)
    assert looks(watch, [None] * 40) == [""] * 40
    watch.beat(1.0)
    assert seconds_until_given_up(watch, [None] * 100, 10.0) == pytest.approx(15.25)


@given(st.lists(st.tuples(st.booleans(), st.floats(0.0, 0.25)), max_size=400))
def test_who_works_or_waits_for_a_turn_is_left_in_peace(moments: list[tuple[bool, float]]) -> None:
    """On a machine so busy that it gets next to nothing done."""
    worked_s, seen = 0.0, []
    for has_turn, took_s in moments:
        worked_s += took_s if has_turn else 0.06
        seen.append(Vitals(worked_s, has_turn))
    watch = Watch(PATIENCE, Effort(), 0.0, Vitals(0.0, has_turn=True))
    assert not any(looks(watch, seen))


def test_a_moment_in_which_we_got_no_turn_ourselves_does_not_count() -> None:
    idle = Vitals(3.0, has_turn=False)
    watch = Watch(PATIENCE, Effort(), 0.0, idle)
    assert watch.look(3600.0, idle) == ""  # the laptop was asleep


def test_one_that_turns_in_circles_is_found_out_by_what_steps_took_before() -> None:
    effort = Effort()
    watch = Watch(PATIENCE, effort, 0.0, Vitals(0.0, has_turn=True))
    first = [Vitals(at * LOOK_S, has_turn=True) for at in range(1, 100)]
    assert not any(looks(watch, first))  # nothing is known yet
    watch = Watch(PATIENCE, effort, 0.0, Vitals(0.0, has_turn=True))
    watch.look(LOOK_S, Vitals(0.1, has_turn=True))
    watch.came_further()
    assert effort.allowed_s(10.0) == math.inf  # a small step tells nothing of a large one
    watch.look(2 * LOOK_S, Vitals(4.0, has_turn=True))
    watch.done()
    assert effort.allowed_s(10.0) == DEAREST_TIMES * 4.0
    watch = Watch(PATIENCE, effort, 0.0, Vitals(2.0, has_turn=True))
    circles = [Vitals(2.0 + at * LOOK_S, has_turn=True) for at in range(1, 100)]
    assert seconds_until_given_up(watch, circles) == pytest.approx(DEAREST_TIMES * 4.0 + LOOK_S)


def test_short_steps_may_take_what_long_ones_took_and_long_ones_more() -> None:
    effort = Effort()
    effort.note(0.1, 1.0)
    assert effort.allowed_s(12.0) == LEAST_WORK_S
    effort.note(3.0, 6.0)
    assert effort.allowed_s(1.0) == DEAREST_TIMES * 3.0
    assert effort.allowed_s(12.0) == DEAREST_TIMES * 6.0


@pytest.fixture
def busy() -> Iterator[int]:
    """The process id of a program that turns in circles."""
    code = "print(flush=True)\nwhile True: pass"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.pid
        process.kill()


def test_the_system_tells_whether_a_process_works(busy: int) -> None:
    def seen() -> Vitals:
        found = vitals_of(busy)
        assert found is not None
        return found

    before = seen()
    wait_until(lambda: seen().worked_s >= before.worked_s + 0.1)
    assert seen().has_turn
    os.kill(busy, signal.SIGSTOP)
    wait_until(lambda: not seen().has_turn)
    stopped = seen()
    assert seen() == stopped
    assert vitals_of(2**22 + 1) is None
