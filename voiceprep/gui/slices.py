"""Builds a page in slices, so that the window takes events in between."""

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer


class Slices(QObject):
    """Runs steps on the window's thread, one in each turn of its loop."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._steps: deque[Callable[[], object]] = deque()
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._next)

    @property
    def is_done(self) -> bool:
        """Whether all steps were run."""
        return not self._steps

    def begin(self, steps: Iterable[Callable[[], object]]) -> None:
        """Run these; what is left of those before is dropped."""
        self._steps = deque(steps)
        self._turn.start()

    def _next(self) -> None:
        if self._steps:
            self._steps.popleft()()
        if not self._steps:
            self._turn.stop()
