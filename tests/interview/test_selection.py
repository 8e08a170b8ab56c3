import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bank.samples import a_bank
from voiceprep.errors import VoicePrepError
from voiceprep.interview.records import SessionRecord
from voiceprep.interview.selection import asked_in, bank_of, choose

BANK = a_bank(9)


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - nothing secret


def test_without_a_wish_all_questions_come_in_the_banks_order() -> None:
    assert choose(BANK) == BANK.questions


def test_only_the_chosen_categories_are_asked() -> None:
    assert {one.category for one in choose(BANK, categories=["Practice"])} == {"Practice"}


def test_a_category_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(VoicePrepError, match=r"'Magic'.*Basics, Practice"):
        choose(BANK, categories=["Basics", "Magic"])


@pytest.mark.parametrize("count", [0, -1])
def test_less_than_one_question_is_refused(count: int) -> None:
    with pytest.raises(VoicePrepError, match="at least one"):
        choose(BANK, count=count)


@given(
    st.sets(st.sampled_from(BANK.categories)),
    st.none() | st.integers(1, 20),
    st.booleans(),
    st.integers(),
)
def test_no_question_comes_twice_and_no_more_than_wished(
    categories: set[str], count: int | None, shuffle: bool, seed: int
) -> None:
    chosen = choose(BANK, categories=categories, count=count, shuffle=shuffle, rng=_chance(seed))
    there = [one for one in BANK.questions if not categories or one.category in categories]
    assert len({one.id for one in chosen}) == len(chosen) == min(len(there), count or len(there))
    assert set(chosen) <= set(there)


@given(st.integers(), st.integers(1, 8))
def test_shuffling_spreads_over_the_categories(seed: int, count: int) -> None:
    chosen = choose(BANK, count=count, shuffle=True, rng=_chance(seed))
    found = Counter(one.category for one in chosen)
    assert max(found.values()) - min(found[name] for name in BANK.categories) <= 1


def test_the_same_chance_gives_the_same_sitting_and_another_chance_another() -> None:
    sittings = {choose(BANK, shuffle=True, rng=_chance(seed)) for seed in (1, 1, 2, 3)}
    assert len(sittings) == 3


def test_without_a_seed_the_order_is_by_chance() -> None:
    assert len({choose(BANK, shuffle=True) for _ in range(20)}) > 1


# -- once more -------------------------------------------------------------------------------


def _session(*ids: str) -> SessionRecord:
    return SessionRecord("session", BANK.id, BANK.title, "2026-11-02T10:00:00+00:00", ids)


def test_a_session_is_asked_again_in_its_own_order() -> None:
    ids = ("question-3", "question-1")
    assert [one.id for one in asked_in(_session(*ids), BANK)] == list(ids)


def test_a_question_that_is_in_the_bank_no_more_is_left_out_when_it_was_not_answered() -> None:
    assert [one.id for one in asked_in(_session("gone", "question-2"), BANK)] == ["question-2"]


def test_a_bank_that_is_gone_is_replaced_by_the_first() -> None:
    other = BANK.model_copy(update={"id": "other"})
    assert bank_of("other", (BANK, other)) is other
    assert bank_of("gone", (BANK, other)) is BANK
    assert bank_of("gone", ()) is None
