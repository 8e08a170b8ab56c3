"""A recording as a line of time: waveform, concepts above it, pauses and fillers below it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from voiceprep.gui import theme
from voiceprep.gui.moments import Kind, Moment
from voiceprep.gui.widgets.badge import draw_badge, mark_pen
from voiceprep.gui.widgets.buttons import draw_focus
from voiceprep.gui.widgets.waveform import STEP, bar_pen

LANES = 2
"""Rows above the waveform: concepts made in the same breath stand below each other."""
MOST_LANES = 5
"""As many rows as there are at most; what does not find a free one lies over another."""
LANE_HEIGHT = 20
WAVE_HEIGHT = 40
FOOT_HEIGHT = 14
BADGE_WIDTH = 20
_EDGE = 4
"""Room for the ring of the keyboard, left and right."""


class Timeline(QWidget):
    """A whole recording with the place where it plays.

    A click on a mark hears it, a click elsewhere plays from there. With the keyboard, up and down
    go from mark to mark and Enter hears one; the player's own keys are left to it.
    """

    seek = Signal(float)
    """The person wants to hear from here, in seconds."""
    chosen = Signal(object)
    """A Moment was clicked."""
    pointed = Signal(int)
    """The concept whose mark is under the mouse, from 0; -1 for none."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Recording")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._peaks: tuple[float, ...] = ()
        self._duration_s = 0.0
        self._position_s: float | None = None
        self._moments: tuple[Moment, ...] = ()
        self._active = -1
        self._current: int | None = None
        self._lanes = LANES
        self._fit()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(320, self.height())

    # -- what is shown -----------------------------------------------------------------------

    def set_peaks(self, peaks: Sequence[float], duration_s: float) -> None:
        """Show a recording: peaks evenly spread over it (0 to 1), and its length."""
        self._peaks = tuple(peaks)
        self._duration_s = duration_s
        self._position_s = None
        self._fit()
        self.update()

    def set_position(self, position_s: float | None) -> None:
        """Where it plays, in seconds, or None."""
        self._position_s = position_s
        self.update()

    def set_moments(self, moments: Sequence[Moment]) -> None:
        """Mark these."""
        self._moments = tuple(moments)
        self._current = None
        self.setAccessibleDescription("; ".join(one.text for one in self._moments))
        self._fit()
        self.update()

    def set_active(self, concept: int) -> None:
        """Bring out the marks of a concept; -1 for none."""
        self._active = concept
        self.update()

    # -- where things are --------------------------------------------------------------------

    @property
    def _top(self) -> int:
        """Where the waveform begins, below the rows."""
        return self._lanes * LANE_HEIGHT

    def _fit(self) -> None:
        """Take as many rows as this width needs."""
        self._lanes = max(LANES, 1 + max((one for one, _ in self._in_lanes()), default=0))
        self.setFixedHeight(self._top + WAVE_HEIGHT + FOOT_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower line needs more rows."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _in_lanes(self) -> list[tuple[int, QRectF]]:
        """The lane of each concept, in the order of the moments, and its box in the first lane."""
        ends = [float("-inf")] * MOST_LANES
        found = []
        for one in self._moments:
            if one.kind is Kind.CONCEPT:
                left, right = self._x(one.start_s), self._x(one.end_s)
                free = next((lane for lane, end in enumerate(ends) if end <= left), None)
                lane = ends.index(min(ends)) if free is None else free
                left = min(left, self.width() - _EDGE - BADGE_WIDTH)
                box = QRectF(left, 0, max(BADGE_WIDTH, right - left), LANE_HEIGHT)
                ends[lane] = box.right() + 2
                found.append((lane, box))
        return found

    def _x(self, at_s: float) -> float:
        share = min(1.0, max(0.0, at_s / self._duration_s)) if self._duration_s else 0.0
        return _EDGE + share * (self.width() - 2 * _EDGE)

    def box_of(self, moment: Moment) -> QRectF:
        """Where a moment is drawn and can be clicked."""
        return self._boxes()[self._moments.index(moment)]

    def _boxes(self) -> list[QRectF]:
        """The box of each moment, in their order; concepts in the first lane that is free."""
        concepts = iter(self._in_lanes())
        foot = self._top + WAVE_HEIGHT
        found = []
        for one in self._moments:
            if one.kind is Kind.CONCEPT:
                lane, box = next(concepts)
                found.append(box.translated(0, lane * LANE_HEIGHT))
            else:
                left, right = self._x(one.start_s), self._x(one.end_s)
                middle, width = (left + right) / 2, max(10.0, right - left)
                found.append(QRectF(middle - width / 2, foot, width, FOOT_HEIGHT))
        return found

    def _at(self, point: QPointF) -> int | None:
        """The number of the moment at a point; the shortest where several are."""
        hit = [
            (box.width(), number) for number, box in enumerate(self._boxes()) if box.contains(point)
        ]
        return min(hit)[1] if hit and self._duration_s else None

    # -- mouse and keys ----------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the mouse."""
        number = self._at(event.position())
        moment = None if number is None else self._moments[number]
        self.setToolTip("" if moment is None else f"{moment.text}. Click to hear it")
        self.setCursor(
            Qt.CursorShape.ArrowCursor if moment is None else Qt.CursorShape.PointingHandCursor
        )
        self.pointed.emit(-1 if moment is None else moment.concept)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.pointed.emit(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hear a mark, or play from there."""
        if not self._duration_s or event.button() is not Qt.MouseButton.LeftButton:
            return
        number = self._at(event.position())
        if number is not None:
            self._current = number
            self.chosen.emit(self._moments[number])
        else:
            share = (event.position().x() - _EDGE) / max(1, self.width() - 2 * _EDGE)
            self.seek.emit(min(1.0, max(0.0, share)) * self._duration_s)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose a mark, Enter hears it; Home and End seek."""
        key = Qt.Key(event.key())
        if not self._duration_s:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self._moments:
            self._step(1 if key is Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._current is not None:
            self.chosen.emit(self._moments[self._current])
        elif key is Qt.Key.Key_Home:
            self.seek.emit(0.0)
        elif key is Qt.Key.Key_End:
            self.seek.emit(self._duration_s)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        last = len(self._moments) - 1
        if self._current is None:
            self._current = 0 if by > 0 else last
        else:
            self._current = min(last, max(0, self._current + by))
        moment = self._moments[self._current]
        self.setAccessibleName(f"Recording, mark {self._current + 1}: {moment.text}")
        self.setToolTip(moment.text)
        self.pointed.emit(moment.concept)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No mark is chosen any more."""
        super().focusOutEvent(event)
        self._current = None
        self.setAccessibleName("Recording")
        self.update()

    # -- drawing -----------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the grounds of what was said, the bars, the marks, and the position."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = self._boxes() if self._duration_s else []
        for moment, box in zip(self._moments, boxes, strict=False):
            if moment.kind is Kind.CONCEPT:
                self._draw_ground(painter, moment, box)
        self._draw_bars(painter)
        for number, (moment, box) in enumerate(zip(self._moments, boxes, strict=False)):
            self._draw_mark(painter, moment, box)
            if number == self._current and self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color("text"), 2))
                painter.drawRoundedRect(box.adjusted(-1, 0, 1, 0), 4, 4)
        keyboard = self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if self.hasFocus() and keyboard:
            top = self._top
            draw_focus(painter, QRectF(0, top - 2, self.width(), WAVE_HEIGHT + 4))

    def _draw_ground(self, painter: QPainter, moment: Moment, box: QRectF) -> None:
        left, right = self._x(moment.start_s), self._x(moment.end_s)
        stretch = QRectF(left, self._top, max(2.0, right - left), WAVE_HEIGHT)
        painter.fillRect(stretch, theme.concept_color(moment.concept, soft=True))
        if moment.concept == self._active:
            edge = theme.concept_color(moment.concept)
            painter.fillRect(
                QRectF(left, box.bottom() - 2, 2, stretch.bottom() - box.bottom()), edge
            )
            painter.fillRect(QRectF(right - 2, stretch.top(), 2, WAVE_HEIGHT), edge)

    def _draw_bars(self, painter: QPainter) -> None:
        middle = self._top + WAVE_HEIGHT / 2
        slots = max(1, int(self.width() - 2 * _EDGE) // STEP)
        place = None if self._position_s is None else self._x(self._position_s)
        for slot in range(slots):
            x = _EDGE + (slot + 0.5) * STEP
            played = place is not None and x <= place
            painter.setPen(bar_pen("accent" if played else "outline"))
            half = max(1.0, self._height(slot, slots) * (WAVE_HEIGHT - 6) / 2)
            painter.drawLine(QPointF(x, middle - half), QPointF(x, middle + half))
        if place is not None:
            painter.setPen(QPen(theme.color("text"), 2))
            top = self._top
            painter.drawLine(QPointF(place, top), QPointF(place, top + WAVE_HEIGHT))

    def _height(self, slot: int, slots: int) -> float:
        """The loudest peak that falls into this bar."""
        start = slot * len(self._peaks) // slots
        end = max(start + 1, (slot + 1) * len(self._peaks) // slots)
        return max(self._peaks[start:end], default=0.0)

    def _draw_mark(self, painter: QPainter, moment: Moment, box: QRectF) -> None:
        if moment.kind is Kind.CONCEPT:
            painter.setPen(mark_pen(moment.concept))
            y = box.bottom() - 3
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            badge = QRectF(box.left(), box.top(), BADGE_WIDTH, LANE_HEIGHT - 5)
            draw_badge(painter, badge, moment.concept)
        else:
            draw_sign(painter, moment.kind, box)


def draw_sign(painter: QPainter, kind: Kind, box: QRectF) -> None:
    """The sign of a pause (a line between two ends) or of a filler (a diamond)."""
    middle = box.center()
    if kind is Kind.PAUSE:
        painter.setPen(QPen(theme.color("muted"), 2))
        left, right = box.left() + 1, box.right() - 1
        painter.drawLine(QPointF(left, middle.y()), QPointF(right, middle.y()))
        for x in (left, right):
            painter.drawLine(QPointF(x, middle.y() - 4), QPointF(x, middle.y() + 4))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("partial"))
        x, y = middle.x(), middle.y()
        painter.drawPolygon(
            [QPointF(x, y - 5), QPointF(x + 5, y), QPointF(x, y + 5), QPointF(x - 5, y)]
        )
