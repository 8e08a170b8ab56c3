import json
import stat
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from tests.store.records import SESSION, assessed, attempt
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.catalogue import Filter, Label
from voiceprep.store import merging
from voiceprep.store.backup import back_up, restore
from voiceprep.store.history import SqliteHistory
from voiceprep.store.merging import Contents
from voiceprep.store.paths import Folders


@pytest.fixture
def backup(history: SqliteHistory, folders: Folders, tmp_path: Path) -> Path:
    """Two sessions with two recordings, one session named and one in the trash."""
    other = replace(SESSION, id="other")
    for number, session in enumerate((SESSION, other)):
        history.save_session(session)
        path = history.new_recording_path(attempt(number).id)
        path.write_bytes(bytes(range(256)) * (number + 1))
        history.save_attempt(replace(assessed(number, recording=path), session_id=session.id))
    history.catalogue.set_label(SESSION.id, Label("Mine", ("a", "b"), "note"))
    history.catalogue.discard(("other",))
    target = tmp_path / "all.zip"
    shares: list[float] = []
    assert back_up(folders, target, shares.append) == Contents(2, 2, 2)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    return target


@pytest.fixture
def elsewhere(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "new" / "data", tmp_path / "new" / "cache")


def rows(folders: Folders) -> list[tuple[object, ...]]:
    import sqlite3  # noqa: PLC0415

    with closing(sqlite3.connect(folders.database)) as connection:
        return [
            row
            for table in ("session", "attempt", "listing")
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608
        ]


def audio(folders: Folders) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folders.recordings.iterdir()}


def test_another_machine_gets_equal_rows_and_the_same_bytes(
    backup: Path, folders: Folders, elsewhere: Folders
) -> None:
    assert restore(elsewhere, backup) == Contents(2, 2, 2)

    assert rows(elsewhere) == rows(folders)
    assert audio(elsewhere) == audio(folders)
    with closing(SqliteHistory(elsewhere)) as there:
        assert there.catalogue.label(SESSION.id) == Label("Mine", ("a", "b"), "note")
        assert there.catalogue.discarded() == ("other",)
        assert there.catalogue.answers(Filter(text="consent")).found == 1
    kept = [elsewhere.data, *elsewhere.data.rglob("*")]
    assert [one for one in kept if stat.S_IMODE(one.stat().st_mode) & 0o077] == []


def test_recordings_that_went_to_another_folder_are_in_the_backup(
    history: SqliteHistory, folders: Folders, elsewhere: Folders, tmp_path: Path
) -> None:
    stick = tmp_path / "stick" / f"{attempt(1).id}.wav"
    stick.parent.mkdir()
    stick.write_bytes(b"RIFF")
    history.save_session(SESSION)
    history.save_attempt(assessed(1, recording=stick))
    assert back_up(folders, tmp_path / "all.zip").recordings == 1
    stick.unlink()  # it stays with the old machine

    assert restore(elsewhere, tmp_path / "all.zip") == Contents(1, 1, 1)
    with closing(SqliteHistory(elsewhere)) as there:
        found = there.attempt(attempt(1).id)
    assert found is not None
    assert found.recording is not None
    assert found.recording.path == elsewhere.recordings / stick.name
    assert found.recording.path.read_bytes() == b"RIFF"


def test_only_the_owner_can_read_a_backup(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_restoring_twice_makes_no_doubles_and_what_is_here_stays(
    backup: Path, folders: Folders, elsewhere: Folders
) -> None:
    restore(elsewhere, backup)
    before = rows(elsewhere)
    assert restore(elsewhere, backup) == Contents(0, 0, 0, known=2)
    assert rows(elsewhere) == before

    with closing(SqliteHistory(folders)) as here:
        here.delete_session("other")
        here.save_attempt(replace(assessed(), failure="changed since"))
    assert restore(folders, backup) == Contents(1, 1, 1, known=1)
    with closing(SqliteHistory(folders)) as here:
        kept = here.attempt(assessed().id)
        assert kept is not None
        assert kept.failure == "changed since"


def changed(backup: Path, **contents: bytes | None) -> Path:
    """A backup with other, or without, some of its files (dots in names written as __)."""
    made = backup.with_name("changed.zip")
    other = {name.replace("__", "."): content for name, content in contents.items()}
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = other.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return made


def test_a_changed_or_cut_backup_is_refused_and_nothing_happens(
    backup: Path, elsewhere: Folders, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(backup.read_bytes()[:-200])
    cases = [
        (cut, "no whole ZIP"),
        (changed(backup, history__sqlite3=b"x"), "SHA-256 differs"),
    ]
    for path, why in cases:
        with pytest.raises(VoicePrepError) as caught:
            restore(elsewhere, path)
        assert why in caught.value.cause
        assert not elsewhere.database.exists()
        assert list(elsewhere.recordings.iterdir()) == []
    evil = json.dumps({"format": 1, "sha256": {"../evil": "0"}}).encode()
    for contents, why in (
        ({"history__sqlite3": None}, "missing"),
        ({"manifest__json": b"{}"}, "no manifest"),
        ({"manifest__json": b'{"format": 9, "sha256": {}}'}, "format is 9"),
        ({"manifest__json": evil}, "not ours"),
    ):
        with pytest.raises(VoicePrepError) as caught:
            restore(elsewhere, changed(backup, **contents))
        assert why in caught.value.cause


def test_backing_up_and_restoring_can_be_cancelled(
    backup: Path, folders: Folders, elsewhere: Folders, tmp_path: Path
) -> None:
    cancel = Event()
    cancel.set()
    with pytest.raises(Cancelled):
        back_up(folders, tmp_path / "second.zip", cancel=cancel)
    assert not (tmp_path / "second.zip").exists()
    assert not list(tmp_path.glob(".second*"))
    with pytest.raises(Cancelled):
        restore(elsewhere, backup, cancel=cancel)
    assert not elsewhere.database.exists()


@pytest.mark.parametrize("fails", [Cancelled(), OSError(28, "No space left on device")])
def test_what_came_before_a_failure_goes_again(
    backup: Path, folders: Folders, monkeypatch: pytest.MonkeyPatch, fails: Exception
) -> None:
    with closing(SqliteHistory(folders)) as here:
        here.delete_session("other")
        here.delete_session(SESSION.id)
        here.save_session(replace(SESSION, id="mine", attempts=()))
    before = rows(folders)
    monkeypatch.setattr(merging, "_BATCH", 1)
    shares: list[float] = []

    def report(share: float) -> None:
        shares.append(share)
        if share == 1.0:  # the second session
            raise fails

    with pytest.raises((Cancelled, VoicePrepError)):
        restore(folders, backup, report)
    assert shares == sorted(shares)
    assert rows(folders) == before
    assert audio(folders) == {}
    assert restore(folders, backup) == Contents(2, 2, 2)


def test_without_a_history_there_is_nothing_to_back_up(elsewhere: Folders, tmp_path: Path) -> None:
    with pytest.raises(VoicePrepError, match="nothing to back up"):
        back_up(elsewhere, tmp_path / "a.zip")
