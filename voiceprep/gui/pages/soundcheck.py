"""Before the first answer: is the person heard, and do they hear?"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui import theme
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.pages.page import Page
from voiceprep.gui.soundcheck import Phase, SoundCheck
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.checkup_card import CheckupCard
from voiceprep.gui.widgets.device_lists import DeviceLists
from voiceprep.gui.widgets.layout import Card, Scroll, centred, column, line, row
from voiceprep.gui.widgets.level import LevelMeter
from voiceprep.gui.widgets.speaking import RoundButton
from voiceprep.gui.widgets.text import label
from voiceprep.interview.soundcheck import remember
from voiceprep.speech.soundcheck import SENTENCE, Verdict, microphone_in_use

_log = logging.getLogger(__name__)

WIDTH = 760
_ROOMY = 720
"""From this height on, in pixels, there is room to breathe."""
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_LINES = SENTENCE.replace(". ", ".\n")
"""A line each: so it is read, with a breath between."""


class SoundCheckPage(Page):
    """Read a sentence, see what came in, hear it, and go on to the interview, if there is one."""

    back = Signal()
    """The person wants to be where they came from."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("Can you be heard?")
        self._then: Callable[[], None] | None = None
        self.check = SoundCheck(context, self)
        self.lists = DeviceLists(context, self, self._may_look, self.check.drop)
        self._reason = label("", tone="muted", wrap=True)
        self.meter = LevelMeter()
        self.record = RoundButton("Record", "mic", "Space")
        self._hint = label("")
        self._warning = label("", "small", "alert")
        self.problem = ErrorPanel()
        self.result = CheckupCard()
        self._listening = QWidget()
        self.go = Button("Start the interview", "primary", key="Enter")
        self.skip = Button("Skip the check", key="S")
        self.type = Button("I will type my answers", icon="type", key="T")
        self.leave = Button("Back", "quiet", key="Esc")
        self._card = Card(gap=2)
        self._around = column(gap=0)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        card = self._card
        devices = row(gap=2)
        for one in (self.lists.microphone, self.lists.output):
            named = column(gap=0)
            named.setSpacing(4)
            named.addWidget(label(one.accessibleName(), "small", "muted"))
            named.addWidget(one)
            devices.addLayout(named, 1)
        card.body.addLayout(devices)
        card.body.addWidget(line())
        card.body.addWidget(label("Read this aloud, as you will answer:", "small", "muted"))
        card.body.addWidget(label(f"\u201c{_LINES}\u201d", bold=True, wrap=True))
        card.body.addWidget(self.meter)
        inside = column(self._listening, gap=1)
        inside.addWidget(self.record, alignment=_CENTRE)
        inside.addWidget(self._hint, alignment=_CENTRE)
        inside.addWidget(self._warning, alignment=_CENTRE)
        card.body.addWidget(self.problem)
        card.body.addWidget(self._listening)
        card.body.addWidget(self.result)

        middle = QWidget()
        body = column(middle, gap=0)
        body.addWidget(label("Can you be heard?", "question", bold=True))
        body.addSpacing(theme.GRID)
        body.addWidget(self._reason)
        body.addSpacing(20)
        body.addWidget(card)
        body.addStretch(1)
        scrolled = QWidget()
        scrolled.setLayout(self._around)
        self._around.addLayout(centred(middle, WIDTH))
        foot = QWidget()
        across = row(foot, gap=1)
        across.addWidget(self.leave)
        across.addStretch(1)
        for button in (self.type, self.skip, self.go):
            across.addWidget(button)
        below = column(gap=0)
        below.setContentsMargins(40, 16, 40, 16)
        below.addLayout(centred(foot, WIDTH))
        outer = column(self, gap=0)
        outer.addWidget(Scroll(scrolled), 1)
        outer.addWidget(line())
        outer.addLayout(below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window all that is needed is still seen at once."""
        super().resizeEvent(event)
        roomy = self.height() >= _ROOMY
        self._around.setContentsMargins(40, 24 if roomy else 16, 40, 24 if roomy else 16)
        self._card.set_margin(3 if roomy else 2)
        self._card.body.setSpacing(16 if roomy else 8)

    def _connect(self) -> None:
        self.record.clicked.connect(self._record)
        self.result.hear_requested.connect(self.check.hear)
        self.result.again_requested.connect(self.check.start)
        self.go.clicked.connect(self._go)
        self.skip.clicked.connect(self._skip)
        self.type.clicked.connect(self._begin)
        self.leave.clicked.connect(self.go_back)
        self.check.changed.connect(self._changed)
        self.check.heard.connect(self._hear)
        self.check.failed.connect(self._tell)
        self.check.playback.changed.connect(self._show_playing)
        self.check.playback.failed.connect(self._tell)
        self.lists.output.activated.connect(lambda _: self.check.playback.stop())
        self.lists.problem.connect(self._tell)
        self.context.engines_changed.connect(self._engines_changed)

    @property
    def warning(self) -> str:
        """What is wrong with the sound at this moment, or ""."""
        return self._warning.text()

    def check_before(self, then: Callable[[], None]) -> None:
        """To be called before it is shown: ``then`` begins the interview that it leads to."""
        self._then = then

    # -- what is shown -----------------------------------------------------------------------

    def entered(self) -> None:
        """Ready to record."""
        _log.info("sound check: %s", "before an interview" if self._then else "tried out")
        self._reason.setText(
            "A few seconds before the first question. What you say here is thrown away."
            if self._then
            else "A few seconds of your voice. What you say here is thrown away."
        )
        self.problem.clear()
        self.meter.clear()
        self.lists.load()
        self._render()
        self._take_focus()

    def left(self) -> None:
        """Neither listen nor play any more."""
        self._then = None
        self.check.drop()

    def _may_look(self) -> bool:
        return self.check.phase in {Phase.READY, Phase.DONE}

    def _changed(self) -> None:
        match self.check.phase:
            case Phase.OPENING:
                self.problem.clear()
                self.meter.clear()
            case Phase.READY:
                self.meter.clear()
            case Phase.DONE if (found := self.check.checkup) is not None:
                self.result.show_checkup(found)
                self.meter.show_result(found.levels)
                if found.verdict is Verdict.GOOD:
                    self._remember(good=True)
        self._render()
        self._take_focus()

    def _render(self) -> None:
        phase, ready = self.check.phase, not self.context.engines.building
        done, checks_first = phase is Phase.DONE, self._then is not None
        good = self.check.checkup is not None and self.check.checkup.verdict is Verdict.GOOD
        self.setAccessibleDescription(self.result.says if done else self._hint.text())
        self._listening.setVisible(not done)
        self.result.setVisible(done)
        listens = phase is Phase.LISTENING
        self.record.set("Stop" if listens else "Record", "stop" if listens else "mic")
        self._hint.setText(_HINTS[phase] if ready else "Getting the microphone ready\u2026")
        self._warn()
        self.go.setText(
            "Done" if not checks_first else "Start the interview" if good else "Start anyway"
        )
        self.go.set_kind("primary" if good else "plain")
        self.go.setVisible(done)
        self.skip.setVisible(checks_first and not done)
        self.type.setVisible(checks_first)
        for button in (self.go, self.skip, self.type, self.result.again):
            button.setEnabled(ready)

    def _hear(self, level_dbfs: float) -> None:
        self.meter.set_level(level_dbfs)
        self._warn()

    def _warn(self) -> None:
        self._warning.setText(self.check.warning)
        self._warning.setVisible(bool(self.check.warning))

    def _show_playing(self) -> None:
        self.result.show_playing(playing=self.check.playback.is_playing)

    def _tell(self, problem: VoicePrepError | None) -> None:
        """Where a microphone or an output cannot be used, typing is left."""
        if problem is None:
            self.problem.clear()
        else:
            self.problem.tell(problem)

    def _engines_changed(self) -> None:
        self._render()
        if not self.context.engines.building:
            self._take_focus()  # it was with the list in which another microphone was chosen

    def _take_focus(self) -> None:
        """Space and Enter belong to the big button, and after it to the page.

        The button keeps them while the microphone opens; pressing it then does nothing.
        """
        if self.isVisible():
            (self if self.check.phase is Phase.DONE else self.record).setFocus()

    # -- what the person does ----------------------------------------------------------------

    def _record(self) -> None:
        if self.check.phase is Phase.LISTENING:
            self.check.stop()
        elif not self.context.engines.building:
            self.check.start()

    def _go(self) -> None:
        """On to the interview, whatever was found; or back, if there is none."""
        if self._then is None:
            self.back.emit()
            return
        found = self.check.checkup
        if found is not None and found.verdict is not Verdict.GOOD:
            self._remember(good=False)
        self._begin()

    def _skip(self) -> None:
        self._remember(good=False)
        self._begin()

    def _begin(self) -> None:
        if self._then is not None:
            self.check.drop(self._then)

    def _remember(self, *, good: bool) -> None:
        """Keep what was found, so that this microphone is left alone for a while."""
        chosen = self.context.settings.microphone

        def keep(microphone: str) -> None:
            checked = self.context.settings.checked
            if microphone:
                self.context.change_settings(
                    checked=remember(checked, microphone, datetime.now(UTC), good=good)
                )

        self.context.jobs.run(self, lambda: microphone_in_use(chosen), keep)

    def go_back(self) -> bool:
        """Stop what listens or plays; else leave."""
        if self.check.playback.is_playing:
            self.check.playback.stop()
        elif self.check.phase in {Phase.OPENING, Phase.LISTENING, Phase.MEASURING}:
            self.check.drop()
        else:
            self.back.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that the buttons name."""
        keys, done = Qt.Key, self.check.phase is Phase.DONE
        first = self.result.hear if done else self.record
        on = self.go if done else self.record
        button = {
            keys.Key_Space: first,
            keys.Key_Return: on,
            keys.Key_Enter: on,
            keys.Key_R: self.result.again if done else None,
            keys.Key_S: self.skip,
            keys.Key_T: self.type,
        }.get(Qt.Key(event.key()))
        if button is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif button.isVisible() and not event.isAutoRepeat():
            button.click()


_HINTS = {
    Phase.READY: "Press Space and read the sentence",
    Phase.OPENING: "Opening the microphone\u2026",
    Phase.LISTENING: "Read the sentence now; it stops by itself",
    Phase.MEASURING: "One moment\u2026",
    Phase.DONE: "",
}
