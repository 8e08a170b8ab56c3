"""Past sessions: find one, see its answers, save a report of it, delete it."""

from datetime import datetime

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QListView, QStackedWidget, QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.pages.page import Page
from voiceprep.gui.phrasing import count
from voiceprep.gui.retrying import retrying
from voiceprep.gui.saving import ReportSaver
from voiceprep.gui.widgets.empty import Empty
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.search import Search
from voiceprep.gui.widgets.session_detail import SessionDetail
from voiceprep.gui.widgets.sessions_list import Entry, SessionDelegate, SessionsModel, entry
from voiceprep.gui.widgets.text import label
from voiceprep.gui.widgets.toast import Toast

LIST_WIDTH = 320


class ReviewPage(Page):
    """The history: sessions at the left, the chosen one at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._deleting = ""
        self.model = SessionsModel()
        self.list = QListView()
        self.search = Search("Search questions and answers", self.list, self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(SessionDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Past sessions")
        self.list.installEventFilter(self)
        self._count = label("", "small", "muted")
        self.detail = SessionDetail(retrying(context))
        self.empty = Empty(
            "No interview yet",
            "After your first interview you find your answers here, with what they covered, and "
            "can listen to them again.",
            "Go to Practice",
        )
        self._nothing = Empty("Nothing found", "", drawing=False)
        self._loading = Empty("Looking up your interviews\u2026", "", drawing=False)
        self._problem = ErrorPanel()
        self._note = ErrorPanel(alert=False)
        self.saver = ReportSaver(context, self._problem, self._note)
        self._lay_out()
        self.toast = Toast(self, "Undo", "Ctrl+Z")
        self._connect()

    def _lay_out(self) -> None:
        body = column(self, gap=2)
        body.setContentsMargins(40, 24, 40, 24)
        body.addWidget(label("Review", "question", bold=True))
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
        left.addWidget(self.list, 1)
        left.addWidget(self._count)
        across.addWidget(side, 6)
        self._right = QStackedWidget()
        self._right.addWidget(self.detail)
        self._right.addWidget(self._nothing)
        across.addWidget(self._right, 8)
        for one in (self._loading, self.empty, self._content):
            self._stack.addWidget(one)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        selection = self.list.selectionModel()
        selection.currentChanged.connect(self._chosen)
        self.list.activated.connect(lambda _: self._open_summary())
        self.detail.open_attempt.connect(self.context.open_attempt)
        self.detail.summary.connect(self._open_summary)
        self.detail.save.connect(self._save)
        self.detail.delete.connect(self.delete)
        self.empty.button.clicked.connect(lambda: self.context.go.emit("practice"))
        self.toast.acted.connect(self._undo)
        self.toast.gone.connect(self._carry_out)
        self.context.history_changed.connect(self.load)
        self.context.engines_changed.connect(self.load)
        QShortcut(QKeySequence.StandardKey.Undo, self, self.toast.act)

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
        """What was deleted is deleted."""
        self.toast.dismiss()

    def load(self) -> None:
        """Read the history in the background."""
        toolbox = self.context.toolbox
        if toolbox is None:
            problem = self.context.engines.problem
            if problem is not None:
                self._problem.tell(problem)
            return
        history = toolbox.judge.history

        def work() -> tuple[Entry, ...]:
            now = datetime.now().astimezone()
            return tuple(entry(one, now) for one in history.sessions())

        self.context.jobs.run(self, work, self._loaded, self._failed)

    def _loaded(self, entries: tuple[Entry, ...]) -> None:
        self._problem.clear()
        waiting_focus = not self.is_loaded and self.isVisible()
        keep = self._current()
        self.model.set_entries(entries)
        self._select(keep.session.id if keep else "")
        self._show_state()
        if waiting_focus and self.model.total:
            self.list.setFocus()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, VoicePrepError):
            raise error
        self._problem.tell(error)

    def _show_state(self) -> None:
        total, shown = self.model.total, self.model.rowCount()
        self._stack.setCurrentWidget(self._content if total else self.empty)
        self._count.setText(
            count(total, "interview") if shown == total else f"{shown} of {total} interviews"
        )
        self._right.setCurrentWidget(self.detail if shown else self._nothing)
        if not shown:
            self._nothing.text.setText(
                f"No question and no answer has \u201c{self.search.text().strip()}\u201d in it."
            )
        self._show_detail()

    # -- choosing ----------------------------------------------------------------------------

    def _current(self) -> Entry | None:
        return self.model.entry(self.list.currentIndex())

    def _select(self, session_id: str) -> None:
        """Choose a session, or the first when it is not shown."""
        found = self.model.row_of(session_id)
        index = self.model.index(found or 0, 0)
        if index.isValid():
            self.list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _chosen(self, _index: QModelIndex) -> None:
        self._show_detail()

    def _show_detail(self) -> None:
        found = self._current()
        if found is not None:
            under_way = self.context.busy and not found.session.ended_at
            self.detail.show_entry(found, deletable=not under_way)

    def _search(self, text: str) -> None:
        keep = self._current()
        self.model.search(text)
        self._select(keep.session.id if keep else "")
        self._show_state()

    # -- what the person does ----------------------------------------------------------------

    def _open_summary(self) -> None:
        found = self._current()
        if found is not None:
            self.context.open_session.emit(found.session.id)

    def _save(self) -> None:
        found = self._current()
        if found is not None:
            self.saver.ask(found.session)

    def delete(self) -> None:
        """Take the chosen session away; for a while that can be taken back."""
        found = self._current()
        if found is None or not self.detail.delete_button.isEnabled():
            return
        at = self.list.currentIndex().row()
        self.toast.show_text(f"The interview \u201c{found.title}\u201d is deleted.")
        self._deleting = found.session.id
        self.model.hide(found.session.id)
        near = self.model.entry(self.model.index(min(at, self.model.rowCount() - 1), 0))
        self._select(near.session.id if near else "")
        self._show_state()

    def _undo(self) -> None:
        back, self._deleting = self._deleting, ""
        self.model.unhide(back)
        self._select(back)
        self._show_state()
        self.list.setFocus()

    def _carry_out(self) -> None:
        """The time to take it back is over."""
        session_id, self._deleting = self._deleting, ""
        toolbox = self.context.toolbox
        if toolbox is None or not session_id:
            return
        history = toolbox.judge.history
        self.context.jobs.run(
            self,
            lambda: history.delete_session(session_id),
            lambda _: self.context.history_changed.emit(),
            lambda error: self._not_deleted(session_id, error),
        )

    def _not_deleted(self, session_id: str, error: Exception) -> None:
        self.model.unhide(session_id)
        self._show_state()
        self._failed(error)

    # -- keys --------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Del in the list deletes."""
        is_del = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete
        if is_del and event.type() is QEvent.Type.KeyPress and watched is self.list:
            self.delete()
            return True
        return super().eventFilter(watched, event)
