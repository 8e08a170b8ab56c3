"""Small pieces: a tag, a button with a time, a part that folds."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from voiceprep.gui import icons, theme
from voiceprep.gui.phrasing import clock
from voiceprep.gui.widgets.buttons import PaintedButton, draw_focus
from voiceprep.gui.widgets.layout import column

TAG_HEIGHT = 24
LONGEST_TAG = 200
"""Pixels of text; a column of the smallest window has room for it."""


class Tag(QWidget):
    """A word on a soft ground; it cannot be pressed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The text with a margin; a very long one is cut."""
        width = QFontMetrics(theme.font("small")).horizontalAdvance(self.text)
        return QSize(min(width, LONGEST_TAG) + 2 * theme.GRID, TAG_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(self.rect(), 6, 6)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text"))
        room = self.width() - 2 * theme.GRID
        shown = painter.fontMetrics().elidedText(self.text, Qt.TextElideMode.ElideRight, room + 1)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)


class TimeButton(PaintedButton):
    """Plays from a time: a small triangle and "0:14"."""

    def __init__(self, start_s: float, what: str) -> None:
        super().__init__(clock(start_s))
        self.setFont(theme.font("small", bold=True))
        self.setAccessibleName(f"Play {what} at {clock(start_s)}")
        self.setToolTip(self.accessibleName())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Triangle, time and margins."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 34, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self.underMouse() or self.isDown()
        painter.setPen(QPen(theme.color("accent" if over else "line"), 1))
        painter.setBrush(theme.color("accent_soft" if over else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 8, 8)
        icons.paint(
            painter, "play", QRectF(7, self.height() / 2 - 8, 16, 16), theme.color("accent")
        )
        painter.setPen(theme.color("accent"))
        painter.setFont(self.font())
        words = QRectF(self.rect()).adjusted(25, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.shows_focus():
            draw_focus(painter, QRectF(self.rect()))


class Fold(QWidget):
    """A heading that shows or hides what is below it.

    Args:
        title: The heading.
        content: What it shows.
        is_open: Whether it is shown at first.
    """

    def __init__(self, title: str, content: QWidget, *, is_open: bool) -> None:
        super().__init__()
        self._content = content
        self.head = _FoldHead(title)
        self.head.setChecked(is_open)
        self.head.toggled.connect(self._show)
        self._body = column(self, gap=1)
        self._body.addWidget(self.head, alignment=Qt.AlignmentFlag.AlignLeft)
        self._body.addWidget(content)
        self._show(is_open)

    def set_open(self, is_open: bool) -> None:
        """Show or hide the content."""
        self.head.setChecked(is_open)

    def set_title(self, title: str) -> None:
        """Another heading."""
        self.head.setText(title)
        self.head.updateGeometry()
        self._show(self.head.isChecked())

    def set_content(self, content: QWidget) -> None:
        """Show something else below."""
        self._body.replaceWidget(self._content, content)
        self._content.hide()
        self._content.deleteLater()
        self._content = content
        self._show(self.head.isChecked())

    def _show(self, is_open: bool) -> None:
        self._content.setVisible(is_open)
        state = "shown" if is_open else "hidden"
        self.head.setAccessibleName(f"{self.head.text()}, {state}")


class _FoldHead(PaintedButton):
    """The heading of a Fold, with an arrow that points down when it is open."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setCheckable(True)
        self.setFont(theme.font(bold=True))

    def sizeHint(self) -> QSize:
        """Arrow, text and margins."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 36, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.translate(10, self.height() / 2)
        painter.rotate(0 if self.isChecked() else -90)
        tint = theme.color("accent" if self.underMouse() else "muted")
        icons.paint(painter, "down", QRectF(-9, -9, 18, 18), tint)
        painter.restore()
        painter.setPen(theme.color("text"))
        painter.setFont(self.font())
        words = QRectF(self.rect()).adjusted(26, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.shows_focus():
            draw_focus(painter, QRectF(self.rect()))
