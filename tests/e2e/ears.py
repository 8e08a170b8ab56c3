"""What is to be heard in a file."""

from pathlib import Path

import numpy as np
import soxr

from tests.sound import Samples, find_in, read_wav

RATE_HZ = 44_100
"""Of the devices, and of what ``read`` gives."""
_CLEARLY = RATE_HZ
"""One second of speech is found again without doubt."""


def read(path: Path) -> Samples:
    """The samples of a file at the rate of the devices."""
    samples, rate_hz = read_wav(path)
    return soxr.resample(samples, rate_hz, RATE_HZ).astype(np.float32)


def seconds_loud(samples: Samples, rate_hz: int = RATE_HZ) -> float:
    """From the first sound to the last."""
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    return float(loud[-1] - loud[0]) / rate_hz if len(loud) else 0.0


def assert_question_is_not_in(recorded: Samples, answer: Samples) -> None:
    """Whatever comes before the answer is silence, though the room heard the question."""
    likeness, place = find_in(recorded, answer[:_CLEARLY])
    assert likeness > 0.9
    assert seconds_loud(recorded[:place]) == 0
