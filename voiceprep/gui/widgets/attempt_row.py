"""A row that opens something: a question of a session with its ring, or what is known instead."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QProgressBar, QWidget

from voiceprep.gui import icons, theme
from voiceprep.gui.phrasing import can_be_transcribed, duration_s, is_typed, length, status
from voiceprep.gui.widgets.buttons import Button, draw_focus
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.ring import Ring
from voiceprep.gui.widgets.sound_mark import SoundMark
from voiceprep.gui.widgets.text import label
from voiceprep.interview.records import Attempt, AttemptStatus
from voiceprep.report.phrases import explain_doubt, sound_mark


class OpensRow(QFrame):
    """A row that is pressed as a whole: by a click, by Enter or by Space."""

    opened = Signal()

    def __init__(self, *, opens: bool = True) -> None:
        super().__init__()
        self._opens = opens
        self._marked = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if opens:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the mouse is over it."""
        super().enterEvent(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        inside = self.rect().contains(event.position().toPoint())
        if self._opens and event.button() is Qt.MouseButton.LeftButton and inside:
            self.opened.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open."""
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if self._opens and event.key() in keys:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground under the mouse, the arrow, and the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self._opens and self.underMouse()
        if over or self._marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunken" if over else "accent_soft"))
            painter.drawRoundedRect(self.rect(), theme.RADIUS - 2, theme.RADIUS - 2)
        if self._opens:
            box = QRectF(self.width() - 26, self.height() / 2 - 9, 18, 18)
            icons.paint(painter, "next", box, theme.color("muted"))
        keyboard = self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if self.hasFocus() and keyboard:
            draw_focus(painter, QRectF(self.rect()))


class AttemptRow(OpensRow):
    """One question of a session, with the attempt at it.

    Args:
        number: The question's place in the session, from 1.
        question: Its text.
        attempt: The attempt, or None: not answered.
        take: Which attempt at this question it is, from 1.
        noun: What is counted; with another, ``question`` is what tells the rows apart.
    """

    transcribe = Signal()
    cancel = Signal()
    compare = Signal()
    """See it beside all other attempts at its question."""
    discard = Signal()
    """Put this answer into the trash."""

    def __init__(
        self,
        number: int,
        question: str,
        attempt: Attempt | None,
        take: int = 1,
        *,
        noun: str = "Question",
    ) -> None:
        super().__init__(opens=attempt is not None)
        self.attempt_id = "" if attempt is None else attempt.id
        self._progress: QProgressBar | None = None
        self._offers_comparison = False
        said = _said(attempt, take)
        doubt = explain_doubt(attempt) if attempt is not None else ""
        self.setAccessibleName(f"{noun} {number}: {question} {said}. {doubt}".rstrip(". "))

        across = row(self, gap=0)
        across.setContentsMargins(12, 12, 36, 12)
        across.setSpacing(12)
        place = label(str(number), tone="muted")
        place.setFixedWidth(24)
        across.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=0)
        words.setSpacing(4)
        words.addWidget(label(question, wrap=True))
        failed = attempt is not None and attempt.status is AttemptStatus.FAILED
        words.addWidget(label(said, "small", "alert" if failed else "muted", wrap=True))
        if attempt is not None and attempt.doubt is not None:
            words.addWidget(SoundMark(attempt))
        if noun == "Question" and attempt is not None and can_be_transcribed(attempt):
            words.addWidget(self._pending())
        self._words = words
        across.addLayout(words, 1)
        if attempt is not None and (standing := attempt.standing) is not None:
            ring = Ring(48)
            ring.set_value(standing.score, animate=False, doubt=sound_mark(attempt))
            across.addWidget(ring, 0, Qt.AlignmentFlag.AlignVCenter)

    def _pending(self) -> QWidget:
        box = QWidget()
        inside = row(box, gap=1)
        inside.setContentsMargins(0, 4, 0, 0)
        self.start = Button("Transcribe now")
        self.start.clicked.connect(self.transcribe)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(96)
        self._progress.setAccessibleName("Transcribing")
        self.stop = Button("Cancel", "quiet")
        self.stop.clicked.connect(self.cancel)
        for one in (self.start, self._progress, self.stop):
            inside.addWidget(one)
        inside.addStretch(1)
        self.show_progress(None)
        return box

    def set_marked(self, *, marked: bool) -> None:
        """Bring this row out: it is the one that was chosen."""
        self._marked = marked
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del puts the answer into the trash."""
        if event.key() == Qt.Key.Key_Delete and self._opens:
            self.discard.emit()
        else:
            super().keyPressEvent(event)

    def menu(self) -> QMenu:
        """What can be done with this answer."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.addAction("Open\tEnter", self.opened.emit)
        made.addAction("Delete\tDel", self.discard.emit)
        return made

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button, or the menu key, tells what can be done."""
        if self._opens:
            self.menu().popup(event.globalPos())

    def offer_comparison(self, number: int) -> None:
        """There are so many attempts at the question, in this session and others."""
        if self._offers_comparison:
            return
        self._offers_comparison = True
        made = Button(f"Compare {number} attempts", "link", flush=True)
        made.clicked.connect(self.compare)
        self._words.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        made.show()

    def show_progress(self, share: float | None) -> None:
        """How far transcribing is, 0 to 1; None while it does not run."""
        if self._progress is None:
            return
        self.start.setVisible(share is None)
        self._progress.setVisible(share is not None)
        self.stop.setVisible(share is not None)
        if share is not None:
            self._progress.setRange(0, 0 if share <= 0 else 1000)
            self._progress.setValue(round(1000 * share))


def _said(attempt: Attempt | None, take: int) -> str:
    """The line below the question."""
    if attempt is None:
        return "Not answered"
    parts = [f"Attempt {take}"] if take > 1 else []
    parts.append(status(attempt))
    if is_typed(attempt):
        parts.append("typed")
    elif duration_s(attempt):
        parts.append(length(duration_s(attempt)))
    return " · ".join(parts)
