"""The history in SQLite: sessions and attempts, with the recordings in a folder beside it."""
# ruff: noqa: S608 - the texts of the queries are ours, all that comes from outside is bound

import logging
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TypeVar

from voiceprep.errors import VoicePrepError
from voiceprep.interview.catalogue import Catalogue
from voiceprep.interview.ports import Progress
from voiceprep.interview.records import Attempt, AttemptStatus, Judged, SessionRecord, utc_now
from voiceprep.interview.trends import Point, points
from voiceprep.store.catalogue import SqliteCatalogue
from voiceprep.store.connection import Connection
from voiceprep.store.database import transaction
from voiceprep.store.files import make_private, make_private_folder, refused
from voiceprep.store.finding import IN_TRASH, marks
from voiceprep.store.paths import Folders
from voiceprep.store.points import read_points
from voiceprep.store.rows import (
    Row,
    attempt_row,
    is_inside,
    own_recording,
    read_attempt,
    read_question,
    read_session,
    session_row,
)

_log = logging.getLogger(__name__)

_Record = TypeVar("_Record")

# What lies in the trash is in no list and no total; by its id it is found all the same, for a look
# before it is put back.
_OUT_OF_TRASH = (
    f"session_id IN (SELECT id FROM session WHERE deleted_at = '') AND number NOT IN ({IN_TRASH})"
)
_SESSIONS = "SELECT * FROM session WHERE deleted_at = '' ORDER BY started_at DESC, id DESC"
_BATCH = 20
"""Sessions whose answers are read at once."""
_SESSION = "SELECT * FROM session WHERE id = ?"
_ATTEMPTS_OF = (
    f"SELECT * FROM attempt WHERE number NOT IN ({IN_TRASH})"
    " AND session_id IN ({}) ORDER BY number"
)
_ATTEMPT_COUNTS = (
    "SELECT bank_id, question_id, count(*) AS attempts"
    " FROM attempt JOIN listing AS l USING (number)"
    f" WHERE l.{_OUT_OF_TRASH} AND (l.score IS NOT NULL OR l.grade <> 'unusable')"
    " GROUP BY bank_id, question_id"
)
_ATTEMPTS_AT = (
    f"SELECT * FROM attempt WHERE bank_id = ? AND question_id = ? AND {_OUT_OF_TRASH}"
    " ORDER BY started_at, number"
)
_ATTEMPTS_OF_SESSION = "SELECT * FROM attempt WHERE session_id = ? ORDER BY number"
_ATTEMPTS_IN_STATUS = "SELECT * FROM attempt WHERE status = ? ORDER BY number"
_RATINGS = (
    "SELECT self_rating, score FROM attempt"
    f" WHERE self_rating IS NOT NULL AND score IS NOT NULL AND {_OUT_OF_TRASH} ORDER BY number"
)
_CONTESTED = f"SELECT * FROM attempt WHERE overrulings <> '[]' AND {_OUT_OF_TRASH} ORDER BY number"
_JUDGED = (
    "SELECT id, bank_id, question, json_extract(assessment, '$.scorer') AS scorer FROM attempt"
    f" WHERE json_valid(assessment) AND {_OUT_OF_TRASH} ORDER BY number"
)
_ATTEMPT = "SELECT * FROM attempt WHERE id = ?"


class SqliteHistory:
    """Keeps sessions and attempts; implements ``interview.ports.History``.

    May be used from any thread, and by several processes at once. Nothing is read before the
    first call and no file is made before the first is written.
    """

    def __init__(self, folders: Folders) -> None:
        """A history in these folders."""
        self._data = folders.data
        self._recordings = folders.recordings
        self._connection = Connection(folders)
        self.catalogue: Catalogue = SqliteCatalogue(self._connection, folders.recordings)

    @property
    def notice(self) -> VoicePrepError | None:
        """What the user should be told after the first call: that the file was damaged, say."""
        return self._connection.notice

    def save_session(self, session: SessionRecord) -> None:
        """Insert or replace a session's row (its attempts are saved one by one).

        Raises:
            VoicePrepError: It cannot be written; so with all that follows.
        """
        self._upsert("session", session_row(session))

    def save_attempt(self, attempt: Attempt) -> None:
        """Insert or replace an attempt, with transcript and assessment if it has them.

        Raises:
            VoicePrepError: Its session is not in the history, or it cannot be written.
        """
        try:
            self._upsert("attempt", attempt_row(attempt, self._recordings))
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
                raise
            raise VoicePrepError(
                "This answer belongs to no session in the history.",
                "The session was deleted meanwhile.",
                "Start a new session.",
            ) from error
        if attempt.recording and is_inside(attempt.recording.path, self._recordings):
            make_private(attempt.recording.path)

    def sessions(self) -> tuple[SessionRecord, ...]:
        """All sessions with their attempts, the newest first."""
        return tuple(self.each_session())

    def each_session(self) -> Iterator[SessionRecord]:
        """The same one by one, as they were when the first was asked for; nobody waits for it."""
        with self._connection.aside() as own:
            if own is None:
                return
            with transaction(own, "DEFERRED"):
                rows = own.execute(_SESSIONS).fetchall()
                for begin in range(0, len(rows), _BATCH):
                    batch = rows[begin : begin + _BATCH]
                    ids = [row["id"] for row in batch]
                    attempts = own.execute(_ATTEMPTS_OF.format(marks(ids)), ids).fetchall()
                    yield from self._assembled(batch, attempts)

    def points(
        self, cancel: Event | None = None, progress: Progress | None = None
    ) -> tuple[Point, ...]:
        """All answers that were given as trends see them, the oldest first."""
        try:
            return read_points(self._connection, self._recordings, cancel, progress)
        except VoicePrepError:  # the disk is full, say: then they are worked out and not kept
            _log.exception("points could not be kept")
            return points(self.each_session())

    def session(self, session_id: str) -> SessionRecord | None:
        """One session with its attempts, or None."""
        with self._connection.read() as connection:
            if connection is None:
                return None
            sessions = connection.execute(_SESSION, (session_id,)).fetchall()
            attempts = connection.execute(_ATTEMPTS_OF.format("?"), (session_id,)).fetchall()
        return next(self._assembled(sessions, attempts), None)

    def attempt(self, attempt_id: str) -> Attempt | None:
        """One attempt, or None."""
        return next(self._attempts(self._rows(_ATTEMPT, attempt_id)), None)

    def attempts_at(self, bank_id: str, question_id: str) -> tuple[Attempt, ...]:
        """All attempts at one question, the oldest first."""
        return tuple(self._attempts(self._rows(_ATTEMPTS_AT, bank_id, question_id)))

    def attempt_counts(self) -> Mapping[tuple[str, str], int]:
        """How many attempts there are, by the ids of bank and question."""
        rows = self._rows(_ATTEMPT_COUNTS)
        return {(row["bank_id"], row["question_id"]): row["attempts"] for row in rows}

    def ratings(self) -> tuple[tuple[int, float], ...]:
        """Each answer's self-rating with its coverage, both 0 to 100, in the order of time."""
        return tuple((row["self_rating"], row["score"]) for row in self._rows(_RATINGS))

    def contested(self) -> tuple[Attempt, ...]:
        """The answers of which the candidate overruled or noted any verdict."""
        return tuple(self._attempts(self._rows(_CONTESTED)))

    def judged(self) -> tuple[Judged, ...]:
        """All assessed answers by what they were judged with: the question and the scorer."""
        alike = defaultdict[tuple[str, str, str], list[str]](list)
        with self._connection.aside() as own:
            for row in own.execute(_JUDGED) if own is not None else ():
                alike[row["bank_id"], row["question"], row["scorer"]].append(row["id"])
        return tuple(_judged(alike))

    def mark_reviewed(self, attempt_id: str) -> None:
        """The person has opened this result; what is kept until then may go."""
        with self._connection.write() as connection:
            connection.execute(
                "UPDATE attempt SET reviewed_at = ? WHERE id = ?", (utc_now(), attempt_id)
            )

    def delete_session(self, session_id: str) -> None:
        """Remove a session, its attempts and their recordings for good.

        Files that the user dropped stay: only recordings that were made here are removed.

        Raises:
            VoicePrepError: The rows cannot be removed (then nothing is), or a recording cannot.
        """
        self._delete("session", session_id, self._rows(_ATTEMPTS_OF_SESSION, session_id))

    def delete_attempt(self, attempt_id: str) -> None:
        """Remove one answer with its recording for good, as ``delete_session`` does with all."""
        self._delete("attempt", attempt_id, self._rows(_ATTEMPT, attempt_id))

    def _delete(self, table: str, which: str, answers: Iterable[sqlite3.Row]) -> None:
        """Remove a row with what belongs to it, then the recordings of these answers."""
        own = [
            path for row in answers if (path := own_recording(row, self._recordings)) is not None
        ]
        with self._connection.write() as connection:
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (which,))
            connection.execute("INSERT INTO said (said) VALUES ('optimize')")  # drop its words
        self._connection.empty_journal()
        for path in own:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise refused(f"The recording {path} could not be removed.", error) from error

    def new_recording_path(self, attempt_id: str) -> Path:
        """Where this attempt's recording is to be written.

        Raises:
            VoicePrepError: The folder cannot be made or written.
            ValueError: The id is no file name.
        """
        if attempt_id != Path(attempt_id).name:
            raise ValueError(f"no id of an attempt: {attempt_id!r}")
        make_private_folder(self._data)
        make_private_folder(self._recordings)
        return self._recordings / f"{attempt_id}.wav"

    def recover(self) -> tuple[Attempt, ...]:
        """Take up what a crash left: recordings that were cut short, which wait to be transcribed.

        To be called once, at start. While another VoicePrep runs nothing is touched, for what
        looks like a leftover may be its recording in progress; a later start sees to it. An
        attempt whose recording is gone becomes a failed one. No file is changed or deleted.

        Returns:
            The attempts that wait now; their recordings' headers may be behind.
        """
        if not self._rows(_ATTEMPTS_IN_STATUS, AttemptStatus.RECORDING):
            return ()
        with self._connection.alone() as alone:
            rows = self._rows(_ATTEMPTS_IN_STATUS, AttemptStatus.RECORDING) if alone else []
            left = [self._taken_up(attempt) for attempt in self._attempts(rows)]
        return tuple(attempt for attempt in left if attempt.status is AttemptStatus.WAITING)

    def close(self) -> None:
        """Let go of the file; a later call opens it again."""
        self._connection.close()

    def _upsert(self, table: str, row: Row) -> None:
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        changes = ", ".join(f"{name} = excluded.{name}" for name in row)
        with self._connection.write() as connection:
            connection.execute(
                f"INSERT INTO {table} ({names}) VALUES ({marks})"
                f" ON CONFLICT (id) DO UPDATE SET {changes}",
                row,
            )

    def _rows(self, query: str, *values: str) -> list[sqlite3.Row]:
        with self._connection.read() as connection:
            return connection.execute(query, values).fetchall() if connection else []

    def _assembled(
        self, sessions: Iterable[sqlite3.Row], attempts: Iterable[sqlite3.Row]
    ) -> Iterator[SessionRecord]:
        of_session = defaultdict[str, list[Attempt]](list)
        for attempt in self._attempts(attempts):
            of_session[attempt.session_id].append(attempt)
        return _readable(sessions, lambda row: read_session(row, of_session[row["id"]]))

    def _attempts(self, rows: Iterable[sqlite3.Row]) -> Iterator[Attempt]:
        return _readable(rows, lambda row: read_attempt(row, self._recordings))

    def _taken_up(self, attempt: Attempt) -> Attempt:
        if attempt.recording is not None and attempt.recording.path.is_file():
            taken = replace(attempt, status=AttemptStatus.WAITING)
        else:
            reason = "VoicePrep ended while it recorded, and no recording was found afterwards."
            taken = replace(attempt, status=AttemptStatus.FAILED, failure=reason)
        self.save_attempt(taken)
        _log.warning("attempt %s was cut short by a crash; now %s", attempt.id, taken.status)
        return taken


def _readable(
    rows: Iterable[sqlite3.Row], read: Callable[[sqlite3.Row], _Record]
) -> Iterator[_Record]:
    """The records of the rows that can be read; one that cannot stays in the file and the log."""
    for row in rows:
        try:
            yield read(row)
        except (ValueError, TypeError):
            _log.exception("a row of the history cannot be read: %s", row["id"])


def _judged(alike: Mapping[tuple[str, str, str], Sequence[str]]) -> Iterator[Judged]:
    for (bank_id, question, scorer), ids in alike.items():
        try:
            yield Judged(bank_id, read_question(question), scorer, tuple(ids))
        except ValueError:
            _log.exception("a row of the history cannot be read: %s", ids[0])
