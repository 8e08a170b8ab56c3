import pytest
from hypothesis import given

from tests.scoring.texts import texts
from voiceprep.scoring.phrases import best_match, weigh
from voiceprep.scoring.text import tokenize


def recall(phrase: str, text: str, **weights: float) -> float:
    match = best_match(weigh(phrase, weights), tokenize(text))
    return match.recall if match else 0.0


def test_the_order_of_the_words_does_not_matter() -> None:
    assert recall("monitor drift in production", "in production we are monitoring drift") == (
        pytest.approx(1)
    )


def test_a_part_counts_by_its_share() -> None:
    assert recall("monitor drift", "drift is bad") == pytest.approx(0.5)
    assert recall("monitor drift", "drift is bad", drift=3.0) == pytest.approx(0.75)
    assert recall("monitor drift", "nothing of it") == 0


def test_words_that_are_far_apart_make_no_phrase() -> None:
    assert recall("monitor drift", f"monitor {'so ' * 30} drift") == pytest.approx(0.5)


def test_the_shortest_of_the_best_stretches_is_taken() -> None:
    match = best_match(weigh("monitor drift", {}), tokenize("drift we should monitor the drift"))
    assert match is not None
    assert (match.first, match.last) == (3, 5)


def test_repeating_adds_nothing() -> None:
    assert recall("monitor drift", "drift drift drift drift") == pytest.approx(0.5)


def test_a_phrase_of_small_words_can_be_said_too() -> None:
    assert recall("why us", "that is why us") == pytest.approx(1)


@given(texts, texts)
def test_any_match_lies_in_the_answer_and_weighs_at_most_all(phrase: str, text: str) -> None:
    tokens = tokenize(text)
    match = best_match(weigh(phrase, {}), tokens)
    if match is None:
        return
    assert 0 < match.recall <= 1 + 1e-9
    assert list(match.hits) == sorted(set(match.hits))
    assert all(tokens[number].stem in match.phrase.weights for number in match.hits)
    stretch = {token.stem for token in tokens[match.first : match.last + 1]}
    assert len(match.hits) == len(stretch & set(match.phrase.weights))


@given(texts)
def test_what_is_said_word_for_word_is_said_whole(text: str) -> None:
    if tokenize(text):
        assert recall(text, f"well {text} indeed") == pytest.approx(1)
