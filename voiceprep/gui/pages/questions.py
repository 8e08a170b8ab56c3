"""Browse the question banks; practise a single question, or hear it."""

from threading import Event

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QStackedWidget, QWidget

from voiceprep.bank.model import Bank, Question
from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.pages.page import Page
from voiceprep.gui.phrasing import count
from voiceprep.gui.widgets.empty import Empty
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.questions.question_detail import QuestionDetail
from voiceprep.gui.widgets.questions.questions_list import QuestionDelegate, QuestionsModel
from voiceprep.gui.widgets.search import Search
from voiceprep.gui.widgets.select import Select
from voiceprep.gui.widgets.text import label
from voiceprep.interview.records import Attempt

LIST_WIDTH = 320


class QuestionsPage(Page):
    """Banks, categories and questions at the left, the chosen question at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._banks: tuple[Bank, ...] = ()
        self._silence: Event | None = None
        self.model = QuestionsModel()
        self.banks = Select("Question bank")
        self.category = Select("Category")
        self.list = QListView()
        self.search = Search("Search questions", self.list, self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(QuestionDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Questions")
        self.list.installEventFilter(self)
        self._count = label("", "small", "muted")
        self.detail = QuestionDetail()
        self._nothing = Empty("Nothing found", "", drawing=False)
        self._problem = ErrorPanel()
        self._lay_out()
        self._connect()
        self._load()

    def _lay_out(self) -> None:
        body = column(self, gap=2)
        body.setContentsMargins(40, 24, 40, 24)
        body.addWidget(label("Questions", "question", bold=True))
        body.addWidget(self._problem)
        across = row(gap=2)
        side = QWidget()
        side.setMaximumWidth(LIST_WIDTH)
        left = column(side, gap=1)
        for one in (self.banks, self.category, self.search):
            left.addWidget(one)
        left.addWidget(self.list, 1)
        left.addWidget(self._count)
        across.addWidget(side, 5)
        self._right = QStackedWidget()
        self._right.addWidget(self.detail)
        self._right.addWidget(self._nothing)
        across.addWidget(self._right, 8)
        body.addLayout(across, 1)

    def _connect(self) -> None:
        self.banks.currentIndexChanged.connect(self._show_bank)
        self.category.currentIndexChanged.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        self.list.selectionModel().currentChanged.connect(self._show_question)
        self.list.activated.connect(lambda _: self.practise())
        self.detail.practise.connect(self.practise)
        self.detail.hear.connect(self.hear)
        self.detail.answers.opened.connect(self.context.open_attempt)
        self.detail.answers.compare.connect(self.context.compare)
        self.detail.answers.discard.connect(self.context.discard)
        self.context.history_changed.connect(self._load_answers)
        self.context.engines_changed.connect(self._load)

    # -- what is shown -----------------------------------------------------------------------

    def _load(self) -> None:
        """Take over the banks of the toolbox, once there is one."""
        toolbox, problem = self.context.toolbox, self.context.engines.problem
        if toolbox is None:
            if problem is not None:
                self._problem.tell(problem)
            return
        self._problem.clear()
        if toolbox.banks == self._banks:
            return
        self._banks = toolbox.banks
        with QSignalBlocker(self.banks):
            self.banks.clear()
            for bank in self._banks:
                self.banks.addItem(f"{bank.title} ({len(bank.questions)})")
        self.banks.setVisible(len(self._banks) > 1)
        self._show_bank()

    @property
    def bank(self) -> Bank | None:
        """The bank that is browsed."""
        number = self.banks.currentIndex()
        return self._banks[number] if 0 <= number < len(self._banks) else None

    @property
    def question(self) -> Question | None:
        """The question that is chosen."""
        return self.model.question(self.list.currentIndex())

    def _show_bank(self) -> None:
        bank = self.bank
        if bank is None:
            return
        with QSignalBlocker(self.category):
            self.category.clear()
            self.category.addItem(f"All categories ({len(bank.questions)})", "")
            for name in bank.categories:
                number = sum(one.category == name for one in bank.questions)
                self.category.addItem(f"{name} ({number})", name)
        self.model.set_questions(bank.questions)
        self._filter()

    def _filter(self) -> None:
        keep = self.question
        text = self.search.text()
        self.model.filter(self.category.currentData() or "", text)
        row_number = self.model.row_of(keep.id) if keep is not None else None
        index = self.model.index(row_number or 0, 0)
        if index.isValid():
            self.list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        total, shown = self.model.total, self.model.rowCount()
        self._count.setText(
            count(total, "question") if shown == total else f"{shown} of {total} questions"
        )
        self._right.setCurrentWidget(self.detail if shown else self._nothing)
        if not shown:
            self._nothing.text.setText(f"No question has \u201c{text.strip()}\u201d in it.")
        self._show_question()

    def _show_question(self) -> None:
        found = self.question
        if found is not None:
            self.stop_speaking()
            self.detail.show_question(found)
            self._load_answers()

    def _load_answers(self) -> None:
        """Look up what was answered to the chosen question."""
        bank, question, history = self.bank, self.question, self.context.history
        if bank is None or question is None or history is None or not self.isVisible():
            return

        def show(found: tuple[Attempt, ...]) -> None:
            if question == self.question:
                self.detail.answers.show_attempts(found)

        self.context.jobs.run(
            self,
            lambda: history.attempts_at(bank.id, question.id),
            show,
            lambda _: None,  # Review tells what is wrong with the history
        )

    def entered(self) -> None:
        """The list has the keyboard; what was answered meanwhile is shown."""
        self.list.setFocus()
        self._load_answers()

    def left(self) -> None:
        """Fall silent."""
        self.stop_speaking()

    # -- what the person does ----------------------------------------------------------------

    def practise(self) -> None:
        """An interview of one question."""
        bank, question = self.bank, self.question
        if bank is not None and question is not None:
            self.stop_speaking()
            self.context.practise.emit(bank, (question,))

    def hear(self) -> None:
        """Read the question aloud, or fall silent."""
        if self._silence is not None:
            self.stop_speaking()
            return
        toolbox, question = self.context.toolbox, self.question
        if toolbox is None or question is None:
            return
        self.detail.problem.clear()
        silence = self._silence = Event()
        self.detail.show_speaking(speaking=True)
        self.context.jobs.run(
            self,
            lambda: toolbox.speaker.say(question.question, silence),
            lambda _: self._spoken(silence, None),
            lambda error: self._spoken(silence, error),
        )

    def stop_speaking(self) -> None:
        """Fall silent."""
        if self._silence is not None:
            self._silence.set()
            self._silence = None
            self.detail.show_speaking(speaking=False)

    def _spoken(self, silence: Event, error: Exception | None) -> None:
        if silence is not self._silence:
            return
        self.stop_speaking()
        if isinstance(error, VoicePrepError):
            self.detail.problem.tell(error)
        elif error is not None:
            raise error

    # -- keys --------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """P in the list speaks; it is no search by the first letter."""
        is_p = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_P
        if is_p and event.type() is QEvent.Type.KeyPress and watched is self.list:
            self.hear()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """P reads the question aloud."""
        if event.key() == Qt.Key.Key_P and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.hear()
        else:
            super().keyPressEvent(event)
