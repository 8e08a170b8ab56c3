"""Coverage as a ring."""

from PySide6.QtCore import Property, QEasingCurve, QPropertyAnimation, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from voiceprep.gui import theme
from voiceprep.gui.widgets.sound_mark import paint_doubt

_GROWS_MS = 700


class Ring(QWidget):
    """A percentage drawn as a ring with its number inside; grows once when it is set.

    Args:
        diameter: In pixels; the number is left small below 96.
        name: What is measured; the accessible name.
    """

    def __init__(self, diameter: int = 128, name: str = "Coverage") -> None:
        super().__init__()
        self._name = name
        self._value: float | None = None
        self._is_doubtful = False
        self._shown = 0.0
        self.setFixedSize(diameter, diameter)
        self._growth = QPropertyAnimation(self, b"shown", self)
        self._growth.setDuration(_GROWS_MS)
        self._growth.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.set_value(None)

    @property
    def value(self) -> float | None:
        """Per cent, 0 to 100, or None: not scored."""
        return self._value

    def set_value(self, value: float | None, *, animate: bool = True, doubt: str = "") -> None:
        """Show a percentage (0 to 100), or None for "not scored".

        With ``doubt`` in words it bears the sign of a doubtful score.
        """
        self._value = value
        self._is_doubtful = bool(doubt)
        number = "not scored" if value is None else f"{value:.0f} per cent"
        said = f"{number}, {doubt.lower()}" if doubt else number
        self.setAccessibleName(f"{self._name}: {said}")
        self.setToolTip(self.accessibleName())
        self._growth.stop()
        if value is not None and animate and self.isVisible():
            self._growth.setStartValue(0.0)
            self._growth.setEndValue(value)
            self._growth.start()
        else:
            self._set_shown(value or 0.0)

    def sizeHint(self) -> QSize:
        """Its diameter."""
        return self.size()

    def _get_shown(self) -> float:
        return self._shown

    def _set_shown(self, value: float) -> None:
        self._shown = value
        self.update()

    shown = Property(float, _get_shown, _set_shown)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, arc and number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(4.0, self.width() / 12)
        box = QRectF(self.rect()).adjusted(width, width, -width, -width)
        pen = QPen(theme.color("sunken"), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawEllipse(box)
        if self._value is not None and self._shown > 0:
            pen.setColor(theme.color("accent"))
            painter.setPen(pen)
            painter.drawArc(box, 90 * 16, -round(self._shown * 3.6 * 16))
        big = self.width() >= 96
        if self._value is None:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("muted"))
            text = "not scored" if big else "–"  # noqa: RUF001 - a dash for "no number"
        else:
            text = f"{self._shown:.0f}%" if big else f"{self._shown:.0f}"
            font = theme.font("question" if big else "small", bold=True)
            if QFontMetricsF(font).horizontalAdvance(text) > box.width() - 3 * width:
                font.setPixelSize(round(font.pixelSize() * 0.8))  # "100%" keeps clear of the ring
            painter.setFont(font)
            painter.setPen(theme.color("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
        if self._is_doubtful:
            paint_doubt(painter, QRectF(self.rect()))
