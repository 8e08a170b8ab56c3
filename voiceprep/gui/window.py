"""The one window: the rail at the left, the pages at the right, and the ways between them."""
# ruff: noqa: PLC0415 - a page is imported when it is first visited, so that the window is there fast

from collections.abc import Callable
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from voiceprep.bank.model import Bank, Question
from voiceprep.errors import VoicePrepError
from voiceprep.gui import theme
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.pages.page import Page
from voiceprep.gui.retrying import TranscribeButton
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.rail import Place, Rail
from voiceprep.interview.ports import History
from voiceprep.interview.records import Attempt, SessionRecord

if TYPE_CHECKING:
    from voiceprep.gui.pages.compare import ComparePage
    from voiceprep.gui.pages.practice import PracticePage
    from voiceprep.gui.pages.questions import QuestionsPage
    from voiceprep.gui.pages.result import ResultPage
    from voiceprep.gui.pages.review import ReviewPage
    from voiceprep.gui.pages.room import RoomPage
    from voiceprep.gui.pages.settings import SettingsPage
    from voiceprep.gui.pages.summary import SummaryPage
    from voiceprep.gui.pages.trends import TrendsPage

_PREPARED = ("room", "result", "summary", "review", "questions", "settings", "trends")
"""Pages that are imported and made ahead, the likeliest first."""
_SIZE = QSize(1280, 800)
_FRAME = QSize(16, 48)
"""What the desktop draws around a window, at most; the main button is at the bottom."""
_BREATH_MS = 100
"""Between two pages that are made ahead: time to paint and to answer a key."""
AnyPage = TypeVar("AnyPage", bound=Page)

PLACES = (
    Place("practice", "Practice", "mic", "Ctrl+1"),
    Place("review", "Review", "review", "Ctrl+2"),
    Place("questions", "Questions", "questions", "Ctrl+3"),
    Place("settings", "Settings", "settings", "Ctrl+4"),
)
_RAIL_ENTRY = {
    "room": "practice",
    "trends": "review",
    "summary": "review",
    "result": "review",
    "compare": "review",
}
"""Which entry of the rail is marked while one of the other pages is shown."""


class Window(QMainWindow):
    """Shows one page at a time and knows the way from each to the next."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._here = ""
        self._before_result = "review"
        self._before_compare = "review"
        self._session: SessionRecord | None = None
        self._attempt: Attempt | None = None
        self._asks = True
        self._is_preparing = False
        self._to_make: list[Callable[[], Page]] = [
            lambda: self.room_page.result,
            lambda: self.summary_page,
            lambda: self.result_page,
            lambda: self.review_page,
            lambda: self.questions_page,
            lambda: self.settings_page,
            lambda: self.trends_page,
        ]
        self._breath = QTimer(self)
        self._breath.setInterval(_BREATH_MS)
        self._breath.timeout.connect(self._make_next)
        self.setWindowTitle("VoicePrep")
        self.setMinimumSize(960, 600)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _FRAME))

        inside = QWidget()
        across = row(inside, gap=0)
        self.rail = Rail(PLACES)
        self.rail.chosen.connect(self.go)
        self.rail.theme_toggled.connect(self._toggle_theme)
        self._stack = QStackedWidget()
        self.notice = ErrorPanel()
        self._above = QWidget()
        above = column(self._above, gap=0)
        above.setContentsMargins(40, 16, 40, 0)
        above.addWidget(self.notice)
        self._above.hide()
        main = column(gap=0)
        main.addWidget(self._above)
        main.addWidget(self._stack, 1)
        across.addWidget(self.rail)
        across.addLayout(main, 1)
        self.setCentralWidget(inside)

        for place in PLACES:
            self._key(place.key, partial(self.go, place.name))
        self._key(QKeySequence.StandardKey.Quit, self.close)

        context.go.connect(self.go)
        context.practise.connect(self.practise)
        context.open_session.connect(self.open_session)
        context.open_attempt.connect(self.open_attempt)
        context.compare.connect(self.compare)
        context.trouble.connect(self.tell)
        context.settings_changed.connect(self._dress)
        context.engines_changed.connect(self._prepare)
        QApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.rail.show_theme(dark=theme.tokens() is theme.DARK)
        self.go("practice")

    def _key(self, key: str | QKeySequence.StandardKey, action: Callable[[], object]) -> None:
        QShortcut(QKeySequence(key), self).activated.connect(action)

    # -- going places ------------------------------------------------------------------------

    @property
    def here(self) -> str:
        """The name of the page that is shown."""
        return self._here

    def page(self, name: str) -> Page:
        """The page of this name, made on the first visit."""
        made: Page = getattr(self, f"{name}_page")
        return made

    def go(self, name: str) -> None:
        """Show a page; "practice" leads to the interview while one is under way.

        During a recording the room asks first, and may keep the person there.
        """
        if name == "practice" and self._context.busy:
            name = "room"
        if name == self._here:
            self._mark()
        elif self._here == "room" and self.room_page.is_recording:
            self._mark()
            self.room_page.ask_to_leave(partial(self._show, name))
        else:
            self._show(name)

    def _show(self, name: str) -> None:
        arriving = self.page(name)
        if self._here and self._here != name:
            self.page(self._here).left()
        self._here = name
        self._stack.setCurrentWidget(arriving)
        self._mark()
        arriving.entered()

    def _mark(self) -> None:
        self.rail.select(_RAIL_ENTRY.get(self._here, self._here))

    @property
    def _has_room(self) -> bool:
        return "room_page" in self.__dict__

    def _add(self, page: AnyPage) -> AnyPage:
        self._stack.addWidget(page)
        return page

    @cached_property
    def practice_page(self) -> "PracticePage":
        """Where an interview is chosen."""
        from voiceprep.gui.pages.practice import PracticePage

        return self._add(PracticePage(self._context))

    @cached_property
    def room_page(self) -> "RoomPage":
        """Where it is held."""
        from voiceprep.gui.pages.room import RoomPage

        page = self._add(RoomPage(self._context))
        page.ended.connect(self._interview_ended)
        return page

    @cached_property
    def summary_page(self) -> "SummaryPage":
        """What came of a session."""
        from voiceprep.gui.pages.summary import SummaryPage

        page = self._add(SummaryPage(self._context))
        page.practise_again.connect(self._practise_again)
        page.open_attempt.connect(self.open_attempt)
        page.done.connect(lambda: self.go("review"))
        return page

    @cached_property
    def result_page(self) -> "ResultPage":
        """What came of an answer; the room has one of its own."""
        from voiceprep.gui.pages.result import ResultPage

        page = self._add(ResultPage(self._context))
        page.again.connect(self._answer_again)
        page.back.connect(lambda: self._show(self._before_result))
        return page

    @cached_property
    def compare_page(self) -> "ComparePage":
        """All attempts at one question."""
        from voiceprep.gui.pages.compare import ComparePage

        page = self._add(ComparePage(self._context))
        page.open_attempt.connect(self.open_attempt)
        page.again.connect(self._answer_again)
        page.back.connect(lambda: self._show(self._before_compare))
        return page

    @cached_property
    def review_page(self) -> "ReviewPage":
        """Past sessions."""
        from voiceprep.gui.pages.review import ReviewPage

        return self._add(ReviewPage(self._context))

    @cached_property
    def trends_page(self) -> "TrendsPage":
        """What changed over time."""
        from voiceprep.gui.pages.trends import TrendsPage

        return self._add(TrendsPage(self._context))

    @cached_property
    def questions_page(self) -> "QuestionsPage":
        """The banks and their questions."""
        from voiceprep.gui.pages.questions import QuestionsPage

        return self._add(QuestionsPage(self._context))

    @cached_property
    def settings_page(self) -> "SettingsPage":
        """What can be chosen once for all interviews."""
        from voiceprep.gui.pages.settings import SettingsPage

        return self._add(SettingsPage(self._context))

    def _prepare(self) -> None:
        """Once there are questions: import the pages on a worker, so that no visit has to wait."""
        if self._context.toolbox is None or self._is_preparing:
            return
        self._is_preparing = True

        def load() -> None:
            for name in _PREPARED:
                import_module(f"voiceprep.gui.pages.{name}")

        self._context.jobs.run(self, load, lambda _: self._breath.start())

    def _make_next(self) -> None:
        """Make the pages one by one, between what the person does."""
        if self._to_make:
            self._to_make.pop(0)()
        else:
            self._breath.stop()

    # -- interviews --------------------------------------------------------------------------

    def practise(self, bank: Bank, questions: tuple[Question, ...]) -> None:
        """Begin an interview with these questions; while one is under way, go there."""
        room = self.room_page
        under_way = self._context.busy
        self._show("room")
        if not under_way:
            room.begin(bank, questions)

    def _interview_ended(self, session_id: str) -> None:
        self._context.history_changed.emit()
        if session_id:
            self.open_session(session_id)
        else:
            self._show("practice")

    def _practise_again(self) -> None:
        """The questions of the session that the summary shows, once more."""
        session = self._session
        bank = self._bank(session.bank_id) if session else None
        if session is None or bank is None:
            return
        asked = {attempt.question.id: attempt.question for attempt in session.attempts}
        found = [bank.find(one) or asked.get(one) for one in session.question_ids]
        questions = tuple(one for one in found if one is not None)
        if questions:
            self.practise(bank, questions)

    def _answer_again(self) -> None:
        """The question of the attempt that is shown, once more."""
        bank = self._bank(self._attempt.bank_id) if self._attempt else None
        if self._attempt is not None and bank is not None:
            self.practise(bank, (self._attempt.question,))

    def _bank(self, bank_id: str) -> Bank | None:
        """The bank with this id, or the first: an attempt outlives the bank it came from."""
        banks = () if self._context.toolbox is None else self._context.toolbox.banks
        return next((bank for bank in banks if bank.id == bank_id), next(iter(banks), None))

    # -- the past ----------------------------------------------------------------------------

    def open_session(self, session_id: str) -> None:
        """Show the summary of a session."""
        history = self._history()
        if history is not None:
            self._context.jobs.run(self, lambda: history.session(session_id), self._show_session)

    def _show_session(self, session: SessionRecord | None) -> None:
        if session is None:
            self.go("review")  # it was deleted meanwhile
            return
        self._session = session
        self.summary_page.show_session(session)
        self._show("summary")

    def open_attempt(self, attempt_id: str) -> None:
        """Show the result of an attempt; Back leads to where one came from."""
        history = self._history()
        if history is not None:

            def find() -> Attempt | None:
                found = history.attempt(attempt_id)
                if found is not None and found.assessment is not None:
                    history.mark_reviewed(attempt_id)
                return found

            self._context.jobs.run(self, find, self._show_attempt)

    def _show_attempt(self, attempt: Attempt | None) -> None:
        if attempt is None:
            return
        if self._here in {"review", "summary", "questions", "compare"}:
            self._before_result = self._here
        self._attempt = attempt
        self.result_page.show_attempt(attempt)
        self._show("result")

    def compare(self, attempt_id: str) -> None:
        """Show an attempt beside all others at its question; Back leads to where one came from."""
        history = self._history()
        if history is None:
            return

        def work() -> tuple[Attempt | None, tuple[Attempt, ...]]:
            one = history.attempt(attempt_id)
            return one, history.attempts_at(one.bank_id, one.question.id) if one else ()

        self._context.jobs.run(self, work, lambda found: self._show_comparison(*found))

    def _show_comparison(self, attempt: Attempt | None, attempts: tuple[Attempt, ...]) -> None:
        if attempt is None or not attempts:
            return
        if self._here != "compare" and not (
            self._here == "result" and self._before_result == "compare"
        ):
            self._before_compare = self._here
        self._attempt = attempt
        self.compare_page.show_attempts(attempts, attempt.id)
        self._show("compare")

    def _history(self) -> History | None:
        toolbox = self._context.toolbox
        return None if toolbox is None else toolbox.judge.history

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The page's keys work while the focus is on the rail or nowhere, too."""
        page, focused = self.page(self._here), self.focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            page.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    # -- theme and end -----------------------------------------------------------------------

    def _toggle_theme(self) -> None:
        dark = theme.tokens() is theme.DARK
        self._context.change_settings(theme="light" if dark else "dark")

    def _system_changed(self) -> None:
        if self._context.settings.theme == "system":
            self._dress()

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.wear(app, self._context.settings.theme)
        self.rail.show_theme(dark=theme.tokens() is theme.DARK)

    def tell(self, error: VoicePrepError, unfinished: tuple[Attempt, ...] = ()) -> None:
        """Show something that concerns no page in particular, above all of them.

        Args:
            error: What is told.
            unfinished: Answers that are offered to be transcribed with it.
        """
        understood = Button("Later" if unfinished else "All right")
        understood.clicked.connect(self._above.hide)
        if unfinished:
            transcribe = TranscribeButton(self._context, unfinished)
            transcribe.clicked.connect(self._above.hide)
            self.notice.tell(error, transcribe, understood)
        else:
            self.notice.tell(error, understood)
        self._above.show()

    def close_without_asking(self) -> None:
        """Close at once; what is being recorded is kept."""
        self._asks = False
        self.close()

    def finish(self, timeout_s: float) -> None:
        """After the window was closed: wait until the last take is kept."""
        if self._has_room:
            self.room_page.conductor.settle(timeout_s)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close; asks only while an answer is being recorded, and keeps it."""
        if self._has_room:
            if self._asks and self.room_page.is_recording:
                event.ignore()
                self.room_page.ask_to_leave(self.close)
                return
            self.room_page.conductor.stop_for_good()
        self._breath.stop()
        if self._here:
            self.page(self._here).left()
        event.accept()
