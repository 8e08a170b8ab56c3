"""The number and the kind of line by which a concept is known, in the list and in the answer."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from voiceprep.gui import theme

_LINES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)


def mark_pen(concept: int, tone: str) -> QPen:
    """How the words of a concept are underlined: its own kind of line, whatever the colour."""
    pen = QPen(theme.color(tone), 2)
    pen.setStyle(_LINES[concept % len(_LINES)])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def draw_badge(painter: QPainter, box: QRectF, concept: int, tone: str) -> None:
    """The number of a concept (from 1, as people count) on its ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(f"{tone}_soft"))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(theme.color(tone))
    painter.setFont(theme.font("small", bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(concept + 1))


class Badge(QWidget):
    """The number of a concept with its kind of line below, as the transcript shows them.

    Args:
        concept: From 0.
        tone: The token of its level.
        lined: Whether words of the answer are underlined so.
    """

    def __init__(self, concept: int, tone: str, *, lined: bool) -> None:
        super().__init__()
        self._concept = concept
        self._tone = tone
        self._lined = lined
        self.setFixedSize(QSize(24, 28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_badge(painter, QRectF(1, 1, 22, 20), self._concept, self._tone)
        if self._lined:
            painter.setPen(mark_pen(self._concept, self._tone))
            painter.drawLine(QPointF(1, 25), QPointF(23, 25))
