"""What is thrown away is destroyed on the window's thread, whatever workers compute meanwhile."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from voiceprep.gui.garbage import collect_on_this_thread


@pytest.fixture
def collection() -> Iterator[None]:
    owner = QObject()
    collect_on_this_thread(owner)
    yield
    owner.deleteLater()
    gc.enable()


class Thrown(QObject):
    """Refers to itself, as widgets with connections do: only a look for garbage finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.timer = QTimer(self)
        self.timer.start(1)
        self.itself = self


@pytest.mark.usefixtures("collection")
def test_a_timer_that_is_thrown_away_ends_on_its_own_thread(qtbot: QtBot) -> None:
    ended_on: list[threading.Thread] = []
    for _ in range(10):
        weakref.finalize(Thrown(), lambda: ended_on.append(threading.current_thread()))
    computed: list[list[int]] = []
    worker = threading.Thread(target=lambda: computed.extend([one] for one in range(200_000)))
    worker.start()
    worker.join()
    assert ended_on == []
    qtbot.waitUntil(lambda: len(ended_on) == 10)
    assert set(ended_on) == {threading.main_thread()}
