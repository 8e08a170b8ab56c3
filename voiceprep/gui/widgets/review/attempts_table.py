"""Attempts at one question as columns: coverage, each concept with what became of it, delivery."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget

from voiceprep.gui import icons, theme
from voiceprep.gui.phrasing import (
    LEVEL_ICONS,
    LEVEL_TONES,
    LEVEL_WORDS,
    clock,
    status,
    when,
)
from voiceprep.gui.widgets.badge import Badge
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import Card, column, row
from voiceprep.gui.widgets.ring import Ring
from voiceprep.gui.widgets.small import TAG_HEIGHT, Tag, TimeButton
from voiceprep.gui.widgets.sound_mark import SoundMark
from voiceprep.gui.widgets.text import label, set_tone
from voiceprep.interview.comparison import Shift, best, change, concepts, verdict_on
from voiceprep.interview.records import Attempt
from voiceprep.report.phrases import sound_mark
from voiceprep.scoring.assessment import ConceptVerdict, Evidence, Level
from voiceprep.scoring.delivery import Delivery

MOST_COLUMNS = 6
"""Attempts that are shown at a time: hundreds would take seconds to lay out."""
COLUMN_WIDTH = 152
NAMES_WIDTH = 200
_SHIFTS = {Shift.GAINED: ("\u25b2 gained", "accent"), Shift.LOST: ("\u25bc lost", "alert")}
"""Arrow and word: nothing depends on the colour."""


class AttemptsTable(Card):
    """Shows attempts side by side, the oldest first: the newest of many, and on demand others."""

    opened = Signal(str)
    """The attempt with this id is to be seen as a whole."""
    play = Signal(object, object)
    """Hear an Evidence of an Attempt."""
    both = Signal(str)
    """Hear the concept with this id in both chosen attempts, one after the other."""

    def __init__(self) -> None:
        super().__init__(margin=2)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.horizontalScrollBar().rangeChanged.connect(self._to_newest)
        self._names = QWidget()
        self._across = row(gap=2)
        self._across.addWidget(self._names, 0, Qt.AlignmentFlag.AlignTop)
        self._across.addWidget(self._scroll, 1)
        self.body.addLayout(self._across)
        self._attempts: Sequence[Attempt] = ()
        self._first = 0
        self.earlier = Button("Earlier", "quiet", icon="back")
        self.later = Button("Later", "quiet")
        self.earlier.setAccessibleName("Earlier attempts")
        self.later.setAccessibleName("Later attempts")
        self.earlier.clicked.connect(lambda: self._turn(-MOST_COLUMNS))
        self.later.clicked.connect(lambda: self._turn(MOST_COLUMNS))
        self.place = label("", "small", "muted")
        self._pages = QWidget()
        pages = row(self._pages, gap=1)
        pages.addStretch(1)
        for one in (self.earlier, self.place, self.later):
            pages.addWidget(one)
        self.body.addWidget(self._pages)

    @Slot(int, int)
    def _to_newest(self, _first: int, last: int) -> None:
        """The newest attempts matter most."""
        self._scroll.horizontalScrollBar().setValue(last)

    def show_attempts(self, attempts: Sequence[Attempt]) -> None:
        """Show the newest of these; they come the oldest first."""
        self._attempts = tuple(attempts)
        self._pages.setVisible(len(attempts) > MOST_COLUMNS)
        self._show_from(len(attempts) - MOST_COLUMNS)

    def _turn(self, columns: int) -> None:
        self._show_from(self._first + columns)
        for button in (self.earlier, self.later):
            if button.isEnabled() and not (self.earlier.hasFocus() or self.later.hasFocus()):
                button.setFocus()

    def _show_from(self, first: int) -> None:
        last = len(self._attempts) - MOST_COLUMNS
        self._first = max(0, min(first, last))
        self.earlier.setEnabled(self._first > 0)
        self.later.setEnabled(self._first < last)
        shown = slice(self._first, self._first + MOST_COLUMNS)
        end = min(shown.stop, len(self._attempts))
        self.place.setText(f"Attempts {self._first + 1} to {end} of {len(self._attempts)}")
        self._lay_out(self._attempts, shown)

    def _lay_out(self, all_attempts: Sequence[Attempt], shown: slice) -> None:
        attempts = all_attempts[shown]
        lines = [_Line(QWidget(), self._heads(all_attempts, shown))]
        lines += [
            _Line(
                self._name(number, verdict, all_attempts), self._cells(verdict, all_attempts, shown)
            )
            for number, verdict in enumerate(concepts(all_attempts))
        ]
        figures = [one.delivery for one in attempts]
        for name, write in _DELIVERY if any(figures) else ():
            told = [label(write(one) if one else "\u2013", "small") for one in figures]
            lines.append(_Line(label(name, "small", "muted"), told))
        names, inside = QWidget(), QWidget()
        left, right = _grid(names), _grid(inside)
        right.setColumnStretch(len(attempts), 1)
        right.setRowStretch(len(lines), 1)
        for place, one in enumerate(lines):
            height = one.height()
            for grid, cells in ((left, [one.name]), (right, one.cells)):
                grid.setRowMinimumHeight(place, height)
                for number, cell in enumerate(cells):
                    grid.addWidget(cell, place, number, Qt.AlignmentFlag.AlignTop)
        for number in range(len(attempts)):
            right.setColumnMinimumWidth(number, COLUMN_WIDTH)
        names.setFixedWidth(NAMES_WIDTH)
        self._across.replaceWidget(self._names, names)
        self._across.setAlignment(names, Qt.AlignmentFlag.AlignTop)
        self._names.hide()
        self._names.deleteLater()
        self._names = names
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # setWidget turns it on
        bar = self._scroll.horizontalScrollBar()
        height = inside.sizeHint().height()
        names.setFixedHeight(height)
        self._scroll.setFixedHeight(height + bar.sizeHint().height())

    def _heads(self, attempts: Sequence[Attempt], shown: slice) -> list[QWidget]:
        top = best(attempts)
        return [
            self._head(one, number, one is top and len(attempts) > 1)
            for number, one in _numbered(attempts, shown)
        ]

    def _cells(
        self, concept: ConceptVerdict, attempts: Sequence[Attempt], shown: slice
    ) -> list[QWidget]:
        before = next(
            (
                found
                for one in reversed(attempts[: shown.start])
                if (found := verdict_on(one, concept.id)) is not None
            ),
            None,
        )
        cells = []
        for number, attempt in _numbered(attempts, shown):
            found = verdict_on(attempt, concept.id)
            cells.append(self._cell(attempt, number, found, change(before, found)))
            before = found or before
        return cells

    def _head(self, attempt: Attempt, number: int, is_best: bool) -> QWidget:
        made = QWidget()
        body = column(made, gap=0)
        body.setSpacing(4)
        title = row(gap=1)
        title.addStrut(TAG_HEIGHT)
        title.addWidget(label(f"Attempt {number}", bold=True))
        if is_best:
            title.addWidget(Tag("Best"))
        title.addStretch(1)
        body.addLayout(title)
        moment = when(attempt.started_at, datetime.now().astimezone())
        body.addWidget(label(moment, "small", "muted", wrap=True))
        across = row(gap=1)
        if attempt.standing is not None:
            ring = Ring(48, f"Coverage of attempt {number}")
            doubt = sound_mark(attempt)
            ring.set_value(attempt.standing.score, animate=False, doubt=doubt)
            across.addWidget(ring)
        else:
            across.addWidget(label(status(attempt), "small", "muted", wrap=True), 1)
        see = Button("Open", "quiet", help_text=f"See attempt {number}")
        see.setAccessibleName(f"Open attempt {number}")
        see.clicked.connect(lambda: self.opened.emit(attempt.id))
        across.addWidget(see)
        across.addStretch(1)
        body.addLayout(across)
        if attempt.doubt is not None:
            body.addWidget(SoundMark(attempt))
        return made

    def _name(self, number: int, verdict: ConceptVerdict, attempts: Sequence[Attempt]) -> QWidget:
        made = QWidget()
        across = row(made, gap=1)
        across.addWidget(Badge(number, lined=True), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=0)
        words.setSpacing(4)
        words.addWidget(label(verdict.label, wrap=True))
        heard = [one for one in attempts if first_said(one, verdict.id)]
        if len(heard) > 1:
            both = Button(
                "Hear both",
                "link",
                icon="play",
                flush=True,
                key=str(number + 1),
                help_text="Hear it in both attempts that are chosen below, one after the other",
            )
            both.setAccessibleName(f"Hear both on {verdict.label}")
            both.clicked.connect(partial(self.both.emit, verdict.id))
            words.addWidget(both, 0, Qt.AlignmentFlag.AlignLeft)
        across.addLayout(words, 1)
        return made

    def _cell(
        self, attempt: Attempt, number: int, verdict: ConceptVerdict | None, shift: Shift
    ) -> QWidget:
        made = QWidget()
        body = column(made, gap=0)
        body.setSpacing(4)
        body.addWidget(_Verdict(verdict))
        if shift is not Shift.KEPT:
            text, tone = _SHIFTS[shift]
            told = label(text, "small", bold=True)
            set_tone(told, "accent" if tone == "accent" else "alert")
            body.addWidget(told)
        said = first_said(attempt, verdict.id) if verdict else None
        if said is not None and said.start_s is not None:
            button = TimeButton(said.start_s, f"attempt {number}")
            button.setToolTip(f"\u201c{said.quote}\u201d")
            button.clicked.connect(lambda: self.play.emit(attempt, said))
            body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return made


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the table: what it is about, and a cell for each attempt."""

    name: QWidget
    cells: Sequence[QWidget]

    def height(self) -> int:
        """Of the highest part of it, in pixels."""
        name = self.name.heightForWidth(NAMES_WIDTH)
        parts = [(one.heightForWidth(COLUMN_WIDTH), one.sizeHint().height()) for one in self.cells]
        return max(name, self.name.sizeHint().height(), *(max(one) for one in parts))


def _numbered(attempts: Sequence[Attempt], shown: slice) -> Iterator[tuple[int, Attempt]]:
    """Those that are shown, with the numbers that they have among all, from 1."""
    return enumerate(attempts[shown], start=shown.start + 1)


def _grid(inside: QWidget) -> QGridLayout:
    made = QGridLayout(inside)
    made.setContentsMargins(0, 0, 0, 0)
    made.setHorizontalSpacing(2 * theme.GRID)
    made.setVerticalSpacing(2 * theme.GRID)
    return made


class _Verdict(QWidget):
    """A level as its icon and its word."""

    def __init__(self, verdict: ConceptVerdict | None) -> None:
        super().__init__()
        self._level: Level | None = verdict.level if verdict else None
        self._text = LEVEL_WORDS[verdict.level] if verdict else "Not judged"
        self.setAccessibleName(f"{verdict.label}: {self._text}" if verdict else self._text)
        self.setFont(theme.font("small", bold=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Icon and word."""
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 26, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tint = theme.color(LEVEL_TONES[self._level] if self._level else "muted")
        if self._level:
            icons.paint(painter, LEVEL_ICONS[self._level], QRectF(0, 1, 18, 18), tint)
        painter.setPen(tint)
        words = QRectF(self.rect()).adjusted(22 if self._level else 0, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._text)


def first_said(attempt: Attempt, concept_id: str) -> Evidence | None:
    """The first words of an attempt that make a concept and can be heard, or None."""
    verdict = verdict_on(attempt, concept_id)
    if verdict is None or verdict.level is Level.MISSED or attempt.audio is None:
        return None
    return next((one for one in verdict.evidence if one.start_s is not None), None)


def _longest(found: Delivery) -> str:
    if not found.pauses:
        return "none"
    return f"{max(one.end_s - one.start_s for one in found.pauses):.1f} s"


_DELIVERY = (
    ("Length", lambda found: clock(found.speech_s)),
    ("Words a minute", lambda found: f"{found.pace_wpm:.0f}"),
    ("Fillers a minute, at least", lambda found: f"{found.fillers_per_min:.1f}"),
    ("Longest pause", _longest),
)
