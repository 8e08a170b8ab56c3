"""The past: find an interview or an answer, see it, name it, save a report of it, delete it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QStackedWidget, QWidget

from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.pages.page import Page
from voiceprep.gui.phrasing import count
from voiceprep.gui.saving import ReportSaver
from voiceprep.gui.tending import Tending
from voiceprep.gui.widgets.buttons import Button, Choice
from voiceprep.gui.widgets.empty import Empty
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.review.chosen_pane import ChosenPane
from voiceprep.gui.widgets.review.filters import Filters
from voiceprep.gui.widgets.review.history_list import Entry, HistoryDelegate, HistoryModel, entry
from voiceprep.gui.widgets.review.label_dialog import LabelDialog
from voiceprep.gui.widgets.review.review_head import ReviewHead
from voiceprep.gui.widgets.search import Search
from voiceprep.gui.widgets.text import label
from voiceprep.gui.widgets.toast import Toast
from voiceprep.interview.catalogue import PAGE, Choices, Filter
from voiceprep.interview.ports import History

LIST_WIDTH = 340
_TYPING_MS = 120
"""A pause in typing after which is searched."""

Found = tuple[tuple[Entry, ...], int, int, Choices]


class ReviewPage(Page):
    """The history: interviews or answers at the left, the chosen one at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._asked = 0
        self._total = 0
        self._wanted = Filter()
        self._chooses = ""
        self.model = HistoryModel()
        self.list = QListView()
        self.search = Search("Search questions and answers", self.list, self)
        self.kind = Choice("List", (("sessions", "Interviews"), ("answers", "Answers")), "sessions")
        self.filters = Filters()
        self.filter_button = Button("Filters", icon="down", help_text="Show or hide the filters")
        self.list.setModel(self.model)
        self.list.setItemDelegate(HistoryDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName("Past interviews")
        self.list.installEventFilter(self)
        self._count = label("", "small", "muted")
        self.pane = ChosenPane(context, self._failed)
        self.detail, self.several = self.pane.detail, self.pane.several
        self.empty = Empty(
            "No interview yet",
            "After your first interview you find your answers here, with what they covered, and "
            "can listen to them again.",
            "Go to Practice",
        )
        self._loading = Empty("Looking up your interviews\u2026", "", drawing=False)
        self._problem = ErrorPanel()
        self._note = ErrorPanel(alert=False)
        self.saver = ReportSaver(context, self._problem, self._note)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._lay_out()
        self.toast = Toast(self, "Undo", "Ctrl+Z")
        self.tending = Tending(self, context, self.toast, self._failed)
        self._connect()

    def _lay_out(self) -> None:
        body = column(self, gap=2)
        body.setContentsMargins(40, 24, 40, 24)
        body.addWidget(ReviewHead(self.context, "review"))
        body.addWidget(self._problem)
        body.addWidget(self._note)
        self._stack = QStackedWidget()
        body.addWidget(self._stack, 1)
        self._content = QWidget()
        across = row(self._content, gap=2)
        side = QWidget()
        side.setMaximumWidth(LIST_WIDTH)
        left = column(side, gap=1)
        left.addWidget(self.search)
        how = row(gap=1)
        how.addWidget(self.kind)
        how.addStretch(1)
        how.addWidget(self.filter_button)
        left.addLayout(how)
        left.addWidget(self.filters)
        left.addWidget(self.list, 1)
        left.addWidget(self._count)
        self.filters.hide()
        across.addWidget(side, 7)
        across.addWidget(self.pane, 8)
        for one in (self._loading, self.empty, self._content):
            self._stack.addWidget(one)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._typing.start())
        self._typing.timeout.connect(self.load)
        self.kind.changed.connect(lambda _: self.load())
        self.filters.changed.connect(self.load)
        self.filter_button.clicked.connect(lambda: self.filters.setVisible(self.filters.isHidden()))
        self.model.more_wanted.connect(self._load_more)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.list.activated.connect(lambda _: self._open())
        self.detail.open_attempt.connect(self.context.open_attempt)
        self.detail.summary.connect(self._open_summary)
        self.detail.save.connect(self._save)
        self.detail.edit.connect(self.edit)
        self.detail.delete.connect(self.delete)
        self.detail.put_back.connect(self._put_back)
        self.several.button.clicked.connect(self.delete)
        self.pane.nothing.button.clicked.connect(self._show_everything)
        self.empty.button.clicked.connect(lambda: self.context.go.emit("practice"))
        self.tending.changed.connect(self._choose_next)
        self.tending.taken_back.connect(self.list.setFocus)
        self.context.history_changed.connect(self.load)
        self.context.engines_changed.connect(self.load)

    @property
    def is_loaded(self) -> bool:
        """Whether the history has been read."""
        return self._stack.currentWidget() is not self._loading

    # -- loading -----------------------------------------------------------------------------

    def entered(self) -> None:
        """Load what may have changed; the list has the keyboard."""
        self.load()
        if self._stack.currentWidget() is self._content:
            self.list.setFocus()

    def left(self) -> None:
        """What was done stays done."""
        self.toast.dismiss()

    def load(self) -> None:
        """Look up what is wanted, on a worker; as much as is shown already, a page at least."""
        history = self.context.history
        if history is None:
            problem = self.context.engines.problem
            if problem is not None:
                self._problem.tell(problem)
            return
        self._typing.stop()
        self._asked += 1
        asked, wanted = self._asked, self.filters.filter(self.search.text())
        shown = self.model.rowCount() if wanted == self._wanted else 0
        self._wanted = wanted
        find = self._finder(history, wanted)

        def work() -> Found:
            entries, found, total = find(0, max(PAGE, shown))
            return entries, found, total, history.catalogue.choices()

        def show(result: Found) -> None:
            if asked == self._asked:
                self._loaded(result)

        self.context.jobs.run(self, work, show, self._failed)

    def _load_more(self, offset: int) -> None:
        history = self.context.history
        if history is None:
            return
        asked, find = self._asked, self._finder(history, self._wanted)
        self.context.jobs.run(
            self,
            lambda: find(offset, PAGE),
            lambda found: self.model.append(found[0]) if asked == self._asked else None,
            self._failed,
        )

    def _finder(
        self, history: History, wanted: Filter
    ) -> Callable[[int, int], tuple[tuple[Entry, ...], int, int]]:
        catalogue, answers = history.catalogue, self.kind.value == "answers"

        def find(offset: int, limit: int) -> tuple[tuple[Entry, ...], int, int]:
            now = datetime.now().astimezone()
            page = (catalogue.answers if answers else catalogue.sessions)(wanted, offset, limit)
            return tuple(entry(one, now) for one in page.lines), page.found, page.total

        return find

    def _loaded(self, result: Found) -> None:
        entries, found, self._total, choices = result
        self._problem.clear()
        waiting_focus = not self.is_loaded and self.isVisible()
        keep, at = self._current(), self.list.currentIndex().row()
        self.filters.offer(choices)
        self.model.set_entries(entries, found)
        wanted = self._chooses or (keep.id if keep is not None else "")
        self._chooses = ""
        self._select(self.model.row_of(wanted), at)
        self._show_state(found)
        if waiting_focus and entries:
            self.list.setFocus()

    def _failed(self, error: Exception) -> None:
        self._problem.tell(foreseen(error))

    def _show_state(self, found: int) -> None:
        nothing = not self._total and not self.filters.number and not self.search.text()
        self._stack.setCurrentWidget(self.empty if nothing else self._content)
        noun = "answer" if self.kind.value == "answers" else "interview"
        where = " in the trash" if self._wanted.in_trash else ""
        self._count.setText(
            f"{count(self._total, noun)}{where}"
            if found == self._total
            else f"{found} of {count(self._total, noun)}{where}"
        )
        number, text = self.filters.number, self.search.text().strip()
        self.filter_button.setText(f"Filters ({number})" if number else "Filters")
        is_empty_trash = self._wanted.in_trash and not self._total
        self.pane.nothing.text.setText(
            "The trash is empty. What is deleted stays here for 30 days."
            if is_empty_trash
            else _nothing_found(text, filtered=bool(number))
        )
        self._show_chosen()

    def _show_everything(self) -> None:
        """Without search and filters."""
        self.search.clear()
        self.filters.clear()
        self.list.setFocus()

    # -- choosing ----------------------------------------------------------------------------

    def _current(self) -> Entry | None:
        return self.model.entry(self.list.currentIndex())

    @property
    def chosen(self) -> tuple[Entry, ...]:
        """What is selected, in the list's order."""
        rows = sorted(one.row() for one in self.list.selectionModel().selectedIndexes())
        found = (self.model.entry(self.model.index(one, 0)) for one in rows)
        return tuple(one for one in found if one is not None)

    def _select(self, found: int | None, near: int = 0) -> None:
        """Choose a row, or the one that came to its place."""
        last = self.model.rowCount() - 1
        row_ = found if found is not None else max(0, min(near, last))
        index = self.model.index(row_, 0)
        if index.isValid():
            self.list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _show_chosen(self) -> None:
        self.pane.show_entries(self.chosen, in_trash=self._wanted.in_trash)

    def _choose_next(self, which: str) -> None:
        """Choose this interview or answer as soon as the list is loaded again."""
        self._chooses = which

    # -- what the person does ----------------------------------------------------------------

    def _open(self) -> None:
        found = self._current()
        if found is not None and found.attempt_id:
            self.context.open_attempt.emit(found.attempt_id)
        elif found is not None:
            self.context.open_session.emit(found.session_id)

    def _open_summary(self) -> None:
        found = self._current()
        if found is not None:
            self.context.open_session.emit(found.session_id)

    def _save(self) -> None:
        if self.detail.session is not None:
            self.saver.ask(self.detail.session)

    def edit(self) -> None:
        """Name, tag and note the chosen interview; that can be taken back."""
        chosen = self.chosen
        if len(chosen) != 1 or self._wanted.in_trash:
            return
        session_id, before = chosen[0].session_id, self.pane.own
        LabelDialog(self, before, lambda after: self.tending.name(session_id, before, after))

    def delete(self) -> None:
        """Put what is chosen into the trash, or, out of the trash, delete it for good."""
        tending, in_trash = self.tending, self._wanted.in_trash
        if answers := self._chosen_answers():
            if in_trash:
                tending.delete_answers(answers)
            else:
                tending.discard_answers(answers, self.chosen[0].title)
        if sessions := self._chosen_sessions():
            if in_trash:
                tending.delete(sessions)
            else:
                tending.discard(sessions, self.chosen[0].title)

    def _put_back(self) -> None:
        if answers := self._chosen_answers():
            self.tending.put_back_answers(answers)
        if sessions := self._chosen_sessions() or self._sessions_in_trash():
            self.tending.put_back(sessions)

    def _chosen_answers(self) -> tuple[str, ...]:
        """The answers that are chosen, without those in the trash with their interview."""
        return tuple(one.id for one in self.chosen if one.attempt_id and not one.with_session)

    def _chosen_sessions(self) -> tuple[str, ...]:
        """The interviews that are chosen, without the one under way; none among answers."""
        return tuple(
            one.id
            for one in self.chosen
            if not one.attempt_id and (one.is_ended or not self.context.busy)
        )

    def _sessions_in_trash(self) -> tuple[str, ...]:
        """The interviews that the chosen answers are in the trash with."""
        found = (one.session_id for one in self.chosen if one.with_session)
        return tuple(dict.fromkeys(found))

    # -- keys --------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the list Del deletes and F2 names."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            action = {Qt.Key.Key_Delete: self.delete, Qt.Key.Key_F2: self.edit}.get(
                Qt.Key(event.key())
            )
            if action is not None and watched is self.list:
                action()
                return True
        return super().eventFilter(watched, event)


def _nothing_found(text: str, *, filtered: bool) -> str:
    """Why the list is empty, where it is not because there is nothing at all."""
    if filtered and text:
        return f"No such answer with these filters has \u201c{text}\u201d in it."
    if filtered:
        return "No answer fits these filters."
    return f"No question and no answer has \u201c{text}\u201d in it."
