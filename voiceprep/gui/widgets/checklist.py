"""The checklist: concept by concept, how much was said and the words that prove it."""

from functools import partial

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from voiceprep.gui import theme
from voiceprep.gui.phrasing import LEVEL_WORDS
from voiceprep.gui.widgets.badge import Badge
from voiceprep.gui.widgets.buttons import draw_focus
from voiceprep.gui.widgets.layout import column, flow_box, row
from voiceprep.gui.widgets.level_button import KEYS, LevelButton
from voiceprep.gui.widgets.quote import quote_label
from voiceprep.gui.widgets.result_head import shown_verdicts
from voiceprep.gui.widgets.small import Tag, TimeButton
from voiceprep.gui.widgets.text import label
from voiceprep.interview.records import Attempt, Overruling
from voiceprep.report.phrases import explain_overruling
from voiceprep.scoring.assessment import ConceptVerdict, Evidence, Level

LONGEST_NOTE = 300
"""Characters; a note is a sentence or two."""


class ChecklistRow(QFrame):
    """One concept: number, label, level in words, quotes, reason.

    Args:
        number: Which concept, from 0.
        verdict: What counts.
        judged: What the scorer said.
        overruling: What the candidate said of it, or None.
        probe: What an interviewer would ask when it is missing, or "".
        playable: Whether there is a recording to play quotes from.
    """

    entered = Signal(int)
    """The mouse or the keyboard came to this row."""
    departed = Signal(int)
    """The mouse left it."""
    play = Signal(float, float)
    """Play a quote: from and to, in seconds."""
    overruled = Signal(str, object, str)
    """By the candidate's word: a concept's id, its Level and a note."""

    def __init__(
        self,
        number: int,
        verdict: ConceptVerdict,
        probe: str,
        *,
        playable: bool,
        judged: Level,
        overruling: Overruling | None,
    ) -> None:
        super().__init__()
        self._verdict, self._judged = verdict, judged
        self._note = overruling.note if overruling is not None else ""
        self.number = number
        self._playable = playable
        self._active = False
        self._first: Evidence | None = next(iter(verdict.evidence), None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        level = LEVEL_WORDS[verdict.level]
        by_whom = " By your own word." if overruling is not None else ""
        self.setAccessibleName(f"Concept {number + 1}: {verdict.label}. {level}.{by_whom}")
        self.setAccessibleDescription(
            " ".join(
                [*(f"“{one.quote}”" for one in verdict.evidence), verdict.why]
                + ([f"An interviewer might ask: {probe}"] if probe else [])
            )
        )

        across = row(self, gap=0)
        across.setContentsMargins(12, 12, 12, 12)
        across.setSpacing(12)
        across.addWidget(Badge(number, lined=bool(verdict.evidence)), 0, Qt.AlignmentFlag.AlignTop)
        body = column(gap=1)
        across.addLayout(body, 1)
        head = row(gap=1)
        head.addWidget(label(verdict.label, bold=True, wrap=True), 1)
        self.level = LevelButton(verdict.level, judged, is_own=overruling is not None)
        self.level.chosen.connect(self._overrule)
        self.level.reverted.connect(self._revert)
        self.level.noted.connect(self._ask_why)
        head.addWidget(self.level, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(head)
        if overruling is not None:
            body.addWidget(label(explain_overruling(overruling, judged), "small", wrap=True))
        self.note = QLineEdit(self._note)
        self.note.setPlaceholderText("Why? Enter keeps it, Esc leaves it")
        self.note.setAccessibleName(f"Why {verdict.label} is judged so")
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.hide()
        self.note.returnPressed.connect(self._keep_note)
        body.addWidget(self.note)
        for evidence in verdict.evidence:
            body.addLayout(self._quote(evidence))
        if verdict.why:
            body.addWidget(label(verdict.why, "small", "muted", wrap=True))
        if verdict.terms_said:
            body.addWidget(flow_box(*(Tag(term) for term in verdict.terms_said)))
        if probe and verdict.level is Level.MISSED:
            body.addWidget(Probe(probe))

    def _quote(self, evidence: Evidence) -> QHBoxLayout:
        across = row(gap=1)
        words = quote_label(evidence.quote, self._verdict.terms_said)
        if self._playable and evidence.start_s is not None:
            button = TimeButton(evidence.start_s, "the quote")
            button.clicked.connect(partial(self._play, evidence))
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(words, 1)
        return across

    def _overrule(self, level: Level) -> None:
        self.overruled.emit(self._verdict.id, level, self._note)

    def _revert(self) -> None:
        self.overruled.emit(self._verdict.id, self._judged, "")

    def _ask_why(self) -> None:
        self.note.show()
        self.note.setFocus()

    def _keep_note(self) -> None:
        self.overruled.emit(self._verdict.id, self._verdict.level, self.note.text().strip())

    def _play(self, evidence: Evidence, _checked: bool = False) -> None:
        if self._playable and evidence.start_s is not None and evidence.end_s is not None:
            self.play.emit(evidence.start_s, evidence.end_s)

    def set_active(self, active: bool) -> None:
        """Bring the row out: its words are brought out in the transcript."""
        self._active = active
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The mouse came."""
        super().enterEvent(event)
        self.entered.emit(self.number)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse left."""
        super().leaveEvent(event)
        self.departed.emit(self.number)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard came."""
        super().focusInEvent(event)
        self.entered.emit(self.number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click holds the row."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.entered.emit(self.number)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays the first quote; C, H and M set the level; Esc leaves the note."""
        level = next((one for one, key in KEYS.items() if event.text().upper() == key), None)
        if event.key() == Qt.Key.Key_Space and self._first is not None and self._playable:
            self._play(self._first)
        elif event.key() == Qt.Key.Key_Escape and self.note.hasFocus():
            self.note.setText(self._note)
            self.note.hide()
            self.setFocus()
        elif not self.note.isHidden() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()  # it kept the note, and must not lead on to the next question
        elif level is not None and not self.note.hasFocus():
            if level is not self._verdict.level:
                self._overrule(level)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of the row that is brought out."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._active:
            painter.setPen(QPen(theme.color("line"), 1))
            painter.setBrush(theme.color("canvas"))
            body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(body, theme.RADIUS - 2, theme.RADIUS - 2)
        keyboard = self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if self.hasFocus() and keyboard:
            draw_focus(painter, QRectF(self.rect()))


class Probe(QFrame):
    """The question that an interviewer asks when a concept is missing."""

    def __init__(self, probe: str) -> None:
        super().__init__()
        across = row(self, gap=0)
        across.setContentsMargins(14, 4, 0, 4)
        words = column(gap=0)
        words.setSpacing(2)
        words.addWidget(label("An interviewer might ask", "small", "muted"))
        words.addWidget(label(probe, wrap=True))
        across.addLayout(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar at the left, as of something quoted."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("outline"))
        painter.drawRoundedRect(QRectF(0, 2, 3, self.height() - 4), 1.5, 1.5)


class Checklist(QWidget):
    """All concepts of a question, in order; up and down go through them."""

    pointed = Signal(int)
    """The concept that is brought out, from 0; -1 for none."""
    focused = Signal(QWidget)
    """The row that has the keyboard now."""
    play = Signal(float, float)
    """Play a quote: from and to, in seconds."""
    overruled = Signal(str, object, str)
    """By the candidate's word: a concept's id, its Level and a note."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Checklist")
        self._rows: list[ChecklistRow] = []
        self.active = -1
        """The concept that is brought out, from 0; -1 for none."""
        self._body = column(self, gap=0)
        self._body.setSpacing(4)

    @property
    def rows(self) -> tuple[ChecklistRow, ...]:
        """The rows, in order."""
        return tuple(self._rows)

    def show_verdicts(self, attempt: Attempt, *, playable: bool) -> None:
        """Show the verdicts on an attempt; none where there is no score to stand behind."""
        verdicts = shown_verdicts(attempt)
        assessment = attempt.assessment
        judged = {one.id: one.level for one in assessment.concepts} if assessment else {}
        probes = {concept.id: concept.probe for concept in attempt.question.concepts}
        for old in self._rows:
            self._body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = []
        self.active = -1
        for number, verdict in enumerate(verdicts):
            made = ChecklistRow(
                number,
                verdict,
                probes.get(verdict.id, ""),
                playable=playable,
                judged=judged[verdict.id],
                overruling=attempt.overruling(verdict.id),
            )
            made.overruled.connect(self.overruled)
            made.entered.connect(self._entered)
            made.departed.connect(self._departed)
            made.play.connect(self.play)
            self._rows.append(made)
            self._body.addWidget(made)
            made.show()  # at once: it may be given the keyboard now

    def set_active(self, concept: int) -> None:
        """Bring out one row without a signal; -1 for none."""
        self.active = concept
        for one in self._rows:
            one.set_active(one.number == concept)

    def focus(self, concept: int) -> None:
        """Give a row the keyboard; it is brought out by that."""
        self._rows[concept].setFocus(Qt.FocusReason.TabFocusReason)
        self.focused.emit(self._rows[concept])

    def _entered(self, number: int) -> None:
        self.set_active(number)
        self.pointed.emit(number)

    def _departed(self, _number: int) -> None:
        focused = next((one.number for one in self._rows if one.hasFocus()), -1)
        self._entered(focused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through the rows."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        at = next((number for number, one in enumerate(self._rows) if one.hasFocus()), None)
        if step is None or at is None or not 0 <= at + step < len(self._rows):
            super().keyPressEvent(event)
        else:
            self.focus(at + step)
