"""What trends need of each answer, worked out once and kept beside it.

To read ten thousand whole answers takes many seconds; their points are read in a moment. A point
that is missing is worked out from the answer, and so is one that another version of VoicePrep
made. Triggers remove it as soon as anything changes that it is made of.
"""
# ruff: noqa: S608 - the texts of the queries are ours, all that comes from outside is bound

import json
import sqlite3
from pathlib import Path
from threading import Event
from zlib import crc32

from pydantic import TypeAdapter

from voiceprep import __version__
from voiceprep.errors import Cancelled
from voiceprep.interview.ports import Progress
from voiceprep.interview.trends import Point, point
from voiceprep.store.connection import Connection
from voiceprep.store.database import transaction
from voiceprep.store.finding import IN_TRASH, marks
from voiceprep.store.rows import read_attempt

_POINT = TypeAdapter(Point)
_BATCH = 25
"""Answers that are worked out in one transaction: others wait for it a few milliseconds."""
_TURN_S = 0.002
"""After each, for whoever waits to write."""

_SHOWN = "listing l JOIN session s ON s.id = l.session_id"
_KEPT = (
    f"SELECT p.point FROM {_SHOWN} JOIN point p USING (number)"
    f" WHERE s.deleted_at = '' AND l.number NOT IN ({IN_TRASH}) AND p.point <> ''"
    " ORDER BY l.number"
)
_MISSING = (
    f"SELECT l.number FROM {_SHOWN} LEFT JOIN point p ON p.number = l.number AND p.made_by = ?"
    f" WHERE s.deleted_at = '' AND l.number NOT IN ({IN_TRASH}) AND p.number IS NULL"
    " ORDER BY l.number"
)
_ANSWERS = (
    "SELECT a.*, s.bank_title FROM attempt a JOIN session s ON s.id = a.session_id"
    " WHERE a.number IN ({})"
)


def made_by() -> str:
    """Tells the points of this version of VoicePrep from all others."""
    shape = json.dumps(_POINT.json_schema(), sort_keys=True)
    return f"{__version__} {crc32(shape.encode()):08x}"


def read_points(
    connection: Connection,
    recordings: Path,
    cancel: Event | None = None,
    progress: Progress | None = None,
) -> tuple[Point, ...]:
    """All answers that were given, the oldest first; blocks, longest at the first time.

    Raises:
        VoicePrepError: The history cannot be read, or points cannot be kept.
        Cancelled: ``cancel`` was set; what was worked out until then is kept.
    """
    with connection.aside() as own:
        if own is None:
            return ()
        _work_out(own, recordings, cancel or Event(), progress)
        kept = [row["point"] for row in own.execute(_KEPT)]
    return tuple(sorted(map(_POINT.validate_json, kept), key=lambda one: one.at))


def _work_out(
    own: sqlite3.Connection, recordings: Path, cancel: Event, progress: Progress | None
) -> None:
    maker = made_by()
    missing = [row["number"] for row in own.execute(_MISSING, (maker,))]
    for begin in range(0, len(missing), _BATCH):
        if cancel.wait(_TURN_S):
            raise Cancelled
        batch = missing[begin : begin + _BATCH]
        with transaction(own):  # nobody changes an answer between reading it and keeping its point
            for row in own.execute(_ANSWERS.format(marks(batch)), batch).fetchall():
                own.execute(
                    "INSERT OR REPLACE INTO point (number, made_by, point) VALUES (?, ?, ?)",
                    (row["number"], maker, _made(row, recordings)),
                )
        if progress is not None:
            progress((begin + len(batch)) / len(missing))


def _made(row: sqlite3.Row, recordings: Path) -> str:
    """The point of an answer as JSON; "" for one that has none or cannot be read."""
    try:
        found = point(row["bank_title"], read_attempt(row, recordings))
    except (ValueError, TypeError):  # reading the whole history logs it
        return ""
    return "" if found is None else _POINT.dump_json(found).decode()
