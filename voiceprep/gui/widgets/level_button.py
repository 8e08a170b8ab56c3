"""The level of a concept as a button: its menu lets the candidate set the verdict right."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy

from voiceprep.gui import icons, theme
from voiceprep.gui.phrasing import LEVEL_ICONS, LEVEL_TONES, LEVEL_WORDS
from voiceprep.gui.widgets.buttons import CORNER, PaintedButton, draw_focus
from voiceprep.scoring.assessment import Level

KEYS = {Level.COVERED: "C", Level.PARTIAL: "H", Level.MISSED: "M"}
"""What sets a level while its row has the keyboard: covered, half, missed."""


class LevelButton(PaintedButton):
    """Shows a level; pressed, it offers the others, a note, and the way back.

    Args:
        level: What counts now.
        judged: What the scorer said.
        is_own: Whether the candidate set it.
    """

    chosen = Signal(object)
    """Another Level, by the candidate's word."""
    reverted = Signal()
    """Back to what the scorer said."""
    noted = Signal()
    """The candidate wants to say why."""

    def __init__(self, level: Level, judged: Level, *, is_own: bool) -> None:
        super().__init__(f"{LEVEL_WORDS[level]} · you" if is_own else LEVEL_WORDS[level])
        self._level, self._judged, self._is_own = level, judged, is_own
        self.setFont(theme.font("small", bold=True))
        self.setAccessibleName(f"{self.text()}. Set this verdict right")
        self.setToolTip("Not what you said? Set this verdict right")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    def menu_of_levels(self) -> QMenu:
        """The menu, as pressing shows it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for level in Level:
            one = QAction(f"{LEVEL_WORDS[level]}\t{KEYS[level]}", menu)
            one.setCheckable(True)
            one.setChecked(level is self._level)
            one.triggered.connect(partial(self._choose, level))
            menu.addAction(one)
        menu.addSeparator()
        menu.addAction("Say why …", self.noted.emit)
        if self._is_own:
            words = LEVEL_WORDS[self._judged].lower()
            menu.addAction(f"Back to VoicePrep's verdict ({words})", self.reverted.emit)
        return menu

    def _choose(self, level: Level, _checked: bool = False) -> None:
        if level is not self._level:
            self.chosen.emit(level)

    def _open(self) -> None:
        self.menu_of_levels().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def sizeHint(self) -> QSize:
        """Icon, text, arrow and margins."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 42, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = LEVEL_TONES[self._level]
        if self.underMouse() or self.isDown() or self._is_own:
            painter.setPen(QPen(theme.color("line"), 1))
            painter.setBrush(theme.color("surface"))
            body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(body, CORNER, CORNER)
        middle = self.height() / 2
        icons.paint(
            painter, LEVEL_ICONS[self._level], QRectF(3, middle - 9, 18, 18), theme.color(tone)
        )
        painter.setPen(theme.color(tone))
        painter.setFont(self.font())
        words = QRectF(self.rect()).adjusted(24, 0, -16, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        arrow = QRectF(self.width() - 16, middle - 6, 12, 12)
        icons.paint(painter, "down", arrow, theme.color("muted"))
        if self.shows_focus():
            draw_focus(painter, QRectF(self.rect()))
