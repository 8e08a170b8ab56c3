"""The sign that the app is speaking, and the big round button to answer."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from voiceprep.gui import icons, theme
from voiceprep.gui.widgets.buttons import PaintedButton, tip

_BARS = 9
_TICK_MS = 40


class Speaking(QWidget):
    """Bars that move as long as they are seen."""

    def __init__(self) -> None:
        super().__init__()
        self._phase = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.setAccessibleName("The question is being read aloud")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as the record button, which takes its place."""
        return QSize(_BARS * 14, 104)

    def showEvent(self, event: QShowEvent) -> None:
        """Move."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._timer.stop()

    def _tick(self) -> None:
        self._phase += 0.16
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, higher in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("accent"), 6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        middle = self.height() / 2
        for number in range(_BARS):
            envelope = 1 - abs(number - _BARS // 2) / (_BARS / 2 + 1)
            wave = 0.5 + 0.5 * math.sin(self._phase + number * 1.1)
            half = 4 + 34 * envelope * (0.35 + 0.65 * wave)
            x = 7 + number * 14
            painter.drawLine(QPointF(x, middle - half), QPointF(x, middle + half))


class RoundButton(PaintedButton):
    """A large round button with an icon; its text is for those who hear the window."""

    def __init__(self, text: str, icon: str, key: str) -> None:
        super().__init__(text)
        self._icon = icon
        self._key = key
        self.set(text, icon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, text: str, icon: str) -> None:
        """Do something else."""
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(tip(text, self._key))

    def sizeHint(self) -> QSize:
        """A circle of 92 with room for the ring of focus."""
        return QSize(104, 104)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        over = self.underMouse() or self.isDown()
        token = ("accent_hover" if over else "accent") if self.isEnabled() else "sunken"
        painter.setBrush(theme.color(token))
        circle = QRectF(self.rect()).adjusted(6, 6, -6, -6)
        painter.drawEllipse(circle)
        ink = theme.color("on_accent" if self.isEnabled() else "outline")
        icons.paint(painter, self._icon, circle.adjusted(26, 26, -26, -26), ink)
        if self.shows_focus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("text"), 2))
            painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
