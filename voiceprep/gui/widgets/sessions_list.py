"""The list of past sessions: a model that can be searched, and how a session is drawn in it."""

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
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from voiceprep.gui import theme
from voiceprep.gui.digest import counting
from voiceprep.gui.phrasing import can_be_transcribed, count, length, session_length_s, when
from voiceprep.interview.records import SessionRecord

ROW_HEIGHT = 88
_RING = 44

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """A session as the list shows it.

    Attributes:
        session: What is kept.
        title: Its date in words.
        facts: Number of answers, and their length or what is left to transcribe.
        haystack: What is searched, in lower case: the bank, questions and answers.
    """

    session: SessionRecord
    title: str
    facts: str
    haystack: str

    @property
    def spoken(self) -> str:
        """All of it in one line, for screen readers."""
        score = self.session.score
        covered = "not scored" if score is None else f"mean coverage {score:.0f} per cent"
        return f"{self.title}, {self.session.bank_title}, {self.facts}, {covered}"


def entry(session: SessionRecord, now: datetime) -> Entry:
    """Prepare a session for the list."""
    taken = counting(session)
    answered = f"{len(taken)} of {count(len(session.question_ids), 'question')}"
    spoken_s = session_length_s(session)
    waiting = sum(can_be_transcribed(attempt) for attempt in session.attempts)
    fact = f"{waiting} to transcribe" if waiting else length(spoken_s) if spoken_s else ""
    texts = [session.bank_title]
    for attempt in session.attempts:
        texts += [attempt.question.question, attempt.question.category]
        if attempt.transcript is not None:
            texts.append(attempt.transcript.text)
    return Entry(
        session,
        when(session.started_at, now),
        f"{answered} · {fact}" if fact else answered,
        "\n".join(texts).lower(),
    )


class SessionsModel(QAbstractListModel):
    """Sessions, those that match the search and are not hidden."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[Entry, ...] = ()
        self._shown: tuple[Entry, ...] = ()
        self._needles: tuple[str, ...] = ()
        self._hidden: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        """How many sessions there are, whatever is searched; one on its way out is none."""
        return sum(one.session.id not in self._hidden for one in self._all)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        self._all = tuple(entries)
        self._update()

    def search(self, text: str) -> None:
        """Show what contains every word."""
        self._needles = tuple(text.lower().split())
        self._update()

    def hide(self, session_id: str) -> None:
        """Leave out a session."""
        self._hidden |= {session_id}
        self._update()

    def unhide(self, session_id: str) -> None:
        """Show a session again."""
        self._hidden -= {session_id}
        self._update()

    def _update(self) -> None:
        shown = tuple(
            one
            for one in self._all
            if one.session.id not in self._hidden
            and all(needle in one.haystack for needle in self._needles)
        )
        if shown != self._shown:
            self.beginResetModel()
            self._shown = shown
            self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        """The entry in a row."""
        return self._shown[index.row()] if 0 <= index.row() < len(self._shown) else None

    def row_of(self, session_id: str) -> int | None:
        """In which row a session is shown."""
        ids = [one.session.id for one in self._shown]
        return ids.index(session_id) if session_id in ids else None

    def rowCount(self, parent: Index | None = None) -> int:
        """Part of QAbstractListModel."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a view or a screen reader asks for."""
        found = self.entry(index)
        if found is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return found.title if role == Qt.ItemDataRole.DisplayRole else None
        return found.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


def paint_ring(painter: QPainter, box: QRectF, score: float | None) -> None:
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


class SessionDelegate(QStyledItemDelegate):
    """Draws a session: ring, date, bank, facts."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are alike, so that a long list stays quick."""
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        model = index.model()
        found = model.entry(index) if isinstance(model, SessionsModel) else None
        if found is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft" if chosen else "sunken"))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 8, 8)
        middle = box.center().y()
        ring = QRectF(box.left() + 12, middle - _RING / 2, _RING, _RING)
        paint_ring(painter, ring, found.session.score)
        left = ring.right() + 14
        self._words(painter, QRectF(left, box.top() + 12, box.right() - left - 8, 64), found)
        painter.restore()

    def _words(self, painter: QPainter, box: QRectF, found: Entry) -> None:
        lines = (
            (found.title, theme.font(bold=True), "text", 22.0),
            (found.session.bank_title, theme.font("small"), "muted", 21.0),
            (found.facts, theme.font("small"), "muted", 21.0),
        )
        top = box.top()
        for text, font, ink, height in lines:
            painter.setFont(font)
            painter.setPen(theme.color(ink))
            cut = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, int(box.width())
            )
            painter.drawText(
                QRectF(box.left(), top, box.width(), height), Qt.AlignmentFlag.AlignVCenter, cut
            )
            top += height
