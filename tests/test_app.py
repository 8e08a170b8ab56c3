"""What the app does before its window is there."""

from dataclasses import replace
from pathlib import Path

from tests.sound import read_wav, tone, write_wav
from tests.store.records import SESSION, attempt
from voiceprep.app import take_up_leftovers
from voiceprep.interview.records import AttemptStatus
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders


def test_an_unfinished_recording_is_repaired_and_offered_at_the_next_start(
    tmp_path: Path,
) -> None:
    folders = Folders(tmp_path / "data", tmp_path / "cache")
    history = SqliteHistory(folders)
    history.save_session(SESSION)
    path = history.new_recording_path(attempt().id)
    write_wav(path, tone(440, 2.0, rate_hz=16_000), 16_000)
    with path.open("ab") as torn:
        torn.write(bytes(2 * 16_000))
    history.save_attempt(attempt(status=AttemptStatus.RECORDING, recording=path))
    history.close()

    found = take_up_leftovers(folders)

    assert found.notice is not None
    assert "one answer, 3 seconds" in found.notice.cause
    (unfinished,) = found.unfinished
    assert unfinished.recording is not None
    assert unfinished.recording.duration_s == 3.0
    assert len(read_wav(path)[0]) == 48_000
    kept = SqliteHistory(folders).attempt(unfinished.id)
    assert kept == replace(unfinished, status=AttemptStatus.WAITING)
    assert take_up_leftovers(folders).unfinished == ()
