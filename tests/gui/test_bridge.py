import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from voiceprep.gui.bridge import Bridge, Jobs, Settling


class Desk:
    """Jobs with a list of what was unexpected."""

    def __init__(self) -> None:
        self.unexpected: list[BaseException] = []
        self.bridge = Bridge()
        self.jobs = Jobs(self.bridge, self.unexpected.append)
        self.owner = QObject()


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:  # noqa: ARG001 - signals need it
    made = Desk()
    yield made
    made.jobs.close()


def fail() -> None:
    raise ValueError("broken")


def test_what_is_posted_from_a_thread_runs_on_the_window_s_thread(qtbot: QtBot, desk: Desk) -> None:
    ran: list[threading.Thread] = []
    worker = threading.Thread(
        target=lambda: desk.bridge.post(lambda: ran.append(threading.current_thread()))
    )
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(ran))
    assert ran == [threading.main_thread()]


def test_posts_keep_their_order(qtbot: QtBot, desk: Desk) -> None:
    ran: list[int] = []
    for number in range(50):
        desk.bridge.post(lambda number=number: ran.append(number))
    qtbot.waitUntil(lambda: len(ran) == 50)
    assert ran == list(range(50))


def test_a_job_works_elsewhere_and_answers_here(qtbot: QtBot, desk: Desk) -> None:
    answers: list[tuple[threading.Thread, threading.Thread]] = []
    desk.jobs.run(
        desk.owner,
        threading.current_thread,
        lambda worker: answers.append((worker, threading.current_thread())),
    )
    qtbot.waitUntil(lambda: bool(answers))
    worker, here = answers[0]
    assert worker is not threading.main_thread()
    assert here is threading.main_thread()


def test_a_job_that_fails_tells_who_asked(qtbot: QtBot, desk: Desk) -> None:
    told: list[Exception] = []
    desk.jobs.run(desk.owner, fail, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert str(told[0]) == "broken"
    assert desk.unexpected == []


def test_a_failure_that_nobody_asked_for_is_not_swallowed(qtbot: QtBot, desk: Desk) -> None:
    desk.jobs.run(desk.owner, fail)
    qtbot.waitUntil(lambda: bool(desk.unexpected))
    assert str(desk.unexpected[0]) == "broken"


def test_nothing_is_brought_to_a_page_that_is_gone(qtbot: QtBot, desk: Desk) -> None:
    told: list[object] = []
    gate = threading.Event()
    desk.jobs.run(desk.owner, gate.wait, told.append)
    shiboken6.delete(desk.owner)
    gate.set()
    done: list[int] = []
    desk.jobs.run(QObject(desk.bridge), lambda: 1, done.append)
    qtbot.waitUntil(lambda: bool(done))
    desk.jobs.close()
    qtbot.wait(20)
    assert told == []


def test_settling_waits_for_all_that_was_begun() -> None:
    with ThreadPoolExecutor(2) as pool:
        work = Settling(pool)
        gate = threading.Event()
        work.submit(gate.wait)
        assert not work.settle(0.01)
        gate.set()
        assert work.settle(5.0)


def test_settling_gives_results_as_the_pool_does() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert Settling(pool).submit(pow, 2, 5).result() == 32
