"""Children that Ctrl+C does not reach: it is for their parent, and a traceback is for no one.

A terminal sends it to all programs in the foreground, also to a child that is still importing and
could not say yet that it does not want it.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.resource_tracker import ensure_running


@contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """Processes that are started meanwhile never get it; where signals can be held back (POSIX)."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    ensure_running()  # before: as it starts, it lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
