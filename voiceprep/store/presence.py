"""Who uses the data folder at this moment.

Two windows may run at once. What one of them records must not look like the leftover of a crash
to the other, so everyone who opens the history holds a shared lock for as long as it runs, and
whoever tidies up takes the lock for itself alone. The operating system lets go of a lock when its
process ends, however it ends.

The lock is one of SQLite's own on an empty file: shared or exclusive, and the same on every
system.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from voiceprep.store.files import begin_private_file

_WAIT_S = 5.0
"""How long to wait for someone who is tidying up; that takes milliseconds."""


class Presence:
    """This process's place among those who use a data folder."""

    def __init__(self, path: Path) -> None:
        """``path`` is the lock file; it is made when it is first needed."""
        self._path = path
        self._shared: sqlite3.Connection | None = None

    def enter(self) -> None:
        """Be there, among others.

        Raises:
            VoicePrepError: The lock file cannot be made.
            sqlite3.Error: Someone is tidying up for too long.
        """
        if self._shared is None:
            connection = self._connect(_WAIT_S)
            try:
                connection.execute("BEGIN")
                connection.execute("SELECT count(*) FROM sqlite_schema")  # takes the shared lock
            except sqlite3.Error:
                connection.close()
                raise
            self._shared = connection

    def leave(self) -> None:
        """Be there no longer."""
        if self._shared is not None:
            self._shared.close()
            self._shared = None

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether nobody else is there; if so, nobody can come in while the context lasts."""
        self.leave()
        try:
            with closing(self._connect(0)) as connection:
                yield _is_taken_for_itself(connection)
        finally:
            self.enter()

    def _connect(self, wait_s: float) -> sqlite3.Connection:
        begin_private_file(self._path)
        return sqlite3.connect(
            self._path, timeout=wait_s, isolation_level=None, check_same_thread=False
        )


def _is_taken_for_itself(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
