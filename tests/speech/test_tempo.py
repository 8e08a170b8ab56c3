import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sound import strength, tone
from voiceprep.speech.audio_file import Audio
from voiceprep.speech.tempo import stretched

RATE_HZ = 16_000


def a_tone(seconds: float, channels: int = 1) -> Audio:
    samples = tone(440, seconds, rate_hz=RATE_HZ)
    return Audio(np.repeat(samples[:, None], channels, axis=1), RATE_HZ)


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.25, 1.5, 2.0])
def test_half_the_time_at_the_same_pitch(speed: float) -> None:
    slow = stretched(a_tone(4.0), speed)
    assert slow.duration_s == pytest.approx(4.0 / speed, abs=0.06)
    whole = slow.samples[:, 0]
    assert strength(whole, RATE_HZ, 440) > 0.45
    assert strength(whole, RATE_HZ, 440 * speed) < 0.1


def test_the_usual_speed_changes_nothing() -> None:
    said = a_tone(1.0, channels=2)
    assert stretched(said, 1.0) is said


@pytest.mark.parametrize("channels", [2, 6])
def test_more_channels_are_mixed_down(channels: int) -> None:
    fast = stretched(a_tone(2.0, channels), 2.0)
    assert fast.samples.shape[1] == 1
    assert fast.samples.dtype == np.float32
    assert strength(fast.samples[:, 0], RATE_HZ, 440) > 0.45


@pytest.mark.parametrize("speed", [0.0, 0.49, 2.01, -1.0])
def test_what_would_sound_broken_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        stretched(a_tone(1.0), speed)


@given(frames=st.integers(0, 3000), speed=st.floats(0.5, 2.0))
def test_any_length_can_be_stretched(frames: int, speed: float) -> None:
    heard = stretched(Audio(np.zeros((frames, 1), np.float32), RATE_HZ), speed)
    assert heard.rate_hz == RATE_HZ
    assert heard.duration_s <= 2 * frames / RATE_HZ + 0.1
