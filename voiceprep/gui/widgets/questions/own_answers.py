"""What was answered to one question so far: the latest answers, each leading to its result."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from voiceprep.gui.phrasing import count, when
from voiceprep.gui.widgets.attempt_row import AttemptRow
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import clear, column, row
from voiceprep.gui.widgets.text import label
from voiceprep.interview.comparison import comparable
from voiceprep.interview.records import Attempt

_SHOWN = 3
"""Rows; the rest is a click away."""


class OwnAnswers(QWidget):
    """Hidden while there is no answer."""

    opened = Signal(str)
    """The result of the attempt with this id is to be seen."""
    compare = Signal(str)
    """The attempt with this id is to be seen beside all others."""
    discard = Signal(object)
    """This Attempt is to be put into the trash."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[AttemptRow] = []
        self._latest = ""
        body = column(self, gap=0)
        head = row(gap=1)
        head.addWidget(label("Your answers", bold=True), 1)
        self.compare_button = Button("", "link", flush=True)
        self.compare_button.clicked.connect(lambda: self.compare.emit(self._latest))
        head.addWidget(self.compare_button, 0, Qt.AlignmentFlag.AlignRight)
        body.addLayout(head)
        self._list = column(gap=0)
        body.addLayout(self._list)
        self.hide()

    def show_attempts(self, attempts: Sequence[Attempt]) -> None:
        """Show the attempts at one question, given the oldest first."""
        clear(self._list)
        self.rows = []
        now = datetime.now().astimezone()
        numbered = list(enumerate(attempts, start=1))
        for number, attempt in reversed(numbered[-_SHOWN:]):
            made = AttemptRow(number, when(attempt.started_at, now), attempt, noun="Attempt")
            made.opened.connect(lambda one=attempt: self.opened.emit(one.id))
            made.discard.connect(lambda one=attempt: self.discard.emit(one))
            self._list.addWidget(made)
            self.rows.append(made)
        like = comparable(attempts)
        self._latest = like[-1].id if like else ""
        self.compare_button.setText(f"Compare {count(len(like), 'attempt')}")
        self.compare_button.setVisible(len(like) > 1)
        self.setVisible(bool(attempts))
