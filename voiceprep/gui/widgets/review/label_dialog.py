"""Names a session, tags it, and takes a note."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.text import label
from voiceprep.interview.catalogue import Label

LONGEST = 120
"""Characters of a name or of all tags."""


class LabelDialog(QDialog):
    """Asks for name, tags and note.

    Args:
        parent: Whose window it belongs to.
        before: What they are now.
        save: Called with what they shall be.
    """

    def __init__(self, parent: QWidget, before: Label, save: Callable[[Label], None]) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Name, tags and note")
        self.setFixedWidth(440)
        self._save = save
        body = column(self, margin=3, gap=1)
        self.name = _line("Name", before.name, "Instead of the date")
        self.tags = _line("Tags", ", ".join(before.tags), "Separated by commas: mock, second round")
        self.note = QPlainTextEdit(before.note)
        self.note.setAccessibleName("Note")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(112)
        for title, field in (("Name", self.name), ("Tags", self.tags), ("Note", self.note)):
            body.addWidget(label(title))
            body.addWidget(field)
        buttons = row(gap=1)
        buttons.addStretch(1)
        cancel = Button("Cancel", key="Esc")
        cancel.clicked.connect(self.reject)
        self.save_button = Button("Save", "primary", key="Enter")
        self.save_button.clicked.connect(self._done)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save_button)
        body.addLayout(buttons)
        self.name.setFocus()
        self.open()

    @property
    def label(self) -> Label:
        """What is in the fields."""
        tags = (" ".join(one.split()) for one in self.tags.text().split(","))
        return Label(
            " ".join(self.name.text().split()),
            tuple(dict.fromkeys(one for one in tags if one)),
            self.note.toPlainText().strip(),
        )

    def _done(self) -> None:
        found = self.label
        self.accept()
        self._save(found)


def _line(name: str, text: str, hint: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setMaxLength(LONGEST)
    made.setPlaceholderText(hint)
    made.setAccessibleName(name)
    made.setFont(label().font())
    return made
