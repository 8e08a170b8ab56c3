"""Each computer is told the best model that keeps up on it."""

import pytest

from voiceprep.speech.transcribers.advice import (
    MOST_RTF,
    Machine,
    expected_rtf,
    recommended,
    this_machine,
)
from voiceprep.speech.transcribers.catalogue import OFFERS, offer
from voiceprep.speech.transcribers.speed import Speed

GB = 10**9
LAPTOP = Machine(threads=2, memory_bytes=8 * GB, cuda=False)
DESKTOP = Machine(threads=4, memory_bytes=16 * GB, cuda=False)
WITH_CARD = Machine(threads=4, memory_bytes=32 * GB, cuda=True)
OLD = Machine(threads=1, memory_bytes=2 * GB, cuda=False)
UNKNOWN = Machine(threads=2, memory_bytes=None, cuda=False)


@pytest.mark.parametrize(
    ("machine", "name"),
    [
        (LAPTOP, "base.en"),
        (DESKTOP, "small.en"),
        (WITH_CARD, "large-v3-turbo"),
        (OLD, "base.en"),
        (UNKNOWN, "base.en"),
    ],
)
def test_the_best_that_keeps_up_is_recommended(machine: Machine, name: str) -> None:
    assert recommended(machine, {}).name == name


def test_another_language_gets_a_model_for_all_languages() -> None:
    assert recommended(LAPTOP, {}, "de").name == "base"
    assert recommended(WITH_CARD, {}, "de").name == "large-v3-turbo"


def test_what_was_measured_here_counts_more_than_what_was_expected() -> None:
    assert recommended(LAPTOP, {"base.en": Speed(0.4, 1.0)}).name == "tiny.en"
    assert recommended(LAPTOP, {"base.en": Speed(0.03, 1.0)}).name == "small.en"
    assert recommended(DESKTOP, {"small.en": Speed(0.9, 3.0), "base.en": Speed(0.2, 1.0)}).name == (
        "base.en"
    )


def test_too_little_memory_rules_a_model_out() -> None:
    small = Machine(threads=4, memory_bytes=2 * GB, cuda=False)
    assert recommended(small, {}).name == "base.en"


def test_a_machine_too_slow_for_all_gets_the_smallest() -> None:
    assert recommended(LAPTOP, {"tiny.en": Speed(1.5, 1.0)}).name == "tiny.en"


def test_a_bigger_model_is_expected_to_take_longer() -> None:
    expected = [expected_rtf(one, LAPTOP, {}) for one in OFFERS if one.name.endswith(".en")]
    assert expected == sorted(expected)
    base = offer("base.en")
    assert base is not None
    assert expected_rtf(base, LAPTOP, {"base.en": Speed(0.2, 1.0)}) == 0.2
    assert expected_rtf(base, LAPTOP, {}) < MOST_RTF


def test_this_computer_has_a_thread_and_is_told_something() -> None:
    machine = this_machine()
    assert 1 <= machine.threads <= 4
    assert recommended(machine, {}) in OFFERS
