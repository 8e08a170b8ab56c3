"""Between threads: functions come to the GUI thread, blocking work leaves it."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from threading import Event
from typing import Any, ParamSpec, TypeVar
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from voiceprep.errors import VoicePrepError

_log = logging.getLogger(__name__)

Call = Callable[[], None]
P = ParamSpec("P")
T = TypeVar("T")


def foreseen(error: Exception) -> VoicePrepError:
    """An error of a job as what the user can mend; any other is our mistake, and raised."""
    if not isinstance(error, VoicePrepError):
        raise error
    return error


class Bridge(QObject):
    """Runs functions on the thread that made it, in the order in which they were posted."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Call) -> None:
        """Run ``call`` on the GUI thread, soon; may be called from any thread."""
        if shiboken6.isValid(self):
            self._posted.emit(call)

    @Slot(object)
    def _run(self, call: Call) -> None:
        call()


class Jobs:
    """Blocking work off the GUI thread, with the answer brought back to it.

    Args:
        bridge: Brings the answers back.
        unexpected: Told of an error that no one asked to be told of.
    """

    def __init__(self, bridge: Bridge, unexpected: Callable[[BaseException], None]) -> None:
        self._bridge = bridge
        self._unexpected = unexpected
        self._executor = ThreadPoolExecutor(4, thread_name_prefix="window")
        self._closed = False
        self._stops: WeakSet[Event] = WeakSet()

    def set_at_close(self, stop: Event) -> None:
        """Set an event at the end, so that nobody waits for work that can be left."""
        self._stops.add(stop)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run ``work`` on a worker, then ``done(result)`` or ``failed(error)`` here.

        Neither is called when ``owner`` (usually the page) is gone by then. Without ``failed``
        an error goes to the dialog for unexpected errors. After ``close`` nothing is run: results
        that are still on their way may make a page ask for more.
        """
        if self._closed:
            return

        def deliver(future: Future[T]) -> None:
            if future.cancelled() or not shiboken6.isValid(owner):
                return
            error = future.exception()
            if error is None:
                if done is not None:
                    done(future.result())
            elif failed is not None and isinstance(error, Exception):
                failed(error)
            else:
                self._unexpected(error)

        future = self._executor.submit(work)
        future.add_done_callback(lambda ended: self._bridge.post(lambda: deliver(ended)))

    def close(self) -> None:
        """Take no more work and wait for what runs."""
        self._closed = True
        for stop in self._stops:
            stop.set()
        self._executor.shutdown(wait=True, cancel_futures=True)


class Settling(Executor):
    """Passes work on to another executor and can wait until all of it has ended."""

    def __init__(self, inner: Executor) -> None:
        self._inner = inner
        self._open: set[Future[Any]] = set()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Part of Executor."""
        future = self._inner.submit(fn, *args, **kwargs)
        self._open.add(future)
        future.add_done_callback(self._open.discard)
        return future

    def settle(self, timeout_s: float) -> bool:
        """Block until everything that was submitted has ended; False when it took too long."""
        return not wait(tuple(self._open), timeout_s).not_done
