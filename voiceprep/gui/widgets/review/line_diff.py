"""Two answers line by line: what says the same stands side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from voiceprep.gui import theme
from voiceprep.gui.theme import Tone
from voiceprep.gui.widgets.layout import column
from voiceprep.gui.widgets.shown_text import plain
from voiceprep.gui.widgets.small import TimeButton
from voiceprep.gui.widgets.text import label
from voiceprep.interview.comparison import Line, Pair, Said

_WORDS: dict[Said, tuple[str, Tone]] = {
    Said.SAME: ("= The same", "muted"),
    Said.REWORDED: ("~ In other words", "muted"),
    Said.MOVED: ("\u2195 Moved", "muted"),
    Said.NEW: ("+ New", "accent"),
    Said.LEFT_OUT: ("\u2212 Left out", "alert"),
}


class LineDiff(QWidget):
    """Shows pairs of lines; each line with a time can be heard."""

    play = Signal(bool, float, float)
    """Hear a line: whether it is of the left answer, from and to, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.body = column(self, gap=2)
        self._counts = label("", "small", "muted", wrap=True)
        self.body.addWidget(self._counts)
        self._table = QWidget()
        self.body.addWidget(self._table)

    def show_pairs(self, pairs: Sequence[Pair], left: str, right: str, *, heard: bool) -> None:
        """Show these; ``left`` and ``right`` name the answers, ``heard``: there is a player."""
        fresh = QWidget()
        table = QGridLayout(fresh)
        table.setContentsMargins(0, 0, 0, 0)
        table.setHorizontalSpacing(2 * theme.GRID)
        table.setVerticalSpacing(12)
        table.setColumnStretch(2, 1)
        table.setColumnStretch(4, 1)
        top = Qt.AlignmentFlag.AlignTop
        table.addWidget(label(left, "small", "muted"), 0, 2)
        table.addWidget(label(right, "small", "muted"), 0, 4)
        for number, pair in enumerate(pairs, start=1):
            text, tone = _WORDS[pair.said]
            table.addWidget(label(text, "small", tone, bold=tone != "muted"), number, 0, top)
            for place, line in ((1, pair.left), (3, pair.right)):
                if line is None:
                    continue
                is_quiet = pair.said is Said.SAME
                words = label(shown(line), tone="muted" if is_quiet else "text", wrap=True)
                words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                table.addWidget(words, number, place + 1, top)
                if heard and line.start_s is not None and line.end_s is not None:
                    table.addWidget(self._button(line, is_left=place == 1), number, place, top)
        self._counts.setText(_counted(pairs) if pairs else "There are no words to compare.")
        self.body.replaceWidget(self._table, fresh)
        self._table.hide()
        self._table.deleteLater()
        self._table = fresh

    def _button(self, line: Line, *, is_left: bool) -> TimeButton:
        start_s, end_s = line.start_s or 0.0, line.end_s or 0.0
        made = TimeButton(start_s, "the earlier line" if is_left else "the later line")
        made.clicked.connect(lambda: self.play.emit(is_left, start_s, end_s))
        return made


def shown(line: Line) -> str:
    """A line's words, whatever characters are in them."""
    return "".join(plain(one) for one in line.text)


def _counted(pairs: Sequence[Pair]) -> str:
    kinds = [one.said for one in pairs]
    told = [
        f"{number} {name}"
        for name, number in (
            ("the same", kinds.count(Said.SAME)),
            ("in other words", kinds.count(Said.REWORDED)),
            ("moved", kinds.count(Said.MOVED)),
            ("new", kinds.count(Said.NEW)),
            ("left out", kinds.count(Said.LEFT_OUT)),
        )
        if number
    ]
    return f"Lines by what they mean: {', '.join(told)}."
