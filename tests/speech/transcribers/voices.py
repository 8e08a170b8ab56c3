"""Speech for tests: what Flite says, at 16 kHz."""

import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from voiceprep.speech.audio_file import read_speech

Samples = NDArray[np.float32]


def silence(length_s: float) -> Samples:
    return np.zeros(round(length_s * 16_000), dtype=np.float32)


@lru_cache
def say(text: str, voice: str = "rms") -> Samples:
    """One utterance of Flite."""
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "said.wav"
        command = ["flite", "-voice", voice, "-t", text, "-o", str(wav)]
        subprocess.run(command, check=True, timeout=60)
        return read_speech(wav)


def write_flac(path: Path, samples: Samples, rate_hz: int = 16_000, layout: str = "mono") -> Path:
    """Samples of shape (frames,) or (frames, channels) as a file."""
    planes = np.atleast_2d(samples.T) * 32767
    packed = planes.T.reshape(1, -1).astype(np.int16)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=rate_hz, layout=layout, format="s16")
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=layout)
        frame.sample_rate = rate_hz
        container.mux([*stream.encode(frame), *stream.encode(None)])
    return path
