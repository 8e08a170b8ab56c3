import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceprep.errors import VoicePrepError
from voiceprep.speech.peaks import peaks, read_outline


def test_the_outline_follows_the_loudness() -> None:
    quiet, loud = np.full(100, 0.1, np.float32), np.full(100, -0.8, np.float32)

    assert peaks(np.concatenate([quiet, loud]), 2) == pytest.approx((0.1, 0.8))


@given(
    st.lists(st.floats(-1.5, 1.5, width=32), max_size=300),
    st.integers(1, 50),
)
def test_every_sample_is_under_some_bar_and_no_bar_leaves_the_picture(
    values: list[float], count: int
) -> None:
    bars = peaks(np.array(values, np.float32), count)

    assert len(bars) == min(count, len(values))
    assert all(0 <= bar <= 1 for bar in bars)
    if values:
        assert max(bars) == pytest.approx(min(1.0, max(abs(value) for value in values)))


def test_a_recording_gives_its_length_and_bars(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    second = (np.sin(np.arange(48_000) / 20) * 16_000).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(np.concatenate([np.zeros(48_000, "<i2"), second]).tobytes())

    outline = read_outline(path, 10)

    assert outline.duration_s == pytest.approx(2.0, abs=0.01)
    assert max(outline.bars[:4]) < 0.05
    assert min(outline.bars[6:]) > 0.4


def test_a_recording_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(VoicePrepError, match=r"answer\.wav does not exist"):
        read_outline(tmp_path / "answer.wav", 10)
