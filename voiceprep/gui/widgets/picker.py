"""What is to be practised: categories, how many questions, in which order, read aloud or not."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from voiceprep.bank.model import Bank, Question
from voiceprep.gui import theme
from voiceprep.gui.phrasing import count
from voiceprep.gui.widgets.buttons import CORNER, Button, Chip, Choice
from voiceprep.gui.widgets.layout import Card, Flow, clear, column, row
from voiceprep.gui.widgets.select import Select
from voiceprep.gui.widgets.text import label
from voiceprep.interview.selection import choose

USUAL_COUNT = 5
"""Questions a sitting: a quarter of an hour, what a person does in one go."""
_MINUTES_EACH = 3
"""To hear a question, think, answer for one to two minutes and read the result."""


class Stepper(QWidget):
    """A number between two buttons; it can be typed, too."""

    changed = Signal(int)

    def __init__(self, name: str, one_less: str, one_more: str) -> None:
        super().__init__()
        across = row(self, gap=0)
        across.setSpacing(4)
        self._less = Button("", icon="minus", help_text=one_less)
        self._less.setAccessibleName(one_less)
        self._more = Button("", icon="plus", help_text=one_more)
        self._more.setAccessibleName(one_more)
        self.spin = QSpinBox()
        self.spin.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.spin.setFixedWidth(56)
        self.spin.setRange(1, USUAL_COUNT)
        self.spin.setValue(USUAL_COUNT)
        self.spin.setAccessibleName(name)
        self.spin.setToolTip(f"{name} (arrow keys)")
        self._less.clicked.connect(self.spin.stepDown)
        self._more.clicked.connect(self.spin.stepUp)
        self.spin.valueChanged.connect(self._value_changed)
        for widget in (self._less, self.spin, self._more):
            across.addWidget(widget)

    @property
    def value(self) -> int:
        """The number."""
        return self.spin.value()

    def set_most(self, most: int) -> None:
        """The largest number that makes sense; at least 1."""
        self.spin.setMaximum(max(1, most))
        self._value_changed(self.value)

    def _value_changed(self, value: int) -> None:
        self._less.setEnabled(value > self.spin.minimum())
        self._more.setEnabled(value < self.spin.maximum())
        self.changed.emit(value)


class _Sample(QWidget):
    """One of the questions that could come."""

    def __init__(self) -> None:
        super().__init__()
        body = column(self, gap=1, margin=2)
        self._head = label("You might be asked", "small", "muted")
        self._text = label("", wrap=True)
        body.addStretch(1)
        body.addWidget(self._head)
        body.addWidget(self._text)
        body.addStretch(1)
        self.show_one(None, ())

    def show_one(self, bank: Bank | None, categories: tuple[str, ...]) -> None:
        """Draw one from these categories."""
        drawn = choose(bank, categories=categories, count=1, shuffle=True) if bank else ()
        some = bool(drawn and categories)
        if bank is None:
            self._head.setText("")
            self._text.setText("A question that may come is shown here.")
        elif some:
            self._head.setText("You might be asked")
            self._text.setText(drawn[0].question)
        else:
            self._head.setText("Nothing is chosen yet")
            self._text.setText("Choose what you want to practise.")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("canvas"))
        painter.drawRoundedRect(self.rect(), CORNER, CORNER)


class Picker(Card):
    """Chooses questions of one bank."""

    changed = Signal()
    read_aloud_changed = Signal(bool)

    def __init__(self, *, read_aloud: bool) -> None:
        super().__init__()
        self._banks: tuple[Bank, ...] = ()
        self.chips: dict[str, Chip] = {}
        self._wanted = USUAL_COUNT

        head = row(gap=1)
        self._title = label("Questions", bold=True, wrap=True)
        self._which = Select("Question bank")
        self._which.setToolTip("Question bank")
        self._which.currentIndexChanged.connect(self._show_bank)
        self._which.hide()
        self.all = Button("Select all", "link", flush=True)
        self.all.hide()
        self.all.clicked.connect(self.toggle_all)
        head.addWidget(self._title, 1)
        head.addWidget(self._which, 1)
        head.addWidget(self.all)
        self.body.addLayout(head)

        self._flow = Flow()
        self.body.addLayout(self._flow)
        self._sample = _Sample()
        self._sample.hide()
        self.body.addWidget(self._sample, 1)
        self.body.addStretch()

        self.number = Stepper("Number of questions", "One question less", "One question more")
        self.number.changed.connect(self._number_changed)
        self._of = label("", "body", "muted")
        self.order = Choice("Order", [("shuffled", "Shuffled"), ("given", "In order")], "shuffled")
        self.aloud = Choice(
            "Questions are",
            [("aloud", "Read aloud"), ("shown", "Only shown")],
            "aloud" if read_aloud else "shown",
        )
        self.aloud.changed.connect(lambda value: self.read_aloud_changed.emit(value == "aloud"))
        number = row(gap=1)
        number.addWidget(self.number)
        number.addWidget(self._of)
        number.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * theme.GRID)
        grid.setVerticalSpacing(theme.GRID)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label("How many"), 0, 0)
        grid.addLayout(number, 0, 1)
        grid.addWidget(label("Order"), 1, 0)
        grid.addWidget(self.order, 1, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label("Questions are"), 2, 0)
        grid.addWidget(self.aloud, 2, 1, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(grid)

    def show_sample(self, *, roomy: bool) -> None:
        """Show an example where there is room to spare."""
        self._sample.setVisible(roomy)

    @property
    def bank(self) -> Bank | None:
        """The bank that is shown."""
        number = self._which.currentIndex()
        return self._banks[number] if 0 <= number < len(self._banks) else None

    @property
    def categories(self) -> tuple[str, ...]:
        """The chosen ones."""
        return tuple(name for name, chip in self.chips.items() if chip.isChecked())

    def questions(self) -> tuple[Question, ...]:
        """Questions as chosen, drawn anew at each call; none while no category is chosen."""
        if self.bank is None or not self.categories:
            return ()
        return choose(
            self.bank,
            categories=self.categories,
            count=self.number.value,
            shuffle=self.order.value == "shuffled",
        )

    def set_banks(self, banks: tuple[Bank, ...]) -> None:
        """Offer these; what was chosen stays chosen where it still exists."""
        if banks == self._banks:
            return
        before = self.bank
        self._banks = banks
        self._which.blockSignals(True)  # noqa: FBT003 - Qt's own order
        self._which.clear()
        self._which.addItems([bank.title for bank in banks])
        same = [number for number, bank in enumerate(banks) if before and bank.id == before.id]
        self._which.setCurrentIndex(same[0] if same else 0)
        self._which.blockSignals(False)  # noqa: FBT003 - Qt's own order
        self._which.setVisible(len(banks) > 1)
        self._title.setVisible(len(banks) <= 1)
        self._show_bank()

    def _show_bank(self) -> None:
        clear(self._flow)
        self.chips = {}
        bank = self.bank
        if bank is None:
            return
        self._title.setText(bank.title)
        self.all.show()
        for name in bank.categories:
            size = sum(question.category == name for question in bank.questions)
            chip = Chip(name, size, checked=True)
            chip.toggled.connect(self._chosen)
            self.chips[name] = chip
            self._flow.addWidget(chip)
        self._chosen()

    def toggle_all(self) -> None:
        """Choose every category, or none if every one is chosen."""
        chosen = not all(chip.isChecked() for chip in self.chips.values())
        for chip in self.chips.values():
            chip.setChecked(chosen)

    def _available(self) -> int:
        bank = self.bank
        chosen = self.categories
        return sum(one.category in chosen for one in bank.questions) if bank else 0

    def _chosen(self) -> None:
        available = self._available()
        everything = all(chip.isChecked() for chip in self.chips.values())
        self.all.setText("Select none" if everything else "Select all")
        wanted = self._wanted
        self.number.set_most(available)
        self.number.spin.setValue(min(wanted, max(1, available)))
        self._wanted = wanted  # fewer questions for now do not change what the person wants
        self._of.setText(f"of {available}" if available else "")
        self.number.setEnabled(available > 0)
        self._sample.show_one(self.bank, self.categories)
        self.changed.emit()

    def _number_changed(self, value: int) -> None:
        self._wanted = value
        self.changed.emit()

    def summary(self) -> str:
        """What Start would begin, in words."""
        number = min(self.number.value, self._available())
        return f"{count(number, 'question')}, about {count(number * _MINUTES_EACH, 'minute')}"
