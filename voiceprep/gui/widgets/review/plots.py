"""Charts drawn with pyqtgraph in the colours of the theme; none can be dragged or zoomed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QShowEvent, QWheelEvent

from voiceprep.gui import theme
from voiceprep.gui.phrasing import LEVEL_TONES
from voiceprep.interview.trends import ConceptTrend, Day, smoothed
from voiceprep.scoring.assessment import Level

WEEKS = 26
"""Half a year of practice fits the narrowest window."""
LAST = 8
"""Answers to a question that the map of concepts shows."""
MOST_DOTS = 1000
"""Answers in a line plot, the newest: more are neither readable nor drawn in a moment."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SYMBOLS = {Level.COVERED: "o", Level.PARTIAL: "t", Level.MISSED: "x"}
_LONGEST_LABEL = 40
_ROW = 30


class Plot(pg.PlotWidget):  # type: ignore[misc]
    """A quiet plot; subclasses draw in ``draw``, again when the theme changes."""

    _is_made = False
    _is_stale = False

    def __init__(self, name: str, *, dates: bool = False) -> None:
        axes = {"bottom": pg.DateAxisItem()} if dates else {}
        super().__init__(axisItems=axes)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setMenuEnabled(False)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setAntialiasing(True)
        self._is_made = True

    def redraw(self) -> None:
        """Draw what is to be shown, in today's colours; what is not seen waits until it is."""
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        self.clear()
        self.setBackground(theme.color("surface"))
        for side in ("left", "bottom"):
            axis: Any = self.getAxis(side)
            axis.setPen(theme.color("line"))
            axis.setTextPen(theme.color("muted"))
            axis.setStyle(tickFont=theme.font("small"), tickLength=4)
        self.draw()

    def draw(self) -> None:
        """Part of a subclass."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page."""
        event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what has changed meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: draw anew, each plot in a turn of its own."""
        super().changeEvent(event)
        if self._is_made and event.type() is QEvent.Type.PaletteChange:
            QTimer.singleShot(0, self, self.redraw)

    def _pen(
        self, token: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine
    ) -> Any:
        return pg.mkPen(theme.color(token), width=width, style=style)


class LinePlot(Plot):
    """A figure of each answer over time, with the mean of five as a line.

    Args:
        name: What is drawn; the accessible name.
        band: Between which values is good; shaded.
        top: Where the axis ends at least.
        fixed: Whether it ends just there, and begins at 0.
    """

    def __init__(
        self,
        name: str,
        *,
        band: tuple[float, float] | None = None,
        top: float = 100.0,
        fixed: bool = False,
    ) -> None:
        super().__init__(name, dates=True)
        self._band, self._top, self._fixed = band, top, fixed
        self._times: list[float] = []
        self._values: list[float] = []
        self._hollow: list[bool] = []
        self.setFixedHeight(200 if fixed else 150)

    def show_values(
        self, moments: Sequence[datetime], values: Sequence[float], doubtful: Sequence[bool] = ()
    ) -> None:
        """Show the newest of these, the oldest first; doubtful ones are hollow."""
        self._hollow = list(doubtful or [False] * len(values))[-MOST_DOTS:]
        self._times = [one.timestamp() for one in moments[-MOST_DOTS:]]
        self._values = list(values[-MOST_DOTS:])
        self.redraw()

    def draw(self) -> None:
        """Band, grid, dots and line."""
        if not self._values:
            return
        if self._band:
            region = pg.LinearRegionItem(
                self._band,
                orientation="horizontal",
                movable=False,
                brush=theme.color("accent_soft"),
                pen=self._pen("line"),
            )
            region.setZValue(-10)
            self.addItem(region)
        self.showGrid(y=True, alpha=0.15)
        full, ring = self._pen("surface"), self._pen("accent", 1.5)
        inside, surface = theme.color("accent", 0.55), theme.color("surface")
        dots = pg.ScatterPlotItem(
            self._times,
            self._values,
            size=[8 if hollow else 7 for hollow in self._hollow],
            pen=[ring if hollow else full for hollow in self._hollow],
            brush=[pg.mkBrush(surface if hollow else inside) for hollow in self._hollow],
        )
        self.addItem(dots)
        if len(self._values) > 1:
            self.plot(self._times, list(smoothed(self._values)), pen=self._pen("accent", 2.5))
        day_s = 86_400.0
        margin = max(day_s, 0.04 * (self._times[-1] - self._times[0]))
        self.setXRange(self._times[0] - margin, self._times[-1] + margin, padding=0)
        top = self._top if self._fixed else max(self._top, 1.1 * max(self._values))
        self.setYRange(0, top, padding=0.06)


class ConceptMap(Plot):
    """A row for each concept, a sign for each of the last answers: disc, triangle, cross."""

    def __init__(self) -> None:
        super().__init__("Map of concepts")
        self._rows: Sequence[ConceptTrend] = ()

    def show_rows(self, rows: Sequence[ConceptTrend]) -> None:
        """Show these concepts, the first one on top."""
        self._rows = rows
        self.setFixedHeight(40 + _ROW * max(1, len(rows)))
        self.redraw()

    def draw(self) -> None:
        """Grounds, signs, and labels at the left."""
        count = len(self._rows)
        self.getViewBox().invertY(b=True)
        labels = [(y, _short(row.label)) for y, row in enumerate(self._rows)]
        left: Any = self.getAxis("left")
        left.setTicks([labels])
        left.setTextPen(theme.color("text"))
        left.setWidth(300)
        bottom: Any = self.getAxis("bottom")
        bottom.setTicks([[(0.0, "oldest of the last eight"), (LAST - 1.0, "newest")]])
        for level in Level:
            places = [
                (LAST - 1 - back, y)
                for y, row in enumerate(self._rows)
                for back, made in enumerate(reversed(row.levels[-LAST:]))
                if made is level
            ]
            if not places:
                continue
            across, down = zip(*places, strict=True)
            tone = LEVEL_TONES[level]
            ground = theme.color(f"{tone}_soft")
            self.addItem(
                pg.ScatterPlotItem(across, down, symbol="s", size=24, pen=None, brush=ground)
            )
            self.addItem(
                pg.ScatterPlotItem(
                    across,
                    down,
                    symbol=_SYMBOLS[level],
                    size=12,
                    pen=self._pen(tone, 1.5),
                    brush=theme.color(tone),
                )
            )
        self.setXRange(-0.6, LAST - 0.4, padding=0)
        self.setYRange(-0.6, max(1, count) - 0.4, padding=0)


class Calendar(Plot):
    """A square for each day of half a year, the stronger the more answers."""

    def __init__(self) -> None:
        super().__init__("Practice calendar")
        self._days: dict[date, Day] = {}
        self._today = date.min
        self.setFixedHeight(190)

    def show_days(self, made: Sequence[Day], today: date) -> None:
        """Show the weeks up to today."""
        self._days = {one.date: one for one in made}
        self._today = today
        self.redraw()

    def draw(self) -> None:
        """Squares by week and weekday."""
        if self._today == date.min:
            return
        monday = self._today - timedelta(days=self._today.weekday(), weeks=WEEKS - 1)
        shown = [
            monday + timedelta(days=number) for number in range((self._today - monday).days + 1)
        ]
        most = max((one.answers for one in self._days.values()), default=1)
        brushes = []
        for day in shown:
            found = self._days.get(day)
            strong = 0.3 + 0.7 * found.answers / most if found else 0.0
            brushes.append(theme.color("accent", strong) if found else theme.color("sunken"))
        self.addItem(
            pg.ScatterPlotItem(
                [(day - monday).days // 7 for day in shown],
                [day.weekday() for day in shown],
                symbol="s",
                size=17,
                pen=None,
                brush=[pg.mkBrush(one) for one in brushes],
            )
        )
        self.getViewBox().invertY(b=True)
        left: Any = self.getAxis("left")
        left.setTicks([[(y, _DAYS[y]) for y in (0, 2, 4, 6)]])
        months = [
            ((day - monday).days // 7, _MONTHS[day.month - 1]) for day in shown if day.day == 1
        ]
        bottom: Any = self.getAxis("bottom")
        bottom.setTicks([months])
        self.setXRange(-0.8, WEEKS - 0.2, padding=0)
        self.setYRange(-0.7, 6.7, padding=0)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}\u2026"
