"""Children that Ctrl+C does not reach, and that do not stay behind.

Ctrl+C is for their parent, and a traceback is for no one: a terminal sends it to all programs in
the foreground, also to a child that is still importing and could not say yet that it does not want
it. And whatever ends the app, a child ends with it, also one that was stopped.
"""

import ctypes
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache
from multiprocessing.resource_tracker import ensure_running
from queue import SimpleQueue


@contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """Processes that are started meanwhile never get it; where signals can be held back (POSIX).

    The one who starts them gets it afterwards: broken off halfway, it would leave a child that
    has read half of what it is to do.

    Raises:
        KeyboardInterrupt: At the end, if Ctrl+C was pressed meanwhile.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    ensure_running()  # before: as it starts, it lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    came: list[int] = []
    handler = signal.getsignal(signal.SIGINT)
    # Another thread may take the signal, and Python runs its own handler in the main one.
    ours = threading.current_thread() is threading.main_thread() and (
        handler is signal.default_int_handler
    )
    if ours:
        signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if ours:
            signal.signal(signal.SIGINT, handler)
    if came:
        raise KeyboardInterrupt


_PR_SET_PDEATHSIG = 1  # prctl(2)


def end_with_parent() -> None:
    """Called in a child: the system ends it as soon as its parent is gone; on Linux only.

    Elsewhere it ends by itself when it finds its pipe closed, unless it was stopped.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def started_by_a_lasting_thread(start: Callable[[], None]) -> None:
    """Start a process that calls ``end_with_parent``.

    To the system its parent is the thread that has started it (prctl(2)), and those that need a
    child come and go.
    """
    done: Future[None] = Future()
    _orders().put((start, done))
    done.result()


_Order = tuple[Callable[[], None], "Future[None]"]


@cache
def _orders() -> "SimpleQueue[_Order]":
    """What the lasting thread is to start."""
    orders: SimpleQueue[_Order] = SimpleQueue()

    def serve() -> None:
        if hasattr(signal, "pthread_sigmask"):  # handed down to the children
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        while True:
            start, done = orders.get()
            try:
                start()
            except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it
                done.set_exception(error)
            else:
                done.set_result(None)

    threading.Thread(target=serve, name="voiceprep-children", daemon=True).start()
    return orders
