"""The transcript with its evidence marked: read it, point at it, play from any word of it."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)

from voiceprep.gui import theme
from voiceprep.gui.phrasing import LEVEL_WORDS, clock
from voiceprep.gui.widgets.badge import draw_badge, mark_pen
from voiceprep.gui.widgets.result.reading_text import ReadingText
from voiceprep.gui.widgets.shown_text import ShownText, show
from voiceprep.scoring.assessment import ConceptVerdict
from voiceprep.scoring.transcript import Transcript, Word

LINE_HEIGHT = 160.0
"""Per cent of the font's own; the lines under the words need the room."""
GUTTER = 56
"""Where the times stand, in pixels."""

_NOWHERE = (0, 0)


class TranscriptView(ReadingText):
    """Shows a transcript with the words that decided.

    Each concept has its number behind its words, and its own colour and kind of line under them,
    so that nothing depends on colour. Words that the recogniser was not sure of are slanted and
    grey.
    """

    play_from = Signal(float)
    """Play from here, in seconds: a word, or the time beside a paragraph, was clicked."""
    pointed = Signal(int)
    """The concept whose words are under the mouse, from 0; -1 for none."""
    chosen = Signal(int)
    """The concept whose number was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Transcript")
        self._text = ""
        self._shown: ShownText = show(Transcript((), "typed"))
        self._verdicts: tuple[ConceptVerdict, ...] = ()
        self._words: tuple[tuple[int, int, Word], ...] = ()
        self._unsure: tuple[tuple[int, int, Word], ...] = ()
        self._corrected: tuple[tuple[int, int, Word], ...] = ()
        self._active = -1
        self._pointed_at = -1
        self._heard = _NOWHERE

    # -- what is shown -----------------------------------------------------------------------

    def show_transcript(
        self,
        transcript: Transcript,
        verdicts: Sequence[ConceptVerdict] = (),
        *,
        playable: bool = True,
    ) -> None:
        """Show a transcript; words can be played from if there is a recording."""
        self._text = transcript.text
        self._shown = show(transcript, verdicts)
        self._verdicts = tuple(verdicts)
        words = tuple(transcript.located_words())
        self._words = words if playable else ()
        self._corrected = tuple(one for one in words if one[2].heard)
        self._unsure = tuple(one for one in words if one[2].is_unsure and not one[2].heard)
        self._active = self._pointed_at = -1
        self._heard = _NOWHERE
        self.setToolTip("")
        self.setPlainText(self._shown.text)
        self._format()
        self.verticalScrollBar().setValue(0)

    def set_active(self, concept: int, *, scroll: bool = False) -> None:
        """Bring out the words of a concept, -1 for none; ``scroll`` to the first of them."""
        self._active = concept
        place = self.place_of(concept)
        if scroll and place != _NOWHERE:
            self.scroll_to(place[0])
        self.viewport().update()

    def show_position(self, position_s: float | None) -> None:
        """Bring out the word that is heard now."""
        heard = _NOWHERE
        if position_s is not None:
            for start, end, word in self._words:
                if word.start_s > position_s:
                    break
                heard = (start, end)
        if heard == self._heard:
            return
        self._heard = heard
        if heard != _NOWHERE:
            self.scroll_to(self._shown.starts[heard[0]], only_if_hidden=True)
        self.viewport().update()

    def _format(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        lines = QTextBlockFormat()
        lines.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        lines.setBottomMargin(theme.GRID)
        timed = any(one.start_s is not None for one in self._shown.paragraphs)
        lines.setLeftMargin(GUTTER if timed else 0)
        lines.setRightMargin(theme.GRID)
        cursor.setBlockFormat(lines)
        words = QTextCharFormat()
        words.setFont(theme.font())
        cursor.setCharFormat(words)
        unsure = QTextCharFormat()
        slanted = theme.font()
        slanted.setItalic(True)
        unsure.setFont(slanted)
        unsure.setForeground(self.palette().placeholderText())
        for start, end, _ in self._unsure:
            self._dress(cursor, self._shown.span(start, end), unsure)
        number = QTextCharFormat()
        number.setFont(theme.font("small", bold=True))
        for badge in self._shown.badges:
            self._dress(cursor, (badge.start, badge.end), number)

    @staticmethod
    def _dress(cursor: QTextCursor, place: tuple[int, int], style: QTextCharFormat) -> None:
        cursor.setPosition(place[0])
        cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(style)

    @property
    def unsure(self) -> tuple[str, ...]:
        """The words that may have been misheard, in order."""
        return tuple(word.text for _, _, word in self._unsure)

    # -- where things are --------------------------------------------------------------------

    def place_of(self, concept: int) -> tuple[int, int]:
        """Where the first words of a concept are shown, in Qt's places; empty without any."""
        for mark in self._shown.marks:
            if mark.concept == concept:
                return self._shown.span(mark.start_char, mark.end_char)
        return _NOWHERE

    def _span(self, start_char: int, end_char: int) -> list[tuple[QRectF, float]]:
        return self.pieces(*self._shown.span(start_char, end_char))

    def _word_at(self, place: int) -> Word | None:
        char = self._shown.char(place)
        if char is None:
            return None
        return next((word for start, end, word in self._words if start <= char < end), None)

    def _time_at(self, event: QMouseEvent) -> float | None:
        """The time in the gutter under the mouse, if it can be played from."""
        if not self._words or event.position().x() >= GUTTER:
            return None
        return next((time for box, time in self._times() if box.contains(event.position())), None)

    def _times(self) -> Iterator[tuple[QRectF, float]]:
        """The times in the gutter, each with its box."""
        for paragraph in self._shown.paragraphs:
            first = self._span(paragraph.start_char, paragraph.start_char + 1)[:1]
            for box, _ in first:
                if paragraph.start_s is not None:
                    yield QRectF(0, box.top(), GUTTER, box.height()), paragraph.start_s

    def _concept_at(self, place: int) -> int:
        badge = self._shown.badge(place)
        if badge is not None:
            return badge.concept
        char = self._shown.char(place)
        if char is None:
            return -1
        hit = [one for one in self._shown.marks if one.start_char <= char < one.end_char]
        return min(hit, key=lambda one: one.end_char - one.start_char).concept if hit else -1

    # -- mouse and keys ----------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which concept is pointed at, and show what can be clicked."""
        super().mouseMoveEvent(event)
        place = self.place_at(event)
        can_click = self._time_at(event) is not None or (
            place is not None
            and (self._shown.badge(place) is not None or self._word_at(place) is not None)
        )
        shape = Qt.CursorShape.PointingHandCursor if can_click else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        self._point_at(-1 if place is None else self._concept_at(place))
        self.setToolTip("" if place is None else self._explain(place))

    def _explain(self, place: int) -> str:
        """What there is to know about a place: what was heard there, doubts, its concept."""
        if heard := self.heard_at(place):
            return f"Heard as “{heard}”"
        char, concept = self._shown.char(place), self._concept_at(place)
        said = []
        if concept >= 0:
            verdict = self._verdicts[concept]
            said.append(f"{verdict.label}: {LEVEL_WORDS[verdict.level]}")
        if char is not None and any(start <= char < end for start, end, _ in self._unsure):
            said.append("The recogniser was not sure of this word")
        return "\n".join(said)

    def heard_at(self, place: int) -> str:
        """What was heard where a corrected word is shown; "" elsewhere."""
        char = self._shown.char(place)
        if char is None:
            return ""
        return next((one.heard for start, end, one in self._corrected if start <= char < end), "")

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self._point_at(-1)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has another grey."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._unsure:
            self._format()

    def _point_at(self, concept: int) -> None:
        if concept == self._pointed_at:
            return
        self._pointed_at = concept
        self.pointed.emit(concept)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click without a selection plays from there, or chooses the concept of a number."""
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        time_s, place = self._time_at(event), self.place_at(event)
        if time_s is not None:
            self.play_from.emit(time_s)
        elif place is not None:
            self.activate(place)

    def activate(self, place: int) -> None:
        """Play from a word, or choose the concept of a number."""
        badge, word = self._shown.badge(place), self._word_at(place)
        if badge is not None:
            self.chosen.emit(badge.concept)
        elif word is not None:
            self.play_from.emit(word.start_s)

    def selected(self) -> str:
        """The selected words without the numbers."""
        first, last = self.textCursor().selectionStart(), self.textCursor().selectionEnd()
        starts = self._shown.starts
        return "".join(
            one for one, start in zip(self._text, starts, strict=True) if first <= start < last
        )

    # -- drawing -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grounds, then the words, then what lies over and under them."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_grounds(painter)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_marks(painter)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        for box, start_s in self._times():
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, clock(start_s))
        if self.hasFocus() and not self.textCursor().hasSelection():
            painter.fillRect(self.cursorRect().adjusted(0, 0, 1, 0), theme.color("accent"))

    def _draw_grounds(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for mark in self._shown.marks:
            if mark.concept == self._active:
                painter.setBrush(theme.concept_color(mark.concept, soft=True))
                for box, _ in self._span(mark.start_char, mark.end_char):
                    painter.drawRoundedRect(box.adjusted(-3, -2, 3, 3), 4, 4)
        painter.setBrush(theme.color("accent_soft"))
        painter.setPen(QPen(theme.color("accent"), 1.5))
        for box, _ in self._span(*self._heard):
            painter.drawRoundedRect(box.adjusted(-2.5, -0.5, 2.5, 1.5), 4, 4)

    def _draw_marks(self, painter: QPainter) -> None:
        painter.setPen(QPen(theme.color("muted"), 1, Qt.PenStyle.DotLine))
        for start, end, _ in self._corrected:  # over the words, as marks of concepts are below
            for box, _ in self._span(start, end):
                painter.drawLine(QPointF(box.left(), box.top()), QPointF(box.right(), box.top()))
        for mark in self._shown.marks:
            painter.setPen(mark_pen(mark.concept))
            for box, base in self._span(mark.start_char, mark.end_char):
                y = round(base) + 5 + 4 * mark.lane
                painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        for badge in self._shown.badges:
            for box, _ in self.pieces(badge.start, badge.end):
                draw_badge(painter, box, badge.concept)
