"""Settings of the devices: microphone and output."""

from PySide6.QtWidgets import QWidget

from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.widgets.buttons import Button, Choice
from voiceprep.gui.widgets.device_lists import DeviceLists
from voiceprep.gui.widgets.layout import row
from voiceprep.gui.widgets.settings.setting import CONTROL_WIDTH, Section


class SoundSection(Section):
    """Which microphone listens, where sound comes out, and when both are checked."""

    def __init__(self, context: Context) -> None:
        super().__init__("Microphone and output")
        self.lists = DeviceLists(context, self)
        self.microphone, self.output = self.lists.microphone, self.lists.output
        for one in (self.microphone, self.output):
            one.setFixedWidth(CONTROL_WIDTH)
        checks = "on" if context.settings.sound_check else "off"
        self.checks = Choice("Check before an interview", (("on", "On"), ("off", "Off")), checks)
        self.checks.changed.connect(
            lambda value: context.change_settings(sound_check=value == "on")
        )
        self.check = Button("Check the sound", icon="mic", help_text="Speak and hear yourself")
        self.check.clicked.connect(lambda: context.go.emit("soundcheck"))
        self.refresh = Button("Look again", icon="again", help_text="Look for devices again")
        self.refresh.clicked.connect(self.load)
        self._problem = ErrorPanel()
        self.add_row("Microphone", self.microphone)
        self.add_row("Output", self.output)
        self.add_row(
            "Check before an interview",
            self.checks,
            "Some seconds, when a microphone is new or its last check is two weeks old.",
        )
        self.body.addWidget(self._problem)
        foot = QWidget()
        across = row(foot, gap=1)
        across.addWidget(self.check)
        across.addWidget(self.refresh)
        across.addStretch(1)
        self.body.addWidget(foot)
        self.lists.looked.connect(lambda: self.refresh.setEnabled(True))
        self.lists.problem.connect(self._problem.show_problem)
        context.settings_changed.connect(
            lambda: self.checks.set_value("on" if context.settings.sound_check else "off")
        )

    def load(self) -> None:
        """Look for devices in the background."""
        self.refresh.setEnabled(False)
        self.lists.load()
