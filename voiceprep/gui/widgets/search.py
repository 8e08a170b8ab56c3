"""The search above a list."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from voiceprep.gui.widgets.text import label


class Search(QLineEdit):
    """A line that Ctrl+F comes to from anywhere on its page; Down leads on to what it found.

    Args:
        name: What is searched: placeholder and accessible name.
        results: Where Down leads to.
        page: Where Ctrl+F is to work.
    """

    def __init__(self, name: str, results: QWidget, page: QWidget) -> None:
        super().__init__()
        self._results = results
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setToolTip("Search (Ctrl+F)")
        self.setClearButtonEnabled(True)
        self.setFont(label().font())
        QShortcut(QKeySequence.StandardKey.Find, page, self._find)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads to the results, Esc empties the search."""
        if event.key() == Qt.Key.Key_Down:
            self._results.setFocus()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _find(self) -> None:
        self.setFocus()
        self.selectAll()
