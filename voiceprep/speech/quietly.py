"""Children that Ctrl+C does not reach: it is for their parent, and a traceback is for no one.

A terminal sends it to all programs in the foreground, also to a child that is still importing and
could not say yet that it does not want it.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.resource_tracker import ensure_running


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
