"""``voiceprep history``: finding, naming, the trash, backups and the end, as a shell uses them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.commands.cli import Shell
from tests.store.records import SESSION, assessed
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders


@pytest.fixture
def kept() -> SqliteHistory:
    history = SqliteHistory(user_folders())
    for number, name in enumerate(("first", "second")):
        session = replace(SESSION, id=name, started_at=f"2025-0{number + 5}-14T09:30:00+00:00")
        history.save_session(session)
        path = history.new_recording_path(f"20250514-093100-{number:08x}")
        path.write_bytes(b"RIFF" + bytes([number]))
        history.save_attempt(replace(assessed(number, recording=path), session_id=name))
    history.close()
    return history


@pytest.mark.usefixtures("kept")
def test_filters_and_words_find_sessions(voiceprep: Shell) -> None:
    found = voiceprep("history", "--search", "everything", "--until", "2025-05-14").words
    assert "first" in found
    assert "second" not in found
    assert "everything we" in found or "for everything" in found
    assert voiceprep("history", "--search", "xyzzy").words == "Nothing found."
    lines = json.loads(voiceprep("history", "--min-score", "40", "--json").out)
    assert [one["id"] for one in lines] == ["second", "first"]
    table = voiceprep("history", "--since", "2025-06-01", "--csv").out
    assert "second" in table
    assert "first" not in table
    failed = voiceprep("history", "--since", "yesterday")
    assert (failed.status, "no day" in failed.words) == (1, True)


@pytest.mark.usefixtures("kept")
def test_a_session_is_named_deleted_and_brought_back(voiceprep: Shell) -> None:
    voiceprep("history", "label", "first", "--name", "Dry run", "--tag", "mock")
    assert "Dry run" in voiceprep("history", "--tag", "mock").words
    assert "in the trash" in voiceprep("history", "delete", "first").words
    assert "first" not in voiceprep("history").words
    assert "Dry run" in voiceprep("history", "--trash").words
    assert "is back" in voiceprep("history", "undelete", "first").words
    assert "first" in voiceprep("history").words
    assert voiceprep("history", "undelete", "first").status == 1
    assert "Deleted" in voiceprep("history", "delete", "first", "--for-good", "--yes").words
    assert "0 sessions, 0 answers and 0 recordings" in voiceprep("history", "tidy").words


@pytest.mark.usefixtures("kept")
def test_a_single_answer_is_deleted_and_brought_back(voiceprep: Shell) -> None:
    answer = assessed(0).id
    assert "in the trash" in voiceprep("history", "delete", answer).words
    assert answer not in voiceprep("history", "show", "first").words
    assert answer in voiceprep("history", "--trash").words
    assert "is back" in voiceprep("history", "undelete", answer).words
    assert answer in voiceprep("history", "show", "first").words
    assert voiceprep("history", "--trash").words == "Nothing found."
    assert "Deleted" in voiceprep("history", "delete", answer, "--for-good", "--yes").words
    assert voiceprep("history", "delete", answer).status == 1


def test_a_backup_brings_everything_back_after_the_end(
    voiceprep: Shell, kept: SqliteHistory, tmp_path: Path
) -> None:
    before = kept.sessions()
    kept.close()
    file = tmp_path / "all.zip"
    assert "2 recordings" in voiceprep("history", "backup", file).words
    assert voiceprep("history", "backup", file).status == 1
    assert "is deleted" in voiceprep("history", "erase", "--yes").words
    assert not user_folders().database.exists()
    assert not user_folders().recordings.exists()
    assert (
        "Restored 2 sessions, 2 answers, 2 recordings"
        in voiceprep("history", "restore", file).words
    )
    assert kept.sessions() == before
    kept.close()
