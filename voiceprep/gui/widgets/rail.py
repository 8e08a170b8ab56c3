"""The left rail: where one can go."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QWidget

from voiceprep.gui import icons, theme
from voiceprep.gui.widgets.buttons import CORNER, Button, PaintedButton, draw_focus, tip
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.text import label

WIDTH = 184


@dataclass(frozen=True, slots=True)
class Place:
    """One place to go: the page's name, and what the rail shows for it."""

    name: str
    text: str
    icon: str
    key: str


class RailItem(PaintedButton):
    """One place to go, with icon and name."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.text)
        self._icon = place.icon
        self.setCheckable(True)
        self.setFont(theme.font())
        self.setToolTip(tip(place.text, place.key))

    def sizeHint(self) -> QSize:
        """As wide as the rail allows."""
        return QSize(WIDTH - 32, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        if here or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft" if here else "sunken"))
            painter.drawRoundedRect(self.rect(), CORNER, CORNER)
        ink = theme.color("accent" if here else "text")
        icons.paint(painter, self._icon, QRectF(14, self.height() / 2 - 11, 22, 22), ink)
        painter.setFont(theme.font(bold=here))
        painter.setPen(theme.color("text"))
        words = QRectF(self.rect()).adjusted(48, 0, -8, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.shows_focus():
            draw_focus(painter, QRectF(self.rect()))


class Rail(QWidget):
    """Places from top to bottom, the theme at the foot.

    Args:
        places: Where one can go.
    """

    chosen = Signal(str)
    """The name of the place that the person chose."""
    theme_toggled = Signal()

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Navigation")
        body = column(self, gap=0, margin=2)
        body.setSpacing(4)
        head = row(gap=1)
        head.setContentsMargins(10, 8, 0, 20)
        head.addWidget(_Logo())
        head.addWidget(label("VoicePrep", bold=True), 1)
        body.addLayout(head)
        self._group = QButtonGroup(self)
        self.items: dict[str, RailItem] = {}
        for place in places:
            item = RailItem(place)
            item.clicked.connect(lambda _on=False, name=place.name: self.chosen.emit(name))
            self.items[place.name] = item
            self._group.addButton(item)
            body.addWidget(item)
        body.addStretch(1)
        note = row(gap=1)
        note.setContentsMargins(12, 0, 0, 8)
        note.addWidget(_Lock())
        note.addWidget(label("Everything stays on this laptop", "small", "muted", wrap=True), 1)
        body.addLayout(note)
        self.theme = Button("Dark", "quiet", icon="moon", help_text="Light or dark")
        self.theme.clicked.connect(self.theme_toggled)
        body.addWidget(self.theme, alignment=Qt.AlignmentFlag.AlignLeft)

    def select(self, name: str) -> None:
        """Mark the place where one is."""
        self.items[name].setChecked(True)

    def show_theme(self, *, dark: bool) -> None:
        """Offer the other theme."""
        self.theme.set_icon("sun" if dark else "moon")
        self.theme.setText("Light theme" if dark else "Dark theme")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through the places."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        items = list(self.items.values())
        focused = [number for number, item in enumerate(items) if item.hasFocus()]
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        items[(focused[0] + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the hairline to the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())


class _Logo(QWidget):
    """The app's icon, small."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(28, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        icons.paint(QPainter(self), "voiceprep", QRectF(self.rect()), theme.color("accent"))


class _Lock(QWidget):
    """A padlock, small."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(16, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        icons.paint(QPainter(self), "lock", QRectF(self.rect()), theme.color("muted"))
