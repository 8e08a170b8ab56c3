"""Trends: coverage, concepts, practice and delivery over time, by bank, category and concept."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from threading import Event

from PySide6.QtWidgets import QStackedWidget, QWidget

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.pages.page import Page
from voiceprep.gui.saving import ask_for_file, show_progress
from voiceprep.gui.slices import Slices
from voiceprep.gui.trend_figures import Figures, Wanted, figures
from voiceprep.gui.widgets.buttons import Button, Choice
from voiceprep.gui.widgets.empty import Empty, Looking
from voiceprep.gui.widgets.layout import Scroll, column, flow_box
from voiceprep.gui.widgets.review.review_head import ReviewHead
from voiceprep.gui.widgets.review.trend_cards import TrendCards
from voiceprep.gui.widgets.select import Select
from voiceprep.interview.catalogue import Filter
from voiceprep.interview.records import SessionRecord
from voiceprep.interview.trends import Point

SPANS = (("28", "4 weeks"), ("91", "3 months"), ("365", "Year"), ("", "All"))


class TrendsPage(Page):
    """The other side of Review."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._points: tuple[Point, ...] = ()
        self._is_stale = True
        self._request = 0
        self._cancel = Event()
        self._slices = Slices(self)
        self.head = ReviewHead(context, "trends")
        self.bank, self.category, self.concept = (
            Select("Bank"),
            Select("Category"),
            Select("Concept"),
        )
        for one in (self.bank, self.category, self.concept):
            one.setMinimumContentsLength(9)  # all filters in one line of the usual window
        self.span = Choice("Time", SPANS, "")
        self.save = Button("Save as CSV", icon="export", help_text="All answers as a table")
        self.cards = TrendCards()
        self.empty = Empty(
            "No answers yet",
            "After your first interviews you see here how your coverage changes, which concepts "
            "you never cover, and how you speak.",
            "Go to Practice",
        )
        self._loading = Looking("Looking up your answers\u2026", "Cancel")
        self._problem = ErrorPanel()
        self._note = ErrorPanel(alert=False)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        body = column(self, gap=2)
        body.setContentsMargins(40, 24, 40, 24)
        body.addWidget(self.head)
        body.addWidget(self._problem)
        body.addWidget(self._note)
        self._stack = QStackedWidget()
        body.addWidget(self._stack, 1)
        self._content = QWidget()
        inside = column(self._content, gap=2)
        inside.addWidget(flow_box(self.bank, self.category, self.concept, self.span, self.save))
        inside.addWidget(Scroll(self.cards), 1)
        for state in (self._loading, self.empty, self._content):
            self._stack.addWidget(state)

    def _connect(self) -> None:
        for select in (self.bank, self.category, self.concept):
            select.currentIndexChanged.connect(self._work_out)
        self.span.changed.connect(self._work_out)
        self.save.clicked.connect(self._ask_where)
        self.empty.button.clicked.connect(lambda: self.context.go.emit("practice"))
        self._loading.button.clicked.connect(self.go_back)
        self.context.history_changed.connect(self._load_if_seen)
        self.context.engines_changed.connect(self._load_if_seen)

    @property
    def parts(self) -> tuple[Callable[[], object], ...]:
        """The cards."""
        return self.cards.parts

    @property
    def is_loaded(self) -> bool:
        """Whether the history has been read and is shown."""
        return self._stack.currentWidget() is not self._loading and self._slices.is_done

    # -- loading -----------------------------------------------------------------------------

    def entered(self) -> None:
        """Load what has changed."""
        if self._is_stale:
            self.load()
        self.head.sides.buttons["trends"].setFocus()

    def _load_if_seen(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.load()

    def left(self) -> None:
        """What takes long is left for the next visit, and goes on there where it was."""
        self._cancel.set()

    def load(self) -> None:
        """Read the history in the background."""
        history = self.context.history
        if history is None:
            problem = self.context.engines.problem
            if problem is not None:
                self._problem.tell(problem)
            return
        self._is_stale = False
        self._cancel.set()
        cancel = self._cancel = Event()
        self.context.jobs.set_at_close(cancel)
        known, bridge = self._points, self.context.bridge

        def report(share: float) -> None:
            bridge.post(lambda: self._loading.show_progress(share))

        def work() -> tuple[tuple[Point, ...], list[str], bool]:
            found = history.points(cancel, report)
            return found, sorted({one.bank for one in found}), found == known

        self.context.jobs.run(self, work, lambda found: self._loaded(*found), self._failed)

    def _loaded(self, found: tuple[Point, ...], banks: list[str], is_known: bool) -> None:
        self._problem.clear()
        if not found:
            self._points = ()
            self._request += 1
            self._stack.setCurrentWidget(self.empty)
        elif not is_known:
            self._points = found
            _offer(self.bank, "All banks", [(one, one) for one in banks])
            self._work_out()

    def _failed(self, error: Exception) -> None:
        self._is_stale = True
        if isinstance(error, Cancelled):
            return
        self._problem.tell(foreseen(error))

    # -- choosing ----------------------------------------------------------------------------

    def _wanted(self) -> Wanted:
        days = self.span.value
        return Wanted(
            bank=self.bank.currentData() or "",
            category=self.category.currentData() or "",
            concept=self.concept.currentData(),
            since=datetime.now(UTC) - timedelta(days=int(days)) if days else None,
        )

    def _work_out(self) -> None:
        """Work out what is chosen now, off this thread; what was asked for before is dropped."""
        self._request += 1
        request, some, wanted = self._request, self._points, self._wanted()
        today = datetime.now().astimezone().date()

        def done(found: Figures) -> None:
            if request == self._request:
                self._show(found)

        self.context.jobs.run(self, lambda: figures(some, wanted, today), done)

    # -- showing -----------------------------------------------------------------------------

    def _show(self, found: Figures) -> None:
        """From top to bottom, in slices."""
        first = (*self.cards.parts, lambda: self._offer_choices(found))
        self._slices.begin(
            (*first, lambda: self._stack.setCurrentWidget(self._content), *self.cards.fill(found))
        )

    def _offer_choices(self, found: Figures) -> None:
        _offer(self.category, "All categories", [(one, one) for one in found.categories])
        by_name = sorted(found.concepts, key=lambda one: one.label.lower())
        _offer(self.concept, "All concepts", [(one.label, one.key) for one in by_name])

    # -- saving ------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        path = ask_for_file(self._note, "Save all answers", "VoicePrep history.csv", "Table")
        history = self.context.history
        if path is None or history is None:
            return
        saving = VoicePrepError("Saving the table\u2026", str(path))
        tell, cancel = show_progress(self.context, self._note, saving)
        self.context.jobs.set_at_close(cancel)

        def each() -> Iterator[SessionRecord]:
            total = history.catalogue.sessions(Filter(), limit=1).total
            for number, session in enumerate(history.each_session(), start=1):
                if cancel.is_set():
                    raise Cancelled
                yield session
                tell(number / max(1, total))

        def work() -> VoicePrepError:
            from voiceprep.report import export, table  # noqa: PLC0415 - jinja2 when it is needed

            export.write_file(path, table.render(each()).encode("utf-8", "replace"))
            return VoicePrepError("The table is saved.", str(path))

        self.context.jobs.run(self, work, self._saved, self._not_saved)

    def _saved(self, note: VoicePrepError) -> None:
        close = Button("Close", "quiet")
        close.clicked.connect(self._note.clear)
        self._note.tell(note, close)

    def _not_saved(self, error: Exception) -> None:
        self._note.clear()
        if not isinstance(error, Cancelled | VoicePrepError):
            raise error
        if isinstance(error, VoicePrepError):
            self._problem.tell(error)

    def go_back(self) -> bool:
        """Esc leads to the interviews."""
        self.context.go.emit("review")
        return True


def _offer(select: Select, everything: str, offers: Sequence[tuple[str, object]]) -> None:
    """Fill a list without a signal; what was chosen stays chosen where it is still offered."""
    before = select.currentData()
    select.blockSignals(True)  # noqa: FBT003 - Qt's own order
    select.clear()
    select.addItem(everything, None)
    for text, value in offers:
        select.addItem(text, value)
    found = [number for number, (_, value) in enumerate(offers, start=1) if value == before]
    select.setCurrentIndex(found[0] if found and before is not None else 0)
    select.blockSignals(False)  # noqa: FBT003 - Qt's own order
