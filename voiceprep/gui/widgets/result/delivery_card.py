"""How the answer was spoken: a quiet report of its own, never part of the coverage."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from voiceprep.gui import theme
from voiceprep.gui.phrasing import length
from voiceprep.gui.widgets.layout import Card
from voiceprep.gui.widgets.text import label
from voiceprep.scoring.delivery import (
    FILLERS_FEW_PER_MIN,
    FILLERS_MANY_PER_MIN,
    PACE_BAND_WPM,
    Band,
    Delivery,
)

_PACE = {Band.LOW: "Slow", Band.GOOD: "Comfortable", Band.HIGH: "Fast"}
_FILLERS = {Band.LOW: "Noticeable", Band.GOOD: "Few", Band.HIGH: "Distracting"}
_LENGTH = {Band.LOW: "Short", Band.GOOD: "Right", Band.HIGH: "Long"}


class BandBar(QWidget):
    """A figure on a scale on which the good band stands out.

    Args:
        name: What is measured.
        value: The figure.
        good: The good band, from and to.
        scale: The ends of the scale; a figure beyond them stands at the end.
    """

    def __init__(
        self, name: str, value: float, good: tuple[float, float], scale: tuple[float, float]
    ) -> None:
        super().__init__()
        self._value, self._good, self._scale = value, good, scale
        self.setAccessibleName(f"{name}: {value:.0f}; good is {good[0]:.0f} to {good[1]:.0f}")
        self.setToolTip(f"Good: {good[0]:.0f} to {good[1]:.0f}")
        self.setMinimumWidth(64)
        self.setMaximumWidth(160)
        self.setFixedHeight(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _x(self, value: float) -> float:
        low, high = self._scale
        share = min(1.0, max(0.0, (value - low) / (high - low)))
        return 6 + share * (self.width() - 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, good band and figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(QRectF(0, 5, self.width(), 6), 3, 3)
        left, right = (self._x(edge) for edge in self._good)
        painter.setBrush(theme.color("accent", 0.45))
        painter.drawRoundedRect(QRectF(left, 5, right - left, 6), 3, 3)
        painter.setBrush(theme.color("text"))
        painter.setPen(theme.color("surface"))
        painter.drawEllipse(QPointF(self._x(self._value), 8), 5.5, 5.5)


class DeliveryCard(Card):
    """Pace, fillers, pauses and length, each with its band in words."""

    def __init__(self) -> None:
        super().__init__(margin=2, gap=1)
        self.body.addWidget(label("Delivery", bold=True))
        self._table = QWidget()
        self.body.addWidget(self._table)
        self.body.addWidget(
            label("How it was said. This never changes the coverage.", "small", "muted", wrap=True)
        )

    def show_delivery(self, found: Delivery, target_s: tuple[float, float]) -> None:
        """Show these figures; ``target_s`` is the length that the user set."""
        rows: list[tuple[str, str, BandBar | None]] = [
            (
                "Pace",
                f"{_PACE[found.pace_band]}, {found.pace_wpm:.0f} words a minute",
                BandBar("Pace", found.pace_wpm, PACE_BAND_WPM, (60, 240)),
            ),
            (
                "Fillers",
                _fillers(found),
                BandBar(
                    "Fillers a minute",
                    found.fillers_per_min,
                    (0, FILLERS_FEW_PER_MIN),
                    (0, 1.5 * FILLERS_MANY_PER_MIN),
                ),
            ),
            (
                "Length",
                f"{_LENGTH[found.length_band(*target_s)]}, {length(found.speech_s)}",
                BandBar("Seconds", found.speech_s, target_s, (0, 2 * target_s[1])),
            ),
            ("Pauses", _pauses(found), None),
        ]
        fresh = QWidget()
        table = QGridLayout(fresh)
        table.setContentsMargins(0, 0, 0, 0)
        table.setHorizontalSpacing(2 * theme.GRID)
        table.setVerticalSpacing(4)
        table.setColumnStretch(1, 1)
        for line, (name, figure, bar) in enumerate(rows):
            top = Qt.AlignmentFlag.AlignTop
            table.addWidget(label(name, "small", "muted"), line, 0, top)
            table.addWidget(label(figure, "small", wrap=True), line, 1, 1, 1 if bar else 2)
            if bar is not None:
                table.addWidget(bar, line, 2, top)
        self.body.replaceWidget(self._table, fresh)
        self._table.deleteLater()
        self._table = fresh


def _fillers(found: Delivery) -> str:
    """Recognisers drop fillers, so the figure is a lower bound and says so."""
    if not found.fillers:
        return "None was heard"
    return f"{_FILLERS[found.filler_band]}, at least {found.fillers_per_min:.1f} a minute"


def _pauses(found: Delivery) -> str:
    if not found.pauses:
        return "None of a second or more"
    longest = max(pause.end_s - pause.start_s for pause in found.pauses)
    number = len(found.pauses)
    one = f"One, {longest:.1f} s long"
    return one if number == 1 else f"{number} of a second or more, the longest {longest:.1f} s"
