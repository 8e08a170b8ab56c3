"""What is to be heard in a file."""

from pathlib import Path

import numpy as np
import soxr

from tests.sound import Samples, find_in, read_wav
from voiceprep.speech.audio_file import read_audio

RATE_HZ = 44_100
"""Of the devices, and of what ``read`` gives."""


def read(path: Path, as_hz: int = RATE_HZ) -> Samples:
    """The samples of a file, at the rate of the devices if nothing else is said."""
    if path.suffix == ".wav":
        samples, rate_hz = read_wav(path)
    else:
        audio = read_audio(path)
        samples, rate_hz = audio.samples[:, 0], audio.rate_hz
    return soxr.resample(samples, rate_hz, as_hz).astype(np.float32)


def seconds_loud(samples: Samples, rate_hz: int = RATE_HZ) -> float:
    """From the first sound to the last."""
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    return float(loud[-1] - loud[0]) / rate_hz if len(loud) else 0.0


def assert_holds(recorded: Samples, said: Samples) -> None:
    """What was said is in a recording, in its order.

    A busy machine now and then leaves a gap in what it plays, so that not every second is found.
    """
    pieces = [said[at : at + RATE_HZ] for at in range(0, len(said) - RATE_HZ, RATE_HZ)]
    found = [find_in(recorded, piece) for piece in pieces]
    places = [place for likeness, place in found if likeness > 0.9]
    assert len(places) > 0.7 * len(pieces)
    assert places == sorted(places)


def assert_begins_with_silence(recorded: Samples) -> None:
    """Nothing of the question, which the room has heard: the answer takes a moment to come."""
    assert np.abs(recorded[: RATE_HZ // 10]).max() < 0.001


def pitch_hz(samples: Samples, rate_hz: int) -> float:
    """How high a voice is: the median over its voiced moments, by autocorrelation."""
    window, found = rate_hz // 25, []
    shortest, longest = rate_hz // 300, rate_hz // 70
    for start in range(0, len(samples) - 2 * window, window):
        piece = samples[start : start + 2 * window]
        if np.abs(piece).max() < 0.03:
            continue
        spectrum = np.abs(np.fft.rfft(piece - piece.mean(), 4 * window)) ** 2
        likeness = np.fft.irfft(spectrum)
        best = shortest + int(np.argmax(likeness[shortest:longest]))
        if likeness[best] > 0.6 * likeness[0]:
            found.append(rate_hz / best)
    return float(np.median(found))
