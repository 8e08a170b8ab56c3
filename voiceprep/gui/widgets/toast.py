"""A note at the foot of a page that goes by itself and can take back what was just done."""

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from voiceprep.gui import theme
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import row
from voiceprep.gui.widgets.text import label

STAYS_MS = 8000
"""Long enough to read a line and to reach for the mouse; it waits while the mouse is on it."""
_MARGIN = 5 * theme.GRID
"""Of the pages at their left."""
FOOT = 9
"""Grid steps that a row of buttons takes at the foot of a page."""


class Toast(QFrame):
    """Floats above the lower edge of its parent.

    Args:
        parent: The page.
        action: What the button says.
        key: The key that does the same, from anywhere on the page while the note is there.
        foot: Grid steps at the foot of the page that stay free, because buttons are there: then
            the note lies at the left, over what scrolls; with 0 in the middle of the lower edge.
    """

    acted = Signal()
    """The button was pressed: take it back."""
    gone = Signal()
    """Time is up: it stays as it is."""

    def __init__(self, parent: QWidget, action: str, key: str = "", *, foot: int = 0) -> None:
        super().__init__(parent)
        self._page = parent
        self._foot = foot * theme.GRID
        across = row(self, gap=2)
        across.setContentsMargins(20, 8, 12, 8)
        self._text = label()
        self.button = Button(action, key=key)
        self.button.clicked.connect(self.act)
        across.addWidget(self._text)
        across.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self._shortcut = QShortcut(QKeySequence(key), parent, self.act)
        self._shortcut.setEnabled(False)
        parent.installEventFilter(self)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a note; one that is still there in this window is over first."""
        for one in self.window().findChildren(Toast):
            one.dismiss()
        self._text.setText(text)
        self.setAccessibleName(text)
        self._timer.start(STAYS_MS)
        self._place()
        self._shortcut.setEnabled(True)
        self.show()
        self.raise_()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def act(self) -> None:
        """Take it back, as the button does."""
        if not self.isHidden():
            self._go()
            self.acted.emit()

    def dismiss(self) -> None:
        """Go now; what was done stays done."""
        if not self.isHidden():
            self._go()
            self.gone.emit()

    def _go(self) -> None:
        self._timer.stop()
        self._shortcut.setEnabled(False)
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while the mouse is here."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Count again."""
        super().leaveEvent(event)
        if not self.isHidden():
            self._timer.start(STAYS_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the page changes its size."""
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        page, foot = self._page, self._foot
        left = _MARGIN if foot else (page.width() - self.width()) // 2
        self.move(left, page.height() - (foot or 2 * theme.GRID) - self.height() - theme.GRID)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a ground that stands out from the page."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("outline"))
        painter.setBrush(theme.color("surface"))
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(body, theme.RADIUS, theme.RADIUS)
