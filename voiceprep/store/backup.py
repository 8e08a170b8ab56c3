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
from voiceprep.store.database import DamagedError
from voiceprep.store.files import make_private_folder, refused
from voiceprep.store.merging import Contents, merge
from voiceprep.store.paths import Folders
from voiceprep.store.rows import own_recordings_elsewhere

FORMAT = 1
_MANIFEST, _DATABASE, _AUDIO = "manifest.json", "history.sqlite3", "recordings"
_CHUNK = 1 << 20
_PAGE = 4096
"""Bytes of a database's page, as SQLite makes them."""
Progress = Callable[[float], None]


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
            _copy_database(folders, copy, steps)
            audio = _files(folders.recordings) + _gathered(copy, folders.recordings)
            steps.total = (
                steps.done + copy.stat().st_size + sum(path.stat().st_size for path in audio)
            )
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

    All of it is checked before anything is changed. What is here already stays as it is. A few
    sessions come at a time, so that nobody who writes waits for long, each with its recordings
    first; after a failure, and when it is cancelled, the history is as it was.

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
            return _merge(folders, Path(staged), source, steps)
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
    told: float = 0.0

    def take(self, size: int) -> None:
        if self.cancel is not None and self.cancel.is_set():
            raise Cancelled
        self.done += size
        if self.progress is not None:
            self.told = max(self.told, min(1.0, self.done / max(1, self.total)))
            self.progress(self.told)


def _copy_database(folders: Folders, copy: Path, steps: _Steps) -> None:
    connection = Connection(folders)
    size = folders.database.stat().st_size
    steps.total = 2 * size + sum(path.stat().st_size for path in _files(folders.recordings))
    copied = 0

    def report(_state: int, remaining: int, pages: int) -> None:
        nonlocal copied
        now = size * (pages - remaining) // max(1, pages)
        steps.take(now - copied)
        copied = now

    try:
        with connection.read() as reading, closing(sqlite3.connect(copy)) as target:
            if reading is not None:
                reading.backup(target, pages=_CHUNK // _PAGE, progress=report)
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
    steps.total += archive.getinfo(_DATABASE).file_size  # its rows are copied then
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


def _merge(folders: Folders, staged: Path, source: Path, steps: _Steps) -> Contents:
    try:
        return merge(folders, staged / _DATABASE, staged / _AUDIO, steps.take)
    except DamagedError as error:
        raise _unusable(source, f"The history in it is damaged ({error}).") from error


def _unusable(source: Path, cause: str) -> VoicePrepError:
    return VoicePrepError(
        f"{source} cannot be used as a backup.",
        cause,
        "Choose another backup of VoicePrep's. Nothing was changed.",
    )
