"""Brings what another history has and this one has not into this one."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from voiceprep.store.connection import Connection
from voiceprep.store.database import open_database
from voiceprep.store.finding import marks
from voiceprep.store.paths import Folders

_BATCH = 20
"""Sessions that come in one transaction."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What was written to a backup, or brought back from one.

    Attributes:
        sessions: How many.
        answers: How many.
        recordings: How many audio files.
        known: Answers that were there already and stayed as they are.
    """

    sessions: int = 0
    answers: int = 0
    recordings: int = 0
    known: int = 0


def merge(folders: Folders, database: Path, audio: Path, take: Callable[[int], None]) -> Contents:
    """Copy sessions, a few at a time, each with its recordings first; blocks.

    After a failure the history is as it was.

    Args:
        folders: Of this history.
        database: The other one; it is brought up to date, and what is used of its audio is moved.
        audio: The folder with its recordings.
        take: Told the bytes of the other one as they are copied; what it raises ends the work.

    Raises:
        DamagedError: The other one is no whole database.
        VoicePrepError: This one cannot be written.
    """
    other = open_database(database)
    connection = Connection(folders)
    added = _Added(connection)
    try:
        ids = [row[0] for row in other.execute("SELECT id FROM session ORDER BY rowid")]
        batches = [ids[begin : begin + _BATCH] for begin in range(0, len(ids), _BATCH)]
        size = database.stat().st_size // max(1, len(batches))
        for batch in batches:
            take(size)
            with connection.write() as own:
                sessions = _new(other, own, "session", "id", batch)
                attempts = _new(other, own, "attempt", "session_id", batch)
                names = {row["id"] for row in attempts}
                for path in (one for name in names for one in audio.glob(f"{name}.*")):
                    target = folders.recordings / path.name
                    if not target.exists():
                        path.rename(target)
                        added.recordings.append(target)
                _insert(own, "session", sessions)
                _insert(own, "attempt", attempts)
            added.sessions += [row["id"] for row in sessions]
            added.attempts += names
        total = int(other.execute("SELECT count(*) FROM attempt").fetchone()[0])
    except BaseException:
        added.take_back()
        raise
    finally:
        other.close()
        connection.close()
    answers = len(added.attempts)
    return Contents(len(added.sessions), answers, len(added.recordings), total - answers)


@dataclass
class _Added:
    """What has come so far."""

    connection: Connection
    sessions: list[str] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)
    recordings: list[Path] = field(default_factory=list)

    def take_back(self) -> None:
        """Remove it again."""
        for path in self.recordings:
            path.unlink(missing_ok=True)
        if self.sessions or self.attempts:
            with self.connection.write() as own:
                for table, ids in (("attempt", self.attempts), ("session", self.sessions)):
                    own.executemany(
                        f"DELETE FROM {table} WHERE id = ?",  # noqa: S608 - ours
                        [(one,) for one in ids],
                    )


def _new(
    other: sqlite3.Connection, own: sqlite3.Connection, table: str, key: str, ids: list[str]
) -> list[sqlite3.Row]:
    """The rows of these sessions whose id is not here yet, in their order."""
    rows = other.execute(
        f"SELECT * FROM {table} WHERE {key} IN ({marks(ids)}) ORDER BY rowid",  # noqa: S608 - ours
        ids,
    ).fetchall()
    here = f"SELECT 1 FROM {table} WHERE id = ?"  # noqa: S608 - ours
    return [row for row in rows if own.execute(here, (row["id"],)).fetchone() is None]


def _insert(own: sqlite3.Connection, table: str, rows: list[sqlite3.Row]) -> None:
    """Insert rows; attempts get new numbers."""
    names = [row[1] for row in own.execute(f"PRAGMA table_info({table})") if row[1] != "number"]
    own.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks(names)})",  # noqa: S608 - ours
        [tuple(row[name] for name in names) for row in rows],
    )
