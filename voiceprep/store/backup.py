"""The whole history as one file, and back on another machine.

The file is a ZIP: ``manifest.json`` says what is in it with a SHA-256 each, ``history.sqlite3`` is
a whole copy of the database, ``recordings/`` holds the audio as it is.
"""

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from threading import Event
from typing import Any

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.store.connection import Connection
from voiceprep.store.database import DamagedError, open_database
from voiceprep.store.files import make_private_folder, refused
from voiceprep.store.paths import Folders
from voiceprep.store.rows import own_recordings_elsewhere

FORMAT = 1
_MANIFEST, _DATABASE, _AUDIO = "manifest.json", "history.sqlite3", "recordings"
_CHUNK = 1 << 20
Progress = Callable[[float], None]


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


def back_up(
    folders: Folders, target: Path, progress: Progress | None = None, cancel: Event | None = None
) -> Contents:
    """Write everything to one file, whole or not at all, readable by its owner only; blocks.

    Raises:
        VoicePrepError: There is no history yet, or the file cannot be written.
        Cancelled: ``cancel`` was set; no file is left.
    """
    if not folders.database.exists():
        raise VoicePrepError(
            "There is nothing to back up yet.", "No interview has been held.", "Practise first."
        )
    steps = _Steps(progress, cancel)
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file, tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / _DATABASE
            _copy_database(folders, copy)
            audio = _files(folders.recordings) + _gathered(copy, folders.recordings)
            steps.total = copy.stat().st_size + sum(path.stat().st_size for path in audio)
            hashes = {}
            with zipfile.ZipFile(file, "w") as archive:
                for name, path in [(_DATABASE, copy)] + [(f"{_AUDIO}/{p.name}", p) for p in audio]:
                    hashes[name] = _add(archive, name, path, steps)
                made = datetime.now(UTC).isoformat(timespec="seconds")
                manifest = {"format": FORMAT, "made_at": made, "sha256": hashes}
                archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
            file.flush()
            os.fsync(file.fileno())
            sessions, answers = _counts(copy)
        Path(temporary).replace(target)
    except OSError as error:
        raise refused(f"The backup {target} could not be written.", error) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
    return Contents(sessions, answers, len(audio))


def restore(
    folders: Folders, source: Path, progress: Progress | None = None, cancel: Event | None = None
) -> Contents:
    """Bring back what a backup has and this history has not; blocks.

    All of it is checked before anything is changed. What is here already stays as it is. Recordings
    are put in their place first, then all rows at once: a failure leaves the history as it was.

    Raises:
        VoicePrepError: It is no backup, damaged, or of a newer VoicePrep; or there is no room.
        Cancelled: ``cancel`` was set; nothing was changed.
    """
    make_private_folder(folders.data)
    make_private_folder(folders.recordings)
    steps = _Steps(progress, cancel)
    try:
        with tempfile.TemporaryDirectory(prefix=".history-restore-", dir=folders.data) as staged:
            with zipfile.ZipFile(source) as archive:
                _unpack(archive, source, Path(staged), steps)
            return _merge(folders, Path(staged), source)
    except zipfile.BadZipFile as error:
        raise _unusable(source, f"It is no whole ZIP file ({error}).") from error
    except OSError as error:
        raise refused(f"The backup {source} could not be restored.", error) from error


@dataclass
class _Steps:
    """How far it is, in bytes, and whether to go on."""

    progress: Progress | None
    cancel: Event | None
    total: int = 0
    done: int = 0

    def take(self, size: int) -> None:
        if self.cancel is not None and self.cancel.is_set():
            raise Cancelled
        self.done += size
        if self.progress is not None:
            self.progress(min(1.0, self.done / max(1, self.total)))


def _copy_database(folders: Folders, copy: Path) -> None:
    connection = Connection(folders)
    try:
        with connection.read() as reading, closing(sqlite3.connect(copy)) as target:
            if reading is not None:
                reading.backup(target)
    finally:
        connection.close()


def _gathered(copy: Path, recordings: Path) -> list[Path]:
    """The recordings made here in other folders; the copied history has them in the usual one."""
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.row_factory = sqlite3.Row
        found = [
            (attempt_id, path)
            for attempt_id, path in own_recordings_elsewhere(connection, recordings)
            if path.is_file()
        ]
        connection.executemany(
            "UPDATE attempt SET recording_path = ? WHERE id = ?",
            [(path.name, attempt_id) for attempt_id, path in found],
        )
    return [path for _, path in found]


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(one for one in folder.iterdir() if one.is_file() and not one.is_symlink())


def _add(archive: zipfile.ZipFile, name: str, path: Path, steps: _Steps) -> str:
    digest = hashlib.sha256()
    entry = zipfile.ZipInfo.from_file(path, name)
    if name == _DATABASE:
        entry.compress_type = zipfile.ZIP_DEFLATED
    with path.open("rb") as reading, archive.open(entry, "w") as writing:
        while chunk := reading.read(_CHUNK):
            writing.write(chunk)
            digest.update(chunk)
            steps.take(len(chunk))
    return digest.hexdigest()


def _counts(database: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(database)) as connection:
        sessions, answers = (
            int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
            for table in ("session", "attempt")
        )
    return sessions, answers


def _unpack(archive: zipfile.ZipFile, source: Path, folder: Path, steps: _Steps) -> None:
    """Put what the manifest names into a folder, and see that it is what was written."""
    hashes = _hashes(archive, source)
    steps.total = sum(archive.getinfo(name).file_size for name in hashes)
    (folder / _AUDIO).mkdir()
    for name, expected in hashes.items():
        digest = hashlib.sha256()
        with archive.open(name) as reading, (folder / name).open("xb") as writing:
            while chunk := reading.read(_CHUNK):
                writing.write(chunk)
                digest.update(chunk)
                steps.take(len(chunk))
        (folder / name).chmod(0o600)
        if digest.hexdigest() != expected:
            raise _unusable(source, f"{name} in it is not what was written (its SHA-256 differs).")


def _hashes(archive: zipfile.ZipFile, source: Path) -> dict[str, str]:
    try:
        manifest: Any = json.loads(archive.read(_MANIFEST))
        version, hashes = manifest["format"], dict(manifest["sha256"])
    except (KeyError, TypeError, ValueError) as error:
        raise _unusable(source, "It has no manifest of VoicePrep's.") from error
    if version != FORMAT:
        raise VoicePrepError(
            f"The backup {source} was written by a newer VoicePrep.",
            f"Its format is {version}; this VoicePrep knows {FORMAT}.",
            "Update VoicePrep, then try again.",
        )
    present = set(archive.namelist())
    for name in hashes:
        parts = PurePosixPath(name).parts
        fits = name == _DATABASE or (len(parts) == 2 and parts[0] == _AUDIO)  # noqa: PLR2004
        if not fits or "\\" in name or ":" in name or ".." in parts:
            raise _unusable(source, f"It has a file that is not ours: {name!r}.")
        if name not in present:
            raise _unusable(source, f"{name} is missing in it.")
    if _DATABASE not in hashes:
        raise _unusable(source, "The history is missing in it.")
    return hashes


def _merge(folders: Folders, staged: Path, source: Path) -> Contents:
    try:
        other = open_database(staged / _DATABASE)  # brought up to date, if it is older
    except DamagedError as error:
        raise _unusable(source, f"The history in it is damaged ({error}).") from error
    connection = Connection(folders)
    placed: list[Path] = []
    try:
        with connection.write() as own:
            sessions = _copy_rows(other, own, "session")
            before = {row[0] for row in own.execute("SELECT id FROM attempt")}
            answers = _copy_rows(other, own, "attempt", leave=("number",))
            new = {row[0] for row in own.execute("SELECT id FROM attempt")} - before
            total = int(other.execute("SELECT count(*) FROM attempt").fetchone()[0])
            for path in _files(staged / _AUDIO):
                target = folders.recordings / path.name
                if path.stem in new and not target.exists():
                    path.rename(target)
                    placed.append(target)
    except BaseException:
        for path in placed:
            path.unlink(missing_ok=True)
        raise
    finally:
        other.close()
        connection.close()
    return Contents(sessions, answers, len(placed), total - answers)


def _copy_rows(
    other: sqlite3.Connection, own: sqlite3.Connection, table: str, leave: tuple[str, ...] = ()
) -> int:
    """Insert the rows whose id is not here yet, in their order; how many."""
    names = [row[1] for row in own.execute(f"PRAGMA table_info({table})") if row[1] not in leave]
    listed, marks = ", ".join(names), ", ".join("?" * len(names))
    number = 0
    for row in other.execute(f"SELECT {listed} FROM {table} ORDER BY rowid"):  # noqa: S608 - ours
        cursor = own.execute(
            f"INSERT INTO {table} ({listed}) VALUES ({marks}) ON CONFLICT (id) DO NOTHING",  # noqa: S608
            tuple(row),
        )
        number += max(0, cursor.rowcount)
    return number


def _unusable(source: Path, cause: str) -> VoicePrepError:
    return VoicePrepError(
        f"{source} cannot be used as a backup.",
        cause,
        "Choose another backup of VoicePrep's. Nothing was changed.",
    )
