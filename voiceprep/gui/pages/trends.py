"""Trends: coverage, concepts, practice and delivery over time, by bank, category and concept."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QStackedWidget, QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.pages.page import Page
from voiceprep.gui.saving import ask_for_file
from voiceprep.gui.trend_figures import Figures, Wanted, figures
from voiceprep.gui.widgets.buttons import Button, Choice
from voiceprep.gui.widgets.chart_card import ChartCard
from voiceprep.gui.widgets.empty import Empty
from voiceprep.gui.widgets.layout import Scroll, column, flow_box
from voiceprep.gui.widgets.plots import MOST_DOTS, Calendar, ConceptMap, LinePlot
from voiceprep.gui.widgets.review_head import ReviewHead
from voiceprep.gui.widgets.select import Select
from voiceprep.interview.trends import Point, points
from voiceprep.scoring.delivery import FILLERS_FEW_PER_MIN, PACE_BAND_WPM

SPANS = (("28", "4 weeks"), ("91", "3 months"), ("365", "Year"), ("", "All"))
MOST_ROWS = 12
"""Concepts on the map; the table has all."""


class TrendsPage(Page):
    """The other side of Review."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._points: tuple[Point, ...] = ()
        self._is_stale = True
        self._request = 0
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
        self._coverage = LinePlot("Coverage over time", fixed=True)
        self._map = ConceptMap()
        self._calendar = Calendar()
        self._pace = LinePlot("Pace over time", band=PACE_BAND_WPM, top=200)
        self._fillers = LinePlot("Fillers over time", band=(0, FILLERS_FEW_PER_MIN), top=10)
        self._pauses = LinePlot("Pauses over time", top=6)
        self.coverage = ChartCard(
            "Coverage",
            f"Each dot is an answer, up to {MOST_DOTS:,}; the line is the mean of five.",
            ("", self._coverage),
        )
        self.concepts = ChartCard(
            "Concepts",
            "The weakest first, never covered ones on top. A disc is covered, a triangle partly, "
            f"a cross missed. The map has {MOST_ROWS}, the table all.",
            ("", self._map),
        )
        self.practice = ChartCard(
            "Practice",
            "A square is a day; the more answers, the stronger its colour.",
            ("", self._calendar),
        )
        self.delivery = ChartCard(
            "Delivery",
            "Never part of the coverage. The shaded bands are comfortable for listeners; "
            "recognisers drop some fillers.",
            ("Words a minute", self._pace),
            ("Fillers a minute, at least", self._fillers),
            ("Pauses of a second and more, a minute", self._pauses),
        )
        self.cards = {
            "coverage": self.coverage,
            "concepts": self.concepts,
            "practice": self.practice,
            "delivery": self.delivery,
        }
        self.empty = Empty(
            "No answers yet",
            "After your first interviews you see here how your coverage changes, which concepts "
            "you never cover, and how you speak.",
            "Go to Practice",
        )
        self._loading = Empty("Looking up your answers\u2026", "", drawing=False)
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
        cards = QWidget()
        below = column(cards, gap=2)
        below.setContentsMargins(0, 0, 8, 8)
        for card in self.cards.values():
            below.addWidget(card)
        inside.addWidget(Scroll(cards), 1)
        for state in (self._loading, self.empty, self._content):
            self._stack.addWidget(state)

    def _connect(self) -> None:
        for select in (self.bank, self.category, self.concept):
            select.currentIndexChanged.connect(self._work_out)
        self.span.changed.connect(self._work_out)
        self.save.clicked.connect(self._ask_where)
        self.empty.button.clicked.connect(lambda: self.context.go.emit("practice"))
        self.context.history_changed.connect(self._load_if_seen)
        self.context.engines_changed.connect(self._load_if_seen)

    @property
    def is_loaded(self) -> bool:
        """Whether the history has been read."""
        return self._stack.currentWidget() is not self._loading

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

    def load(self) -> None:
        """Read the history in the background."""
        toolbox = self.context.toolbox
        if toolbox is None:
            problem = self.context.engines.problem
            if problem is not None:
                self._problem.tell(problem)
            return
        history = toolbox.judge.history
        self._is_stale = False
        self.context.jobs.run(self, lambda: points(history.sessions()), self._loaded, self._failed)

    def _loaded(self, found: tuple[Point, ...]) -> None:
        self._problem.clear()
        if not found:
            self._points = ()
            self._request += 1
            self._stack.setCurrentWidget(self.empty)
            return
        if found == self._points:
            return
        self._points = found
        banks = sorted({one.bank for one in found})
        _offer(self.bank, "All banks", [(one, one) for one in banks])
        self._work_out()

    def _failed(self, error: Exception) -> None:
        self._is_stale = True
        if not isinstance(error, VoicePrepError):
            raise error
        self._problem.tell(error)

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
        self._stack.setCurrentWidget(self._content)
        _offer(self.category, "All categories", [(one, one) for one in found.categories])
        by_name = sorted(found.concepts, key=lambda one: one.label.lower())
        _offer(self.concept, "All concepts", [(one.label, one.key) for one in by_name])
        for plot, line in (
            (self._coverage, found.coverage),
            (self._pace, found.pace),
            (self._fillers, found.fillers),
            (self._pauses, found.pauses),
        ):
            plot.show_values(line.moments, line.values, line.doubtful)
        self._map.show_rows(found.concepts[:MOST_ROWS])
        self._calendar.show_days(found.days, found.today)
        for name, numbers in found.numbers.items():
            self.cards[name].show_numbers(numbers.head, numbers.rows, numbers.summary)

    # -- saving ------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        path = ask_for_file(self._note, "Save all answers", "VoicePrep history.csv", "Table")
        toolbox = self.context.toolbox
        if path is None or toolbox is None:
            return
        history = toolbox.judge.history

        def work() -> VoicePrepError:
            from voiceprep.report import export, table  # noqa: PLC0415 - jinja2 when it is needed

            export.write_file(path, table.render(history.sessions()).encode("utf-8", "replace"))
            return VoicePrepError("The table is saved.", str(path))

        self.context.jobs.run(self, work, self._saved, self._failed)

    def _saved(self, note: VoicePrepError) -> None:
        close = Button("Close", "quiet")
        close.clicked.connect(self._note.clear)
        self._note.tell(note, close)

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
