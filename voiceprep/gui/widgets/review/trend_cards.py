"""The cards of Trends: coverage, concepts, practice and delivery, drawn and as tables."""

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtWidgets import QWidget

from voiceprep.gui.trend_figures import Figures, Line
from voiceprep.gui.trend_words import Numbers
from voiceprep.gui.widgets.layout import column
from voiceprep.gui.widgets.review.chart_card import ChartCard
from voiceprep.gui.widgets.review.plots import MOST_DOTS, Calendar, ConceptMap, LinePlot
from voiceprep.scoring.delivery import FILLERS_FEW_PER_MIN, PACE_BAND_WPM

MOST_ROWS = 12
"""Concepts on the map; the table has all."""


class TrendCards(QWidget):
    """One below the other. A plot takes long to make: each is made when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._below = column(self, gap=2)
        self._below.setContentsMargins(0, 0, 8, 8)

    def fill(self, found: Figures) -> tuple[Callable[[], object], ...]:
        """The steps that show these figures, each short."""
        return (
            partial(self._show_line, "_coverage", found.coverage),
            lambda: self._map.show_rows(found.concepts[:MOST_ROWS]),
            lambda: self._calendar.show_days(found.days, found.today),
            partial(self._show_line, "_pace", found.pace),
            partial(self._show_line, "_fillers", found.fillers),
            partial(self._show_line, "_pauses", found.pauses),
            *(partial(self._show_numbers, name, one) for name, one in found.numbers.items()),
        )

    def _show_line(self, plot: str, line: Line) -> None:
        made: LinePlot = getattr(self, plot)
        made.show_values(line.moments, line.values, line.doubtful)

    def _show_numbers(self, name: str, numbers: Numbers) -> None:
        self.by_name[name].show_numbers(numbers.head, numbers.rows, numbers.summary)

    @property
    def parts(self) -> tuple[Callable[[], object], ...]:
        """The plots and the cards, from top to bottom."""
        return (
            lambda: self._coverage,
            lambda: self.coverage,
            lambda: self._map,
            lambda: self.concepts,
            lambda: self._calendar,
            lambda: self.practice,
            lambda: self._pace,
            lambda: self._fillers,
            lambda: self._pauses,
            lambda: self.delivery,
        )

    @cached_property
    def _coverage(self) -> LinePlot:
        return LinePlot("Coverage over time", fixed=True)

    @cached_property
    def _map(self) -> ConceptMap:
        return ConceptMap()

    @cached_property
    def _calendar(self) -> Calendar:
        return Calendar()

    @cached_property
    def _pace(self) -> LinePlot:
        return LinePlot("Pace over time", band=PACE_BAND_WPM, top=200)

    @cached_property
    def _fillers(self) -> LinePlot:
        return LinePlot("Fillers over time", band=(0, FILLERS_FEW_PER_MIN), top=10)

    @cached_property
    def _pauses(self) -> LinePlot:
        return LinePlot("Pauses over time", top=6)

    @cached_property
    def coverage(self) -> ChartCard:
        """Of each answer, or of one concept in it."""
        return self._card(
            "Coverage",
            f"Each dot is an answer, up to {MOST_DOTS:,}; the line is the mean of five.",
            ("", self._coverage),
        )

    @cached_property
    def concepts(self) -> ChartCard:
        """Which are covered, and which never."""
        return self._card(
            "Concepts",
            "The weakest first, never covered ones on top. A disc is covered, a triangle partly, "
            f"a cross missed. The map has {MOST_ROWS}, the table all.",
            ("", self._map),
        )

    @cached_property
    def practice(self) -> ChartCard:
        """Answers a day."""
        return self._card(
            "Practice",
            "A square is a day; the more answers, the stronger its colour.",
            ("", self._calendar),
        )

    @cached_property
    def delivery(self) -> ChartCard:
        """Pace, fillers and pauses."""
        return self._card(
            "Delivery",
            "Never part of the coverage. The shaded bands are comfortable for listeners; "
            "recognisers drop some fillers.",
            ("Words a minute", self._pace),
            ("Fillers a minute, at least", self._fillers),
            ("Pauses of a second and more, a minute", self._pauses),
        )

    @property
    def by_name(self) -> dict[str, ChartCard]:
        """All of them, from top to bottom."""
        return {
            "coverage": self.coverage,
            "concepts": self.concepts,
            "practice": self.practice,
            "delivery": self.delivery,
        }

    def _card(self, title: str, about: str, *charts: tuple[str, QWidget]) -> ChartCard:
        made = ChartCard(title, about, *charts)
        self._below.addWidget(made)
        return made
