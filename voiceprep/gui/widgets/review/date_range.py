"""Two days, from and to, each typed or picked from a calendar."""

from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import QDate, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import QDateEdit, QWidget

from voiceprep.gui import icons, theme
from voiceprep.gui.widgets.layout import row
from voiceprep.gui.widgets.text import label

_BACK = timedelta(days=30)
"""What is proposed: the last month."""


class DateRange(QWidget):
    """From one day to another, both included; neither can pass the other."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        today = datetime.now().astimezone().date()
        self.first, self.last = _day("From", today - _BACK), _day("To", today)
        across = row(self, gap=1)
        across.addWidget(self.first, 1)
        across.addWidget(label("to", "small", "muted"))
        across.addWidget(self.last, 1)
        self._keep_order()
        for one in (self.first, self.last):
            one.dateChanged.connect(self._day_changed)

    @property
    def since(self) -> str:
        """When the first day begins here: ISO 8601, UTC."""
        return _begin(self.first.date())

    @property
    def until(self) -> str:
        """When the day after the last one begins."""
        return _begin(self.last.date().addDays(1))

    def set_days(self, first: date, last: date) -> None:
        """Show these."""
        self.first.clearMaximumDate()
        self.last.clearMinimumDate()
        self.first.setDate(QDate(first.year, first.month, first.day))
        self.last.setDate(QDate(last.year, last.month, last.day))

    def _day_changed(self) -> None:
        self._keep_order()
        self.changed.emit()

    def _keep_order(self) -> None:
        self.first.setMaximumDate(self.last.date())
        self.last.setMinimumDate(self.first.date())


class _Day(QDateEdit):
    """With the arrow of all lists that drop down."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow on top."""
        super().paintEvent(event)
        painter = QPainter(self)
        box = QRectF(self.width() - 25, self.height() / 2 - 9, 18, 18)
        icons.paint(painter, "down", box, theme.color("muted"))


def _day(name: str, shown: date) -> QDateEdit:
    made = _Day(QDate(shown.year, shown.month, shown.day))
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setCalendarPopup(True)
    made.setDisplayFormat("yyyy-MM-dd")
    made.setKeyboardTracking(False)  # a year half typed is no day to look for
    made.setFont(theme.font())
    for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # else red, which is for mistakes
        made.calendarWidget().setWeekdayTextFormat(weekend, QTextCharFormat())
    return made


def _begin(day: QDate) -> str:
    local = datetime.combine(date(day.year(), day.month(), day.day()), time()).astimezone()
    return local.astimezone(UTC).isoformat(timespec="seconds")
