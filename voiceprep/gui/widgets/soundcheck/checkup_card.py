"""What a check of the sound has found: one piece of advice, and one's own voice to hear."""

import sys

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from voiceprep.gui.errors import Mark
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.text import label
from voiceprep.speech.sound_advice import advise
from voiceprep.speech.soundcheck import Checkup, Verdict


class CheckupCard(QWidget):
    """Advice with its next step; ``hear`` plays what was recorded."""

    hear_requested = Signal()
    again_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._has_played = False
        self._mark = Mark("covered", "accent", 32)
        self._title = label("", bold=True, wrap=True)
        self._next = label("", wrap=True)
        self._places = label("", "small", wrap=True)
        self._heard = label("", "small", "muted", wrap=True)
        self.hear = Button("Hear yourself", icon="play", key="Space")
        self.again = Button("Record again", icon="again", key="R")
        self.hear.clicked.connect(self.hear_requested)
        self.again.clicked.connect(self.again_requested)

        words = column(gap=1)
        words.addWidget(self._title)
        words.addWidget(self._next)
        words.addWidget(self._places)
        buttons = row(gap=1)
        buttons.addWidget(self.hear)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        words.addLayout(buttons)
        words.addWidget(self._heard)
        across = row(self, gap=2)
        across.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)

    @property
    def says(self) -> str:
        """All that it tells, in one text."""
        return " ".join(one.text() for one in (self._title, self._next, self._places))

    @property
    def question(self) -> str:
        """What is asked once the voice was played, or ""."""
        return self._heard.text()

    def show_checkup(self, found: Checkup) -> None:
        """Tell what was found."""
        good = found.verdict is Verdict.GOOD
        advice = advise(found.verdict, sys.platform)
        self._mark.set("covered" if good else "warning", "accent" if good else "alert")
        self._title.setText(advice.title)
        self._next.setText(advice.next_step)
        places = (f"{number}.  {place}" for number, place in enumerate(advice.look_at, 1))
        self._places.setText("\n".join(places))
        self._places.setVisible(bool(advice.look_at))
        self.again.set_kind("plain" if good else "primary")
        self.hear.setEnabled(found.verdict is not Verdict.MUTED)
        self._has_played = False
        self.show_playing(playing=False)
        self.setAccessibleName(self.says)

    def show_playing(self, *, playing: bool) -> None:
        """The voice is heard, or was heard: then the output is asked for."""
        self._has_played = self._has_played or playing
        self.hear.setText("Stop" if playing else "Hear yourself")
        self.hear.set_icon("stop" if playing else "play")
        self._heard.setText(
            "You should hear yourself now, clearly and without noise."
            if playing
            else "Did you hear yourself? If not, choose another output above, or turn it up."
            if self._has_played
            else ""
        )
        self._heard.setVisible(bool(self._heard.text()))
