"""Settings of the devices: microphone and output."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import row
from voiceprep.gui.widgets.select import Select
from voiceprep.gui.widgets.setting import CONTROL_WIDTH, Section
from voiceprep.gui.widgets.soundcheck import LevelCheck
from voiceprep.gui.widgets.watch import Watch

Names = tuple[tuple[str, ...], tuple[str, ...]]


class SoundSection(Section):
    """Which microphone listens and where sound comes out, with a test of the level."""

    def __init__(self, context: Context) -> None:
        super().__init__("Microphone and output")
        self._context = context
        self.microphone = Select("Microphone")
        self.output = Select("Output")
        for one in (self.microphone, self.output):
            one.setFixedWidth(CONTROL_WIDTH)
            one.addItem("The system's default", "")
        self.check = LevelCheck(context)
        self.refresh = Button("Look again", icon="again", help_text="Look for devices again")
        self._problem = ErrorPanel()
        self.add_row("Microphone", self.microphone)
        self.add_row("Output", self.output)
        self.body.addWidget(self._problem)
        foot = QWidget()
        across = row(foot, gap=1)
        across.addWidget(self.check, 1, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self.refresh, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(foot)
        self.microphone.activated.connect(
            lambda: self._choose("microphone", self.microphone.currentData())
        )
        self.output.activated.connect(lambda: self._choose("output", self.output.currentData()))
        self.refresh.clicked.connect(self.load)
        self._names: Names | None = None
        self._watch = Watch(self, self._look)
        self.check.failed.connect(self._problem.tell)
        context.engines_changed.connect(self._engines_changed)

    def load(self) -> None:
        """Look for devices in the background."""
        self.refresh.setEnabled(False)
        self._context.jobs.run(self, _listed, self._loaded, self._failed)

    def _look(self) -> None:
        """Whether something was plugged in or out meanwhile."""
        lists = (self.microphone, self.output)
        if self.refresh.isEnabled() and self.check.is_idle and not any(map(is_unfolded, lists)):
            self._context.jobs.run(self, _listed, self._seen, lambda _: None)

    def _seen(self, names: Names) -> None:
        if names != self._names and not is_unfolded(self.microphone):
            self._loaded(names)

    def _loaded(self, names: Names) -> None:
        self._names = names
        self.refresh.setEnabled(True)
        self._problem.clear()
        settings = self._context.settings
        _fill(self.microphone, names[0], settings.microphone)
        _fill(self.output, names[1], settings.output)
        if not names[0]:
            self._problem.tell(
                VoicePrepError(
                    "No microphone was found.",
                    "The system lists none.",
                    "Connect one, or allow VoicePrep to use it, then look again. You can type "
                    "your answers meanwhile.",
                )
            )

    def _failed(self, error: Exception) -> None:
        self.refresh.setEnabled(True)
        if not isinstance(error, VoicePrepError):
            raise error
        self._problem.tell(error)

    def _choose(self, field: str, key: str) -> None:
        self.check.stop(lambda: self._context.change_settings(**{field: key or ""}))

    def _engines_changed(self) -> None:
        """The chosen microphone is there when the engines are built anew."""
        ready = self._context.toolbox is not None and not self._context.engines.building
        self.check.setEnabled(ready)


def is_unfolded(one: Select) -> bool:
    """Whether the list is open: it must not change under the pointer."""
    return one.view().isVisible()


def _listed() -> Names:
    from voiceprep.speech.devices import microphones, outputs  # noqa: PLC0415 - loads PortAudio

    return tuple(one.key for one in microphones()), tuple(one.key for one in outputs())


def _fill(where: Select, names: tuple[str, ...], chosen: str) -> None:
    """List devices; one that was chosen and is gone stays in the list and says so."""
    with QSignalBlocker(where):
        where.clear()
        where.addItem("The system's default", "")
        for name in names:
            where.addItem(name, name)
        if chosen and chosen not in names:
            where.addItem(f"{chosen}, not connected", chosen)
        where.setCurrentIndex(max(0, where.findData(chosen)))
        where.setToolTip(where.currentText())
