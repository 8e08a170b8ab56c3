"""Measures Review with ten thousand answers: queries, opening the page, the longest stop."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

from many import fill
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from voiceprep.gui import theme
from voiceprep.gui.context import Context
from voiceprep.gui.pages.review import ReviewPage
from voiceprep.gui.run import application
from voiceprep.interview.catalogue import Filter
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders
from voiceprep.store.settings import Settings

ANSWERS = 10_000
RUNS = 7
_QUERIES = {
    "first page of the list": Filter(),
    "last page of the list": Filter(),
    "search: a rare word": Filter(text="ledger"),
    "search: a word in every answer": Filter(text="the"),
    "search: two words": Filter(text="data model"),
    "search with four filters": Filter("model", engine="whisper", since="2022", least=40, most=80),
}


class Pulse:
    """Beats every millisecond on the window's thread; the longest pause is the longest stop."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.longest_s = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_s = max(self.longest_s, now - self._last)
        self._last = now


def main() -> None:
    """Print a table."""
    with TemporaryDirectory() as home:
        folders = Folders(Path(home) / "data", Path(home) / "cache")
        history = SqliteHistory(folders)
        fill(history, ANSWERS, folders.recordings)
        print(f"{ANSWERS} answers, {folders.database.stat().st_size / 1e6:.0f} MB")
        for what, wanted in _QUERIES.items():
            offset = 1900 if what.startswith("last") else 0
            sessions = _median(lambda w=wanted, o=offset: history.catalogue.sessions(w, o))
            answers = _median(lambda w=wanted, o=offset: history.catalogue.answers(w, 5 * o))
            print(f"{what:34} interviews {sessions:6.1f} ms   answers {answers:6.1f} ms")
        _window(history, folders)
        history.close()


def _window(history: SqliteHistory, folders: Folders) -> None:
    app = application()
    theme.wear(app, "light")
    executor = ThreadPoolExecutor(2)
    toolbox = SimpleNamespace(judge=SimpleNamespace(history=history), executor=executor, banks=())
    context = Context(lambda _: toolbox, folders, Settings(), print)
    context.toolbox = toolbox
    opening, stops = [], []
    for _ in range(RUNS):
        started = time.perf_counter()
        page = ReviewPage(context)
        page.resize(1100, 760)
        page.show()
        page.entered()
        _until(lambda page=page: page.is_loaded and page.detail.rows)
        opening.append(time.perf_counter() - started)
        with _longest() as longest:
            for text in ("le", "ledger", "the", "data model", "sandbox", ""):
                page.search.setText(text)
                rest = time.perf_counter() + 0.5
                _until(lambda rest=rest: time.perf_counter() > rest)
            for _ in range(5):
                page.list.scrollToBottom()
                rest = time.perf_counter() + 0.1
                _until(lambda rest=rest: time.perf_counter() > rest)
        stops.append(longest.longest_s)
        page.deleteLater()
    print(f"{'Review opened, rows on screen':34} {1000 * statistics.median(opening):6.1f} ms")
    print(
        f"{'longest stop while searching':34} {1000 * statistics.median(stops):6.1f} ms"
        f"   (of {RUNS} runs: {', '.join(f'{1000 * one:.0f}' for one in sorted(stops))})"
    )
    context.jobs.close()
    executor.shutdown()


@contextmanager
def _longest() -> Iterator[Pulse]:
    pulse = Pulse()
    QApplication.processEvents()
    yield pulse


def _until(true: Callable[[], object]) -> None:
    deadline = time.perf_counter() + 30
    while not true() and time.perf_counter() < deadline:
        QApplication.processEvents()
        time.sleep(0.0005)


def _median(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - started))
    return statistics.median(taken)


if __name__ == "__main__":
    main()
