"""Speech is told from silence and noise."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.sound import tone
from tests.speech.transcribers.voices import say, silence
from voiceprep.errors import VoicePrepError
from voiceprep.speech.vad import (
    BLOCK_S,
    STRIDE_S,
    VadStream,
    loudest_dbfs,
    refuse_silence,
    speech_probabilities,
    speech_spans,
)

probabilities = arrays(np.float32, st.integers(0, 200), elements=st.floats(0, 1, width=32))


def noise(level_dbfs: float, length_s: float = 3.0) -> np.ndarray:
    samples = np.random.default_rng(7).normal(0, 10 ** (level_dbfs / 20), int(length_s * 16_000))
    return samples.astype(np.float32)


@pytest.mark.parametrize(("amplitude", "level_dbfs"), [(1.0, -3.0), (0.1, -23.0), (0.001, -63.0)])
def test_loudness_is_in_decibels_below_full_scale(amplitude: float, level_dbfs: float) -> None:
    said = np.concatenate([silence(1.0), tone(440, 0.2, amplitude, 16_000), silence(1.0)])
    assert loudest_dbfs(said) == pytest.approx(level_dbfs, abs=0.1)


def test_a_constant_offset_is_no_sound() -> None:
    assert loudest_dbfs(silence(1.0) + np.float32(0.25)) < -90


@pytest.mark.parametrize(
    ("samples", "cause"),
    [
        (silence(2.0), "muted"),
        (np.zeros(0, np.float32), "muted"),
        (noise(-75), "Its loudest moment has -7"),
    ],
)
def test_silent_takes_are_refused_with_a_next_step(samples: np.ndarray, cause: str) -> None:
    with pytest.raises(VoicePrepError, match="Nothing was heard in this recording") as raised:
        refuse_silence(loudest_dbfs(samples))
    assert cause in raised.value.cause
    assert "microphone" in raised.value.next_step
    assert "type" in raised.value.next_step


def test_quiet_speech_is_not_refused() -> None:
    refuse_silence(loudest_dbfs(say("Can you hear me?") * np.float32(0.02)))


def test_speech_is_found_where_it_is() -> None:
    said = say("The old rules are static.")
    length_s = len(said) / 16_000
    both = np.concatenate([silence(1.5), said, silence(2.0), said, silence(1.0)])
    first, second = speech_spans(speech_probabilities(both))
    assert first.start_s == pytest.approx(1.5, abs=0.3)
    assert first.end_s == pytest.approx(1.5 + length_s, abs=0.3)
    assert second.start_s == pytest.approx(3.5 + length_s, abs=0.3)
    assert second.end_s == pytest.approx(3.5 + 2 * length_s, abs=0.3)


@pytest.mark.parametrize("samples", [noise(-20), tone(440, 3.0, 0.5, 16_000), silence(3.0)])
def test_noise_and_tones_are_no_speech(samples: np.ndarray) -> None:
    assert speech_spans(speech_probabilities(samples)) == ()


@settings(deadline=None)
@given(st.lists(st.integers(0, 9000), max_size=12))
def test_live_speech_is_found_where_it_is_found_in_the_whole_recording(lengths: list[int]) -> None:
    said = say("The old rules are static, and nobody changes them.")
    stream, parts, first = VadStream(), [], 0
    for length in lengths:
        fed = said[first : first + length]
        parts.append(stream.feed(fed))
        first += len(fed)
        behind_s = first / 16_000 - sum(map(len, parts)) * STRIDE_S
        assert 0 <= behind_s < BLOCK_S
    parts += [stream.feed(said[first:]), stream.finish()]
    np.testing.assert_array_equal(np.concatenate(parts), speech_probabilities(said))


@given(probabilities, st.floats(0.05, 2.0))
def test_spans_are_in_order_and_as_far_apart_as_asked(
    given_probabilities: np.ndarray, min_pause_s: float
) -> None:
    spans = speech_spans(given_probabilities, min_pause_s)
    edges = [edge for span in spans for edge in (span.start_s, span.end_s)]
    assert edges == sorted(edges)
    assert all(span.start_s < span.end_s for span in spans)
    assert all(0 <= edge <= len(given_probabilities) * STRIDE_S + 1e-9 for edge in edges)
    gaps = [later.start_s - earlier.end_s for earlier, later in pairwise(spans)]
    assert all(gap >= min_pause_s or math.isclose(gap, min_pause_s) for gap in gaps)


@given(probabilities)
def test_no_certain_speech_is_left_out(given_probabilities: np.ndarray) -> None:
    spans = speech_spans(given_probabilities)
    for number in np.flatnonzero(given_probabilities >= 0.5):
        middle_s = (number + 0.5) * STRIDE_S
        assert any(span.start_s <= middle_s <= span.end_s for span in spans)
