"""Answers are cut where nobody speaks, the same way live and later."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.speech.transcribers.voices import say, silence
from voiceprep.speech.stretches import LONG_PAUSE_S, MOST_S, PAD_S, Cutter, Stretch
from voiceprep.speech.vad import speech_probabilities, speech_spans

Samples = NDArray[np.float32]

SENTENCES = (
    "The old rules are static.",
    "A person reviews what the model has blocked, and tells the customer why it was.",
    "We measure drift every week, retrain when the precision falls, and keep the old model ready.",
)

answers = st.lists(st.tuples(st.sampled_from(SENTENCES), st.floats(0.0, 3.0)), max_size=6)
"""Sentences, each with the silence before it in seconds."""

ENDS_AT_THE_LIMIT = [
    (SENTENCES[0], 0.0), (SENTENCES[1], 1.15625), (SENTENCES[1], 1.15625), (SENTENCES[2], 1.0),
]  # fmt: skip
"""The last stretch is as long as one may be just when the recording ends."""


def spoken(answer: list[tuple[str, float]]) -> Samples:
    parts = [part for text, pause_s in answer for part in (silence(pause_s), say(text))]
    return np.concatenate([silence(0.0), *parts])


def cut(samples: Samples, step: int, most_s: float = MOST_S) -> list[Stretch]:
    cutter = Cutter(most_s)
    found = []
    for first in range(0, len(samples), step):
        found += cutter.feed(samples[first : first + step])
    return found + list(cutter.finish())


def place(stretch: Stretch) -> tuple[int, int]:
    """First and last sample, in the recording."""
    first = round(stretch.start_s * 16_000)
    return first, first + len(stretch.samples)


@settings(max_examples=25, deadline=None)
@given(answers, st.integers(100, 40_000), st.floats(3.0, MOST_S))
@example(ENDS_AT_THE_LIMIT, 100, 3.0)
def test_all_speech_is_in_exactly_one_stretch(
    answer: list[tuple[str, float]], step: int, most_s: float
) -> None:
    samples = spoken(answer)
    stretches = cut(samples, step, most_s)
    for stretch in stretches:
        first, last = place(stretch)
        np.testing.assert_array_equal(stretch.samples, samples[first:last])
        assert stretch.end_s - stretch.start_s <= most_s + PAD_S + LONG_PAUSE_S + 0.1
    ends = [edge for stretch in stretches for edge in place(stretch)]
    assert ends == sorted(ends)  # nothing is doubled
    covered = np.zeros(len(samples), dtype=bool)
    for stretch in stretches:
        covered[slice(*place(stretch))] = True
    for span in speech_spans(speech_probabilities(samples)):
        first, last = (round(at * 16_000) for at in (span.start_s, span.end_s))
        assert covered[first:last].all()  # nothing is dropped


@settings(max_examples=10, deadline=None)
@given(answers, st.integers(100, 40_000))
def test_live_and_later_give_the_same_stretches(answer: list[tuple[str, float]], step: int) -> None:
    samples = spoken(answer)
    live, later = cut(samples, step), cut(samples, max(1, len(samples)))
    assert [place(one) for one in live] == [place(one) for one in later]


def test_a_pause_ends_a_stretch_at_once() -> None:
    said = say(SENTENCES[2])
    cutter = Cutter()
    assert list(cutter.feed(said)) == []
    [stretch] = cutter.feed(silence(1.0))
    assert stretch.end_s == pytest.approx(len(said) / 16_000, abs=0.5)


def test_a_word_is_not_cut_off_from_its_beginning() -> None:
    [stretch] = cut(np.concatenate([silence(5.0), say(SENTENCES[0]), silence(1.0)]), 1600)
    assert stretch.start_s == pytest.approx(5.0 - PAD_S, abs=0.25)


def test_silence_is_never_transcribed() -> None:
    assert cut(silence(30.0), 1600) == []


def test_who_never_pauses_is_cut_between_words() -> None:
    word = say("drift")
    words = np.concatenate([np.concatenate([word, silence(0.2)]) for _ in range(60)])
    period = len(word) + 3200
    stretches = cut(words, 1600)
    assert len(stretches) > 2
    for one, other in pairwise(stretches):
        assert place(one)[1] == place(other)[0]
        offset = place(one)[1] % period
        loudest = np.abs(words[place(one)[1] - 160 : place(one)[1] + 160]).max()
        assert loudest < 0.1 * np.abs(word).max(), offset / 16_000
