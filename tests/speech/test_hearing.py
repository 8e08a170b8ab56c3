"""Whether someone speaks, and what is wrong with the sound, told from the samples."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from tests.sound import Samples, quiet, tone
from voiceprep.speech.hearing import LOST_SOUND, MUTED, TOO_LOUD, TOO_SOFT, Hearing

RATE_HZ = 16_000


@dataclass
class Ear:
    hearing: Hearing = field(default_factory=Hearing)

    def hears(self, samples: Samples, overflows: int = 0) -> "Ear":
        for start in range(0, len(samples), 800):
            self.hearing.listen(samples[start : start + 800], RATE_HZ, overflows)
        return self


def voice(length_s: float, amplitude: float = 0.2) -> Samples:
    return tone(220, length_s, amplitude, RATE_HZ)


def noise(length_s: float, amplitude: float) -> Samples:
    chance = np.random.default_rng(1)
    return (amplitude * chance.standard_normal(round(length_s * RATE_HZ))).astype(np.float32)


def test_quiet_is_counted_from_the_last_word_on() -> None:
    ear = Ear().hears(noise(3.0, 0.001))
    assert ear.hearing.quiet_s is None  # nobody has spoken yet
    ear.hearing.rest()
    assert ear.hearing.quiet_s is None
    ear.hears(voice(2.0))
    assert ear.hearing.quiet_s == 0
    ear.hears(noise(4.0, 0.001))
    assert ear.hearing.quiet_s == pytest.approx(4.0, abs=0.15)
    assert ear.hears(voice(0.2)).hearing.quiet_s == 0


def test_a_noisy_room_is_quiet_too_when_nobody_speaks() -> None:
    ear = Ear().hears(noise(5.0, 0.02)).hears(voice(2.0) + noise(2.0, 0.02))
    ear.hears(noise(5.0, 0.02))
    assert ear.hearing.quiet_s == pytest.approx(5.0, abs=0.15)


def test_a_pause_is_no_silence() -> None:
    ear = Ear().hears(noise(1.0, 0.001)).hears(voice(1.0)).hears(noise(3.0, 0.001))
    ear.hearing.rest()
    assert ear.hearing.quiet_s == 0


@pytest.mark.parametrize(
    ("samples", "said"),
    [
        (noise(4.0, 0.001), ""),
        (np.concatenate((noise(1.0, 0.001), voice(3.0))), ""),
        (quiet(4.0, RATE_HZ), MUTED),
        (np.clip(voice(4.0, 3.0), -1, 1), TOO_LOUD),
        (noise(9.0, 0.0003), TOO_SOFT),
    ],
)
def test_what_is_wrong_is_said(samples: Samples, said: str) -> None:
    assert Ear().hears(samples).hearing.warning == said


def test_lost_sound_is_told_for_a_while() -> None:
    ear = Ear().hears(noise(0.5, 0.001)).hears(voice(1.0)).hears(noise(0.5, 0.001), overflows=1)
    assert ear.hearing.warning == LOST_SOUND
    assert ear.hears(noise(4.0, 0.001), overflows=1).hearing.warning == ""
