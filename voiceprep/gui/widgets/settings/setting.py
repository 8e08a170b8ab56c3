"""What the settings are laid out with: sections, and rows of a name and a control."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from voiceprep.gui.widgets.layout import Card, column, line, row
from voiceprep.gui.widgets.text import label

CONTROL_WIDTH = 320


class Section(Card):
    """A card with a heading and rows."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.body.addWidget(label(title, bold=True))
        self._has_rows = False

    def add_row(self, name: str, control: QWidget, remark: str = "") -> None:
        """A name at the left, what changes it at the right, a line between two rows."""
        if self._has_rows:
            self.body.addWidget(line())
        self._has_rows = True
        self.body.addWidget(setting_row(name, control, remark))


def setting_row(name: str, control: QWidget, remark: str = "") -> QWidget:
    """A name with a remark at the left, and what changes it at the right."""
    holder = QWidget()
    across = row(holder, gap=3)
    words = column(gap=0)
    words.setSpacing(2)
    words.addWidget(label(name, wrap=True))
    if remark:
        words.addWidget(label(remark, "small", "muted", wrap=True))
    across.addLayout(words, 1)
    control.setMaximumWidth(CONTROL_WIDTH)
    across.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
    return holder
