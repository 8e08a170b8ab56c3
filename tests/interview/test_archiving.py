"""Recordings are packed when their sitting is over, and only ours."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bank.samples import a_question
from voiceprep.errors import VoicePrepError
from voiceprep.interview.archiving import archive, over, where_it_is
from voiceprep.interview.records import Attempt, AttemptStatus, Recording, SessionRecord

SESSION = SessionRecord("s1", "samples", "Samples", "2026-01-01T10:00:00+00:00", ("q",))


def answer(
    folder: Path, name: str, status: AttemptStatus = AttemptStatus.ASSESSED, ending: str = ".wav"
) -> Attempt:
    path = folder / f"{name}{ending}"
    path.write_bytes(b"sound")
    return Attempt(
        name, "s1", 0, "samples", a_question(), SESSION.started_at, status, Recording(path, 1, 1)
    )


def pack(path: Path) -> Path:
    return path.rename(path.with_suffix(".flac"))


def test_own_recordings_are_packed_and_found_by_both_names(tmp_path: Path) -> None:
    own = answer(tmp_path, "a1")
    assert archive([replace(SESSION, attempts=(own,))], pack) == 1
    assert where_it_is(tmp_path / "a1.wav") == tmp_path / "a1.flac"
    assert where_it_is(tmp_path / "a1.flac") == tmp_path / "a1.flac"


def test_what_is_not_ours_gone_running_or_packed_is_left_alone(tmp_path: Path) -> None:
    dropped = replace(answer(tmp_path, "holiday"), id="a1")
    running = answer(tmp_path, "a2", AttemptStatus.RECORDING)
    packed = answer(tmp_path, "a3", ending=".flac")
    gone = answer(tmp_path, "a4")
    (tmp_path / "a4.wav").unlink()
    typed = replace(answer(tmp_path, "a5"), recording=None)
    attempts = (dropped, running, packed, gone, typed)
    assert archive([replace(SESSION, attempts=attempts)], pack) == 0
    assert where_it_is(tmp_path / "a4.wav") == tmp_path / "a4.wav"


def test_one_that_cannot_be_packed_keeps_no_other_from_it(tmp_path: Path) -> None:
    def refuse_first(path: Path) -> Path:
        if path.stem == "a1":
            raise VoicePrepError("The disk is full.")
        return pack(path)

    attempts = (answer(tmp_path, "a1"), answer(tmp_path, "a2"))
    assert archive([replace(SESSION, attempts=attempts)], refuse_first) == 1
    assert (tmp_path / "a1.wav").exists()


@pytest.mark.parametrize(
    ("started_at", "ended_at", "is_over"),
    [
        ("2026-01-01T10:00:00+00:00", "", True),
        ("2999-01-01T10:00:00+00:00", "", False),
        ("2999-01-01T10:00:00+00:00", "2999-01-01T10:30:00+00:00", True),
    ],
)
def test_a_sitting_that_may_run_in_another_window_is_not_over(
    started_at: str, ended_at: str, is_over: bool
) -> None:
    session = replace(SESSION, started_at=started_at, ended_at=ended_at)
    assert bool(over([session])) is is_over
