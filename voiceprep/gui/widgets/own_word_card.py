"""How far candidate and scorer agree, and how well the candidate knows their coverage."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from voiceprep.gui import theme
from voiceprep.gui.context import Context
from voiceprep.gui.widgets.layout import Card
from voiceprep.gui.widgets.text import label
from voiceprep.interview.agreement import (
    Agreement,
    agreement,
    explain_agreement,
    explain_calibrations,
)

MOST_DRAWN = 30
"""Answers of which rating and coverage are drawn, the latest."""
_HEIGHT = 96
_DOT = 5.0

Ratings = Sequence[tuple[int, float]]


class OwnWordCard(Card):
    """Over the whole history; hidden while nothing was overruled or rated."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.body.addWidget(label("You and VoicePrep", bold=True))
        self.agrees = label("", wrap=True)
        self.knows = label("", wrap=True)
        self.chart = CalibrationChart()
        self._legend = label("Filled: coverage. Open: your rating.", "small", "muted", wrap=True)
        for one in (self.agrees, self.knows, self.chart, self._legend):
            self.body.addWidget(one)
        self.hide()

    def load(self) -> None:
        """Ask the history in the background."""
        history = self._context.history
        if history is None:
            return
        self._context.jobs.run(
            self,
            lambda: (agreement(history.contested()), history.ratings()),
            lambda found: self.tell(*found),
        )

    def tell(self, agreed: Agreement, ratings: Ratings) -> None:
        """Show what is known."""
        self.agrees.setText(explain_agreement(agreed) if agreed.verdicts else "")
        self.agrees.setVisible(bool(agreed.verdicts))
        self.knows.setText(explain_calibrations(ratings))
        self.chart.show_ratings(ratings)
        for one in (self.knows, self.chart, self._legend):
            one.setVisible(bool(ratings))
        self.setVisible(bool(agreed.verdicts or ratings))


class CalibrationChart(QWidget):
    """Each answer's coverage and rating, one above the other, in the order of time."""

    def __init__(self) -> None:
        super().__init__()
        self.ratings: tuple[tuple[int, float], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(240, _HEIGHT)

    def show_ratings(self, ratings: Ratings) -> None:
        """Show the latest of these: rating and coverage, 0 to 100."""
        self.ratings = tuple(ratings)[-MOST_DRAWN:]
        told = "; ".join(f"rated {one}, coverage {score:.0f}" for one, score in self.ratings)
        self.setAccessibleName(f"Rating and coverage by answer: {told}")
        self.setToolTip(told)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the scale, then a line from coverage to rating with its dots for each answer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        room = QRectF(self.rect()).adjusted(36, _DOT + 2, -_DOT - 2, -_DOT - 2)
        for points in (0, 50, 100):
            y = _height(room, points)
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QLineF(room.left(), y, room.right(), y))
            painter.setPen(theme.color("muted"))
            scale = QRectF(0, y - 9, 30, 18)
            painter.drawText(
                scale, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(points)
            )
        step = room.width() / max(1, len(self.ratings))
        for number, (rating, score) in enumerate(self.ratings):
            x = room.left() + (number + 0.5) * step
            covered, rated = (QPointF(x, _height(room, one)) for one in (score, rating))
            painter.setPen(QPen(theme.color("outline"), 1.5))
            painter.drawLine(covered, rated)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(covered, _DOT - 1, _DOT - 1)
            painter.setPen(QPen(theme.color("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(rated, _DOT, _DOT)


def _height(room: QRectF, points: float) -> float:
    return room.bottom() - room.height() * points / 100
