"""What is chosen once for all interviews; every change is kept at once."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from voiceprep.gui.context import Context
from voiceprep.gui.pages.page import Page
from voiceprep.gui.widgets.layout import Scroll, column, row
from voiceprep.gui.widgets.settings.about_section import AboutSection
from voiceprep.gui.widgets.settings.data_section import DataSection
from voiceprep.gui.widgets.settings.dictionary_section import DictionarySection
from voiceprep.gui.widgets.settings.general_section import (
    AppearanceSection,
    CaptionsSection,
    LengthSection,
    MomentSection,
    RatingSection,
)
from voiceprep.gui.widgets.settings.recogniser_section import RecogniserSection
from voiceprep.gui.widgets.settings.rescore_section import RescoreSection
from voiceprep.gui.widgets.settings.sound_section import SoundSection
from voiceprep.gui.widgets.settings.voice_section import VoiceSection
from voiceprep.gui.widgets.text import label

_ABOVE = 8
"""Pixels: the page's margin above the first section, less a little air."""

WIDTH = 760
"""Names and controls stay close enough to be seen together."""


class SettingsPage(Page):
    """All settings, one below the other."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.appearance = AppearanceSection(context)
        self.voice = VoiceSection(context)
        self.sound = SoundSection(context)
        self.recogniser = RecogniserSection(context)
        self.dictionary = DictionarySection(context)
        self.captions = CaptionsSection(context)
        self.moment = MomentSection(context)
        self.length = LengthSection(context)
        self.rating = RatingSection(context)
        self.rescore = RescoreSection(context)
        self.data = DataSection(context)
        self.about = AboutSection(context)
        self._later = label(
            "An interview is under way: changes of voice, devices and recogniser take effect "
            "after it.",
            "small",
            "muted",
            wrap=True,
        )
        # From the outside in: Qt dresses all that is inside a widget anew when it gets a parent.
        inside, middle = QWidget(), QWidget()
        outer = column(self, gap=0)
        self.area = Scroll(inside)
        outer.addWidget(self.area)
        across = row(inside, gap=0)
        across.setContentsMargins(40, 24, 40, 32)
        middle.setMaximumWidth(WIDTH)
        across.addWidget(middle, 1000)
        across.addStretch(1)
        body = column(middle, gap=2)
        body.addWidget(label("Settings", "question", bold=True))
        body.addWidget(self._later)
        for section in (
            self.appearance,
            self.voice,
            self.sound,
            self.recogniser,
            self.dictionary,
            self.captions,
            self.moment,
            self.length,
            self.rating,
            self.rescore,
            self.data,
            self.about,
        ):
            body.addWidget(section)
        body.addStretch(1)
        self._wanted: QWidget | None = None
        inside.installEventFilter(self)
        self.area.verticalScrollBar().actionTriggered.connect(self._leave_wanted)
        context.busy_changed.connect(self._show_busy)
        self._show_busy()

    def _show_busy(self) -> None:
        self._later.setVisible(self.context.busy)

    def entered(self) -> None:
        """Look for what may have been plugged in or added."""
        self.voice.load()
        self.data.load()
        self.sound.load()
        self.recogniser.load()
        self.rescore.load()

    def show_section(self, name: str) -> None:
        """Bring a section to the top, "sound" or "recogniser", and the keyboard there."""
        first = {"sound": self.sound.microphone, "recogniser": self.recogniser.choice}[name]
        first.setFocus()
        self._wanted = {"sound": self.sound, "recogniser": self.recogniser}[name]
        QTimer.singleShot(0, self, self._bring)

    def _bring(self) -> None:
        if self._wanted is not None:
            self.area.verticalScrollBar().setValue(self._wanted.y() + _ABOVE)

    def _leave_wanted(self) -> None:
        """The person scrolls."""
        self._wanted = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lists that are loaded above the wanted section push it down: stay with it."""
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._bring)
        return super().eventFilter(watched, event)

    def left(self) -> None:
        """Speak no more."""
        self._wanted = None
        self.voice.stop()
        self.voice.settle()
