"""A list that drops down, with an arrow in the colours of the theme."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from voiceprep.gui import icons, theme


class Select(QComboBox):
    """Chooses one of several.

    Args:
        name: What is chosen; the accessible name.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFont(theme.font())
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, never the choice: it is too easily changed by chance."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow on top."""
        super().paintEvent(event)
        painter = QPainter(self)
        box = QRectF(self.width() - 29, self.height() / 2 - 9, 18, 18)
        icons.paint(painter, "down", box, theme.color("muted" if self.isEnabled() else "outline"))
