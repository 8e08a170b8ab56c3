"""A slider in the colours of the theme."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

from voiceprep.gui import theme


class Slider(QSlider):
    """Chooses a number by dragging or by the arrow keys.

    Args:
        name: What is chosen; the accessible name.
        low: The smallest value.
        high: The largest.
        step: One press of an arrow key.
    """

    def __init__(self, name: str, low: int, high: int, step: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setAccessibleName(name)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setPageStep(4 * step)
        self.setMinimumHeight(32)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, never the value: it is too easily changed by chance."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, share and knob."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        knob = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(knob.center().x() + 0.5, self.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("outline", 0.5))
        painter.drawRoundedRect(QRectF(2, middle.y() - 2, self.width() - 4, 4), 2, 2)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(QRectF(2, middle.y() - 2, middle.x() - 2, 4), 2, 2)
        painter.setPen(QPen(theme.color("surface"), 2))
        painter.drawEllipse(middle, 9, 9)
        keyboard = self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if self.hasFocus() and keyboard:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawEllipse(middle, 12, 12)
