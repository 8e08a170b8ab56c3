"""Numbers typed as keys, also those of two digits."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import Qt

TOGETHER_S = 1.0
"""Digits that follow each other so quickly are one number."""


class Digits:
    """Joins digits to a number: with twelve things, 1 is the first and 1 2 the twelfth.

    Args:
        clock: Seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._number = 0
        self._typed_s = -TOGETHER_S

    def add(self, key: int, most: int) -> int | None:
        """The number that is typed by now, from 1 to ``most``; None for anything else."""
        if not Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            return None
        digit, now_s = key - Qt.Key.Key_0, self._clock()
        joined = self._number * 10 + digit if now_s - self._typed_s < TOGETHER_S else digit
        self._number = joined if joined <= most else digit
        self._typed_s = now_s
        return self._number if 1 <= self._number <= most else None
