"""Folders and files that only their owner can read, and what to say when a disk refuses."""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from voiceprep.errors import VoicePrepError

_ELSEWHERE = "set VOICEPREP_HOME to a folder of yours"
_FULL = ("The disk is full.", "Free some space, then try again.")
_DENIED = (
    "VoicePrep is not allowed to write there.",
    f"Make it yours and writable, or {_ELSEWHERE}.",
)
_IN_THE_WAY = (
    "Something that is no folder lies on the way.",
    f"Move it out of the way, or {_ELSEWHERE}.",
)
_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: ("The file would become larger than this system allows.", _FULL[1]),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: ("The disk can only be read.", f"Make it writable, or {_ELSEWHERE}."),
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
}


def refused(title: str, error: OSError) -> VoicePrepError:
    """The error to show when the operating system refused, with its cause and the way out."""
    words = error.strerror or type(error).__name__
    fallback = (f"The system said: {words}.", f"Check the disk, or {_ELSEWHERE}.")
    return VoicePrepError(title, *_REASONS.get(error.errno or 0, fallback))


def make_private_folder(folder: Path) -> None:
    """Make a folder, and close an existing one to everybody but its owner.

    Raises:
        VoicePrepError: It cannot be made or written.
    """
    title = f"The folder {folder} cannot be used."
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise refused(title, error) from error
    make_private(folder, 0o700)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise VoicePrepError(title, *_DENIED)


def make_private(path: Path, mode: int = 0o600) -> None:
    """Take everybody else's rights away; a file system that knows none is left as it is."""
    with suppress(OSError):
        if path.stat().st_mode & 0o077:
            path.chmod(mode)


def begin_private_file(path: Path) -> None:
    """Make an empty file, unless there is one, before SQLite does and lets everybody read it.

    One that is there is not even opened: closing it would drop the locks that this process holds
    on it (https://www.sqlite.org/howtocorrupt.html, 2.2).

    Raises:
        VoicePrepError: It cannot be made.
    """
    if path.exists():
        make_private(path)
        return
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        pass  # another VoicePrep was faster
    except OSError as error:
        raise refused(f"The file {path} cannot be made.", error) from error


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only.

    Raises:
        VoicePrepError: It cannot be written; what was there before is still there.
    """
    path = path.resolve()  # a link to the real file, as dotfile managers make, stays a link
    make_private_folder(path.parent)
    temporary = ""
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise refused(f"{path} could not be written.", error) from error


def remove(path: Path) -> None:
    """Remove a file, if it is there.

    Raises:
        VoicePrepError: It is still there.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise refused(f"{path} could not be removed.", error) from error
