"""The list of past sessions or answers: a model filled a page at a time, and how a row looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from voiceprep.gui import theme
from voiceprep.gui.phrasing import count, length, when
from voiceprep.gui.widgets.list_row import draw_ground, draw_text
from voiceprep.gui.widgets.sound_mark import paint_doubt
from voiceprep.interview.catalogue import AnswerLine, SessionLine, Snippet
from voiceprep.interview.sound_verdict import Grade
from voiceprep.report.phrases import SOUND_WORDS

ROW_HEIGHT = 88
_RING = 44
_BEFORE = 16
"""Characters before the first word that was found; a row is not wide."""

_MARKED = {Grade.DOUBTFUL, Grade.UNUSABLE}

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the list.

    Attributes:
        session_id: The session, or the one that the answer belongs to.
        attempt_id: The answer, or "" for a session.
        title: What it is called.
        place: The second line.
        facts: The third, where nothing was looked for.
        snippet: The third, where something was found.
        score: Coverage, or None.
        is_ended: Whether the session is over.
        doubt: The mark of the score, or of the lack of one, in words.
        with_session: It is in the trash because its session is.
    """

    session_id: str
    attempt_id: str
    title: str
    place: str
    facts: str
    snippet: Snippet
    score: float | None
    is_ended: bool
    doubt: str = ""
    with_session: bool = False

    @property
    def id(self) -> str:
        """Of what the row shows."""
        return self.attempt_id or self.session_id

    @property
    def spoken(self) -> str:
        """All of it in one line, for screen readers."""
        kind = "coverage" if self.attempt_id else "mean coverage"
        covered = "not scored" if self.score is None else f"{kind} {self.score:.0f} per cent"
        said = "".join(text for text, _ in self.snippet)
        parts = (self.title, self.place, self.facts, covered, self.doubt, said)
        return ", ".join(part for part in parts if part)


def entry(line: SessionLine | AnswerLine, now: datetime) -> Entry:
    """Prepare a line for the list."""
    started = when(line.started_at, now)
    if isinstance(line, AnswerLine):
        facts = " · ".join(
            part
            for part in (
                line.category,
                length(line.spoken_s) if line.spoken_s else "",
                "typed" if line.engine == "typed" else "",
            )
            if part
        )
        place = f"{started} · {line.bank_title}"
        return Entry(
            line.session_id,
            line.id,
            line.question,
            place,
            facts,
            line.snippet,
            line.score,
            is_ended=True,
            doubt=SOUND_WORDS[Grade(line.grade)] if line.grade in _MARKED else "",
            with_session=line.with_session,
        )
    answered = f"{line.answered} of {count(line.questions, 'question')}"
    fact = (
        f"{line.waiting} to transcribe"
        if line.waiting
        else length(line.spoken_s)
        if line.spoken_s
        else ""
    )
    name = line.label.name
    return Entry(
        line.id,
        "",
        name or started,
        f"{started} · {line.bank_title}" if name else line.bank_title,
        f"{answered} · {fact}" if fact else answered,
        line.snippet,
        line.score,
        bool(line.ended_at),
        f"{line.doubtful} doubtful" if line.doubtful else "",
    )


class HistoryModel(QAbstractListModel):
    """Rows that have been loaded; the view asks for more as it is scrolled."""

    more_wanted = Signal(int)
    """More rows, from this one on."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._asked = 0
        self.found = 0
        """How many rows there are when all are loaded."""

    def set_entries(self, entries: Sequence[Entry], found: int) -> None:
        """Show these, the first of so many."""
        if list(entries) != self._entries:
            self.beginResetModel()
            self._entries = list(entries)
            self.endResetModel()
        self.found = found
        self._asked = 0

    def append(self, entries: Sequence[Entry]) -> None:
        """Show these, too."""
        first = len(self._entries)
        if entries:
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self._entries += entries
            self.endInsertRows()

    def entry(self, index: Index) -> Entry | None:
        """The entry in a row."""
        return self._entries[index.row()] if 0 <= index.row() < len(self._entries) else None

    def row_of(self, which: str) -> int | None:
        """In which row a session or an answer is shown, by its id."""
        return next((row for row, one in enumerate(self._entries) if one.id == which), None)

    def rowCount(self, parent: Index | None = None) -> int:
        """Part of QAbstractListModel."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def canFetchMore(self, parent: Index) -> bool:
        """Part of QAbstractListModel."""
        shown = len(self._entries)
        return not parent.isValid() and shown < self.found and self._asked <= shown

    def fetchMore(self, parent: Index) -> None:
        """Part of QAbstractListModel; the rows come later, from a worker."""
        if self.canFetchMore(parent):
            self._asked = len(self._entries) + 1
            self.more_wanted.emit(len(self._entries))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a view or a screen reader asks for."""
        found = self.entry(index)
        if found is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return found.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return found.title if found.attempt_id else None
        return found.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


def paint_ring(
    painter: QPainter, box: QRectF, score: float | None, *, is_doubtful: bool = False
) -> None:
    """A small ring with its number, or a dash for "not scored"."""
    pen = QPen(theme.color("outline", 0.3), 4)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = box.adjusted(3, 3, -3, -3)
    painter.drawEllipse(inner)
    if score:
        pen.setColor(theme.color("accent"))
        painter.setPen(pen)
        painter.drawArc(inner, 90 * 16, -round(score * 3.6 * 16))
    painter.setFont(theme.font("small", bold=True))
    painter.setPen(theme.color("muted" if score is None else "text"))
    text = "–" if score is None else f"{score:.0f}"  # noqa: RUF001 - a dash for "no number"
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    if is_doubtful:
        paint_doubt(painter, box)


class HistoryDelegate(QStyledItemDelegate):
    """Draws a row: ring, title, place, and facts or what was found."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are alike, so that a long list stays quick."""
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        model = index.model()
        found = model.entry(index) if isinstance(model, HistoryModel) else None
        if found is None:
            return
        painter.save()
        box = draw_ground(painter, option)
        middle = box.center().y()
        ring = QRectF(box.left() + 12, middle - _RING / 2, _RING, _RING)
        paint_ring(painter, ring, found.score, is_doubtful=bool(found.doubt))
        left = ring.right() + 14
        words = QRectF(left, box.top() + 12, box.right() - left - 8, 64)
        painter.setClipRect(words)
        _words(painter, words, found)
        painter.restore()


def _words(painter: QPainter, box: QRectF, found: Entry) -> None:
    title = QRectF(box.left(), box.top(), box.width(), 22.0)
    place = title.translated(0, 22)
    third = place.translated(0, 21)
    draw_text(painter, title, found.title, bold=True)
    draw_text(painter, place, found.place, "small", "muted")
    if found.snippet:
        _snippet(painter, third, found.snippet)
    else:
        facts = " · ".join(filter(None, (found.doubt, found.facts)))
        draw_text(painter, third, facts, "small", "muted")


def _snippet(painter: QPainter, box: QRectF, snippet: Snippet) -> None:
    """The words that were found, bold on a ground, from shortly before the first of them on."""
    left = box.left()
    for number, (text, is_hit) in enumerate(snippet):
        shown = text
        if not number and not is_hit and len(text) > _BEFORE:
            shown = f"\u2026{text[-_BEFORE:]}"
        painter.setFont(theme.font("small", bold=is_hit))
        width = painter.fontMetrics().horizontalAdvance(shown)
        piece = QRectF(left, box.top(), width, box.height())
        if is_hit:
            painter.fillRect(piece.adjusted(-1, 2, 1, -2), theme.color("partial_soft"))
        painter.setPen(theme.color("text" if is_hit else "muted"))
        room = int(box.right() - left)
        if room <= 0:
            return
        cut = painter.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, room)
        painter.drawText(piece, Qt.AlignmentFlag.AlignVCenter, cut)
        left += width
