"""Measures how long the real window stands still, with ten thousand answers in its history.

Of each thing that a person does: how long until it is there, the longest stretch in which the
window's thread took no event, and how much of that stretch it computed itself: on a busy machine
the rest is spent waiting for the processor.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import argparse
import gc
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from many import fill
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from voiceprep.app import build_toolbox
from voiceprep.errors import Cancelled
from voiceprep.gui import theme
from voiceprep.gui.context import Context
from voiceprep.gui.run import application, keep_lively
from voiceprep.gui.window import Window
from voiceprep.interview.rescoring import outdated, rescore_all
from voiceprep.store.backup import back_up, restore
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders
from voiceprep.store.settings import Settings

ANSWERS = 10_000
PATIENCE_S = 300.0


class Pulse:
    """Beats every millisecond on the window's thread; between two beats it took no event."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)
        gc.callbacks.append(self._collecting)
        self.begin()

    def begin(self) -> None:
        """Forget what was."""
        self.longest_s = self.own_s = self.collected_s = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()

    def _collecting(self, phase: str, _info: object) -> None:
        if phase == "start":
            self._collects = time.perf_counter()
        else:
            self.collected_s = max(self.collected_s, time.perf_counter() - self._collects)

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.longest_s = max(self.longest_s, now - self._last)
        self.own_s = max(self.own_s, worked - self._worked)
        self._last, self._worked = now, worked


class Stage:
    """The window, and a table of what was measured on it."""

    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self.app = application()
        keep_lively(self.app)
        theme.wear(self.app, "light")
        self.pulse = Pulse()
        self.context = Context(lambda one: build_toolbox(one, folders), folders, Settings(), _fail)
        print(f"{'':44}{'done after':>12}{'longest stop':>14}{'own work':>10}{'garbage':>10}")

    def measure(
        self, what: str, act: Callable[[], object], done: Callable[[], object] = lambda: True
    ) -> None:
        """Do something, wait until it is done and the window is quiet, and print a line."""
        self.wait(0.3)
        self.pulse.begin()
        started = time.perf_counter()
        act()
        self.until(done)
        ended = time.perf_counter()
        self.wait(0.4)
        print(
            f"{what:44}{1000 * (ended - started):9.0f} ms{1000 * self.pulse.longest_s:11.0f} ms"
            f"{1000 * self.pulse.own_s:7.0f} ms{1000 * self.pulse.collected_s:7.0f} ms",
            flush=True,
        )

    def in_background(self, what: str, work: Callable[[], object]) -> None:
        """The same for something that a worker does."""
        over: list[object] = []
        self.measure(
            what, lambda: self.context.jobs.run(self.context, work, over.append), lambda: over
        )

    def until(self, true: Callable[[], object]) -> None:
        """Let the window live until something is true."""
        deadline = time.perf_counter() + PATIENCE_S
        while not true():
            if time.perf_counter() > deadline:
                raise TimeoutError
            self.wait(0.001)

    def wait(self, seconds: float) -> None:
        """Let the window live."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            QApplication.processEvents()
            time.sleep(0.0005)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="keep the ten thousand answers here")
    home = parser.parse_args().home
    with TemporaryDirectory() as temporary:
        data = home or Path(temporary)
        folders = Folders(data / "data", data / "cache")
        if not folders.database.exists():
            history = SqliteHistory(folders)
            fill(history, ANSWERS, folders.recordings)
            history.close()
        _measure(Stage(folders), Path(temporary))


def _measure(stage: Stage, spare: Path) -> None:
    context = stage.context
    made: list[Window] = []
    stage.measure("window made", lambda: (made.append(Window(context)), made[0].show()))
    window = made[0]
    window.resize(1280, 800)
    stage.measure(
        "engines ready, all pages made ahead",
        context.build_toolbox,
        lambda: not context.engines.warming and "trends_page" in vars(window),
    )
    toolbox = context.toolbox
    assert toolbox is not None  # noqa: S101 - it was waited for
    history = toolbox.judge.history
    stage.measure("Review", lambda: window.go("review"), lambda: window.review_page.detail.rows)
    for text in ("ledger", "the", ""):
        stage.measure(
            f"Review, searching {text!r}", partial(window.review_page.search.setText, text)
        )
    stage.measure("Review, scrolled down", window.review_page.list.scrollToBottom)
    trends = window.trends_page
    stage.measure("Trends, first time", lambda: window.go("trends"), lambda: trends.is_loaded)
    window.go("practice")
    context.history_changed.emit()
    stage.measure("Trends, again", lambda: window.go("trends"), lambda: trends.is_loaded)
    stage.measure("Trends, another time span", trends.span.buttons["365"].click)
    one = history.session("session-01000")
    assert one is not None  # noqa: S101 - it was made
    asked = one.attempts[0]
    stage.measure(
        "a result", lambda: window.open_attempt(asked.id), lambda: window.here == "result"
    )
    stage.measure(
        f"Compare, {len(history.attempts_at(asked.bank_id, asked.question.id))} attempts",
        lambda: window.compare(asked.id),
        lambda: window.here == "compare",
    )
    stage.measure(
        "a summary", lambda: window.open_session(one.id), lambda: window.here == "summary"
    )
    stage.measure("Settings, with the count of old answers", lambda: window.go("settings"))
    stage.in_background("count of old answers", lambda: outdated(toolbox.judge, toolbox.banks))
    old = outdated(toolbox.judge, toolbox.banks)
    judge, banks = toolbox.judge, toolbox.banks
    stage.in_background(
        "100 old answers scored again", lambda: rescore_all(old[:100], judge, banks, Event())
    )
    for page in ("practice", "review", "trends", "questions", "settings"):
        window.go(page)
        stage.wait(0.5)
        for name in ("dark", "light"):
            stage.measure(
                f"theme: {name}, on {page}", lambda name=name: context.change_settings(theme=name)
            )
    backup = spare / "backup.zip"
    stage.in_background("a backup written", lambda: back_up(stage.folders, backup))
    new = Folders(spare / "new" / "data", spare / "new" / "cache")
    stage.in_background("the backup restored", lambda: restore(new, backup))
    stage.in_background("the same once more", lambda: restore(new, backup))
    for name, work in (
        ("writing", lambda cancel: back_up(stage.folders, backup, cancel.report, cancel.event)),
        ("restoring", lambda cancel: restore(stage.folders, backup, cancel.report, cancel.event)),
    ):
        for at in (0.1, 0.9):
            cancel = _Cancel(at)
            stage.in_background(f"{name} cancelled at {at:.0%}", partial(_cancelled, work, cancel))
            print(f"{'':20}... {1000 * cancel.took_s:.0f} ms after it")
    window.close_without_asking()
    toolbox.close()
    context.jobs.close()


class _Cancel:
    """Cancels as soon as so much is done."""

    def __init__(self, at: float) -> None:
        self._at = at
        self.event = Event()
        self._set_s = 0.0
        self.took_s = 0.0

    def report(self, share: float) -> None:
        if share >= self._at and not self.event.is_set():
            self.event.set()
            self._set_s = time.perf_counter()

    def over(self) -> None:
        self.took_s = time.perf_counter() - self._set_s


def _cancelled(work: Callable[[_Cancel], object], cancel: _Cancel) -> str:
    try:
        work(cancel)
    except Cancelled:
        cancel.over()
        return "cancelled"
    return "done"


def _fail(error: BaseException) -> None:
    raise error


if __name__ == "__main__":
    main()
