"""A text to read that knows where each of its characters is drawn."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextBlock,
    QTextLine,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit

from voiceprep.gui import theme

_MOVES = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}


class ReadingText(QTextEdit):
    """A read-only plain text without a frame; it can be selected by mouse and keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTextEdit { background: transparent; border: none; padding: 0; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setMouseTracking(True)
        self.setFont(theme.font())
        self.document().setDocumentMargin(0)

    def pieces(self, start: int, end: int) -> list[tuple[QRectF, float]]:
        """The places [start, end) as one box a line, each with its base line; viewport pixels."""
        found: list[tuple[QRectF, float]] = []
        metrics = self.fontMetrics()
        block = self.document().findBlock(start)
        while block.isValid() and block.position() < end:
            corner = self._corner(block)
            layout = block.layout()
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                first = max(start - block.position(), line.textStart())
                last = min(end - block.position(), line.textStart() + line.textLength())
                if first >= last:
                    continue
                inked = line.x() + line.naturalTextWidth()  # without the space before a break
                left, right = (
                    corner.x() + min(_cursor_x(line, one), inked) for one in (first, last)
                )
                base = corner.y() + line.y() + line.ascent()
                top = base - metrics.ascent()
                found.append((QRectF(left, top, right - left, metrics.height()), base))
            block = block.next()
        return found

    def _corner(self, block: QTextBlock) -> QPointF:
        """Where a block's layout begins, in the viewport."""
        return block.layout().position() - QPointF(0, self.verticalScrollBar().value())

    def scroll_to(self, start: int, *, only_if_hidden: bool = False) -> None:
        """Bring a place into view, a third from the top."""
        found = self.pieces(start, start + 1)
        if not found:
            return
        box, height = found[0][0], self.viewport().height()
        margin = 0 if only_if_hidden else 3 * theme.GRID
        if box.top() < margin or box.bottom() > height - margin:
            bar = self.verticalScrollBar()
            bar.setValue(int(bar.value() + box.top() - height / 3))

    def place_at(self, event: QMouseEvent) -> int | None:
        """The place under the mouse, or None."""
        at = event.position() + QPointF(0, self.verticalScrollBar().value())
        place = self.document().documentLayout().hitTest(at, Qt.HitTestAccuracy.FuzzyHit)
        for near in (place, place - 1):  # a hit is the nearest gap between two characters
            if any(box.contains(event.position()) for box, _ in self.pieces(near, near + 1)):
                return near
        return None

    def activate(self, place: int) -> None:
        """Ctrl+Return was pressed at this place."""

    def selected(self) -> str:
        """The selected words, as they are to be copied."""
        return self.textCursor().selection().toPlainText()

    def copy_selected(self) -> None:
        """Put the selected words on the clipboard.

        As text of Qt's own: mime data made in createMimeDataFromSelection crashes PySide 6.11 when
        the clipboard outlives Python.
        """
        if self.textCursor().hasSelection():
            QGuiApplication.clipboard().setText(self.selected())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction("Copy", self.copy_selected)
        copy.setEnabled(self.textCursor().hasSelection())
        menu.addAction("Select all", self.selectAll)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the cursor, Ctrl+Return activates its place; other keys are the page's."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if ctrl and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.activate(self.textCursor().position())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        elif event.matches(QKeySequence.StandardKey.SelectAll) or event.key() in _MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()


def _cursor_x(line: QTextLine, place: int) -> float:
    """Where a place of a line is, from the left of its layout; PySide gives place and position."""
    x: float | tuple[float, int] = line.cursorToX(place)  # type: ignore[assignment]
    return x[0] if isinstance(x, tuple) else x
