import logging
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread

import pytest

from tests.store.records import QUESTION, SESSION, assessed, attempt
from voiceprep.errors import VoicePrepError
from voiceprep.interview.records import AttemptStatus
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders
from voiceprep.store.presence import Presence

ROOT = Path(__file__).parents[2]


@contextmanager
def child(folders: Folders, task: str) -> Iterator[subprocess.Popen[str]]:
    """Another VoicePrep at work on the same history."""
    command = [sys.executable, "-m", "tests.store.child", str(folders.data.parent), task]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def lines(process: subprocess.Popen[str], count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().strip() for _ in range(count)]


def edit(folders: Folders, statement: str, *values: object) -> None:
    """Change the file behind the history's back."""
    with closing(sqlite3.connect(folders.database)) as connection, connection:
        connection.execute(statement, values)


# -- files -------------------------------------------------------------------------------------


def test_looking_makes_no_file(history: SqliteHistory, folders: Folders) -> None:
    assert history.sessions() == ()
    assert history.attempt("none") is None
    assert history.recover() == ()
    assert not folders.data.exists()


def test_only_the_owner_can_read_what_is_kept(history: SqliteHistory, folders: Folders) -> None:
    history.save_session(SESSION)
    path = history.new_recording_path(attempt().id)
    path.write_bytes(b"RIFF")
    history.save_attempt(attempt(recording=path))

    kept = [folders.data, *folders.data.rglob("*")]

    assert len(kept) > 4
    assert [one for one in kept if stat.S_IMODE(one.stat().st_mode) & 0o077] == []


def test_a_folder_and_a_file_that_were_open_to_others_are_closed(folders: Folders) -> None:
    folders.data.mkdir(mode=0o755)
    folders.database.touch(mode=0o644)
    history = SqliteHistory(folders)
    history.save_session(SESSION)
    history.close()

    assert stat.S_IMODE(folders.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(folders.database.stat().st_mode) == 0o600


def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    history = SqliteHistory(Folders(tmp_path / "data", tmp_path / "cache"))

    for use in (
        lambda: history.save_session(SESSION),
        lambda: history.new_recording_path("an-id"),
    ):
        with pytest.raises(VoicePrepError) as caught:
            use()
        assert str(tmp_path / "data") in caught.value.title
        assert "VOICEPREP_HOME" in caught.value.next_step


def test_a_database_that_is_a_folder_is_named(history: SqliteHistory, folders: Folders) -> None:
    folders.database.mkdir(parents=True)

    with pytest.raises(VoicePrepError, match="cannot be used") as caught:
        history.sessions()

    assert str(folders.database) in caught.value.title
    assert caught.value.next_step


def test_a_history_can_be_used_again_after_closing(history: SqliteHistory) -> None:
    history.save_session(SESSION)
    history.close()

    assert history.sessions() == (SESSION,)


def test_an_id_that_is_a_path_is_refused(history: SqliteHistory) -> None:
    for bad in ("../escaped", "a/b", "/etc/passwd"):
        with pytest.raises(ValueError, match="no id"):
            history.new_recording_path(bad)


# -- recordings --------------------------------------------------------------------------------


def test_recordings_are_found_after_the_folder_moved(
    history: SqliteHistory, folders: Folders, tmp_path: Path
) -> None:
    path = history.new_recording_path(attempt().id)
    path.write_bytes(b"RIFF")
    history.save_session(SESSION)
    history.save_attempt(attempt(recording=path))
    history.close()

    folders.data.rename(tmp_path / "elsewhere")
    moved = SqliteHistory(Folders(tmp_path / "elsewhere", tmp_path / "cache"))
    with closing(moved):
        found = moved.attempt(attempt().id)

    assert found is not None
    assert found.recording is not None
    assert found.recording.path == tmp_path / "elsewhere" / "recordings" / path.name
    assert found.recording.path.read_bytes() == b"RIFF"


def test_a_dropped_file_is_kept_by_its_whole_path(
    history: SqliteHistory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    history.save_session(SESSION)
    history.save_attempt(attempt(recording=Path("answer.wav")))
    monkeypatch.chdir("/")

    found = history.attempt(attempt().id)

    assert found is not None
    assert found.recording is not None
    assert found.recording.path == tmp_path / "answer.wav"


def test_a_file_name_in_another_encoding_comes_back(history: SqliteHistory, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9.wav")
    history.save_session(SESSION)
    saved = attempt(recording=odd)
    assert saved.recording is not None
    saved = replace(
        saved,
        recording=replace(saved.recording, device=odd.name),
        failure=f"{odd} cannot be read.",
    )
    history.save_attempt(saved)

    found = history.attempt(saved.id)

    assert found is not None
    assert found.recording is not None
    assert found.recording.path == odd
    assert found.recording.device == "caf?.wav"


@pytest.mark.parametrize("way", ["dots", "link", "another's id"])
def test_deleting_never_leaves_our_folder_nor_takes_what_is_not_ours(
    way: str, history: SqliteHistory, folders: Folders, tmp_path: Path
) -> None:
    one = attempt()
    history.new_recording_path(one.id)
    precious = tmp_path / f"{one.id}.wav"
    if way == "dots":
        path = folders.recordings / ".." / ".." / precious.name
    elif way == "link":
        path = folders.recordings / precious.name
        path.symlink_to(precious)
    else:
        path = precious = folders.recordings / "20250101-000000-bbbbbbbb.wav"
    precious.write_bytes(b"RIFF")
    history.save_session(SESSION)
    history.save_attempt(attempt(recording=path))

    history.delete_session(SESSION.id)

    assert history.sessions() == ()
    assert precious.read_bytes() == b"RIFF"


def test_a_recording_that_went_to_another_folder_goes_with_its_session(
    history: SqliteHistory, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    recordings = [stick / f"{attempt(1).id}.wav", stick / f"{attempt(2).id}.flac"]
    dropped = stick / "20240101-000000-cccccccc.wav"  # of another history
    for path in (*recordings, dropped):
        path.write_bytes(b"RIFF")
    history.save_session(SESSION)
    history.save_attempt(attempt(1, recording=recordings[0]))
    history.save_attempt(attempt(2, recording=recordings[1].with_suffix(".wav")))  # packed since
    history.save_attempt(attempt(3, recording=dropped))
    history.save_attempt(attempt(4, recording=tmp_path / "unplugged" / f"{attempt(4).id}.wav"))
    assert history.catalogue.bytes_used(SESSION.id) == 8

    history.delete_session(SESSION.id)

    assert list(stick.iterdir()) == [dropped]


def test_deleted_words_are_gone_from_the_files(history: SqliteHistory, folders: Folders) -> None:
    history.save_session(SESSION)
    history.save_attempt(replace(assessed(), failure="a most secret word"))
    history.delete_session(SESSION.id)

    kept = b"".join(path.read_bytes() for path in folders.data.glob("history.*"))

    assert b"secret word" not in kept


def test_a_recording_that_cannot_be_removed_is_named(
    history: SqliteHistory,
) -> None:
    path = history.new_recording_path(attempt().id)
    path.mkdir()  # what unlink refuses even to root
    history.save_session(SESSION)
    history.save_attempt(attempt(recording=path))

    with pytest.raises(VoicePrepError, match=path.name):
        history.delete_session(SESSION.id)

    assert history.sessions() == ()


# -- rows --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("question", "{"),
        ("question", '{"id": "x"}'),
        ("transcript", "[]"),
        ("assessment", "null"),
        ("recording", '"text"'),
        ("status", "unheard of"),
    ],
)
def test_an_answer_that_cannot_be_read_back_is_skipped_and_kept(
    column: str,
    value: str,
    history: SqliteHistory,
    folders: Folders,
    caplog: pytest.LogCaptureFixture,
) -> None:
    history.save_session(SESSION)
    whole = assessed(1)
    history.save_attempt(assessed(2, recording=Path("/tmp/dropped.wav")))  # noqa: S108 - only named
    history.save_attempt(whole)
    edit(folders, f"UPDATE attempt SET {column} = ? WHERE id = ?", value, attempt(2).id)  # noqa: S608

    with caplog.at_level(logging.ERROR):
        assert history.sessions() == (replace(SESSION, attempts=(whole,)),)
        assert history.attempt(attempt(2).id) is None

    assert attempt(2).id in caplog.text
    with closing(sqlite3.connect(folders.database)) as connection:
        assert connection.execute("SELECT count(*) FROM attempt").fetchone() == (2,)


def test_a_session_that_cannot_be_read_back_hides_no_other(
    history: SqliteHistory, folders: Folders
) -> None:
    history.save_session(SESSION)
    history.save_session(replace(SESSION, id="other"))
    history.save_attempt(attempt())
    edit(folders, "UPDATE session SET question_ids = '{' WHERE id = ?", SESSION.id)

    assert [one.id for one in history.sessions()] == ["other"]
    assert history.session(SESSION.id) is None


def test_an_answer_to_a_deleted_session_says_so(history: SqliteHistory) -> None:
    with pytest.raises(VoicePrepError, match="no session") as caught:
        history.save_attempt(attempt())

    assert "deleted" in caught.value.cause
    assert caught.value.next_step


# -- crashes and company -----------------------------------------------------------------------


def test_what_was_saved_survives_kill_9(history: SqliteHistory, folders: Folders) -> None:
    with child(folders, "write") as writer:
        saved = lines(writer, 25)
        writer.kill()
        assert writer.stdout is not None
        saved += writer.stdout.read().split()

    kept = {one.id for one in history.sessions()[0].attempts}

    assert len(saved) >= 25
    assert kept >= set(saved)
    assert len(kept) <= len(saved) + 1  # one may have been saved and not yet said
    assert history.notice is None


def test_processes_that_begin_at_once_share_the_history(
    history: SqliteHistory, folders: Folders
) -> None:
    with child(folders, "share") as one, child(folders, "share") as two:
        for name, process in (("one", one), ("two", two)):
            assert process.stdin is not None
            process.stdin.write(f"{name}\n")
            process.stdin.flush()
        for process in (one, two):
            output, _ = process.communicate()
            assert output.strip() in {"1", "2"}
            assert process.returncode == 0

    assert {one.id: len(one.attempts) for one in history.sessions()} == {"one": 10, "two": 10}


def test_windows_that_make_the_history_at_once_can_all_write(tmp_path: Path) -> None:
    together = Barrier(4)
    errors: list[BaseException] = []

    def work(name: str) -> None:
        for number in range(30):
            history = SqliteHistory(Folders(tmp_path / str(number), tmp_path / "cache"))
            together.wait()
            try:
                history.save_session(replace(SESSION, id=name))
            except BaseException as error:  # noqa: BLE001 - shown by the test's own thread
                errors.append(error)
            history.close()

    threads = [Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []


def test_a_full_disk_is_told_and_costs_nothing_that_was_saved(folders: Folders) -> None:
    with child(folders, "fill") as process:
        output, _ = process.communicate()

    title, cause, next_step, saved, after = output.splitlines()

    assert str(folders.database) in title
    assert "full" in cause
    assert "free some space" in next_step.lower()
    assert int(saved) > 10
    assert int(after) == int(saved) + 1


def test_a_recording_that_a_crash_cut_short_waits_to_be_transcribed(
    history: SqliteHistory, folders: Folders
) -> None:
    with child(folders, "record") as process:
        assert lines(process, 1) == ["recording"]
        process.kill()
        process.wait()

    (recovered,) = history.recover()

    path = folders.recordings / f"{attempt().id}.wav"
    assert recovered == attempt(status=AttemptStatus.WAITING, recording=path)
    assert history.attempt(recovered.id) == recovered
    assert path.read_bytes() == b"RIFF"
    assert history.recover() == ()


def test_a_recording_in_progress_in_another_window_is_left_alone(
    history: SqliteHistory, folders: Folders
) -> None:
    with child(folders, "record") as process:
        assert lines(process, 1) == ["recording"]

        assert history.recover() == ()
        found = history.attempt(attempt().id)
        assert found is not None
        assert found.status is AttemptStatus.RECORDING

        process.communicate("stop\n")
        assert process.returncode == 0
    found = history.attempt(attempt().id)
    assert found is not None
    assert found.status is AttemptStatus.WAITING


def test_a_lost_recording_is_told_at_its_attempt(history: SqliteHistory, folders: Folders) -> None:
    history.save_session(SESSION)
    lost = attempt(status=AttemptStatus.RECORDING, recording=folders.recordings / "lost.wav")
    done = assessed(1)
    for one in (lost, done):
        history.save_attempt(one)

    assert history.recover() == ()

    found = history.attempt(lost.id)
    assert found is not None
    assert found.status is AttemptStatus.FAILED
    assert "no recording was found" in found.failure
    assert found.question == QUESTION
    assert history.attempt(done.id) == done


# -- damage ------------------------------------------------------------------------------------


def damage(folders: Folders, way: str) -> bytes:
    """Break a history of 40 answers; its bytes afterwards."""
    history = SqliteHistory(folders)
    history.save_session(SESSION)
    for number in range(40):
        history.save_attempt(assessed(number))
    history.close()
    whole = folders.database.read_bytes()
    broken = {
        "header": b"this is no database " * 5 + whole[100:],
        "middle": whole[:20_000] + b"\xff" * 20_000 + whole[40_000:],
        "cut": whole[: len(whole) // 2],
        "text": b"Dear diary,\n",
    }[way]
    folders.database.write_bytes(broken)
    return broken


@pytest.mark.parametrize("way", ["header", "middle", "cut", "text"])
def test_a_damaged_history_is_set_aside_and_a_new_one_begun(
    way: str, history: SqliteHistory, folders: Folders
) -> None:
    recording = history.new_recording_path(attempt().id)
    recording.write_bytes(b"RIFF")
    broken = damage(folders, way)

    assert history.sessions() == ()
    history.save_session(SESSION)
    assert history.sessions() == (SESSION,)

    (aside,) = folders.data.glob("history-damaged-*.sqlite3")
    assert aside.read_bytes() == broken
    assert history.notice is not None
    assert str(folders.database) in history.notice.cause
    assert str(aside) in history.notice.cause
    assert aside.name in history.notice.next_step
    assert recording.exists()


def test_a_damaged_history_is_not_moved_from_under_another_window(
    history: SqliteHistory, folders: Folders
) -> None:
    broken = damage(folders, "text")
    other = Presence(folders.database.with_suffix(".lock"))
    other.enter()

    with pytest.raises(VoicePrepError, match="damaged") as caught:
        history.sessions()

    assert "Close all VoicePrep windows" in caught.value.next_step
    assert folders.database.read_bytes() == broken
    other.leave()
    assert history.sessions() == ()
    assert history.notice is not None


def test_two_damages_in_one_second_keep_both_files(folders: Folders) -> None:
    for _ in range(2):
        damage(folders, "text")
        history = SqliteHistory(folders)
        assert history.sessions() == ()
        history.close()

    assert len(list(folders.data.glob("history-damaged-*.sqlite3"))) == 2
