"""Recordings made small enough to travel inside a page."""

import io
from pathlib import Path
from threading import Event
from typing import Any

from voiceprep.errors import Cancelled
from voiceprep.speech.audio_file import read_blocks

RATE_HZ = 24_000
"""Speech keeps its consonants up to 12 kHz; MPEG-2 Layer III has no rate between this and 32."""

BIT_RATE = 48_000
"""Bits a second: a minute of speech takes 360 kB."""


def as_mp3(path: Path, cancel: Event | None = None) -> bytes:
    """A recording as MP3, mono: the one kind that every browser plays from inside a page.

    Times stay what they are: players skip the encoder's delay, which the file's header tells.

    Raises:
        VoicePrepError: The file is missing, unreadable, foreign, without sound, or too long.
        Cancelled: ``cancel`` was set.
    """
    import av  # noqa: PLC0415 - heavy
    import numpy as np  # noqa: PLC0415 - heavy

    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream: Any = container.add_stream("libmp3lame", rate=RATE_HZ, layout="mono")
        stream.bit_rate = BIT_RATE
        resampler = av.AudioResampler("s16p", "mono", RATE_HZ, frame_size=stream.frame_size or 576)
        for block, rate_hz in read_blocks(path):
            if cancel is not None and cancel.is_set():
                raise Cancelled
            mono = np.ascontiguousarray(block.mean(axis=1, dtype="float32")[np.newaxis])
            frame = av.AudioFrame.from_ndarray(mono, format="fltp", layout="mono")
            frame.sample_rate = rate_hz
            for small in resampler.resample(frame):
                container.mux(stream.encode(small))
        for small in resampler.resample(None):
            container.mux(stream.encode(small))
        container.mux(stream.encode(None))
    return file.getvalue()
