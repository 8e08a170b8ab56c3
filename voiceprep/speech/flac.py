"""Packs finished recordings: FLAC gives back every sample and takes about half of the room."""

import os
import wave
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from voiceprep.errors import VoicePrepError
from voiceprep.speech.wav import repair

_BLOCK = 1 << 16
"""Frames that are encoded or compared at once; bounds the memory."""


def pack(path: Path) -> Path:
    """Put a FLAC file in the place of a finished recording; blocks (120 s take about 0.1 s).

    The FLAC file is decoded again and compared with the recording, sample by sample, and is on
    the disk for sure before the recording goes. Whatever happens, one of the two is whole.

    Args:
        path: A WAV file that the recorder wrote, also one that a crash cut short.

    Returns:
        The FLAC file, beside where the recording was, readable by its owner only.

    Raises:
        VoicePrepError: It is none of our recordings, or the disk refuses; the recording stays.
    """
    repair(path)
    packed = path.with_suffix(".flac")
    unfinished = path.with_suffix(".flac-part")
    try:
        _create(unfinished)
        _encode(path, unfinished)
        if not _is_same(path, unfinished):
            raise VoicePrepError(
                f"The recording {path.name} could not be packed.",
                "The packed file did not give back every sample.",
                "The recording stays as it is; you need not do anything.",
            )
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(packed)
        _settle(path.parent)
        path.unlink()
    except OSError as error:  # PyAV's own errors are OSErrors where a file is the reason
        raise VoicePrepError(
            f"The recording {path.name} could not be packed.",
            f"{error.strerror or error}.",
            "It stays as it is and is packed later; free some space on its disk.",
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return packed


def _create(path: Path) -> None:
    """An empty file that only its owner may read; FFmpeg then writes into it."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _encode(source: Path, target: Path) -> None:
    import av  # noqa: PLC0415 - heavy
    import numpy as np  # noqa: PLC0415 - heavy

    with (
        closing(wave.open(str(source))) as read,
        av.open(f"file:{target}", "w", format="flac") as container,
    ):
        stream = container.add_stream("flac", rate=read.getframerate(), layout="mono")
        stream.format = "s16"
        while raw := read.readframes(_BLOCK):
            samples = np.frombuffer(raw, "<i2").astype(np.int16)[np.newaxis]
            frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            frame.sample_rate = read.getframerate()
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _is_same(source: Path, packed: Path) -> bool:
    """Whether the packed file decodes to the very samples of the recording."""
    with closing(wave.open(str(source))) as read:
        for block, rate_hz in _decoded(packed):
            if rate_hz != read.getframerate() or read.readframes(len(block) // 2) != block:
                return False
        return not read.readframes(1)


def _decoded(path: Path) -> Iterator[tuple[bytes, int]]:
    """16-bit samples, little-endian, in blocks, each with its rate."""
    import av  # noqa: PLC0415 - heavy

    with av.open(f"file:{path}", format="flac") as container:
        for frame in container.decode(audio=0):
            yield frame.to_ndarray().astype("<i2").tobytes(), frame.sample_rate


def _settle(folder: Path) -> None:
    """Bring a renaming down to the disk, on systems where folders can be opened."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
