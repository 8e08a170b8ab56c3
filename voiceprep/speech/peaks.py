"""The outline of a recording, for drawing it as a waveform."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from voiceprep.speech.audio_file import SPEECH_RATE_HZ, read_speech

if TYPE_CHECKING:
    from voiceprep.speech.audio_file import Samples


@dataclass(frozen=True, slots=True)
class Outline:
    """A recording as a row of bars.

    Attributes:
        duration_s: Length of the recording.
        bars: The loudest sample of each stretch of equal length, 0 to 1 of full scale.
    """

    duration_s: float
    bars: tuple[float, ...]


def read_outline(path: Path, count: int) -> Outline:
    """The outline of an audio file in ``count`` bars; blocks while the file is read.

    Raises:
        VoicePrepError: As ``audio_file.read_audio``.
    """
    samples = read_speech(path)
    return Outline(len(samples) / SPEECH_RATE_HZ, peaks(samples, count))


def peaks(samples: "Samples", count: int) -> tuple[float, ...]:
    """The loudest absolute sample of each of ``count`` stretches of equal length.

    Fewer samples than stretches give one bar a sample; none give no bar.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    count = min(count, len(samples))
    if count <= 0:
        return ()
    edges = np.arange(count) * len(samples) // count
    loudest = np.maximum(np.maximum.reduceat(samples, edges), -np.minimum.reduceat(samples, edges))
    return tuple(np.clip(loudest, 0.0, 1.0).tolist())
