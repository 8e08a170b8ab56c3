"""One past session: its attempts, and what can be done with it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui.comparing import offer_comparisons
from voiceprep.gui.digest import numbers
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.retrying import Retrying
from voiceprep.gui.widgets.attempt_row import AttemptRow
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import Card, Flow, Scroll, clear, column, flow_box, line
from voiceprep.gui.widgets.small import Tag
from voiceprep.gui.widgets.text import label
from voiceprep.interview.catalogue import Label
from voiceprep.interview.records import Attempt, SessionRecord

_AT_ONCE = 1
"""Rows that are made before the window may paint again; one takes some milliseconds."""


class SessionDetail(Card):
    """Shows the session that is chosen in the list."""

    open_attempt = Signal(str)
    summary = Signal()
    save = Signal()
    edit = Signal()
    delete = Signal()
    put_back = Signal()

    def __init__(self, retrying: Retrying) -> None:
        super().__init__(margin=2)
        self._retrying = retrying
        self.session: SessionRecord | None = None
        self.rows: dict[str, AttemptRow] = {}
        self._to_make: list[Attempt] = []
        self._takes: dict[str, int] = {}
        self._answer_id = ""
        self._breath = QTimer(self)
        self._breath.setInterval(0)
        self._breath.timeout.connect(self._make_some)
        self._title = label(bold=True, wrap=True)
        self._facts = label("", "small", "muted", wrap=True)
        self._note = label("", wrap=True)
        self._tags = QWidget()
        self._tag_flow = Flow()
        self._tags.setLayout(self._tag_flow)
        head = column(gap=0)
        head.setSpacing(4)
        for one in (self._title, self._facts, self._tags, self._note):
            head.addWidget(one)
        self.body.addLayout(head)
        self.summary_button = Button("Summary", help_text="See the summary (Enter)")
        self.save_button = Button("Save report")
        self.edit_button = Button("Name and tags", help_text="Name, tag, take a note (F2)")
        self.delete_button = Button("Delete", help_text="Put into the trash (Del)")
        self.back_button = Button("Put back", help_text="Take it out of the trash")
        for button, told in (
            (self.summary_button, self.summary),
            (self.save_button, self.save),
            (self.edit_button, self.edit),
            (self.back_button, self.put_back),
            (self.delete_button, self.delete),
        ):
            button.clicked.connect(told)
        self.body.addWidget(
            flow_box(
                self.summary_button,
                self.save_button,
                self.edit_button,
                self.back_button,
                self.delete_button,
            )
        )
        self._problem = ErrorPanel()
        self.body.addWidget(self._problem)
        self.body.addWidget(line())
        inside = QWidget()
        self._list: QVBoxLayout = column(inside, gap=0)
        self._scroll = Scroll(inside)
        self.body.addWidget(self._scroll, 1)
        retrying.progressed.connect(self._progressed)
        retrying.ended.connect(self._ended)

    def show_session(
        self,
        session: SessionRecord,
        *,
        title: str,
        facts: str,
        own: Label,
        in_trash: bool,
        answer_id: str = "",
        with_session: bool = False,
    ) -> None:
        """Show a session; its answers appear a few at a time, so that the window never waits.

        Args:
            session: With the answers to list.
            title: What it is called.
            facts: The line below.
            own: Its name, tags and note.
            in_trash: It, or the answer, lies there.
            answer_id: The answer that is chosen, which is brought out; "" for all of the session.
            with_session: That answer is in the trash because its session is.
        """
        self._title.setText(title)
        self._facts.setText(facts)
        self._note.setText(own.note)
        self._note.setVisible(bool(own.note))
        clear(self._tag_flow)
        for tag in own.tags:
            self._tag_flow.addWidget(Tag(tag))
        self._tags.setVisible(bool(own.tags))
        self.edit_button.setVisible(not in_trash)
        self.back_button.setVisible(in_trash)
        alone = bool(answer_id) and not with_session
        self.back_button.setText("Put the interview back" if with_session else "Put back")
        self.delete_button.setVisible(alone or not answer_id)
        what = "Delete answer" if alone else "Delete"
        self.delete_button.setText(f"{what} for good" if in_trash else what)
        self._answer_id = answer_id
        if session == self.session:
            self._bring_out()
            return
        if self.session is None or session.id != self.session.id:
            self._problem.clear()
        self.session = session
        clear(self._list)
        self.rows = {}
        self._takes = numbers(session)
        self._to_make = list(session.attempts)
        if not session.attempts:
            self._list.addWidget(label("No question was answered.", tone="muted", wrap=True))
        self._list.addStretch(1)
        self._make_some()
        if self._to_make:
            self._breath.start()

    def _make_some(self) -> None:
        """The next few rows."""
        batch = tuple(self._to_make[:_AT_ONCE])
        offer_comparisons(self._retrying.context, self, batch, self._offer_comparison)
        for attempt in batch:
            made = AttemptRow(
                attempt.position + 1,
                attempt.question.question,
                attempt,
                self._takes[attempt.id],
            )
            self._wire(made, attempt)
            self.rows[attempt.id] = made
            self._list.insertWidget(self._list.count() - 1, made)
        del self._to_make[:_AT_ONCE]
        if not self._to_make:
            self._breath.stop()
            self._bring_out()

    def _bring_out(self) -> None:
        """Mark the answer that is chosen, and let it be seen."""
        for attempt_id, made in self.rows.items():
            made.set_marked(marked=attempt_id == self._answer_id)
        if self._answer_id in self.rows:
            self._scroll.ensureWidgetVisible(self.rows[self._answer_id])

    def _offer_comparison(self, attempt_id: str, number: int) -> None:
        if attempt_id in self.rows:
            self.rows[attempt_id].offer_comparison(number)

    def _wire(self, made: AttemptRow, attempt: Attempt) -> None:
        made.compare.connect(lambda: self._retrying.context.compare.emit(attempt.id))
        made.discard.connect(lambda: self._retrying.context.discard.emit(attempt))
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
