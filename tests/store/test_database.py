import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from voiceprep.errors import VoicePrepError
from voiceprep.store import database
from voiceprep.store.database import DamagedError, explained, open_database
from voiceprep.store.schema import MIGRATIONS

ORPHAN = """
    INSERT INTO attempt (id, session_id, position, bank_id, question_id, started_at, status,
                         failure, question)
    VALUES ('a', 'gone', 0, '', '', '', '', '', '')
"""
ADD_NOTE = ("ALTER TABLE session ADD COLUMN remark TEXT NOT NULL DEFAULT ''",)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def add_session(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO session (id, bank_id, bank_title, started_at, ended_at, question_ids)"
        " VALUES ('s', 'b', 'B', '2025', '', '[]')"
    )


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_a_new_file_is_up_to_date_and_set_up_for_safety(path: Path) -> None:
    with closing(open_database(path)) as connection:
        pragmas = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

        assert version(connection) == len(MIGRATIONS)
        assert pragmas == {
            "journal_mode": "wal",
            "synchronous": 1,
            "foreign_keys": 1,
            "busy_timeout": 5000,
        }
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_empty_file_becomes_a_history(path: Path) -> None:
    path.touch()

    with closing(open_database(path)) as connection:
        assert version(connection) == len(MIGRATIONS)


def test_a_migration_keeps_the_rows_and_leaves_a_copy_from_before(path: Path) -> None:
    with closing(open_database(path)) as connection:
        add_session(connection)

    with closing(open_database(path, (*MIGRATIONS, ADD_NOTE))) as connection:
        assert version(connection) == len(MIGRATIONS) + 1
        assert connection.execute("SELECT id, remark FROM session").fetchall()[0][:] == ("s", "")

    (copy,) = path.parent.glob("history-version-*.sqlite3")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(open_database(copy)) as connection:  # as this version still reads it
        assert [row["id"] for row in connection.execute("SELECT * FROM session")] == ["s"]


def test_opening_again_migrates_and_copies_nothing(path: Path) -> None:
    for _ in range(2):
        open_database(path).close()

    assert [one.name for one in path.parent.glob("history-*")] == []


@pytest.mark.parametrize(
    "step",
    [
        (*ADD_NOTE, "CREATE NONSENSE"),
        (*ADD_NOTE, ORPHAN),
    ],
    ids=["fails", "breaks references"],
)
def test_a_migration_that_fails_changes_nothing(step: tuple[str, ...], path: Path) -> None:
    with closing(open_database(path)) as connection:
        add_session(connection)

    with pytest.raises(sqlite3.Error):
        open_database(path, (*MIGRATIONS, step))

    with closing(open_database(path)) as connection:
        assert version(connection) == len(MIGRATIONS)
        assert [row["id"] for row in connection.execute("SELECT * FROM session")] == ["s"]
        with pytest.raises(sqlite3.OperationalError, match="remark"):
            connection.execute("SELECT remark FROM session")


def test_a_history_of_a_newer_version_is_left_as_it_is(path: Path) -> None:
    open_database(path, (*MIGRATIONS, ADD_NOTE)).close()
    before = path.read_bytes()

    with pytest.raises(VoicePrepError, match="newer VoicePrep") as caught:
        open_database(path)

    assert str(path) in caught.value.title
    assert "Update VoicePrep" in caught.value.next_step
    assert path.read_bytes() == before


@pytest.mark.parametrize("mark", [0, 77])
def test_a_database_of_another_program_is_left_as_it_is(mark: int, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE contact (name TEXT)")
        connection.execute(f"PRAGMA application_id = {mark}")
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()

    with pytest.raises(VoicePrepError, match="no history of VoicePrep"):
        open_database(path)

    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_damaged_and_left_as_it_is(path: Path) -> None:
    path.write_bytes(b"no database" * 100)

    with pytest.raises(DamagedError):
        open_database(path)

    assert path.read_bytes() == b"no database" * 100


def words_for(path: Path, error: sqlite3.Error) -> VoicePrepError:
    said = explained(error, path)
    assert isinstance(said, VoicePrepError)
    assert str(path) in said.title
    assert said.next_step
    return said


def test_a_full_disk_is_explained(path: Path) -> None:
    with closing(open_database(path)) as connection:
        connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError) as caught:
            connection.execute("CREATE TABLE more AS SELECT zeroblob(1000000)")

    assert "full" in words_for(path, caught.value).cause


def test_a_file_that_may_only_be_read_is_explained(path: Path) -> None:
    open_database(path).close()
    read_only = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    with closing(read_only) as connection, pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("DELETE FROM session")

    assert "may not write" in words_for(path, caught.value).cause


def test_a_history_that_another_program_holds_is_explained(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_S", 0.05)
    with closing(open_database(path)) as one, closing(open_database(path)) as two:
        one.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as caught:
            two.execute("BEGIN IMMEDIATE")

    assert "Close other VoicePrep windows" in words_for(path, caught.value).next_step


def test_a_mistake_of_ours_is_not_dressed_up_as_the_users(path: Path) -> None:
    with closing(open_database(path)) as connection:
        with pytest.raises(sqlite3.OperationalError) as caught:
            connection.execute("SELECT nonsense")
        assert explained(caught.value, path) is caught.value
    with pytest.raises(sqlite3.ProgrammingError) as closed:
        connection.execute("SELECT 1")
    assert explained(closed.value, path) is closed.value
