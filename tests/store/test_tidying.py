from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.store.records import SESSION, assessed, attempt
from voiceprep.interview.records import AttemptStatus
from voiceprep.store.erasing import erase
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders
from voiceprep.store.settings import Settings
from voiceprep.store.tidying import due, tidy

NOW = datetime(2025, 7, 1, tzinfo=UTC)
ENDED = replace(SESSION, ended_at="2025-05-14T10:00:00+00:00")


@pytest.fixture
def paths(history: SqliteHistory, tmp_path: Path) -> list[Path]:
    """An assessed answer, one that waits, and one from a file that the user dropped."""
    history.save_session(ENDED)
    own = [history.new_recording_path(attempt(number).id) for number in (1, 2)]
    dropped = tmp_path / f"{attempt(7).id}.wav"  # once recorded for another answer
    for path in (*own, dropped):
        path.write_bytes(b"RIFF" * 10)
    history.save_attempt(assessed(1, recording=own[0]))
    history.save_attempt(attempt(2, AttemptStatus.WAITING, recording=own[1]))
    history.save_attempt(assessed(3, recording=dropped))
    return [*own, dropped]


@pytest.mark.parametrize(
    ("chosen", "goes"),
    [
        ({"keep_audio": "forever"}, False),
        ({"keep_audio": "days", "keep_audio_days": 60}, False),
        ({"keep_audio": "days", "keep_audio_days": 30}, True),
        ({"keep_audio": "reviewed"}, False),
        ({"keep_audio": "never"}, True),
    ],
)
def test_recordings_go_when_the_user_wants_it_and_answers_stay(
    history: SqliteHistory,
    folders: Folders,
    paths: list[Path],
    chosen: dict[str, object],
    goes: bool,
) -> None:
    settings = Settings(**chosen)
    assert due(folders, settings, now=NOW) == ((1, 40) if goes else (0, 0))

    removed = tidy(folders, settings, now=NOW)

    assert (removed.recordings, removed.bytes) == ((1, 40) if goes else (0, 0))
    assert [path.exists() for path in paths] == [not goes, True, True]
    kept = history.attempt(assessed(1).id)
    assert kept is not None
    assert kept.transcript == assessed(1).transcript
    assert kept.recording is not None
    assert bool(kept.recording.removed_at) is goes
    assert tidy(folders, settings, now=NOW).recordings == 0


def test_what_is_kept_until_it_is_reviewed_goes_then(
    history: SqliteHistory, folders: Folders, paths: list[Path]
) -> None:
    history.mark_reviewed(assessed(1).id)
    history.mark_reviewed(attempt(2).id)
    assert tidy(folders, Settings(keep_audio="reviewed"), now=NOW).recordings == 1
    assert not paths[0].exists()
    assert paths[1].exists()  # not transcribed yet: an answer is never lost


def test_an_interview_under_way_keeps_its_recordings(
    history: SqliteHistory, folders: Folders, paths: list[Path]
) -> None:
    history.save_session(SESSION)  # not ended
    assert tidy(folders, Settings(keep_audio="never"), now=NOW).recordings == 0
    assert paths[0].exists()


def test_the_trash_is_emptied_after_thirty_days(
    history: SqliteHistory, folders: Folders, paths: list[Path]
) -> None:
    history.catalogue.discard((SESSION.id,))
    soon = datetime.now(UTC) + timedelta(days=29)
    assert tidy(folders, Settings(), now=soon).sessions == 0
    assert tidy(folders, Settings(), now=soon + timedelta(days=2)).sessions == 1
    assert history.session(SESSION.id) is None
    assert [path.exists() for path in paths] == [False, False, True]


def test_everything_about_the_user_is_deleted_and_nothing_else(
    history: SqliteHistory, folders: Folders, paths: list[Path], tmp_path: Path
) -> None:
    stick = tmp_path / "stick" / f"{attempt(9).id}.wav"
    stick.parent.mkdir()
    stick.write_bytes(b"RIFF")
    history.save_attempt(attempt(9, recording=stick))
    history.close()
    folders.speech.mkdir(parents=True)
    (folders.models / "base.en").mkdir(parents=True)
    for name in ("settings.json", "settings.json.broken", "voiceprep.log", "voiceprep.log.1"):
        (folders.data / name).write_text("me")
    (folders.data / "history-version-2-20250101-000000.sqlite3").write_text("me")
    (folders.data / "someone-elses.txt").write_text("other")

    erase(folders)

    assert sorted(one.name for one in folders.data.iterdir()) == ["models", "someone-elses.txt"]
    assert not folders.speech.exists()
    assert paths[2].exists()  # the user's own file
    assert not stick.exists()  # went to another folder when the disk was full
    assert history.sessions() == ()
    erase(folders)  # nothing there: nothing to do


def test_single_answers_leave_the_trash_after_thirty_days(
    history: SqliteHistory, folders: Folders, paths: list[Path]
) -> None:
    history.catalogue.discard_answers((attempt(1).id,))
    discarded = datetime.now(UTC)
    assert tidy(folders, Settings(), now=discarded + timedelta(days=29)).answers == 0
    assert paths[0].exists()
    assert tidy(folders, Settings(), now=discarded + timedelta(days=31)).answers == 1
    assert [path.exists() for path in paths] == [False, True, True]
    session = history.session(ENDED.id)
    assert session is not None
    assert len(session.attempts) == 2
