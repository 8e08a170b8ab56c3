"""The one connection to the history that all threads share."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import RLock

from voiceprep.errors import VoicePrepError
from voiceprep.store.database import (
    DamagedError,
    explained,
    open_again,
    open_database,
    set_aside,
    transaction,
)
from voiceprep.store.files import make_private_folder
from voiceprep.store.paths import Folders
from voiceprep.store.presence import Presence


class Connection:
    """A connection that is opened at its first use and serves one thread at a time.

    One for all threads, with a lock, rather than one for each: the lock is held only while SQLite
    works (milliseconds), there is one thing to close, and the workers that come and go leave
    nothing open behind them. What takes longer goes aside.
    """

    def __init__(self, folders: Folders) -> None:
        """Nothing is read, written or made before the first use."""
        self._folders = folders
        self._presence = Presence(folders.database.with_suffix(".lock"))
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None
        self.notice: VoicePrepError | None = None
        """What the user should be told about the opening: that the file was damaged."""

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction; all of it is kept, or nothing.

        Raises:
            VoicePrepError: The file cannot be opened or written.
        """
        with self._opened() as connection, transaction(connection):
            yield connection

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection | None]:
        """A view of one moment; None when nothing was ever kept (then no file is made).

        Raises:
            VoicePrepError: The file cannot be opened or read.
        """
        with self._lock:
            if self._connection is None and not self._folders.database.exists():
                yield None
                return
            with self._opened() as connection, transaction(connection, "DEFERRED"):
                yield connection

    @contextmanager
    def aside(self) -> Iterator[sqlite3.Connection | None]:
        """A connection of its own for long work, so that nobody waits for it; None as in ``read``.

        Raises:
            VoicePrepError: The file cannot be opened, read or written.
        """
        with self.read() as shared:  # checked and brought up to date
            is_there = shared is not None
        if not is_there:
            yield None
            return
        try:
            with closing(open_again(self._folders.database)) as own:
                yield own
        except sqlite3.Error as error:
            raise explained(error, self._folders.database) from error

    def empty_journal(self) -> None:
        """Move all that was written from the journal into the file, so that no old text stays."""
        with self._opened() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether no other VoicePrep uses the history; none comes in while the context lasts."""
        with self._opened(), self._presence.alone() as alone:
            yield alone

    def close(self) -> None:
        """Let go of the file; a later use opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self._presence.leave()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._open()
                yield self._connection
            except sqlite3.Error as error:
                raise explained(error, self._folders.database) from error

    def _open(self) -> sqlite3.Connection:
        make_private_folder(self._folders.data)
        self._presence.enter()
        try:
            return open_database(self._folders.database)
        except DamagedError:
            return self._begin_anew()

    def _begin_anew(self) -> sqlite3.Connection:
        path = self._folders.database
        with self._presence.alone() as alone:
            try:
                return open_database(path)  # unless another VoicePrep was here before us
            except DamagedError as error:
                if not alone:
                    raise VoicePrepError(
                        f"The history {path} is damaged.",
                        f"SQLite says: {error}. Another VoicePrep still uses it.",
                        "Close all VoicePrep windows and start again: the file is then set aside, "
                        "not deleted, and a new one is begun.",
                    ) from error
                aside = set_aside(path)
                self.notice = VoicePrepError(
                    "The history was damaged, so a new one was begun.",
                    f"{path} could not be read ({error}). It was set aside as {aside}, and the "
                    f"recordings are still in {self._folders.recordings}: nothing was deleted.",
                    f"Practise as usual. If you have a backup of the history, close VoicePrep and "
                    f"put it in the place of {path.name}; without one, the command "
                    f"'sqlite3 {aside.name} .recover' can save much of it.",
                )
                return open_database(path)
