"""Reads any audio file into samples.

FFmpeg (through PyAV) opens the container; a file that a crash cut short is read as far as it
goes. PyAV, numpy and soxr are imported when the first file is read.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceprep.errors import VoicePrepError
from voiceprep.interview.archiving import where_it_is

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

SPEECH_RATE_HZ = 16_000
"""The rate at which both recognisers and the voice activity detector listen."""

LONGEST_S = 2 * 3600.0
"""Longer files are not read into memory: one answer takes minutes, and two hours of stereo at
48 kHz already fill 2.8 GB as float32. ``speech_blocks`` reads files of any length."""

_FORMATS = "WAV, FLAC, MP3, M4A, OGG, WebM or AIFF"


@dataclass(frozen=True, slots=True)
class Audio:
    """Sound in memory.

    Attributes:
        samples: float32 of shape (frames, channels), -1 to 1.
        rate_hz: Frames per second.
    """

    samples: "Samples"
    rate_hz: int

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return len(self.samples) / self.rate_hz


def read_audio(path: Path) -> Audio:
    """Read an audio file, or a video's first sound track, at its own rate and channels.

    A damaged or cut-off file gives what can be read of it.

    Raises:
        VoicePrepError: The file is missing, unreadable, foreign, without sound, or too long.
    """
    rate_hz = 0
    blocks = []
    for block, rate_hz in read_blocks(path, LONGEST_S):  # noqa: B007 - the last is the file's rate
        blocks.append(block)
    return Audio(_joined(blocks), rate_hz)


def read_speech(path: Path) -> "Samples":
    """Read an audio file as 16 kHz mono, one-dimensional, block by block.

    The same samples as ``to_mono_16k(read_audio(path))`` without ever holding the file at its own
    rate and channels: an hour takes 230 MB instead of 1.4 GB.

    Raises:
        VoicePrepError: As ``read_audio``.
    """
    return _joined(list(speech_blocks(path, LONGEST_S)))


def speech_blocks(path: Path, longest_s: float = math.inf) -> "Iterator[Samples]":
    """The same samples one block after the other, each some milliseconds long.

    Raises:
        VoicePrepError: As ``read_audio``; it is too long with more than ``longest_s``.
    """
    import soxr  # noqa: PLC0415 - heavy

    stream: Any = None
    mono: Samples | None = None
    for block, rate_hz in read_blocks(path, longest_s):
        mono = _mono(block)
        if rate_hz != SPEECH_RATE_HZ:
            stream = stream or soxr.ResampleStream(rate_hz, SPEECH_RATE_HZ, 1, dtype="float32")
            mono = stream.resample_chunk(mono)
        yield mono
    if stream is not None and mono is not None:
        yield stream.resample_chunk(mono[:0], last=True)


def told_length_s(path: Path) -> float:
    """How long a file says that it is, in seconds; 0 where it says nothing.

    That may be wrong, above all where a crash has cut it off.
    """
    import av  # noqa: PLC0415 - heavy

    try:
        with av.open(f"file:{where_it_is(path)}", options={"protocol_whitelist": "file"}) as file:
            return max(0.0, (file.duration or 0) / av.time_base)
    except (av.error.FFmpegError, OSError):
        return 0.0


def to_mono_16k(audio: Audio) -> "Samples":
    """Mix down and resample with a real filter; one-dimensional float32."""
    import soxr  # noqa: PLC0415 - heavy

    mono = _mono(audio.samples)
    if audio.rate_hz == SPEECH_RATE_HZ:
        return mono
    resampled: Samples = soxr.resample(mono, audio.rate_hz, SPEECH_RATE_HZ)
    return resampled


def to_pcm(samples: "Samples") -> bytes:
    """Samples as 16-bit little-endian integers."""
    import numpy as np  # noqa: PLC0415 - heavy

    return np.clip(np.rint(samples * 32768), -32768, 32767).astype("<i2").tobytes()


def from_pcm(pcm: bytes) -> "Samples":
    """The samples that ``to_pcm`` has written, as FFmpeg reads them from a file."""
    import numpy as np  # noqa: PLC0415 - heavy

    samples: Samples = np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)
    return samples


def _mono(samples: "Samples") -> "Samples":
    mono: Samples = samples.mean(axis=1, dtype="float32")
    return mono


def _joined(blocks: "list[Samples]") -> "Samples":
    """One array from many, each freed as it is copied, so that the peak stays near the sum."""
    import numpy as np  # noqa: PLC0415 - heavy

    total = sum(len(block) for block in blocks)
    joined = np.empty((total, *blocks[0].shape[1:]), dtype=np.float32)
    end = total
    while blocks:
        block = blocks.pop()
        joined[end - len(block) : end] = block
        end -= len(block)
    return joined


def read_blocks(path: Path, longest_s: float = math.inf) -> "Iterator[tuple[Samples, int]]":
    """The file's sound in blocks of (frames, channels), each with the file's rate.

    Raises:
        VoicePrepError: As ``read_audio``; it is too long with more than ``longest_s``.
    """
    import av  # noqa: PLC0415 - heavy
    import numpy as np  # noqa: PLC0415 - heavy

    path = where_it_is(path)
    _check_readable(path)
    # Only plain files: a play list must not make us open other places.
    options = {"protocol_whitelist": "file"}
    if _wav_header_is_behind(path):
        options["ignore_length"] = "1"
    frames = 0
    try:
        with av.open(f"file:{path}", options=options, metadata_errors="replace") as container:
            if not container.streams.audio:
                raise _no_sound_track(path)
            for frame in _frames(container):
                block = np.ascontiguousarray(frame.to_ndarray().T)
                np.nan_to_num(block, copy=False)
                frames += len(block)
                if frames > longest_s * frame.sample_rate:
                    raise VoicePrepError(
                        f"{path.name} is too long.",
                        f"It holds more than {longest_s / 3600:g} hours of sound.",
                        "Cut it into shorter files and try those.",
                    )
                yield block, frame.sample_rate
    except av.error.FFmpegError as error:
        if not frames:
            raise VoicePrepError(
                f"{path.name} cannot be read as audio.",
                f"Its content is damaged, cut off, or of an unknown kind ({error.strerror}).",
                f"Use {_FORMATS}, or convert it to one of these first.",
            ) from error
    if not frames:
        raise VoicePrepError(
            f"{path.name} holds no sound.",
            "It has a header, but no samples; the recording broke off at its start.",
            "Record the answer again, or choose another file.",
        )


def _frames(container: Any) -> Iterator[Any]:
    """Decoded frames as planar float32 at the first frame's rate and layout."""
    import av  # noqa: PLC0415 - heavy

    resampler: Any = None
    first: Any = None
    current: tuple[Any, ...] = ()
    for packet in container.demux(container.streams.audio[0]):
        try:
            decoded = packet.decode()
        except av.error.FFmpegError:
            continue  # one damaged packet; the next may be whole
        for frame in decoded:
            shape = (frame.format.name, frame.layout.name, frame.sample_rate)
            if shape != current:  # also in the middle: an encoder may change its mind
                if resampler is not None:
                    yield from resampler.resample(None)
                first, current = first or frame, shape
                resampler = av.AudioResampler("fltp", first.layout, first.sample_rate)
            yield from resampler.resample(frame)
    if resampler is not None:
        yield from resampler.resample(None)


def _check_readable(path: Path) -> None:
    """Raise what the operating system would say, in words."""
    choose = "Choose another file."
    if path.is_dir():
        raise VoicePrepError(f"{path} is a folder.", "", "Choose an audio file in it.")
    if not path.exists():
        raise VoicePrepError(
            f"{path} does not exist.", "It may have been moved or deleted.", choose
        )
    if not path.is_file():
        raise VoicePrepError(f"{path} is not a plain file.", "It is a device or a pipe.", choose)
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise VoicePrepError(
            f"{path} cannot be opened.",
            f"{error.strerror}.",
            "Check that you may read it, and that no other program holds it.",
        ) from error
    if empty:
        raise VoicePrepError(f"{path.name} is empty.", "The file has no bytes.", choose)


def _no_sound_track(path: Path) -> VoicePrepError:
    return VoicePrepError(
        f"{path.name} has no sound track.",
        "It is a picture, a text, or a film without sound.",
        f"Use {_FORMATS}, or a film with sound.",
    )


def _wav_header_is_behind(path: Path) -> bool:
    """Whether a WAV file goes on after the length that its header gives.

    So a crash leaves it: samples were written, the header not brought up to date. FFmpeg would
    stop at the header's length. What follows a finished file's samples is another chunk, which
    has a printable name and fits into the file.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(4) != b"RIFF" or file.read(8)[4:] != b"WAVE":
            return False
        while name := file.read(4):
            length = int.from_bytes(file.read(4), "little")
            end = file.tell() + length + length % 2
            if name == b"data":
                return end < size and not _chunk_at(path, end, size)
            file.seek(end)
    return False


def _chunk_at(path: Path, position: int, size: int) -> bool:
    with path.open("rb") as file:
        file.seek(position)
        name = file.read(4)
        length = int.from_bytes(file.read(4), "little")
    return name.isascii() and name.decode().isprintable() and position + 8 + length <= size
