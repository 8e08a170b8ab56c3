"""A question before something that cannot be taken back."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.text import label


class Confirm(QDialog):
    """Asks; Esc and the main button keep everything as it is.

    Args:
        parent: Whose window it belongs to.
        title: The question.
        text: What will happen.
        stay: The button that keeps everything as it is.
        go: The button that does it.
        agreed: Called when the person chose to do it.
        kept: Called when not.
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        text: str,
        stay: str,
        go: str,
        agreed: Callable[[], None],
        kept: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setFixedWidth(440)
        body = column(self, margin=3)
        body.addWidget(label(title, bold=True, wrap=True))
        body.addWidget(label(text, wrap=True))
        buttons = row(gap=1)
        buttons.addStretch(1)
        self.go = Button(go)
        self.go.clicked.connect(self.accept)
        self.stay = Button(stay, "primary", key="Esc")
        self.stay.clicked.connect(self.reject)
        buttons.addWidget(self.go)
        buttons.addWidget(self.stay)
        body.addLayout(buttons)
        self.accepted.connect(agreed)
        if kept is not None:
            self.rejected.connect(kept)
        self.stay.setFocus()
        self.open()
