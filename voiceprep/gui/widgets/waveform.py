"""Sound as a waveform: live while it is recorded, and whole when it is played back."""

from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from voiceprep.gui import theme

_STEP = 4
"""Pixels from bar to bar; a bar is half as wide."""
_FLOOR_DBFS = -60.0
"""What is drawn as silence: the room tone of a quiet room."""
_SEEK_S = 5.0


def loudness(level_dbfs: float) -> float:
    """A level as the height of a bar, 0 to 1."""
    return min(1.0, max(0.0, 1 - level_dbfs / _FLOOR_DBFS))


class _Bars(QWidget):
    """Draws bars around the middle."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(320, 96)

    def _slots(self) -> int:
        return max(1, self.width() // _STEP)

    def _bar(self, painter: QPainter, x: float, height: float) -> None:
        middle = self.height() / 2
        half = max(1.0, height * (self.height() - 6) / 2)
        painter.drawLine(QPointF(x, middle - half), QPointF(x, middle + half))


def _pen(token: str) -> QPen:
    pen = QPen(theme.color(token), _STEP / 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


class LiveWaveform(_Bars):
    """The last seconds of what is being recorded; scrolls to the left.

    Feed it some 20 times a second with ``add_level``.
    """

    def __init__(self) -> None:
        super().__init__("Level of the microphone")
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

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the newest bar at the right edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = self.width() - _STEP / 2
        painter.setPen(_pen("line"))
        count = len(self._levels)
        for slot in range(count, self._slots()):
            self._bar(painter, right - slot * _STEP, 0)
        painter.setPen(_pen("outline" if self._asleep else "accent"))
        for slot, height in zip(range(self._slots()), reversed(self._levels), strict=False):
            self._bar(painter, right - slot * _STEP, height)


class Waveform(_Bars):
    """A whole recording with the place where it plays; click or arrow keys to seek."""

    seek = Signal(float)
    """The person wants to hear from here, in seconds."""

    def __init__(self) -> None:
        super().__init__("Recording")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._peaks: tuple[float, ...] = ()
        self._duration_s = 0.0
        self._position_s: float | None = None
        self._marks: tuple[tuple[float, float], ...] = ()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(320, 64)

    def set_peaks(self, peaks: Sequence[float], duration_s: float) -> None:
        """Show a recording: peaks evenly spread over it (0 to 1), and its length."""
        self._peaks = tuple(peaks)
        self._duration_s = duration_s
        self._position_s = None
        self._marks = ()
        self.update()

    def set_position(self, position_s: float | None) -> None:
        """Where it plays, in seconds, or None."""
        self._position_s = position_s
        self.update()

    def set_marks(self, marks: Sequence[tuple[float, float]]) -> None:
        """Stretches to stand out, from and to in seconds: where the evidence was said."""
        self._marks = tuple(marks)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Seek there."""
        if self._duration_s and event.button() is Qt.MouseButton.LeftButton:
            share = min(1.0, max(0.0, event.position().x() / self.width()))
            self.seek.emit(share * self._duration_s)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right seek by five seconds."""
        step_s = {Qt.Key.Key_Left: -_SEEK_S, Qt.Key.Key_Right: _SEEK_S}.get(Qt.Key(event.key()))
        if step_s is None or not self._duration_s:
            super().keyPressEvent(event)
            return
        self.seek.emit(min(self._duration_s, max(0.0, (self._position_s or 0.0) + step_s)))

    def _height(self, slot: int, slots: int) -> float:
        """The loudest peak that falls into this bar."""
        start = slot * len(self._peaks) // slots
        end = max(start + 1, (slot + 1) * len(self._peaks) // slots)
        return max(self._peaks[start:end], default=0.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw played bars in the accent, marked ones on a soft ground, and the position."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._duration_s:
            for start_s, end_s in self._marks:
                left = start_s / self._duration_s * self.width()
                width = max(4.0, (end_s - start_s) / self._duration_s * self.width())
                painter.fillRect(
                    round(left), 0, round(width), self.height(), theme.color("accent_soft")
                )
        slots = self._slots()
        played = -1
        if self._position_s is not None and self._duration_s:
            played = int(self._position_s / self._duration_s * slots)
        for slot in range(slots):
            painter.setPen(_pen("accent" if slot <= played else "outline"))
            self._bar(painter, (slot + 0.5) * _STEP, self._height(slot, slots))
        if played >= 0:
            painter.setPen(QPen(theme.color("text"), 2))
            x = (played + 0.5) * _STEP
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("text"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
