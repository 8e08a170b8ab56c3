"""What goes by itself: old trash, and recordings that the user does not want to keep for ever."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from voiceprep.store.connection import Connection
from voiceprep.store.files import refused
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders
from voiceprep.store.rows import own_recording
from voiceprep.store.settings import Settings

_log = logging.getLogger(__name__)

TRASH_DAYS = 30
"""How long what was deleted can be put back."""

_DONE = "a.status IN ('assessed', 'set aside') AND a.recording IS NOT NULL"
"""An answer that nobody has transcribed yet keeps its recording, whatever was chosen."""
_DUE = {
    "forever": "0",
    "days": "a.started_at < ?",
    "reviewed": "a.reviewed_at <> ''",
    "never": "1",
}


@dataclass(frozen=True, slots=True)
class Removed:
    """What has gone.

    Attributes:
        sessions: Sessions out of the trash.
        answers: Single answers out of the trash.
        recordings: Recordings of answers that are kept otherwise.
        bytes: The space that these took.
    """

    sessions: int = 0
    answers: int = 0
    recordings: int = 0
    bytes: int = 0


def tidy(folders: Folders, settings: Settings, *, now: datetime | None = None) -> Removed:
    """Empty the trash of what lies there for 30 days, remove recordings by the settings; blocks.

    Answers keep transcript and result; their recording is marked as removed, after its file was.
    Files that the user dropped are never touched.

    Raises:
        VoicePrepError: The history cannot be written, or a file cannot be removed.
    """
    now = now or datetime.now(UTC)
    history = SqliteHistory(folders)
    connection = Connection(folders)
    try:
        due_at = _moment(now - timedelta(days=TRASH_DAYS))
        old = history.catalogue.discarded(due_at)
        for session_id in old:
            history.delete_session(session_id)
        answers = history.catalogue.discarded_answers(due_at)
        for attempt_id in answers:
            history.delete_attempt(attempt_id)
        recordings, size = _remove_audio(connection, folders, settings, now)
    finally:
        connection.close()
        history.close()
    removed = Removed(len(old), len(answers), recordings, size)
    if removed != Removed():
        _log.info("tidied: %s", removed)
    return removed


def due(folders: Folders, settings: Settings, *, now: datetime | None = None) -> tuple[int, int]:
    """How many recordings ``tidy`` would remove, and their size in bytes."""
    connection = Connection(folders)
    try:
        paths = [path for _, path in _due(connection, folders, settings, now or datetime.now(UTC))]
    finally:
        connection.close()
    sizes = [path.stat().st_size for path in paths if path.is_file()]
    return len(sizes), sum(sizes)


def _due(
    connection: Connection, folders: Folders, settings: Settings, now: datetime
) -> list[tuple[str, Path]]:
    condition = _DUE[settings.keep_audio]
    values = (_moment(now - timedelta(days=settings.keep_audio_days)),) if "?" in condition else ()
    query = (
        "SELECT a.id, a.recording_path FROM attempt a JOIN session s ON s.id = a.session_id"  # noqa: S608 - ours
        f" WHERE {_DONE} AND s.ended_at <> '' AND {condition} AND json_valid(a.recording)"
        " AND coalesce(json_extract(a.recording, '$.removed_at'), '') = ''"
    )
    with connection.read() as reading:
        rows = reading.execute(query, values).fetchall() if reading else []
    own = ((row["id"], own_recording(row, folders.recordings)) for row in rows)
    return [(attempt_id, path) for attempt_id, path in own if path is not None]


def _remove_audio(
    connection: Connection, folders: Folders, settings: Settings, now: datetime
) -> tuple[int, int]:
    number = size = 0
    for attempt_id, path in _due(connection, folders, settings, now):
        try:
            taken = path.stat().st_size if path.is_file() else 0
            path.unlink(missing_ok=True)
        except OSError as error:
            raise refused(f"The recording {path} could not be removed.", error) from error
        with connection.write() as writing:
            writing.execute(
                "UPDATE attempt SET recording = json_set(recording, '$.removed_at', ?)"
                " WHERE id = ?",
                (_moment(now), attempt_id),
            )
        number, size = number + 1, size + taken
    return number, size


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
