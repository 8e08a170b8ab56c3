"""Measures what the history is asked with ten thousand answers in it; no window."""

import statistics
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from many import fill

from voiceprep.interview.catalogue import Filter
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders

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
        for what, took_ms in (
            ("points of trends, first time", _timed(history.points)),
            ("points of trends, again", _median(history.points)),
            ("answers by what judged them", _median(history.judged)),
            ("every session, one by one", _timed(lambda: deque(history.each_session(), maxlen=0))),
        ):
            print(f"{what:34} {took_ms:17.0f} ms")
        history.close()


def _median(work: Callable[[], object]) -> float:
    work()
    return statistics.median(_timed(work) for _ in range(RUNS))


def _timed(work: Callable[[], object]) -> float:
    """In milliseconds."""
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
