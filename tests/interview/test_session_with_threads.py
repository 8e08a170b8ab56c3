"""The interview as the app runs it: work on other threads, its results posted to the owner's."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from threading import Event, current_thread

import pytest

from tests.interview.desk import Desk
from tests.interview.test_session_in_any_order import (
    PRESSES,
    SETTLED,
    check_that_nothing_is_lost,
    check_the_end,
)
from voiceprep.interview.machine import IllegalMoveError, State
from voiceprep.interview.records import AttemptStatus
from voiceprep.interview.view import View

SOON_S = 10.0


class Owner:
    """A desk with an event loop of its own, which this thread runs."""

    def __init__(self, folder: Path, executor: Executor, questions: int = 3) -> None:
        self._queue: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self.desk = Desk(folder, executor, self._queue.put, questions=questions)
        self.interview = self.desk.interview
        self.threads = {current_thread()}
        show = self.interview._on_change

        def watch(view: View) -> None:
            self.threads.add(current_thread())
            show(view)

        self.interview._on_change = watch

    def run_until(self, done: Callable[[], bool]) -> None:
        while not done():
            self._queue.get(timeout=SOON_S)()

    def settle(self) -> None:
        self.run_until(lambda: self.desk.state in SETTLED and not self.desk.view.starting)

    def run_what_is_there(self) -> None:
        while not self._queue.empty():
            self._queue.get()()


@pytest.fixture(params=[1, 2, 6], ids=lambda number: f"{number}-workers")
def owner(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Owner]:
    with ThreadPoolExecutor(request.param) as executor:
        owner = Owner(tmp_path, executor)
        owner.interview.begin()
        yield owner
    owner.run_what_is_there()
    assert owner.threads == {current_thread()}
    assert not owner.desk.room.overheard


def test_an_answer_given_while_the_question_is_read_waits_for_silence(
    tmp_path: Path,
) -> None:
    with ThreadPoolExecutor(3) as executor:
        owner = Owner(tmp_path, executor)
        owner.desk.voice.duration_s = SOON_S
        owner.interview.begin()
        assert owner.desk.voice.talking.wait(SOON_S)
        owner.interview.start_recording()
        assert owner.desk.view.starting
        owner.settle()
        assert owner.desk.state is State.RECORDING
        assert not owner.desk.voice.talking.is_set()
        assert not owner.desk.room.overheard
        owner.interview.finish()


@pytest.mark.parametrize("press", ["skip", "finish"])
def test_it_falls_silent_when_told_to(tmp_path: Path, press: str) -> None:
    with ThreadPoolExecutor(3) as executor:
        owner = Owner(tmp_path, executor)
        owner.desk.voice.duration_s = 100.0
        owner.interview.begin()
        assert owner.desk.voice.talking.wait(SOON_S)
        PRESSES[press](owner.interview, tmp_path)
        owner.run_until(lambda: not owner.desk.voice.talking.is_set())
        owner.settle()


def test_a_question_read_again_waits_until_the_broken_off_take_is_closed(owner: Owner) -> None:
    owner.settle()
    owner.interview.start_recording()
    owner.settle()
    owner.desk.microphone.may_close.clear()
    owner.interview.break_off()
    owner.interview.repeat_question()
    assert owner.desk.microphone.closing.wait(SOON_S)
    assert owner.desk.voice.said == [owner.desk.view.question.question]
    owner.desk.microphone.may_close.set()
    owner.settle()
    assert owner.desk.voice.said == [owner.desk.view.question.question] * 2


def test_a_new_take_waits_until_the_broken_off_one_is_closed(owner: Owner) -> None:
    owner.settle()
    owner.interview.start_recording()
    owner.settle()
    owner.desk.microphone.may_close.clear()
    owner.interview.break_off()
    owner.interview.start_recording()
    assert owner.desk.microphone.closing.wait(SOON_S)
    owner.desk.microphone.may_close.set()
    owner.settle()
    owner.interview.stop_recording()
    owner.settle()
    assert owner.desk.statuses == [AttemptStatus.SET_ASIDE, AttemptStatus.ASSESSED]
    paths = [one.recording.path.stem for one in owner.desk.kept if one.recording is not None]
    assert paths == [attempt.id for attempt in owner.desk.kept]


@pytest.mark.parametrize("press", ["repeat", "next", "type", "finish"])
def test_what_is_chosen_while_the_microphone_opens_closes_it_again(
    owner: Owner, press: str
) -> None:
    owner.settle()
    owner.desk.microphone.may_open.clear()
    owner.interview.start_recording()
    owner.interview.start_recording()  # pressed twice
    assert owner.desk.microphone.opening.wait(SOON_S)
    PRESSES[press](owner.interview, Path("unused.wav"))
    assert not owner.desk.view.starting
    owner.desk.microphone.may_open.set()
    owner.settle()
    closed = Event()
    owner.interview._sound.submit(closed.set)
    assert closed.wait(SOON_S)
    assert not owner.desk.microphone.is_open
    assert AttemptStatus.SET_ASIDE in owner.desk.statuses
    check_that_nothing_is_lost(owner.desk, handed_in=press == "type")


def test_opening_the_microphone_can_be_given_up_to_think_on(owner: Owner) -> None:
    owner.settle()
    owner.interview.give_up_opening()  # nothing opens yet
    owner.desk.microphone.may_open.clear()
    owner.interview.start_recording()
    assert owner.desk.microphone.opening.wait(SOON_S)
    owner.interview.give_up_opening()
    assert owner.desk.state is State.THINKING
    assert not owner.desk.view.starting
    owner.desk.microphone.may_open.set()
    owner.interview.start_recording()
    owner.settle()
    assert owner.desk.state is State.RECORDING
    owner.interview.finish()


def test_what_is_chosen_just_after_the_microphone_opened_closes_it_too(owner: Owner) -> None:
    owner.settle()
    owner.interview.start_recording()
    opened = Event()
    owner.interview._sound.submit(opened.set)
    assert opened.wait(SOON_S)
    assert owner.desk.view.starting  # it is open, and the news is still on its way
    owner.interview.next_question()
    owner.settle()
    assert owner.desk.state is State.THINKING
    assert not owner.desk.microphone.is_open
    assert owner.desk.statuses == [AttemptStatus.SET_ASIDE]


@pytest.mark.parametrize("seed", range(12))
def test_a_hasty_person_loses_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    file = tmp_path / "dropped.wav"
    file.write_bytes(b"sound")
    handed_in = 0
    with ThreadPoolExecutor(chance.choice([1, 2, 6])) as executor:
        owner = Owner(tmp_path / "recordings", executor, questions=60)
        owner.desk.voice.duration_s = owner.desk.transcriber.duration_s = 0.001
        owner.interview.begin()
        for _ in range(150):
            press = chance.choice([name for name in PRESSES if name not in {"begin", "finish"}])
            try:
                PRESSES[press](owner.interview, file)
                handed_in += press in {"type", "drop"}
            except IllegalMoveError:
                owner.run_what_is_there()
            if chance.random() < 0.3:
                owner.settle()
            if owner.desk.state is State.FINISHED:
                break
        else:
            owner.interview.finish()
    owner.run_what_is_there()
    check_that_nothing_is_lost(owner.desk, handed_in)
    check_the_end(owner.desk)
    assert len(owner.desk.kept) > 0
