"""Before the first answer: is the person heard, and do they hear?"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from voiceprep.gui import theme
from voiceprep.gui.context import Context
from voiceprep.gui.pages.page import Page
from voiceprep.gui.soundcheck import Phase, SoundCheck
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import Scroll, centred, column, line, row
from voiceprep.gui.widgets.soundcheck.soundcheck_card import SoundCheckCard
from voiceprep.gui.widgets.text import label
from voiceprep.interview.soundcheck import remember
from voiceprep.speech.soundcheck import Verdict, microphone_in_use

_log = logging.getLogger(__name__)

WIDTH = 760
_ROOMY = 720
"""From this height on, in pixels, there is room to breathe."""
_TITLE = "Can you be heard?"


class SoundCheckPage(Page):
    """Read a sentence, see what came in, hear it, and go on to the interview, if there is one."""

    back = Signal()
    """The person wants to be where they came from."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_TITLE)
        self._then: Callable[[], None] | None = None
        self.check = SoundCheck(context, self)
        self.card = SoundCheckCard(context, self.check)
        self._reason = label("", tone="muted", wrap=True)
        self.go = Button("Start the interview", "primary", key="Enter")
        self.skip = Button("Skip the check", key="S")
        self.type = Button("I will type my answers", icon="type", key="T")
        self.leave = Button("Back", "quiet", key="Esc")

        middle = QWidget()
        body = column(middle, gap=0)
        body.addWidget(label(_TITLE, "question", bold=True))
        body.addSpacing(theme.GRID)
        body.addWidget(self._reason)
        body.addSpacing(20)
        body.addWidget(self.card)
        body.addStretch(1)
        scrolled = QWidget()
        self._around = column(scrolled, gap=0)
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

        self.go.clicked.connect(self._go)
        self.skip.clicked.connect(self._skip)
        self.type.clicked.connect(self._begin)
        self.leave.clicked.connect(self.go_back)
        self.check.changed.connect(self._changed)
        context.engines_changed.connect(self._engines_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window all that is needed is still seen at once."""
        super().resizeEvent(event)
        roomy = self.height() >= _ROOMY
        self._around.setContentsMargins(40, 24 if roomy else 16, 40, 24 if roomy else 16)
        self.card.set_roomy(roomy=roomy)

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
        self.card.begin()
        self._render()
        self._take_focus()

    def left(self) -> None:
        """Neither listen nor play any more."""
        self._then = None
        self.check.drop()

    def _changed(self) -> None:
        if self._is_good:
            self._remember(good=True)
        self._render()
        self._take_focus()

    def _engines_changed(self) -> None:
        self._render()
        if not self.context.engines.building:
            self._take_focus()  # it was with the list in which another microphone was chosen

    @property
    def _is_good(self) -> bool:
        return self.check.checkup is not None and self.check.checkup.verdict is Verdict.GOOD

    def _render(self) -> None:
        done, checks_first = self.check.phase is Phase.DONE, self._then is not None
        self.setAccessibleDescription(self.card.says)
        start = "Start the interview" if self._is_good else "Start anyway"
        self.go.setText(start if checks_first else "Done")
        self.go.set_kind("primary" if self._is_good else "plain")
        self.go.setVisible(done)
        self.skip.setVisible(checks_first and not done)
        self.type.setVisible(checks_first)
        for button in (self.go, self.skip, self.type):
            button.setEnabled(not self.context.engines.building)

    def _take_focus(self) -> None:
        """Space and Enter belong to the big button, and after it to the page."""
        if self.isVisible():
            (self if self.check.phase is Phase.DONE else self.card.record).setFocus()

    # -- what the person does ----------------------------------------------------------------

    def _go(self) -> None:
        """On to the interview, whatever was found; or back, if there is none."""
        if self._then is None:
            self.back.emit()
            return
        if not self._is_good:
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
        on = self.go if done else self.card.record
        button = {
            keys.Key_Space: self.card.next_button,
            keys.Key_Return: on,
            keys.Key_Enter: on,
            keys.Key_R: self.card.result.again,
            keys.Key_S: self.skip,
            keys.Key_T: self.type,
        }.get(Qt.Key(event.key()))
        if button is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif button.isVisible() and not event.isAutoRepeat():
            button.click()
