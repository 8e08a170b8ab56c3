"""The one window: the rail at the left, the pages at the right, and the ways between them."""
# ruff: noqa: PLC0415 - a page is imported when it is first visited, so that the window is there fast

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from voiceprep.bank.model import Bank, Question
from voiceprep.errors import VoicePrepError
from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.gui.dressing import Dressing
from voiceprep.gui.lookup import Lookup
from voiceprep.gui.pages.page import Page
from voiceprep.gui.preparing import Preparing
from voiceprep.gui.soundcheck import find_unchecked
from voiceprep.gui.tabbing import step
from voiceprep.gui.tending import Tending
from voiceprep.gui.widgets.above import Above
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.rail import Place, Rail
from voiceprep.gui.widgets.toast import FOOT, Toast
from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.interview.selection import asked_in, bank_of

if TYPE_CHECKING:
    from voiceprep.gui.pages.compare import ComparePage
    from voiceprep.gui.pages.practice import PracticePage
    from voiceprep.gui.pages.questions import QuestionsPage
    from voiceprep.gui.pages.result import ResultPage
    from voiceprep.gui.pages.review import ReviewPage
    from voiceprep.gui.pages.room import RoomPage
    from voiceprep.gui.pages.settings import SettingsPage
    from voiceprep.gui.pages.soundcheck import SoundCheckPage
    from voiceprep.gui.pages.summary import SummaryPage
    from voiceprep.gui.pages.trends import TrendsPage

_PREPARED = ("soundcheck", "room", "result", "summary", "review", "questions", "settings", "trends")
"""Pages that are imported and made ahead, the likeliest first."""
_SIZE = QSize(1280, 800)
_FRAME = QSize(16, 48)
"""What the desktop draws around a window, at most; the main button is at the bottom."""
AnyPage = TypeVar("AnyPage", bound=Page)

PLACES = (
    Place("practice", "Practice", "mic", "Ctrl+1"),
    Place("review", "Review", "review", "Ctrl+2"),
    Place("questions", "Questions", "questions", "Ctrl+3"),
    Place("settings", "Settings", "settings", "Ctrl+4"),
)
_RAIL_ENTRY = {
    "soundcheck": "practice",
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
        self._before_check = "practice"
        self._session: SessionRecord | None = None
        self._attempt: Attempt | None = None
        self._asks = True
        self._lookup = Lookup(context, self)
        self._lookup.session.connect(self._show_session)
        self._lookup.attempt.connect(self._show_attempt)
        self._lookup.attempts.connect(self._show_comparison)
        self._preparing = Preparing(
            context,
            self,
            _PREPARED,
            (
                lambda: self.soundcheck_page,
                lambda: self.room_page,
                lambda: self.summary_page,
                lambda: self.result_page,
                lambda: self.review_page,
                lambda: self.questions_page,
                lambda: self.settings_page,
                lambda: self.trends_page,
            ),
        )
        self.setWindowTitle("VoicePrep")
        self.setMinimumSize(960, 600)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _FRAME))

        inside = QWidget()
        across = row(inside, gap=0)
        self.rail = Rail(PLACES)
        self.rail.chosen.connect(self.go)
        self._stack = QStackedWidget()
        self._above = Above(context)
        self.notice = self._above.notice
        main = column(gap=0)
        main.addWidget(self._above)
        main.addWidget(self._stack, 1)
        across.addWidget(self.rail)
        across.addLayout(main, 1)
        self.setCentralWidget(inside)
        self.toast = Toast(self._stack, "Undo", "Ctrl+Z", foot=FOOT)
        self._tending = Tending(self, context, self.toast, self._not_tended)

        for place in PLACES:
            self._key(place.key, partial(self.go, place.name))
        self._key(QKeySequence.StandardKey.Quit, self.close)

        context.go.connect(self.go)
        context.set_up.connect(self.set_up)
        context.practise.connect(self.practise)
        context.open_session.connect(self.open_session)
        context.open_attempt.connect(self.open_attempt)
        context.compare.connect(self.compare)
        context.discard.connect(self._discard)
        context.trouble.connect(self._above.tell)
        Dressing(context, self.rail)
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

    def set_up(self, section: str) -> None:
        """Show a section of the settings, "sound" or "recogniser"."""
        self.go("settings")
        self.settings_page.show_section(section)

    def _show(self, name: str) -> None:
        arriving = self.page(name)
        if self._here and self._here != name:
            self.page(self._here).left()
        if name == "soundcheck" != self._here:
            self._before_check = self._here
        self._here = name
        self.toast.dismiss()
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
    def soundcheck_page(self) -> "SoundCheckPage":
        """Where microphone and output are tried."""
        from voiceprep.gui.pages.soundcheck import SoundCheckPage

        page = self._add(SoundCheckPage(self._context))
        page.back.connect(lambda: self.go(self._before_check))
        return page

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

    # -- interviews --------------------------------------------------------------------------

    def practise(self, bank: Bank, questions: tuple[Question, ...]) -> None:
        """Begin an interview with these questions; while one is under way, go there.

        The sound is checked first where that is due.
        """
        begin = partial(self._begin, bank, questions)
        find_unchecked(self._context, self, partial(self._check_or_begin, begin))

    def _check_or_begin(self, begin: Callable[[], None], unchecked: str) -> None:
        if unchecked:
            self.soundcheck_page.check_before(begin)
            self._show("soundcheck")
        else:
            begin()

    def _begin(self, bank: Bank, questions: tuple[Question, ...]) -> None:
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
        bank = bank_of(session.bank_id, self._banks) if session else None
        questions = asked_in(session, bank) if session and bank else ()
        if bank is not None and questions:
            self.practise(bank, questions)

    def _answer_again(self) -> None:
        """The question of the attempt that is shown, once more."""
        attempt = self._attempt
        bank = bank_of(attempt.bank_id, self._banks) if attempt else None
        if attempt is not None and bank is not None:
            self.practise(bank, (attempt.question,))

    @property
    def _banks(self) -> tuple[Bank, ...]:
        toolbox = self._context.toolbox
        return () if toolbox is None else toolbox.banks

    def _discard(self, attempt: Attempt) -> None:
        self._tending.discard_answers((attempt.id,), attempt.question.question)

    def _not_tended(self, error: Exception) -> None:
        self._above.tell(foreseen(error))

    # -- the past ----------------------------------------------------------------------------

    def open_session(self, session_id: str) -> None:
        """Show the summary of a session."""
        self._lookup.find_session(session_id)

    def _show_session(self, session: SessionRecord | None) -> None:
        if session is None:
            self.go("review")  # it was deleted meanwhile
            return
        self._session = session
        self.summary_page.show_session(session)
        self._show("summary")

    def open_attempt(self, attempt_id: str) -> None:
        """Show the result of an attempt; Back leads to where one came from."""
        self._lookup.find_attempt(attempt_id)

    def _show_attempt(self, attempt: Attempt | None) -> None:
        if attempt is None:
            return
        if self._here not in {"result", "room"}:
            self._before_result = self._here
        self._attempt = attempt
        self.result_page.show_attempt(attempt)
        self._show("result")

    def compare(self, attempt_id: str) -> None:
        """Show an attempt beside all others at its question; Back leads to where one came from."""
        self._lookup.find_attempts_like(attempt_id)

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

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the page, and then through the rail, as they are seen.

        What is disabled while it has the keyboard lets go of it: the next Enter is the page's and
        presses nothing that merely came next.
        """
        inside, now = self.centralWidget(), self.focusWidget()
        if now is not None and not now.isEnabled():
            now.clearFocus()
            return True
        there = step(inside, now, forward=forward) if inside else None
        if there is None:
            return super().focusNextPrevChild(forward)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        there.setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The page's keys work while the focus is on the rail or nowhere, too."""
        page, focused = self.page(self._here), self.focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            page.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    # -- end ---------------------------------------------------------------------------------

    def tell(self, error: VoicePrepError, unfinished: tuple[Attempt, ...] = ()) -> None:
        """Show something that concerns no page in particular, above all of them.

        Args:
            error: What is told.
            unfinished: Answers that are offered to be transcribed with it.
        """
        self._above.tell(error, unfinished)

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
        self._preparing.stop()
        if self._here:
            self.page(self._here).left()
        event.accept()
