"""Sound as a waveform while it is recorded; when it is played back, timeline.py draws it."""

from collections import deque

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from voiceprep.gui import theme

STEP = 4
"""Pixels from bar to bar; a bar is half as wide."""
_FLOOR_DBFS = -60.0
"""What is drawn as silence: the room tone of a quiet room."""


def loudness(level_dbfs: float) -> float:
    """A level as the height of a bar, 0 to 1."""
    return min(1.0, max(0.0, 1 - level_dbfs / _FLOOR_DBFS))


def bar_pen(token: str) -> QPen:
    """What a bar is drawn with."""
    pen = QPen(theme.color(token), STEP / 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


class LiveWaveform(QWidget):
    """The last seconds of what is being recorded; scrolls to the left.

    Feed it some 20 times a second with ``add_level``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Level of the microphone")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._levels: deque[float] = deque(maxlen=1024)
        self._asleep = False

    @property
    def levels(self) -> tuple[float, ...]:
        """What is drawn, 0 to 1, the oldest first."""
        return tuple(self._levels)

    def add_level(self, level_dbfs: float) -> None:
        """The level now, in dBFS."""
        self._levels.append(loudness(level_dbfs))
        self.update()

    def clear(self) -> None:
        """Start with nothing."""
        self._levels.clear()
        self.update()

    def set_asleep(self, *, asleep: bool) -> None:
        """Draw in grey while recording is paused."""
        self._asleep = asleep
        self.update()

    def minimumSizeHint(self) -> QSize:
        """It makes room where something must be told in a small window."""
        return QSize(120, 40)

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(320, 96)

    def _slots(self) -> int:
        return max(1, self.width() // STEP)

    def _bar(self, painter: QPainter, x: float, height: float) -> None:
        middle = self.height() / 2
        half = max(1.0, height * (self.height() - 6) / 2)
        painter.drawLine(QPointF(x, middle - half), QPointF(x, middle + half))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the newest bar at the right edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = self.width() - STEP / 2
        painter.setPen(bar_pen("line"))
        count = len(self._levels)
        for slot in range(count, self._slots()):
            self._bar(painter, right - slot * STEP, 0)
        painter.setPen(bar_pen("outline" if self._asleep else "accent"))
        for slot, height in zip(range(self._slots()), reversed(self._levels), strict=False):
            self._bar(painter, right - slot * STEP, height)
