from pathlib import Path
from threading import Thread

import pytest

from tests.bank.samples import a_question
from tests.fakes import FakeHistory
from tests.interview.desk import BROKEN, Microphone, Room
from voiceprep.errors import VoicePrepError
from voiceprep.interview.records import Attempt, AttemptStatus
from voiceprep.interview.take import Take

ATTEMPT = Attempt(
    "a1", "s1", 0, "samples", a_question(), "2026-01-01T10:00:00+00:00", AttemptStatus.RECORDING
)


class Shelf(FakeHistory):
    """A history whose disk may be full."""

    is_full = False

    def save_attempt(self, attempt: Attempt) -> None:
        if self.is_full:
            raise BROKEN
        super().save_attempt(attempt)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def microphone() -> Microphone:
    return Microphone(Room())


@pytest.fixture
def take(shelf: Shelf, microphone: Microphone) -> Take:
    return Take(ATTEMPT, microphone, shelf)


def _status(shelf: Shelf) -> AttemptStatus | None:
    kept = shelf.attempt("a1")
    return kept.status if kept else None


def test_what_is_being_recorded_is_in_the_history_already(take: Take, shelf: Shelf) -> None:
    assert take.open()
    kept = shelf.attempt("a1")
    assert kept is not None
    assert kept.status is AttemptStatus.RECORDING
    assert kept.recording is not None
    assert kept.recording.path.exists()


def test_a_closed_take_is_kept_as_the_recorder_describes_it(take: Take, shelf: Shelf) -> None:
    take.open()
    closed = take.close(AttemptStatus.SET_ASIDE)
    assert closed == shelf.attempt("a1")
    assert closed.recording is not None
    assert closed.recording.device == "fake microphone"


def test_a_take_given_up_before_it_opened_never_listens(
    take: Take, shelf: Shelf, microphone: Microphone
) -> None:
    assert not take.give_up()
    assert not take.open()
    assert microphone.started == []
    assert _status(shelf) is None


def test_a_take_given_up_while_it_opens_is_closed_and_set_aside(
    take: Take, shelf: Shelf, microphone: Microphone
) -> None:
    opened: list[bool] = []
    microphone.may_open.clear()
    worker = Thread(target=lambda: opened.append(take.open()))
    worker.start()
    assert microphone.opening.wait(5)
    assert not take.give_up()
    microphone.may_open.set()
    worker.join(5)
    assert opened == [False]
    assert not microphone.is_open
    assert _status(shelf) is AttemptStatus.SET_ASIDE


def test_who_gives_up_an_open_take_is_told_to_close_it(take: Take) -> None:
    take.open()
    assert take.give_up()


def test_a_microphone_that_fails_leaves_no_attempt(
    take: Take, shelf: Shelf, microphone: Microphone
) -> None:
    microphone.refusal = BROKEN
    with pytest.raises(VoicePrepError, match="It broke"):
        take.open()
    assert _status(shelf) is None


def test_it_does_not_listen_when_it_cannot_keep(
    take: Take, shelf: Shelf, microphone: Microphone
) -> None:
    shelf.is_full = True
    microphone.stop_error = VoicePrepError("Nothing came in.")
    with pytest.raises(VoicePrepError, match="It broke"):
        take.open()
    assert not microphone.is_open


@pytest.mark.parametrize("error", [BROKEN, OSError("no space left")])
def test_a_recording_that_ends_badly_is_kept_as_failed_with_its_file(
    take: Take, shelf: Shelf, microphone: Microphone, error: Exception
) -> None:
    take.open()
    microphone.stop_error = error
    with pytest.raises(type(error)):
        take.close(AttemptStatus.WAITING)
    kept = shelf.attempt("a1")
    assert kept is not None
    assert kept.status is AttemptStatus.FAILED
    assert kept.failure == str(error)
    assert kept.recording is not None
    assert kept.recording.path.exists()
