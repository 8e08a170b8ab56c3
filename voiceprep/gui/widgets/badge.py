"""By what a concept is known, in the list and in the answer: number, colour, kind of line."""

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


def mark_pen(concept: int) -> QPen:
    """How the words of a concept are underlined: in its own colour and its own kind of line."""
    pen = QPen(theme.concept_color(concept), 2)
    pen.setStyle(_LINES[concept % len(_LINES)])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def draw_badge(painter: QPainter, box: QRectF, concept: int) -> None:
    """The number of a concept (from 1, as people count) on its ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.concept_color(concept, soft=True))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(theme.concept_color(concept))
    painter.setFont(theme.font("small", bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(concept + 1))


class Badge(QWidget):
    """The number of a concept with its kind of line below, as the transcript shows them.

    Args:
        concept: From 0.
        lined: Whether words of the answer are underlined so.
    """

    def __init__(self, concept: int, *, lined: bool) -> None:
        super().__init__()
        self._concept = concept
        self._lined = lined
        self.setFixedSize(QSize(24, 28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_badge(painter, QRectF(1, 1, 22, 20), self._concept)
        if self._lined:
            painter.setPen(mark_pen(self._concept))
            painter.drawLine(QPointF(1, 25), QPointF(23, 25))
