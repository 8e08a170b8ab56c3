"""Cards, lines, rows that wrap, and pages that scroll when the window is small."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from voiceprep.gui import theme


def column(parent: QWidget | None = None, *, gap: int = 2, margin: int = 0) -> QVBoxLayout:
    """A vertical layout; ``gap`` and ``margin`` count grid steps of 8 pixels."""
    made = QVBoxLayout(parent) if parent else QVBoxLayout()
    made.setSpacing(gap * theme.GRID)
    made.setContentsMargins(*[margin * theme.GRID] * 4)
    return made


def row(parent: QWidget | None = None, *, gap: int = 2, margin: int = 0) -> QHBoxLayout:
    """A horizontal layout; ``gap`` and ``margin`` count grid steps of 8 pixels."""
    made = QHBoxLayout(parent) if parent else QHBoxLayout()
    made.setSpacing(gap * theme.GRID)
    made.setContentsMargins(*[margin * theme.GRID] * 4)
    return made


class Ground(QWidget):
    """A rounded ground with a thin border that other widgets lie on.

    Args:
        ground: Token of what is filled.
        border: Token of the border.
    """

    def __init__(self, ground: str, border: str) -> None:
        super().__init__()
        self._ground = ground
        self._border = border

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(self._border), 1))
        painter.setBrush(theme.color(self._ground))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)


class Card(Ground):
    """A raised ground with a column in ``body``."""

    def __init__(self, *, margin: int = 3, gap: int = 2) -> None:
        super().__init__("surface", "line")
        self.body = column(self, gap=gap, margin=margin)

    def set_margin(self, margin: int) -> None:
        """Grid steps between the edge and what is inside."""
        self.body.setContentsMargins(*[margin * theme.GRID] * 4)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; it is gone for the eye at once."""
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()


class _Line(QWidget):
    """Paints itself in the colour of lines."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("line"))


def line() -> QWidget:
    """A hairline between two parts."""
    made = _Line()
    made.setFixedHeight(1)
    return made


def centred(inside: QWidget, width: int) -> QHBoxLayout:
    """A row that keeps ``inside`` in the middle and no wider than ``width`` pixels."""
    inside.setMaximumWidth(width)
    made = row(gap=0)
    made.addStretch(1)
    made.addWidget(inside, 1000)
    made.addStretch(1)
    return made


class Scroll(QScrollArea):
    """Scrolls ``inside`` up and down when it does not fit."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """It never scrolls sideways: left and right are for whoever is outside."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Flow(QLayout):
    """Puts widgets side by side and wraps to the next line, as words do."""

    def __init__(self, gap: int = 1) -> None:
        """``gap`` counts grid steps of 8 pixels."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap * theme.GRID
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Part of QLayout."""
        self._items.append(item)

    def count(self) -> int:
        """Part of QLayout."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        """Part of QLayout; None past the end is how Qt finds the end."""
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        """Part of QLayout."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at this width."""
        around = self.contentsMargins()
        inside = QRect(0, 0, width - around.left() - around.right(), 0)
        return around.top() + self._arrange(inside, move=False) + around.bottom()

    def setGeometry(self, rect: QRect) -> None:
        """Put the widgets where they belong."""
        super().setGeometry(rect)
        self._arrange(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        """At least the widest widget."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """At least the widest widget."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        left, top, line_height = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if left > rect.x() and left + hint.width() > rect.right() + 1:
                left, top, line_height = rect.x(), top + line_height + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(left, top), hint))
            left += hint.width() + self._gap
            line_height = max(line_height, hint.height())
        return top + line_height - rect.y()


def flow_box(*widgets: QWidget, gap: int = 1, above: int = 0) -> QWidget:
    """A widget that holds others in a Flow, with so many grid steps of room above them."""
    box = QWidget()
    flow = Flow(gap)
    flow.setContentsMargins(0, above * theme.GRID, 0, 0)
    for widget in widgets:
        flow.addWidget(widget)
    box.setLayout(flow)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    box.setSizePolicy(policy)
    return box
