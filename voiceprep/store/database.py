"""The history's file: opened, checked, brought up to date, and set aside when it is damaged."""

import logging
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from voiceprep.errors import VoicePrepError
from voiceprep.store.files import begin_private_file, refused
from voiceprep.store.schema import APPLICATION_ID, MIGRATIONS, Migration

_log = logging.getLogger(__name__)

_BUSY_S = 5.0
"""How long to wait while another VoicePrep writes; its transactions take milliseconds."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_MENDABLE = {
    sqlite3.SQLITE_FULL: ("The disk is full.", "Free some space, then try again."),
    sqlite3.SQLITE_IOERR: (
        "The disk does not take or give the data: it is full, failing or gone.",
        "Check the disk and free some space, then try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "VoicePrep may not write to it.",
        "Make the file and its folder yours and writable, or set VOICEPREP_HOME to another folder.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "It is no file that VoicePrep may open, or its folder is gone.",
        "Check the path and its rights, or set VOICEPREP_HOME to another folder.",
    ),
    sqlite3.SQLITE_BUSY: (
        "Another program has been holding it for several seconds.",
        "Close other VoicePrep windows and programs that read this file, then try again.",
    ),
    **dict.fromkeys(
        _DAMAGED,
        (
            "The file is damaged.",
            "Close VoicePrep and start it again: it sets the file aside and begins a new one.",
        ),
    ),
}


class DamagedError(Exception):
    """The file is no whole database."""


def explained(error: sqlite3.Error, path: Path) -> Exception:
    """What to raise for an error of SQLite's: words for what the user can mend, else itself."""
    # Errors that Python's own module raises (a misused connection, say) carry no code.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF
    if code not in _MENDABLE:
        return error
    cause, next_step = _MENDABLE[code]
    return VoicePrepError(
        f"The history {path} cannot be used.", f"{cause} (SQLite: {error}.)", next_step
    )


@contextmanager
def transaction(connection: sqlite3.Connection, mode: str = "IMMEDIATE") -> Iterator[None]:
    """All of it or nothing; ``mode`` is IMMEDIATE to write, DEFERRED to read."""
    connection.execute(f"BEGIN {mode}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def open_database(path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> sqlite3.Connection:
    """Open the history's file, make it when there is none, and bring it up to date.

    The connection may be used from any thread, by one at a time.

    Raises:
        DamagedError: The file is no whole database; it was left as it is.
        VoicePrepError: It belongs to another program or to a newer VoicePrep.
        sqlite3.Error: It cannot be read or written; ``explained`` has the words.
    """
    begin_private_file(path)
    connection = _connect(path)
    try:
        _check(connection, path, len(migrations))
        _use_write_ahead_log(connection)
        _set_up(connection)
        _migrate(connection, path, migrations)
        connection.execute("PRAGMA foreign_keys = ON")  # after: a migration may rebuild tables
    except sqlite3.DatabaseError as error:
        connection.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            raise DamagedError(str(error)) from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def open_again(path: Path) -> sqlite3.Connection:
    """One more connection to a file that ``open_database`` has checked and brought up to date.

    Raises:
        sqlite3.Error: It cannot be opened.
    """
    connection = _connect(path)
    _set_up(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def set_aside(path: Path) -> Path:
    """Give a damaged database another name, with its journal; where it lies then.

    Raises:
        VoicePrepError: It cannot be renamed.
    """
    aside = _dated(path, "damaged")
    try:
        for ending in ("", "-wal", "-shm"):
            part = Path(f"{path}{ending}")
            if part.exists():
                part.rename(f"{aside}{ending}")
    except OSError as error:
        title = f"The damaged history {path} cannot be set aside as {aside.name}."
        raise refused(title, error) from error
    _log.error("the damaged history %s was set aside as %s", path, aside)
    return aside


def _connect(path: Path) -> sqlite3.Connection:
    # isolation_level None: transactions begin and end where we say so.
    connection = sqlite3.connect(
        path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    # With write-ahead, NORMAL only risks the last seconds, and only when the power fails.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is gone from the file


def _check(connection: sqlite3.Connection, path: Path, newest: int) -> None:
    """See that the file is ours, no newer than we are, and whole, before anything is written."""
    with transaction(connection, "DEFERRED"):  # one moment: another VoicePrep may be making it
        is_empty = _number(connection, "SELECT count(*) FROM sqlite_schema") == 0
        owner = _number(connection, "PRAGMA application_id")
        version = _number(connection, "PRAGMA user_version")
    if owner != APPLICATION_ID and not (is_empty and owner == 0):
        raise VoicePrepError(
            f"{path} is no history of VoicePrep.",
            "It is a database of another program; nothing in it was changed.",
            "Move it to where it belongs, or set VOICEPREP_HOME to another folder.",
        )
    if version > newest:
        raise VoicePrepError(
            f"The history {path} was written by a newer VoicePrep.",
            f"It has version {version}; this VoicePrep knows versions up to {newest}.",
            "Update VoicePrep, or set VOICEPREP_HOME to another folder. Nothing was changed.",
        )
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise DamagedError(verdict)


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Let nobody who reads wait for one who writes, and a killed process lose nothing committed.

    SQLite does not wait by itself when several turn it on at once.
    """
    deadline_s = time.monotonic() + _BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if (
                error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY
                or time.monotonic() > deadline_s
            ):
                raise
            time.sleep(0.01)
        else:
            return


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    """Take the steps that are left, each whole or not at all, after a copy of a file with data."""
    version = _number(connection, "PRAGMA user_version")
    if 0 < version < len(migrations):
        copy = _back_up(connection, path, version)
        _log.info(
            "the history goes from version %d to %d; copy: %s", version, len(migrations), copy
        )
    for number, statements in enumerate(migrations[version:], start=version):
        with transaction(connection):
            if _number(connection, "PRAGMA user_version") != number:
                continue  # another VoicePrep took this step while we waited
            for statement in statements:
                connection.execute(statement)
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            if broken:
                raise sqlite3.IntegrityError(f"step {number + 1} breaks references: {broken[0]}")
            connection.execute(f"PRAGMA user_version = {number + 1}")


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    copy = _dated(path, f"version-{version}")
    begin_private_file(copy)
    with closing(sqlite3.connect(copy)) as target:
        connection.backup(target)
    return copy


def _dated(path: Path, label: str) -> Path:
    """A free name beside the file that says what it is and since when."""
    stem = f"{path.stem}-{label}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    names = (f"{stem}{f'-{number}' if number else ''}{path.suffix}" for number in range(1000))
    return next(one for name in names if not (one := path.with_name(name)).exists())


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])
