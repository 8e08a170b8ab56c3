"""One past session: its attempts, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui.digest import numbers
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.retrying import Retrying
from voiceprep.gui.widgets.attempt_row import AttemptRow
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import Card, Scroll, column, flow_box, line
from voiceprep.gui.widgets.sessions_list import Entry
from voiceprep.gui.widgets.text import label
from voiceprep.interview.records import Attempt


class SessionDetail(Card):
    """Shows the session that is chosen in the list."""

    open_attempt = Signal(str)
    summary = Signal()
    save = Signal()
    delete = Signal()

    def __init__(self, retrying: Retrying) -> None:
        super().__init__(margin=2)
        self._retrying = retrying
        self._entry: Entry | None = None
        self.rows: dict[str, AttemptRow] = {}
        self._title = label(bold=True, wrap=True)
        self._facts = label("", "small", "muted", wrap=True)
        head = column(gap=0)
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addWidget(self._facts)
        self.body.addLayout(head)
        self.summary_button = Button("Summary", help_text="See the summary (Enter)")
        self.save_button = Button("Save report")
        self.delete_button = Button("Delete", help_text="Delete this interview (Del)")
        self.summary_button.clicked.connect(self.summary)
        self.save_button.clicked.connect(self.save)
        self.delete_button.clicked.connect(self.delete)
        self.body.addWidget(flow_box(self.summary_button, self.save_button, self.delete_button))
        self._problem = ErrorPanel()
        self.body.addWidget(self._problem)
        self.body.addWidget(line())
        inside = QWidget()
        self._list: QVBoxLayout = column(inside, gap=0)
        self.body.addWidget(Scroll(inside), 1)
        retrying.progressed.connect(self._progressed)
        retrying.ended.connect(self._ended)

    def show_entry(self, entry: Entry, *, deletable: bool) -> None:
        """Show a session; one that is under way cannot be deleted."""
        self.delete_button.setEnabled(deletable)
        if entry == self._entry:
            return
        other = self._entry is None or entry.session.id != self._entry.session.id
        if other:
            self._problem.clear()
        self._entry = entry
        self._title.setText(entry.title)
        self._facts.setText(f"{entry.session.bank_title} · {entry.facts}")
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.rows = {}
        takes = numbers(entry.session)
        for attempt in entry.session.attempts:
            made = AttemptRow(
                attempt.position + 1, attempt.question.question, attempt, takes[attempt.id]
            )
            self._wire(made, attempt)
            self.rows[attempt.id] = made
            self._list.addWidget(made)
        if not entry.session.attempts:
            self._list.addWidget(label("No question was answered.", tone="muted", wrap=True))
        self._list.addStretch(1)

    def _wire(self, made: AttemptRow, attempt: Attempt) -> None:
        made.opened.connect(lambda: self.open_attempt.emit(attempt.id))
        made.transcribe.connect(lambda: self._retrying.start(attempt))
        made.cancel.connect(lambda: self._retrying.cancel(attempt.id))
        made.show_progress(self._retrying.share_of(attempt.id))

    def _progressed(self, attempt_id: str, share: float) -> None:
        if attempt_id in self.rows:
            self._problem.clear()
            self.rows[attempt_id].show_progress(share)

    def _ended(self, attempt_id: str, outcome: Attempt | VoicePrepError | None) -> None:
        if attempt_id not in self.rows:
            return
        self.rows[attempt_id].show_progress(None)
        if isinstance(outcome, VoicePrepError):
            self._problem.tell(outcome)
