"""Devices to choose, a sentence to read aloud, what comes in, and what it comes to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.soundcheck import Phase, SoundCheck
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.device_lists import DeviceLists
from voiceprep.gui.widgets.layout import Card, column, line, row
from voiceprep.gui.widgets.soundcheck.checkup_card import CheckupCard
from voiceprep.gui.widgets.soundcheck.level import LevelMeter
from voiceprep.gui.widgets.speaking import RoundButton
from voiceprep.gui.widgets.text import label
from voiceprep.speech.soundcheck import SENTENCE

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_LINES = SENTENCE.replace(". ", ".\n")
"""A line each: so it is read, with a breath between."""
_HINTS = {
    Phase.READY: "Press Space and read the sentence",
    Phase.OPENING: "Opening the microphone\u2026",
    Phase.LISTENING: "Read the sentence now; it stops by itself",
    Phase.MEASURING: "One moment\u2026",
    Phase.DONE: "",
}


class SoundCheckCard(Card):
    """Shows a check in each of its phases, and lets it begin and end.

    Args:
        context: For the devices and the engines.
        check: What is shown.
    """

    def __init__(self, context: Context, check: SoundCheck) -> None:
        super().__init__(gap=2)
        self._context = context
        self._check = check
        self.lists = DeviceLists(context, self, self._may_look, check.drop)
        self.meter = LevelMeter()
        self.problem = ErrorPanel()
        self.record = RoundButton("Record", "mic", "Space")
        self.result = CheckupCard()
        self._hint = label("")
        self._warning = label("", "small", "alert")
        self._listening = QWidget()

        devices = row(gap=2)
        for one in (self.lists.microphone, self.lists.output):
            named = column(gap=0)
            named.setSpacing(4)
            named.addWidget(label(one.accessibleName(), "small", "muted"))
            named.addWidget(one)
            devices.addLayout(named, 1)
        self.body.addLayout(devices)
        self.body.addWidget(line())
        self.body.addWidget(label("Read this aloud, as you will answer:", "small", "muted"))
        self.body.addWidget(label(f"\u201c{_LINES}\u201d", bold=True, wrap=True))
        self.body.addWidget(self.meter)
        self.body.addWidget(self.problem)
        listening = column(self._listening, gap=1)
        for shown in (self.record, self._hint, self._warning):
            listening.addWidget(shown, alignment=_CENTRE)
        self.body.addWidget(self._listening)
        self.body.addWidget(self.result)

        self.record.clicked.connect(self._record)
        self.result.hear_requested.connect(check.hear)
        self.result.again_requested.connect(check.start)
        check.changed.connect(self._changed)
        check.heard.connect(self._hear)
        check.failed.connect(self.problem.show_problem)
        check.playback.changed.connect(self._show_playing)
        check.playback.failed.connect(self.problem.show_problem)
        self.lists.output.activated.connect(lambda _: check.playback.stop())
        self.lists.problem.connect(self.problem.show_problem)
        context.engines_changed.connect(self.render_phase)

    @property
    def warning(self) -> str:
        """What is wrong with the sound at this moment, or ""."""
        return self._warning.text()

    @property
    def says(self) -> str:
        """What is to be done now, or what was found."""
        return self.result.says if self._check.phase is Phase.DONE else self._hint.text()

    @property
    def next_button(self) -> Button | RoundButton:
        """What Space presses: record, stop, or hear oneself."""
        return self.result.hear if self._check.phase is Phase.DONE else self.record

    def set_roomy(self, *, roomy: bool) -> None:
        """Lie close together in a small window: all that is needed is seen at once."""
        self.set_margin(3 if roomy else 2)
        self.body.setSpacing(16 if roomy else 8)

    def begin(self) -> None:
        """Nothing is known yet."""
        self.problem.clear()
        self.meter.clear()
        self.lists.load()
        self.render_phase()

    def render_phase(self) -> None:
        """Show what belongs to this phase."""
        phase, ready = self._check.phase, not self._context.engines.building
        listens = phase is Phase.LISTENING
        self._listening.setVisible(phase is not Phase.DONE)
        self.result.setVisible(phase is Phase.DONE)
        self.result.again.setEnabled(ready)
        self.record.set("Stop" if listens else "Record", "stop" if listens else "mic")
        self._hint.setText(_HINTS[phase] if ready else "Getting the microphone ready\u2026")
        self._warn()

    def _changed(self) -> None:
        match self._check.phase:
            case Phase.OPENING:
                self.problem.clear()
                self.meter.clear()
            case Phase.READY:
                self.meter.clear()
            case Phase.DONE if self._check.checkup is not None:
                self.result.show_checkup(self._check.checkup)
                self.meter.show_result(self._check.checkup.levels)
        self.render_phase()

    def _record(self) -> None:
        """Begin or end; while the microphone opens the button keeps the keyboard, no more."""
        if self._check.phase is Phase.LISTENING:
            self._check.stop()
        elif not self._context.engines.building:
            self._check.start()

    def _hear(self, level_dbfs: float) -> None:
        self.meter.set_level(level_dbfs)
        self._warn()

    def _warn(self) -> None:
        self._warning.setText(self._check.warning)
        self._warning.setVisible(bool(self._check.warning))

    def _show_playing(self) -> None:
        self.result.show_playing(playing=self._check.playback.is_playing)

    def _may_look(self) -> bool:
        return self._check.phase in {Phase.READY, Phase.DONE}
