"""Looks for garbage on the window's thread only, and never for long.

Python looks for garbage on whichever thread happens to make an object too many. On a worker that
destroys widgets and timers of the window there: Qt cannot stop a timer from another thread, and the
next time it is due the app crashes.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 100
"""So often that little has gathered: 100,000 young objects take some 10 ms."""

_YOUNG, _MIDDLE = 2_000, 5
"""From so many young objects on they are looked at, and every sixth time the middle-aged ones too.
The old ones never are: that takes a second where ten thousand answers are in memory, while all
threads wait; records have no cycles, and windows are few."""


def collect_on_this_thread(parent: QObject) -> None:
    """Look for garbage here from now on, as long as ``parent`` lives, and nowhere else."""
    gc.disable()
    timer = QTimer(parent)
    timer.timeout.connect(_look)
    timer.start(_EVERY_MS)


def _look() -> None:
    young, middle, _ = gc.get_count()
    if middle > _MIDDLE:
        gc.collect(1)
    elif young > _YOUNG:
        gc.collect(0)
