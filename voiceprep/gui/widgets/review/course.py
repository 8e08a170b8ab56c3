"""Small lines that show how figures went from attempt to attempt."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from voiceprep.gui import theme

_EDGE, _TOP, _FOOT = 20.0, 28.0, 22.0


class Course(QWidget):
    """One figure over the attempts: points joined by a line, each with its number.

    Args:
        name: What is measured.
        unit: Behind each number, e.g. "%".
    """

    def __init__(self, name: str, unit: str = "") -> None:
        super().__init__()
        self._name, self._unit = name, unit
        self._values: tuple[float | None, ...] = ()
        self._doubtful: tuple[bool, ...] = ()
        self.setFont(theme.font("small"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for a line between its name and the attempts' numbers."""
        return QSize(200, 128)

    def set_values(self, values: Sequence[float | None], doubtful: Sequence[bool] = ()) -> None:
        """Show a number for each attempt, None where there is none; doubtful ones are hollow."""
        self._values = tuple(values)
        self._doubtful = tuple(doubtful) or (False,) * len(self._values)
        said = ", ".join(
            f"attempt {number}: {self._written(value)}"
            f"{' (doubtful sound)' if self._doubtful[number - 1] else ''}"
            for number, value in enumerate(values, start=1)
            if value is not None
        )
        self.setAccessibleName(f"{self._name} over time")
        self.setAccessibleDescription(said)
        self.setToolTip(said)
        self.setVisible(sum(value is not None for value in values) > 1)
        self.update()

    def _written(self, value: float) -> str:
        return f"{value:.0f}{self._unit}"

    def _points(self) -> list[tuple[QPointF, float, int]]:
        known = [one for one in self._values if one is not None]
        low, high = min(known), max(known)
        room = self.height() - _TOP - 20 - _FOOT
        step = (self.width() - 2 * _EDGE) / max(1, len(self._values) - 1)
        return [
            (
                QPointF(
                    _EDGE + at * step,
                    _TOP + 20 + room * (0.5 if high == low else (high - value) / (high - low)),
                ),
                value,
                at + 1,
            )
            for at, value in enumerate(self._values)
            if value is not None
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name, line, points and numbers; where points are dense, only the last number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("muted"))
        painter.drawText(QRectF(0, 0, self.width(), 20), Qt.AlignmentFlag.AlignLeft, self._name)
        if not any(one is not None for one in self._values):
            return
        points = self._points()
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawPolyline([point for point, _, _ in points])
        is_dense = len(self._values) > max(2, self.width() // 44)
        for place, (point, value, number) in enumerate(points):
            hollow = self._doubtful[number - 1]
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(theme.color("surface" if hollow else "accent"))
            painter.drawEllipse(point, 3.5 if hollow else 2.5, 3.5 if hollow else 2.5)
            if is_dense and 0 < place < len(points) - 1:
                continue
            painter.setPen(theme.color("text"))
            above = QRectF(point.x() - 30, point.y() - 23, 60, 18)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, self._written(value))
            painter.setPen(theme.color("muted"))
            below = QRectF(point.x() - 30, self.height() - 18, 60, 18)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(number))
