"""The filters above the history's list."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from voiceprep.gui import theme
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.review.date_range import DateRange
from voiceprep.gui.widgets.select import Select
from voiceprep.interview.catalogue import Choices, Filter

Values = Sequence[tuple[str, str]]

_RANGE = "range"
_DAYS = (
    ("7", "Last 7 days"),
    ("30", "Last 30 days"),
    ("365", "Last 365 days"),
    (_RANGE, "From \u2026 to \u2026"),
)
_COVERAGE = (("0-39", "Below 40 %"), ("40-69", "40 to 69 %"), ("70-100", "70 % and more"))
_ENGINES = {"whisper": "Whisper", "pocketsphinx": "Basic recogniser", "typed": "Typed"}


class Filters(QWidget):
    """Choices that narrow down what is listed; a first entry in each stands for all."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GRID)
        self._selects: dict[str, Select] = {}
        self._offered: Choices | None = None
        for number, (key, name, everything, values) in enumerate(
            (
                ("bank", "Bank", "All banks", ()),
                ("category", "Category", "All categories", ()),
                ("level", "Level", "All levels", ()),
                ("engine", "Recogniser", "All recognisers", ()),
                ("days", "Date", "Any time", _DAYS),
                ("coverage", "Coverage", "Any coverage", _COVERAGE),
                ("tag", "Tag", "All tags", ()),
                ("place", "Place", "Not deleted", (("trash", "Trash"),)),
            )
        ):
            select = Select(name)
            select.setToolTip(name)
            select.setMinimumContentsLength(5)
            select.addItem(everything, "")
            _fill(select, values)
            select.currentIndexChanged.connect(self.changed)
            grid.addWidget(select, number // 2, number % 2)
            self._selects[key] = select
        self.range = DateRange()
        self.range.changed.connect(self.changed)
        self.range.hide()
        self._selects["days"].currentIndexChanged.connect(self._show_range)
        grid.addWidget(self.range, 4, 0, 1, 2)
        self.clear_button = Button("Clear filters", "link", flush=True)
        self.clear_button.clicked.connect(self.clear)
        grid.addWidget(self.clear_button, 5, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        for number in (0, 1):
            grid.setColumnStretch(number, 1)

    def offer(self, choices: Choices) -> None:
        """Offer what occurs in the history; what is chosen stays chosen."""
        if choices == self._offered:
            return
        self._offered = choices
        offered: dict[str, Values] = {
            "bank": choices.banks,
            "category": [(one, one) for one in choices.categories],
            "level": [(one, one.capitalize()) for one in choices.levels],
            "engine": [(one, _ENGINES.get(one, one)) for one in choices.engines],
            "tag": [(one, one) for one in choices.tags],
        }
        for key, values in offered.items():
            select = self._selects[key]
            kept = select.currentData()
            select.blockSignals(True)  # noqa: FBT003 - Qt's own order
            while select.count() > 1:
                select.removeItem(1)
            _fill(select, values)
            select.setCurrentIndex(max(0, select.findData(kept)))
            select.blockSignals(False)  # noqa: FBT003 - Qt's own order

    def filter(self, text: str = "") -> Filter:
        """What is chosen, with the text that is looked for."""
        days, coverage = self._value("days"), self._value("coverage")
        least, _, most = coverage.partition("-")
        since = until = ""
        if days == _RANGE:
            since, until = self.range.since, self.range.until
        elif days:
            begin = datetime.now(UTC) - timedelta(days=int(days))
            since = begin.isoformat(timespec="seconds")
        return Filter(
            text=text,
            bank=self._value("bank"),
            category=self._value("category"),
            level=self._value("level"),
            engine=self._value("engine"),
            tag=self._value("tag"),
            since=since,
            until=until,
            least=float(least) if least else None,
            most=float(most) + 0.999 if most else None,
            in_trash=self._value("place") == "trash",
        )

    @property
    def number(self) -> int:
        """How many filters are set."""
        return sum(bool(self._value(key)) for key in self._selects)

    def choose(self, key: str, value: str) -> None:
        """Set a filter, e.g. ``choose("place", "trash")``; what is not offered changes nothing."""
        select = self._selects[key]
        found = select.findData(value)
        if found >= 0:
            select.setCurrentIndex(found)

    def clear(self) -> None:
        """Set none."""
        for select in self._selects.values():
            select.blockSignals(True)  # noqa: FBT003 - Qt's own order
            select.setCurrentIndex(0)
            select.blockSignals(False)  # noqa: FBT003 - Qt's own order
        self._show_range()
        self.changed.emit()

    def _show_range(self) -> None:
        self.range.setVisible(self._value("days") == _RANGE)

    def _value(self, key: str) -> str:
        return str(self._selects[key].currentData() or "")


def _fill(select: Select, values: Values) -> None:
    for value, shown in values:
        select.addItem(shown, value)
