"""The history, browsed: found by filters and words, named, put into the trash and back."""
# ruff: noqa: S608 - the texts of the queries are ours, all that comes from outside is bound

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeVar

from voiceprep.interview.catalogue import (
    PAGE,
    AnswerLine,
    Answers,
    Choices,
    Filter,
    Label,
    SessionLine,
    Sessions,
    Snippet,
)
from voiceprep.interview.sound_verdict import Grade
from voiceprep.store import finding
from voiceprep.store.connection import Connection
from voiceprep.store.finding import Condition, marks, together
from voiceprep.store.rows import own_recording

_Key = TypeVar("_Key")
_Table = Literal["session", "attempt"]
"""What can be put into the trash."""
_THERE = f"l.number NOT IN ({finding.IN_TRASH})"
DOUBTED = {Grade.DOUBTFUL, Grade.UNUSABLE}
"""The grades that a score is marked with."""
_NOW: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731 - a default to be replaced


class SqliteCatalogue:
    """Implements ``interview.catalogue.Catalogue`` on the history's connection.

    Args:
        connection: The history's.
        recordings: Its folder.
        now: The clock; tests turn it.
    """

    def __init__(
        self, connection: Connection, recordings: Path, now: Callable[[], datetime] = _NOW
    ) -> None:
        self._connection = connection
        self._recordings = recordings
        self._now = now

    # -- finding -----------------------------------------------------------------------------

    def sessions(self, wanted: Filter, offset: int = 0, limit: int = PAGE) -> Sessions:
        """A page of the sessions that fit, the newest first."""
        which, place = _sessions(wanted), finding.where_session(wanted).sql
        with self._connection.read() as connection:
            if connection is None:
                return Sessions()
            total = _number(connection, f"SELECT count(*) FROM session s WHERE {place}")
            ids = [  # all of them at once: counting would search a second time
                row["id"]
                for row in connection.execute(
                    f"SELECT id FROM session s WHERE {which.sql} ORDER BY started_at DESC, id DESC",
                    which.values,
                )
            ]
            found, ids = len(ids), _page(ids, offset, limit)
            rows = connection.execute(
                f"SELECT * FROM session WHERE id IN ({marks(ids)})"
                " ORDER BY started_at DESC, id DESC",
                ids,
            ).fetchall()
            of_session = _listed(connection, ids)
            hits = _hits(connection, wanted, ids)
        lines = tuple(_session_line(row, of_session[row["id"]], hits[row["id"]]) for row in rows)
        return Sessions(lines, found, total)

    def answers(self, wanted: Filter, offset: int = 0, limit: int = PAGE) -> Answers:
        """A page of the answers that fit, the newest first."""
        words, outer = finding.match(wanted.text), finding.of_session(wanted)
        place = finding.where_answer(wanted)
        which = together(
            place,
            finding.of_answer(wanted),
            finding.of_time(wanted, "l"),
            _said(wanted.text),
            Condition(
                f"l.session_id IN (SELECT s.id FROM session s WHERE {outer.sql})", outer.values
            )
            if outer.values
            else Condition(),
        )
        with self._connection.read() as connection:
            if connection is None:
                return Answers()
            total = _number(connection, f"SELECT count(*) FROM listing l WHERE {place.sql}")
            numbers = [
                row["number"]
                for row in connection.execute(
                    f"SELECT l.number FROM listing l WHERE {which.sql}"
                    " ORDER BY l.started_at DESC, l.number DESC",
                    which.values,
                )
            ]
            found, numbers = len(numbers), _page(numbers, offset, limit)
            snippets = _snippets(connection, words, numbers)
            lines = {row["number"]: row for row in connection.execute(*_answer_rows(numbers))}
        return Answers(
            tuple(_answer_line(lines[one], snippets.get(one, ())) for one in numbers),
            found,
            total,
        )

    def choices(self) -> Choices:
        """What can be filtered by."""
        with self._connection.read() as connection:
            if connection is None:
                return Choices()

            def values(query: str) -> tuple[str, ...]:
                return tuple(row[0] for row in connection.execute(query) if row[0])

            banks = connection.execute(
                "SELECT bank_id, max(bank_title) FROM session GROUP BY bank_id ORDER BY 2"
            ).fetchall()
            return Choices(
                banks=tuple((row[0], row[1]) for row in banks),
                categories=values("SELECT DISTINCT category FROM listing ORDER BY 1"),
                levels=values("SELECT DISTINCT level FROM listing ORDER BY 1"),
                engines=values("SELECT DISTINCT engine FROM listing ORDER BY 1"),
                tags=values(
                    "SELECT DISTINCT value FROM session, json_each(session.tags) ORDER BY 1"
                ),
            )

    # -- keeping in order --------------------------------------------------------------------

    def label(self, session_id: str) -> Label:
        """What the person calls a session."""
        with self._connection.read() as connection:
            row = (
                connection.execute("SELECT * FROM session WHERE id = ?", (session_id,)).fetchone()
                if connection
                else None
            )
        return _label(row) if row is not None else Label()

    def set_label(self, session_id: str, label: Label) -> None:
        """Rename a session, tag it, note something down."""
        tags = json.dumps(list(dict.fromkeys(label.tags)), ensure_ascii=False)
        self._write(
            "UPDATE session SET name = ?, tags = ?, note = ? WHERE id = ?",
            [(label.name, tags, label.note, session_id)],
        )

    def discard(self, session_ids: tuple[str, ...]) -> None:
        """Put sessions into the trash: they are found nowhere else any more."""
        self._discard("session", session_ids)

    def put_back(self, session_ids: tuple[str, ...]) -> None:
        """Take sessions out of the trash."""
        self._put_back("session", session_ids)

    def discarded(self, before: str = "") -> tuple[str, ...]:
        """The sessions in the trash; only those put there before a time (ISO 8601, UTC)."""
        return self._discarded("session", before)

    def discard_answers(self, attempt_ids: tuple[str, ...]) -> None:
        """Put single answers into the trash: no list and no total has them any more."""
        self._discard("attempt", attempt_ids)

    def put_back_answers(self, attempt_ids: tuple[str, ...]) -> None:
        """Take single answers out of the trash."""
        self._put_back("attempt", attempt_ids)

    def discarded_answers(self, before: str = "") -> tuple[str, ...]:
        """The single answers in the trash; only those put there before a time (ISO 8601, UTC)."""
        return self._discarded("attempt", before)

    def _discard(self, table: _Table, ids: tuple[str, ...]) -> None:
        moment = self._now().isoformat(timespec="seconds")
        self._write(
            f"UPDATE {table} SET deleted_at = ? WHERE id = ? AND deleted_at = ''",
            [(moment, one) for one in ids],
        )

    def _put_back(self, table: _Table, ids: tuple[str, ...]) -> None:
        self._write(f"UPDATE {table} SET deleted_at = '' WHERE id = ?", [(one,) for one in ids])

    def _discarded(self, table: _Table, before: str) -> tuple[str, ...]:
        with self._connection.read() as connection:
            if connection is None:
                return ()
            rows = connection.execute(
                f"SELECT id FROM {table} WHERE deleted_at <> '' AND (? = '' OR deleted_at < ?)",
                (before, before),
            )
            return tuple(row["id"] for row in rows)

    def bytes_used(self, session_id: str) -> int:
        """The disk space that a session's recordings take, in bytes."""
        with self._connection.read() as connection:
            rows = (
                connection.execute(
                    f"SELECT id, recording_path FROM attempt l WHERE session_id = ? AND {_THERE}",
                    (session_id,),
                ).fetchall()
                if connection
                else []
            )
        own = (own_recording(row, self._recordings) for row in rows)
        return sum(path.stat().st_size for path in own if path is not None and path.is_file())

    def _write(self, statement: str, rows: Iterable[tuple[str, ...]]) -> None:
        with self._connection.write() as connection:
            connection.executemany(statement, rows)


def _page(found: list[_Key], offset: int, limit: int) -> list[_Key]:
    """A page of this; a limit below 0 is none."""
    return found[offset:] if limit < 0 else found[offset : offset + limit]


def _said(text: str) -> Condition:
    """The text is in the answer or in its question."""
    if not text.strip():
        return Condition()
    words = finding.match(text)
    if not words:
        return Condition("0")
    return Condition("l.number IN (SELECT rowid FROM said WHERE said MATCH ?)", (words,))


def _sessions(wanted: Filter) -> Condition:
    """Which sessions fit: they, and one of their answers, have what is looked for."""
    asked, said = finding.of_answer(wanted), _said(wanted.text)
    with_text = _has_answer(together(asked, said))
    if wanted.text.strip():
        in_label = together(finding.in_label(wanted.text), _has_answer(asked))
        with_text = together(with_text, in_label, word="OR")
    return together(
        finding.where_session(wanted),
        finding.of_session(wanted),
        finding.of_time(wanted, "s"),
        with_text,
    )


def _has_answer(condition: Condition) -> Condition:
    if condition.sql == "1":
        return condition
    return Condition(
        f"s.id IN (SELECT l.session_id FROM listing l WHERE {_THERE} AND ({condition.sql}))",
        condition.values,
    )


def _number(connection: sqlite3.Connection, query: str, values: tuple[object, ...] = ()) -> int:
    return int(connection.execute(query, values).fetchone()[0])


def _listed(connection: sqlite3.Connection, ids: list[str]) -> dict[str, list[sqlite3.Row]]:
    found = defaultdict[str, list[sqlite3.Row]](list)
    query = (
        f"SELECT * FROM listing l WHERE session_id IN ({marks(ids)}) AND {_THERE} ORDER BY number"
    )
    for row in connection.execute(query, ids):
        found[row["session_id"]].append(row)
    return found


def _hits(
    connection: sqlite3.Connection, wanted: Filter, ids: list[str]
) -> dict[str, list[Snippet]]:
    """What was found in each session's answers."""
    found = defaultdict[str, list[Snippet]](list)
    words = finding.match(wanted.text)
    if not words or not ids:
        return found
    which = together(finding.of_answer(wanted), _said(wanted.text))
    rows = connection.execute(
        f"SELECT l.number, l.session_id FROM listing l WHERE {_THERE} AND {which.sql}"
        f" AND l.session_id IN ({marks(ids)}) ORDER BY l.number",
        (*which.values, *ids),
    ).fetchall()
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row["session_id"], row["number"])
    snippets = _snippets(connection, words, list(first.values()))
    for row in rows:
        found[row["session_id"]].append(snippets.get(row["number"], ()))
    return found


def _snippets(connection: sqlite3.Connection, words: str, numbers: list[int]) -> dict[int, Snippet]:
    if not words or not numbers:
        return {}
    query = f"SELECT rowid, {finding.SNIPPET} FROM said WHERE said MATCH ? AND rowid = ?"
    found = {}
    for number in numbers:  # one by one: FTS5 goes straight to a row, but not to several
        row = connection.execute(query, (words, number)).fetchone()
        if row is not None:
            found[number] = finding.pieces(row[1])
    return found


def _answer_rows(numbers: list[int]) -> tuple[str, list[int]]:
    query = (
        "SELECT l.*, a.id, s.bank_title, s.deleted_at, said.question FROM listing l"
        " JOIN attempt a USING (number) JOIN session s ON s.id = l.session_id"
        f" JOIN said ON said.rowid = l.number WHERE l.number IN ({marks(numbers)})"
    )
    return query, numbers


def _answer_line(row: sqlite3.Row, snippet: Snippet) -> AnswerLine:
    return AnswerLine(
        id=row["id"],
        session_id=row["session_id"],
        question=row["question"] or "",
        category=row["category"],
        bank_title=row["bank_title"],
        started_at=row["started_at"],
        status=row["status"],
        engine=row["engine"],
        spoken_s=row["spoken_s"],
        score=row["score"],
        snippet=snippet,
        with_session=bool(row["deleted_at"]),
        grade=row["grade"],
    )


def _session_line(
    row: sqlite3.Row, attempts: list[sqlite3.Row], hits: list[Snippet]
) -> SessionLine:
    # What is unusable and not scored is in no total.
    counted = [
        one for one in attempts if one["score"] is not None or one["grade"] != Grade.UNUSABLE
    ]
    last = {one["position"]: one for one in counted if one["score"] is not None}
    scores = [one["score"] for one in last.values()]
    return SessionLine(
        id=row["id"],
        bank_title=row["bank_title"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        deleted_at=row["deleted_at"],
        label=_label(row),
        questions=len(_array(row["question_ids"])),
        answered=len({one["position"] for one in counted}),
        waiting=sum(one["waiting"] for one in attempts),
        spoken_s=sum(one["spoken_s"] for one in counted),
        score=round(sum(scores) / len(scores), 1) if scores else None,
        doubtful=sum(one["grade"] in DOUBTED for one in last.values()),
        snippet=next((one for one in hits if one), ()),
        found=len(hits),
    )


def _label(row: sqlite3.Row) -> Label:
    return Label(row["name"], tuple(_array(row["tags"])), row["note"])


def _array(text: str) -> list[str]:
    """A JSON array of texts; a row that someone else broke shows none."""
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return [str(one) for one in found] if isinstance(found, list) else []
