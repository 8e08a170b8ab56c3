"""What will be used: the microphone and the recogniser, with their state."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel

from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.errors import Mark
from voiceprep.gui.recogniser import Recogniser, recogniser_in_use
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import Card, column, line, row
from voiceprep.gui.widgets.text import label
from voiceprep.gui.widgets.watch import Watch


@dataclass(frozen=True, slots=True)
class _Found:
    """What a look at the machine found."""

    microphone: str = ""
    remark: str = ""
    problem: VoicePrepError | None = None
    recogniser: Recogniser | None = None


class Equipment(Card):
    """Looks for devices and models whenever the page is entered."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._found: _Found | None = None

        self._sign = Mark("mic", "accent", 24)
        self._microphone = label("Looking for a microphone\u2026", wrap=True)
        self._remark = label("", "small", "muted", wrap=True)
        self.change = Button(
            "Change", "link", flush=True, help_text="Choose the microphone in Settings"
        )
        self.change.setAccessibleName("Change the microphone in Settings")
        self.change.clicked.connect(lambda: context.set_up.emit("sound"))
        self.look_again = Button("Look again", help_text="Look for a microphone again")
        self.look_again.clicked.connect(self.look)
        self.look_again.hide()
        self.body.addLayout(_entry(self._sign, self._microphone, self._remark, self.change))
        self.body.addWidget(self.look_again, alignment=Qt.AlignmentFlag.AlignLeft)
        self.check = Button("Check the sound", icon="mic", help_text="Speak and hear yourself")
        self.check.clicked.connect(lambda: context.go.emit("soundcheck"))
        self.body.addWidget(self.check, alignment=Qt.AlignmentFlag.AlignLeft)

        self.body.addWidget(line())
        self._recogniser = label("", wrap=True)
        self._state = label("", "small", "muted", wrap=True)
        self.better = Button(
            "Improve", "link", flush=True, help_text="Add a Whisper model in Settings"
        )
        self.better.setAccessibleName("Improve the recogniser in Settings")
        self.better.clicked.connect(lambda: context.set_up.emit("recogniser"))
        self.better.hide()
        self.body.addLayout(
            _entry(Mark("edit", "accent", 24), self._recogniser, self._state, self.better)
        )
        context.engines_changed.connect(self._show_engines)
        context.settings_changed.connect(self.look)
        self._watch = Watch(self, self._look_on)
        self._show_engines()

    def _show_engines(self) -> None:
        self.check.setEnabled(self._context.toolbox is not None)
        self._show_recogniser()

    @property
    def microphone_name(self) -> str:
        """The microphone, or what is wrong with it."""
        return self._microphone.text()

    @property
    def remark(self) -> str:
        """What is to be known about the microphone."""
        return self._remark.text()

    @property
    def recogniser_name(self) -> str:
        """The recogniser that will be used."""
        return self._recogniser.text()

    def _look_on(self) -> None:
        """Microphones come and go."""
        if self._found is not None:
            self.look()

    def look(self) -> None:
        """Look for the microphone and the recogniser, on a worker."""
        settings, folders = self._context.settings, self._context.folders

        def work() -> _Found:
            from voiceprep.speech.devices import in_use, microphones  # noqa: PLC0415 - loads PortAudio

            recogniser = recogniser_in_use(settings, folders.models)
            try:
                found = microphones()
            except VoicePrepError as error:
                return _Found(problem=error, recogniser=recogniser)
            used = in_use(found, settings.microphone)
            if used is None:
                return _Found(problem=_NO_MICROPHONE, recogniser=recogniser)
            if used.key == settings.microphone:
                return _Found(used.name, "Chosen in Settings", recogniser=recogniser)
            if settings.microphone:
                remark = f"{settings.microphone} is not connected; this is the system's default"
            else:
                remark = "The system's default microphone"
            name = used.name
            return _Found(name[:1].upper() + name[1:], remark, recogniser=recogniser)

        self._context.jobs.run(self, work, self._show)

    def _show(self, found: _Found) -> None:
        self._found = found
        if found.problem is not None:
            self.tell(found.problem)
        else:
            self._offer(found.microphone, found.remark, there=True)
        self._show_recogniser()

    def tell(self, error: VoicePrepError) -> None:
        """A microphone that cannot be used stops nothing: typing and files are left."""
        left = "You can type your answers or drop recordings meanwhile."
        said = " ".join(part for part in (error.cause, error.next_step, left) if part)
        self._offer(error.title, said, there=False)

    def _offer(self, title: str, remark: str, *, there: bool) -> None:
        self._sign.set("mic" if there else "warning", "accent" if there else "alert")
        self._microphone.setText(title)
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))
        self.check.setVisible(there)
        self.change.setVisible(there)
        self.look_again.setVisible(not there)

    def _show_recogniser(self) -> None:
        engines = self._context.engines
        known = self._found.recogniser if self._found is not None else None
        self._recogniser.setText(known.title if known else "Recogniser")
        self.better.setVisible(known is not None and known.basic)
        if engines.building or (engines.warming and engines.recogniser_problem is None):
            state = "Getting the recogniser ready\u2026"
        elif engines.recogniser_problem is not None:
            state = f"{engines.recogniser_problem} You can type your answers meanwhile."
        elif engines.problem is not None:
            state = "Not there"
        else:
            state = known.remark if known else "Ready"
        self._state.setText(state)


_NO_MICROPHONE = VoicePrepError(
    "No microphone was found.",
    "The system lists none.",
    "Connect one, or allow VoicePrep to use it in the system's settings, then look again.",
)


def _entry(sign: Mark, title: QLabel, remark: QLabel, action: Button) -> QHBoxLayout:
    """A line with an icon, two texts and a quiet action at the right."""
    across = row(gap=2)
    across.addWidget(sign)
    words = column(gap=0)
    words.setSpacing(2)
    words.addWidget(title)
    words.addWidget(remark)
    across.addLayout(words, 1)
    across.addWidget(action)
    return across
