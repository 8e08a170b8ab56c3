"""The list of a bank's questions: a model that can be searched, and how a question is drawn."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from voiceprep.bank.model import Question
from voiceprep.gui import theme
from voiceprep.gui.widgets.list_row import draw_ground, draw_text

_LINES = 2
"""Lines of a question that the list shows; the rest is cut, the detail has all of it."""
_MARGIN = 12

Index = QModelIndex | QPersistentModelIndex


class QuestionsModel(QAbstractListModel):
    """The questions of one category, or of all, that match the search."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[Question, ...] = ()
        self._shown: tuple[Question, ...] = ()
        self._category = ""
        self._needles: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many questions there are, whatever is searched."""
        return len(self._all)

    def set_questions(self, questions: Sequence[Question]) -> None:
        """Show these."""
        self._all = tuple(questions)
        self._update()

    def filter(self, category: str, text: str) -> None:
        """Show what is of this category ("" for all) and contains every word.

        Only the question and its category are searched: a search must not give away what is in
        the hint.
        """
        self._category = category
        self._needles = tuple(text.lower().split())
        self._update()

    def _update(self) -> None:
        self.beginResetModel()
        self._shown = tuple(
            one
            for one in self._all
            if self._category in {"", one.category}
            and all(needle in f"{one.question}\n{one.category}".lower() for needle in self._needles)
        )
        self.endResetModel()

    def question(self, index: Index) -> Question | None:
        """The question in a row."""
        return self._shown[index.row()] if 0 <= index.row() < len(self._shown) else None

    def row_of(self, question_id: str) -> int | None:
        """In which row a question is shown."""
        ids = [one.id for one in self._shown]
        return ids.index(question_id) if question_id in ids else None

    def rowCount(self, parent: Index | None = None) -> int:
        """Part of QAbstractListModel."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a view or a screen reader asks for."""
        found = self.question(index)
        if found is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return found.question
        is_name = role == Qt.ItemDataRole.AccessibleTextRole
        return f"{found.question} {found.category}" if is_name else None


class QuestionDelegate(QStyledItemDelegate):
    """Draws a question: its first lines and its category."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are alike."""
        body = QFontMetrics(theme.font()).lineSpacing()
        small = QFontMetrics(theme.font("small")).lineSpacing()
        return QSize(200, _LINES * body + small + 4 + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        model = index.model()
        found = model.question(index) if isinstance(model, QuestionsModel) else None
        if found is None:
            return
        painter.save()
        box = draw_ground(painter, option)
        inner = box.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.setFont(theme.font())
        painter.setPen(theme.color("text"))
        height = float(painter.fontMetrics().lineSpacing())
        for number, text in enumerate(
            first_lines(found.question, painter.fontMetrics(), int(inner.width()), _LINES)
        ):
            line = QRectF(inner.left(), inner.top() + number * height, inner.width(), height)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
        low = Qt.AlignmentFlag.AlignBottom
        draw_text(painter, inner, found.category, "small", "muted", align=low)
        painter.restore()


def first_lines(text: str, metrics: QFontMetrics, width: int, limit: int) -> list[str]:
    """The text broken at spaces into at most ``limit`` lines, the last one cut if need be."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < limit - 1:
        taken = 1
        while taken < len(words) and (
            metrics.horizontalAdvance(" ".join(words[: taken + 1])) <= width
        ):
            taken += 1
        lines.append(
            metrics.elidedText(" ".join(words[:taken]), Qt.TextElideMode.ElideRight, width)
        )
        words = words[taken:]
    if words:
        lines.append(metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width))
    return lines
