"""Settings of the voice that reads the questions."""

from threading import Event

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QWidget

from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.widgets.buttons import Button, Choice
from voiceprep.gui.widgets.layout import row
from voiceprep.gui.widgets.select import Select
from voiceprep.gui.widgets.settings.setting import CONTROL_WIDTH, Section
from voiceprep.gui.widgets.settings.slider import Slider
from voiceprep.gui.widgets.text import label

SAMPLE = "Tell me about a product decision that you would make differently today."
_SETTLES_MS = 400
"""The rate is taken over when the slider has rested so long: each change makes a new voice."""


class VoiceSection(Section):
    """Read aloud or not, which voice, how fast; with a test."""

    def __init__(self, context: Context) -> None:
        super().__init__("Voice")
        self._context = context
        self._silence: Event | None = None
        self._wants_test = False
        settings = context.settings
        self.aloud = Choice(
            "Read questions aloud",
            (("on", "On"), ("off", "Off")),
            "on" if settings.read_aloud else "off",
        )
        self.voice = Select("Voice")
        self.voice.addItem("Default English voice", "")
        self.voice.setFixedWidth(CONTROL_WIDTH)
        self.rate = Slider("Speed, in words a minute", 80, 320, 5)
        self.rate.setValue(settings.rate_wpm)
        self._rate = label("", "small", "muted")
        self._rate.setMinimumWidth(72)
        self._rate.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        speed = QWidget()
        across = row(speed, gap=1)
        across.addWidget(self.rate, 1)
        across.addWidget(self._rate)
        speed.setFixedWidth(CONTROL_WIDTH)
        self.test = Button("Test the voice", icon="speaker")
        self._problem = ErrorPanel()

        self.add_row(
            "Read questions aloud", self.aloud, "When off, questions are only shown on the screen."
        )
        self.add_row("Voice", self.voice)
        self.add_row("Speed", speed)
        self.body.addWidget(self._problem)
        self.body.addWidget(self.test, alignment=Qt.AlignmentFlag.AlignLeft)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLES_MS)
        self._connect()
        self._show_rate(settings.rate_wpm)

    def _connect(self) -> None:
        context = self._context
        self.aloud.changed.connect(lambda value: context.change_settings(read_aloud=value == "on"))
        self.voice.activated.connect(self._voice_chosen)
        self.rate.valueChanged.connect(self._rate_moved)
        self._settle.timeout.connect(self.settle)
        self.test.clicked.connect(self.speak)
        context.engines_changed.connect(self._engines_changed)
        context.settings_changed.connect(self._settings_changed)

    def load(self) -> None:
        """List the voices of this machine in the background, the English ones first."""

        def work() -> list[tuple[str, str]]:
            from voiceprep.speech.speaker import voices  # noqa: PLC0415 - starts a child process

            found = sorted(voices(), key=lambda one: not one.language.startswith("en"))
            return [(one.id, f"{one.name} \u00b7 {one.language}") for one in found]

        self._context.jobs.run(self, work, self._loaded, self._failed)

    def _loaded(self, found: list[tuple[str, str]]) -> None:
        wanted = self._context.settings.voice
        with QSignalBlocker(self.voice):
            self.voice.clear()
            self.voice.addItem("Default English voice", "")
            for voice_id, name in found:
                self.voice.addItem(name, voice_id)
            if wanted and self.voice.findData(wanted) < 0:
                self.voice.addItem(f"{wanted} (not there)", wanted)
            self.voice.setCurrentIndex(max(0, self.voice.findData(wanted)))

    def _failed(self, error: Exception) -> None:
        self._problem.tell(foreseen(error))

    # -- changes -----------------------------------------------------------------------------

    def _voice_chosen(self) -> None:
        self._context.change_settings(voice=self.voice.currentData() or "")

    def _rate_moved(self, value: int) -> None:
        self._show_rate(value)
        self._settle.start()

    def _show_rate(self, value: int) -> None:
        self._rate.setText(f"{value} wpm")
        self.rate.setAccessibleDescription(f"{value} words a minute")

    def settle(self) -> None:
        """Take over the rate now."""
        self._settle.stop()
        self._context.change_settings(rate_wpm=self.rate.value())

    def _settings_changed(self) -> None:
        self.aloud.set_value("on" if self._context.settings.read_aloud else "off")

    # -- test --------------------------------------------------------------------------------

    def speak(self) -> None:
        """Read a sentence with the voice as it is set now, or fall silent."""
        if self._silence is not None or self._wants_test:
            self.stop()
            return
        self.settle()
        self._problem.clear()
        self._wants_test = True
        self.test.set_icon("stop")
        self.test.setText("Stop")
        self._engines_changed()

    def stop(self) -> None:
        """Fall silent."""
        if self._silence is not None:
            self._silence.set()
        self._silence = None
        self._wants_test = False
        self.test.set_icon("speaker")
        self.test.setText("Test the voice")

    def _engines_changed(self) -> None:
        """A new voice is built after each change; the test waits for it."""
        engines, toolbox = self._context.engines, self._context.toolbox
        if not self._wants_test or engines.building:
            return
        self._wants_test = False
        if toolbox is None:
            self.stop()
            if engines.problem is not None:
                self._problem.tell(engines.problem)
            return
        silence = self._silence = Event()
        self._context.jobs.run(
            self,
            lambda: toolbox.speaker.say(SAMPLE, silence),
            lambda _: self._spoken(silence, None),
            lambda error: self._spoken(silence, error),
        )

    def _spoken(self, silence: Event, error: Exception | None) -> None:
        if silence is self._silence:
            self.stop()
            if error is not None:
                self._failed(error)
