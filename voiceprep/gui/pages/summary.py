"""The summary of a session: how it went at a glance, and what to practise next."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from voiceprep.bank.model import Question
from voiceprep.errors import VoicePrepError
from voiceprep.gui import theme
from voiceprep.gui.context import Context
from voiceprep.gui.digest import Missed, counting, most_missed
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.pages.page import Page
from voiceprep.gui.phrasing import count, length, session_length_s, when
from voiceprep.gui.retrying import retrying
from voiceprep.gui.saving import ReportSaver
from voiceprep.gui.widgets.attempt_row import AttemptRow
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.checklist import Probe
from voiceprep.gui.widgets.layout import Card, Scroll, clear, column, line, row
from voiceprep.gui.widgets.own_word_card import OwnWordCard
from voiceprep.gui.widgets.ring import Ring
from voiceprep.gui.widgets.text import label
from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.interview.selection import bank_of
from voiceprep.report.phrases import doubtful_answers


class SummaryPage(Page):
    """Shows one session; each question opens its result."""

    practise_again = Signal()
    """The same questions once more."""
    open_attempt = Signal(str)
    """Show the result of the attempt with this id."""
    done = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._session: SessionRecord | None = None
        self.ring = Ring(128, "Mean coverage")
        self._count = label(bold=True, wrap=True)
        self._facts = label("", "small", "muted", wrap=True)
        self._where = label("", tone="muted", wrap=True)
        self.rows: list[AttemptRow] = []
        self._retrying = retrying(context)
        self._retrying.progressed.connect(self._progressed)
        self._retrying.ended.connect(self._retried)
        self._problem = ErrorPanel()
        self._note = ErrorPanel(alert=False)
        self.saver = ReportSaver(context, self._problem, self._note)
        self._again = Button("Practise again", icon="again", key="R")
        self._save = Button("Save report", icon="export", key="Ctrl+S")
        self._done = Button("Done", "primary", key="Enter")

        body = column(self, gap=2)
        body.setContentsMargins(40, 24, 40, 16)
        head = column(gap=0)
        head.setSpacing(4)
        head.addWidget(label("How it went", "question", bold=True))
        head.addWidget(self._where)
        body.addLayout(head)
        body.addWidget(self._problem)
        body.addWidget(self._note)
        body.addWidget(Scroll(self._inside()), 1)
        body.addWidget(line())
        body.addLayout(self._foot())
        self._again.clicked.connect(self.practise_again)
        self._save.clicked.connect(self._save_report)
        self._done.clicked.connect(self.done)
        context.history_changed.connect(self._load)
        QShortcut(QKeySequence.StandardKey.Save, self, self._save_report)

    def _inside(self) -> QWidget:
        inside = QWidget()
        across = row(inside, gap=3)
        across.setContentsMargins(0, 8, 8, 8)
        questions = Card(margin=1)
        self._list: QVBoxLayout = column(gap=0)
        questions.body.addLayout(self._list)
        across.addWidget(questions, 11, Qt.AlignmentFlag.AlignTop)

        side = column(gap=2)
        glance = Card()
        beside = row(gap=2)
        beside.addWidget(self.ring)
        words = column(gap=0)
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(self._count)
        words.addWidget(self._facts)
        words.addStretch(1)
        beside.addLayout(words, 1)
        glance.body.addLayout(beside)
        side.addWidget(glance)
        self._missed = Card()
        side.addWidget(self._missed)
        self.own_word = OwnWordCard(self.context)
        side.addWidget(self.own_word)
        side.addStretch(1)
        across.addLayout(side, 9)
        return inside

    def _foot(self) -> QHBoxLayout:
        foot = row(gap=1)
        foot.addWidget(self._again)
        foot.addWidget(self._save)
        foot.addStretch(1)
        foot.addWidget(self._done)
        return foot

    # -- what is shown -----------------------------------------------------------------------

    def show_session(self, session: SessionRecord) -> None:
        """Show a session with its attempts."""
        if self._session is None or session.id != self._session.id:
            self._problem.clear()
            self._note.clear()
        self._session = session
        now = datetime.now().astimezone()
        self._where.setText(f"{session.bank_title} · {when(session.started_at, now)}")
        self._show_glance(session)
        self._show_questions(session)
        self._show_missed(most_missed(session))
        self.own_word.load()

    def _show_glance(self, session: SessionRecord) -> None:
        taken = counting(session)
        scored = sum(attempt.assessment is not None for attempt in taken.values())
        doubt = doubtful_answers(session.doubtful)
        self.ring.set_value(session.score, doubt=doubt)
        total = count(len(session.question_ids), "question")
        unusable = sum(attempt.is_unusable for attempt in taken.values())
        self._count.setText(f"{len(taken) - unusable} of {total} answered")
        facts = []
        if session.score is not None:
            facts.append(f"Mean coverage of {count(scored, 'scored answer')}")
        elif len(taken) > unusable:
            facts.append("Nothing is scored yet")
        else:
            facts.append("No answer, so nothing is scored")
        if doubt:
            facts.append(doubt)
        if unusable:
            facts.append(f"{unusable} not counted: unusable sound")
        waiting = len(taken) - scored - unusable
        if waiting and scored:
            facts.append(f"{waiting} not scored yet")
        spoken_s = session_length_s(session)
        if spoken_s:
            facts.append(f"{length(spoken_s)} of speech")
        self._facts.setText("\n".join(facts))

    def _show_questions(self, session: SessionRecord) -> None:
        self.rows = []
        clear(self._list)
        taken = counting(session)
        for position, question_id in enumerate(session.question_ids):
            attempt = taken.get(position)
            text = attempt.question.question if attempt else self._text_of(session, question_id)
            made = AttemptRow(position + 1, text, attempt)
            if attempt is not None:
                self._wire(made, attempt)
            if self.rows:
                self._list.addWidget(line())
            self._list.addWidget(made)
            self.rows.append(made)

    def _wire(self, made: AttemptRow, attempt: Attempt) -> None:
        made.opened.connect(lambda: self.open_attempt.emit(attempt.id))
        made.discard.connect(lambda: self.context.discard.emit(attempt))
        made.transcribe.connect(lambda: self._retrying.start(attempt))
        made.cancel.connect(lambda: self._retrying.cancel(attempt.id))
        made.show_progress(self._retrying.share_of(attempt.id))

    def _row_of(self, attempt_id: str) -> AttemptRow | None:
        return next((one for one in self.rows if one.attempt_id == attempt_id), None)

    def _progressed(self, attempt_id: str, share: float) -> None:
        found = self._row_of(attempt_id)
        if found is not None:
            self._problem.clear()
            found.show_progress(share)

    def _retried(self, attempt_id: str, outcome: Attempt | VoicePrepError | None) -> None:
        found = self._row_of(attempt_id)
        if found is not None:
            found.show_progress(None)
            if isinstance(outcome, VoicePrepError):
                self._problem.tell(outcome)

    def _text_of(self, session: SessionRecord, question_id: str) -> str:
        """The text of a question that was not answered; its id if the bank has it no more."""
        banks = () if self.context.toolbox is None else self.context.toolbox.banks
        for bank in banks:
            found = bank.find(question_id) if bank.id == session.bank_id else None
            if found is not None:
                return found.question
        return question_id

    def _show_missed(self, missed: tuple[Missed, ...]) -> None:
        clear(self._missed.body)
        self._missed.setVisible(bool(missed))
        if not missed:
            return
        self._missed.body.addWidget(label("Worth practising next", bold=True))
        asked = tuple({one.attempt.question.id: one.attempt.question for one in missed}.values())
        only = "this question" if len(asked) == 1 else f"these {len(asked)} questions"
        practise = Button(f"Practise {only}", icon="mic")
        practise.clicked.connect(lambda: self._practise(asked))
        for one in missed:
            part = column(gap=0)
            part.setSpacing(4)
            part.addWidget(label(one.label, wrap=True))
            place = f"Question {one.attempt.position + 1}"
            times = f", missed {one.times} times" if one.times > 1 else ""
            part.addWidget(label(place + times, "small", "muted"))
            if one.probe:
                part.addWidget(Probe(one.probe))
            holder = QWidget()
            holder.setLayout(part)
            part.setContentsMargins(0, 0, 0, theme.GRID)
            self._missed.body.addWidget(holder)
        self._missed.body.addWidget(practise, alignment=Qt.AlignmentFlag.AlignLeft)

    # -- what the person does ----------------------------------------------------------------

    def entered(self) -> None:
        """Done is the next step."""
        self._done.setFocus()

    def _load(self) -> None:
        """An attempt may have been judged meanwhile."""
        session, history = self._session, self.context.history
        if session is None or history is None:
            return
        wanted = session.id
        self.context.jobs.run(self, lambda: history.session(wanted), self._loaded)

    def _loaded(self, session: SessionRecord | None) -> None:
        same = session is not None and self._session is not None and session.id == self._session.id
        if session is not None and same and session != self._session:
            self.show_session(session)

    def _practise(self, asked: tuple[Question, ...]) -> None:
        """These questions, as their bank has them now."""
        session, toolbox = self._session, self.context.toolbox
        bank = bank_of(session.bank_id, toolbox.banks) if session and toolbox else None
        if bank is not None:
            self.context.practise.emit(bank, tuple(bank.find(one.id) or one for one in asked))

    def _save_report(self) -> None:
        if self._session is not None:
            self.saver.ask(self._session)

    def go_back(self) -> bool:
        """Esc leads back as Done does."""
        self.done.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """R practises again, Enter is done."""
        match event.key():
            case Qt.Key.Key_R if event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self.practise_again.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.done.emit()
            case _:
                super().keyPressEvent(event)
