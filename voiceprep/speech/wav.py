"""A WAV file that is whole at any moment, so that a crash costs no more than its last instant."""

import os
import struct
from contextlib import suppress
from io import FileIO
from pathlib import Path
from threading import RLock

from voiceprep.errors import VoicePrepError

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_BYTES_PER_FRAME = 2
"""One channel of 16 bits."""

_PIECE = 1 << 20
"""Bytes that are written at once."""


class WavFile:
    """A new mono 16-bit WAV file that is being written.

    ``append`` only takes samples in and cannot fail. ``flush`` writes them and then brings the
    header up to date; when the disk refuses, they wait for the next ``flush``. All of the samples
    stay in memory until the end (2 MB a minute), so that the file can be written anew where its
    folder was taken away, or in another place. May be used from several threads.
    """

    def __init__(self, path: Path, rate_hz: int) -> None:
        """Create the file, readable for its owner only, and missing folders likewise.

        Raises:
            OSError: It cannot be created, or exists: an answer is never overwritten.
        """
        self.path = path
        self.rate_hz = rate_hz
        self._lock = RLock()
        self._samples = bytearray()
        self._written_bytes = 0
        self._file = _create(path, rate_hz)

    @property
    def duration_s(self) -> float:
        """Length of all that was appended, in seconds."""
        return len(self._samples) / _BYTES_PER_FRAME / self.rate_hz

    @property
    def waiting_s(self) -> float:
        """Length of what is not on the disk yet, in seconds."""
        waiting_bytes = len(self._samples) - self._written_bytes
        return waiting_bytes / _BYTES_PER_FRAME / self.rate_hz

    def append(self, samples: bytes) -> None:
        """Take in 16-bit little-endian samples."""
        with self._lock:
            self._samples += samples

    def flush(self) -> None:
        """Hand everything to the operating system; a file that is gone is written anew.

        Raises:
            OSError: The disk is full or gone; nothing is lost, call it again.
        """
        with self._lock:
            if not self._is_there():
                gone = self._file
                self._begin_anew(self.path)
                gone.close()
            if self._written_bytes == len(self._samples):
                return
            while self._written_bytes < len(self._samples):
                self._file.seek(_HEADER.size + self._written_bytes)
                first = self._written_bytes
                self._written_bytes += self._file.write(self._samples[first : first + _PIECE])
            self._file.seek(0)
            self._file.write(_header(self._written_bytes, self.rate_hz))

    def move(self, path: Path) -> None:
        """Write all of it to another place and go on there; the first file is removed.

        Raises:
            OSError: The other place refuses; the file stays where it is.
        """
        with self._lock:
            before, file, written = self.path, self._file, self._written_bytes
            try:
                self._begin_anew(path)
                self.flush()
            except OSError:
                if self._file is not file:
                    self.discard()
                self.path, self._file, self._written_bytes = before, file, written
                raise
            with suppress(OSError):
                file.close()
                before.unlink(missing_ok=True)

    def close(self) -> None:
        """Write what is left, down to the disk itself, and close the file.

        Raises:
            OSError: As ``flush``; the file stays open, call it again.
        """
        with self._lock:
            self.flush()
            os.fsync(self._file.fileno())
            self._file.close()

    def discard(self) -> None:
        """Close and delete the file, for when nothing came of it."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _is_there(self) -> bool:
        """Whether the file that is open is still the one at its path.

        On POSIX systems a file goes on taking bytes after it was deleted, with its folder too.
        """
        try:
            return not self._file.closed and os.path.samestat(
                self.path.stat(), os.fstat(self._file.fileno())
            )
        except OSError:
            return False

    def _begin_anew(self, path: Path) -> None:
        self._file = _create(path, self.rate_hz)
        self.path, self._written_bytes = path, 0


def _create(path: Path, rate_hz: int) -> FileIO:
    """A new file with an empty recording, readable for its owner only."""
    _make_private_folder(path.parent)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    file = FileIO(os.open(path, flags, 0o600), "r+b")
    try:
        file.write(_header(0, rate_hz))
    except OSError:
        file.close()
        path.unlink(missing_ok=True)
        raise
    return file


def repair(path: Path) -> float:
    """Bring the header of a recording that broke off up to date with the file's length.

    Returns:
        The recording's duration in seconds.

    Raises:
        VoicePrepError: It cannot be opened or is not one of our recordings.
    """
    try:
        with path.open("r+b") as file:
            rate_hz = _rate_of_ours(file.read(_HEADER.size))
            if rate_hz is None:
                raise VoicePrepError(
                    f"{path.name} is no recording of VoicePrep.",
                    "Its header is not the one that VoicePrep writes.",
                    "Drop the file on the window instead; most kinds of audio can be read.",
                )
            size = file.seek(0, os.SEEK_END) - _HEADER.size
            size -= size % _BYTES_PER_FRAME
            file.seek(0)
            file.write(_header(size, rate_hz))
            return size / _BYTES_PER_FRAME / rate_hz
    except OSError as error:
        raise VoicePrepError(
            f"The recording {path.name} cannot be repaired.",
            f"{error.strerror}: {path}",
            "Check that the file is there and that you may write to it.",
        ) from error


def _header(data_bytes: int, rate_hz: int) -> bytes:
    """The 44 bytes of a plain PCM file, mono, 16 bits."""
    return _HEADER.pack(
        b"RIFF", _HEADER.size - 8 + data_bytes, b"WAVE",
        b"fmt ", 16, 1, 1, rate_hz, rate_hz * _BYTES_PER_FRAME, _BYTES_PER_FRAME, 16,
        b"data", data_bytes,
    )  # fmt: skip


def _rate_of_ours(head: bytes) -> int | None:
    """The rate in a header of ours, whatever its sizes say; None for a foreign one."""
    if len(head) < _HEADER.size:
        return None
    fields = _HEADER.unpack(head)
    rate_hz: int = fields[7]
    ours = _HEADER.unpack(_header(0, rate_hz))
    same = all(
        fields[number] == ours[number] for number in range(len(ours)) if number not in {1, 12}
    )
    return rate_hz if same and rate_hz else None


def _make_private_folder(folder: Path) -> None:
    """Create a folder and its missing parents, each open to its owner only."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
