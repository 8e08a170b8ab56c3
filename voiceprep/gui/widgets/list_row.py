"""How the rows of all lists are drawn alike: the ground, and text that is cut at its end."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from voiceprep.gui import theme
from voiceprep.gui.theme import TextSize, Tone


def draw_ground(painter: QPainter, option: QStyleOptionViewItem) -> QRectF:
    """The ground of a row that is chosen or under the mouse; returns the row's place."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(option.rect)
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen or option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_soft" if chosen else "sunken"))
        painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 8, 8)
    return box


def draw_text(
    painter: QPainter,
    box: QRectF,
    text: str,
    size: TextSize = "body",
    tone: Tone = "text",
    *,
    bold: bool = False,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
) -> None:
    """One line of text, cut at the end of its place."""
    painter.setFont(theme.font(size, bold=bold))
    painter.setPen(theme.color(tone))
    end = Qt.TextElideMode.ElideRight
    painter.drawText(box, align, painter.fontMetrics().elidedText(text, end, int(box.width())))
