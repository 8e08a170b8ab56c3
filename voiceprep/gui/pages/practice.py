"""Where an interview is chosen and begun."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from voiceprep.gui import theme
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.pages.page import Page
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import Scroll, centred, column, line, row
from voiceprep.gui.widgets.picker import Picker
from voiceprep.gui.widgets.practice.equipment import Equipment
from voiceprep.gui.widgets.practice.recent import Recent
from voiceprep.gui.widgets.text import label, set_tone

WIDTH = 1016
"""The page is no wider than this: lines stay short, cards stay together."""
_ROOMY = 720
"""From this height on, in pixels, there is room for an example question."""


class PracticePage(Page):
    """Choose, check the sound, start."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.picker = Picker(read_aloud=context.settings.read_aloud)
        self.equipment = Equipment(context)
        self.recent = Recent(context)
        self.start = Button("Start the interview", "primary", key="Enter")
        self._why = label(wrap=True)
        self.problem = ErrorPanel()

        middle = QWidget()
        body = column(middle, gap=0)
        inside = QWidget()
        self._around = column(inside, gap=0)
        self._around.addLayout(centred(middle, WIDTH))
        body.addWidget(label("Practise an interview", "question", bold=True))
        body.addSpacing(theme.GRID)
        body.addWidget(
            label(
                "VoicePrep asks, you answer aloud, and you see which key ideas your answer made.",
                tone="muted",
                wrap=True,
            )
        )
        body.addSpacing(20)
        lower = column(gap=2)
        lower.addWidget(self.problem)
        cards = row(gap=2)
        cards.addWidget(self.picker, 10)
        right = column(gap=2)
        right.addWidget(self.equipment)
        right.addWidget(self.recent, 1)
        cards.addLayout(right, 9)
        lower.addLayout(cards, 1)
        body.addLayout(lower, 1)
        outer = column(self, gap=0)
        outer.addWidget(Scroll(inside), 1)
        outer.addWidget(line())
        start = QWidget()
        across = row(start, gap=2)
        across.addWidget(self.start)
        across.addWidget(self._why, 1)
        self._foot = column(gap=0)  # below what scrolls: Start stays in sight
        self._foot.addLayout(centred(start, WIDTH))
        outer.addLayout(self._foot)

        self.start.clicked.connect(self.begin)
        self.picker.changed.connect(self._show_start)
        self.picker.read_aloud_changed.connect(
            lambda aloud: context.change_settings(read_aloud=aloud)
        )
        context.engines_changed.connect(self._show_engines)
        context.settings_changed.connect(self._settings_changed)
        context.history_changed.connect(self.recent.load)
        self._show_engines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window shows what is needed, a large one an example, too."""
        super().resizeEvent(event)
        roomy = self.height() >= _ROOMY
        self.picker.show_sample(roomy=roomy)
        self.recent.show_details(roomy=roomy)
        side = 40 if roomy else 24
        self._around.setContentsMargins(side, 24, side, 24)
        self._foot.setContentsMargins(side, 16, side, 16)
        for card in (self.picker, self.equipment, self.recent):
            card.set_margin(3 if roomy else 2)

    # -- what is shown -----------------------------------------------------------------------

    def entered(self) -> None:
        """Look again for microphones and models; Start is the next step."""
        self.equipment.look()
        self.recent.load()
        self.start.setFocus()

    def _show_engines(self) -> None:
        engines, toolbox = self.context.engines, self.context.toolbox
        if engines.problem is not None:
            again = Button("Try again")
            again.clicked.connect(self.context.build_toolbox)
            self.problem.tell(engines.problem, again)
        else:
            self.problem.clear()
        if toolbox is not None:
            self.picker.set_banks(toolbox.banks)
            self.recent.load()
        self._show_start()

    def _settings_changed(self) -> None:
        self.picker.aloud.set_value("aloud" if self.context.settings.read_aloud else "shown")

    def why_not(self) -> str:
        """Why there is nothing to start yet, in words; "" when there is."""
        if self.context.toolbox is None:
            if self.context.engines.problem is not None:
                return "The questions are not there yet."
            return "Getting the questions ready\u2026"
        if not self.picker.categories:
            return "Choose at least one category."
        return ""

    def _show_start(self) -> None:
        reason, was_ready = self.why_not(), self.start.isEnabled()
        self.start.setEnabled(not reason)
        by_keyboard = self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if not reason and not was_ready and self.isVisible() and not by_keyboard:
            self.start.setFocus()  # it is the next step; disabled, it lost the keyboard
        self._why.setText(reason or self.picker.summary())
        set_tone(self._why, "text" if reason else "muted")
        self.start.setAccessibleDescription(self._why.text())

    # -- starting ----------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the interview."""
        if self.why_not():
            return
        bank, questions = self.picker.bank, self.picker.questions()
        if bank is not None and questions:
            self.context.practise.emit(bank, questions)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter starts, wherever the focus is."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self.why_not():
            self.begin()
        else:
            super().keyPressEvent(event)
