"""A lock between processes that the operating system gives back however its owner ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Whether the lock is ours for as long as the context lasts; its file goes with it.

    Raises:
        OSError: The file cannot be made.
    """
    with path.open("a+b") as file:
        ours = _take(file.fileno())
        try:
            yield ours
        finally:
            if ours:
                with suppress(OSError):  # Windows deletes no open file; an empty one does no harm
                    path.unlink()


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
