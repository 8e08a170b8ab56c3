"""Takes a recording that is dropped anywhere on a page."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from voiceprep.gui import icons, theme


class DropTarget(QWidget):
    """Lies over a page while a file is dragged over it, and says what dropping it would do.

    Args:
        page: Where files can be dropped.
        wanted: Whether one would be taken now.
    """

    dropped = Signal(Path)

    def __init__(self, page: QWidget, wanted: Callable[[], bool]) -> None:
        super().__init__(page)
        self._page = page
        self._wanted = wanted
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """What is dragged over the page."""
        match event.type():
            case QEvent.Type.DragEnter if isinstance(event, QDropEvent):
                if self._wanted() and _one_file(event) is not None:
                    event.acceptProposedAction()
                    self.cover()
            case QEvent.Type.DragLeave:
                self.hide()
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                self.hide()
                path = _one_file(event)
                if path is not None and self._wanted():
                    event.acceptProposedAction()
                    self.dropped.emit(path)
            case _:
                return False
        return True

    def cover(self) -> None:
        """Show it over all of the page."""
        self.setGeometry(self._page.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a dashed frame with the offer in its middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("canvas"))
        painter.setPen(QPen(theme.color("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(16, 16, -16, -16), theme.RADIUS, theme.RADIUS)
        middle = self.rect().center()
        box = QRectF(middle.x() - 20, middle.y() - 48, 40, 40)
        icons.paint(painter, "file", box, theme.color("accent"))
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.color("text"))
        words = QRectF(0, middle.y(), self.width(), 32)
        painter.drawText(
            words, Qt.AlignmentFlag.AlignCenter, "Drop the recording to answer with it"
        )


def _one_file(event: QDropEvent) -> Path | None:
    """The local file that is dragged, if it is exactly one."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())
