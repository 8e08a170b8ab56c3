"""The transcript as text that can be corrected."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from voiceprep.gui import theme
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.text import label

_REMARK = "Correct what was misheard; it is scored again, and what was heard is kept."


class TranscriptEditor(QWidget):
    """Corrects what was misheard; words that are left alone keep their times."""

    saved = Signal(str)
    """The whole text, as it was meant."""
    left = Signal()
    """Nothing is to be changed."""

    play = Signal()
    """Play or pause, to hear what was really said."""

    def __init__(self) -> None:
        super().__init__()
        body = column(self, gap=1)
        self._remark = label("", "small", "muted", wrap=True)
        body.addWidget(self._remark)
        self.editor = QPlainTextEdit()
        self.editor.setFont(theme.font())
        self.editor.setTabChangesFocus(True)
        self.editor.setAccessibleName("The transcript, to be corrected")
        body.addWidget(self.editor, 1)
        self._heard = ""
        self.heard = Button(
            "As it was heard", "link", flush=True, help_text="Put back what was heard"
        )
        self.heard.clicked.connect(self._put_back)
        self.save = Button("Save", "primary", key="Ctrl+Enter")
        self.cancel = Button("Cancel", help_text="Leave it as it is (Esc)")
        self.save.clicked.connect(lambda: self.saved.emit(self.editor.toPlainText()))
        self.cancel.clicked.connect(self.left)
        body.addWidget(self.heard, alignment=Qt.AlignmentFlag.AlignLeft)
        foot = row(gap=1)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        body.addLayout(foot)

    def begin(self, text: str, heard: str, *, playable: bool) -> None:
        """Show a text; the keyboard goes there.

        Args:
            text: As it is now.
            heard: As it was before any correction; it can be put back.
            playable: Whether there is a recording to hear meanwhile.
        """
        plays = " Ctrl+Space plays the recording." if playable else ""
        self._remark.setText(f"{_REMARK}{plays}")
        self._heard = heard
        self.heard.setVisible(heard != text)
        self.editor.setPlainText(text)
        self.save.setEnabled(True)
        self.editor.setFocus()

    def _put_back(self) -> None:
        """As an edit of the text, which the editor itself can undo."""
        cursor = self.editor.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(self._heard)
        self.editor.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Esc leaves, Ctrl+Space plays; no other key reaches the page."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.save.click()
        elif control and event.key() == Qt.Key.Key_Space:
            self.play.emit()
        event.accept()
