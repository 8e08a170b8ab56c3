"""An attempt without a verdict: why, and the way to one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel, Mark
from voiceprep.gui.phrasing import can_be_transcribed, status
from voiceprep.gui.retrying import retrying
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import Card, row
from voiceprep.gui.widgets.text import label
from voiceprep.interview.records import Attempt, AttemptStatus

_WHY = {
    AttemptStatus.RECORDING: "The app ended while this was being recorded. What was said until "
    "then is kept.",
    AttemptStatus.WAITING: "The answer is kept. It has not been turned into words yet, so there is "
    "no coverage to show.",
    AttemptStatus.SET_ASIDE: "You broke this take off. It is kept, and can still be transcribed "
    "and scored.",
}


class PendingCard(Card):
    """Says how far an attempt has come, and offers to transcribe it now."""

    judged = Signal(object)
    """The Attempt that is shown, transcribed and scored."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._attempt: Attempt | None = None
        self._retrying = retrying(context)
        head = row(gap=1)
        self._mark = Mark("info", "muted", 24)
        self._title = label(bold=True)
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        self.body.addLayout(head)
        self._why = label(wrap=True)
        self._why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self._why)
        self._error = ErrorPanel()
        self.body.addWidget(self._error)
        self._working = QWidget()
        working = row(self._working, gap=2)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName("Transcribing")
        self.stop = Button("Cancel")
        self.stop.clicked.connect(self._cancel)
        working.addWidget(label("Transcribing", "small", "muted"))
        working.addWidget(self._bar, 1)
        working.addWidget(self.stop)
        self.body.addWidget(self._working)
        self.start = Button("Transcribe now", "primary")
        self.start.clicked.connect(self._transcribe)
        self.body.addWidget(self.start, alignment=Qt.AlignmentFlag.AlignLeft)
        self._retrying.progressed.connect(self._progressed)
        self._retrying.ended.connect(self._ended)

    def show_attempt(self, attempt: Attempt) -> None:
        """Show how far it has come; hidden where it has come to its end."""
        self._attempt = attempt
        is_pending = attempt.status is not AttemptStatus.ASSESSED
        self.setVisible(is_pending)
        if is_pending:
            self._show_status(attempt)
            self.show_progress(self._retrying.share_of(attempt.id))

    def _show_status(self, attempt: Attempt) -> None:
        failed = attempt.status is AttemptStatus.FAILED
        self._mark.set("warning" if failed else "info", "alert" if failed else "muted")
        self._title.setText(status(attempt))
        why = attempt.failure if failed else _WHY.get(attempt.status, attempt.failure)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._error.clear()
        self.start.setText("Try again" if failed else "Transcribe now")
        self.start.setVisible(can_be_transcribed(attempt))
        self._working.hide()

    def show_progress(self, share: float | None) -> None:
        """Show how far transcribing is, 0 to 1 (0: it has begun); None: it does not run."""
        self._working.setVisible(share is not None)
        if share is not None:
            self._title.setText("Transcribing your answer")
            self.start.hide()
            self._error.clear()
            self._bar.setRange(0, 0 if share <= 0 else 1000)
            self._bar.setValue(round(1000 * share))

    def _transcribe(self) -> None:
        if self._attempt is not None:
            self._retrying.start(self._attempt)

    def _cancel(self) -> None:
        if self._attempt is not None:
            self._retrying.cancel(self._attempt.id)

    def _progressed(self, attempt_id: str, share: float) -> None:
        if self._attempt is not None and attempt_id == self._attempt.id:
            self.show_progress(share)

    def _ended(self, attempt_id: str, outcome: Attempt | VoicePrepError | None) -> None:
        attempt = self._attempt
        if attempt is None or attempt_id != attempt.id:
            return
        if isinstance(outcome, Attempt):
            self.judged.emit(outcome)
            return
        self._show_status(attempt)
        if outcome is not None:
            self._error.tell(outcome)
            self._why.hide()
