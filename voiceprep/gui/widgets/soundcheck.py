"""Which microphone is used, and whether it hears anything."""

import shutil
import tempfile
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.level import LevelMeter
from voiceprep.gui.widgets.text import label, set_tone
from voiceprep.interview.ports import Recorder

_TICK_MS = 50
_LISTENS_MS = 15_000
"""Nobody wants a microphone that stays open because a button was forgotten."""
_HEARD_DBFS = -40.0
"""Speech at a laptop is above -35 dBFS, a quiet room below -50: what lies between is too soft."""
_LOUD_DBFS = -3.0
"""RMS this close to full scale means that the peaks are cut off."""


class _Phase(Enum):
    IDLE = auto()
    OPENING = auto()
    LISTENING = auto()
    CLOSING = auto()


class LevelCheck(QWidget):
    """Listens for a few seconds, when asked to, and says what it hears.

    What is heard goes to a temporary file that is deleted at once.
    """

    failed = Signal(object)
    """The microphone cannot be opened: a VoicePrepError."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._recorder: Recorder | None = None
        self._folder: Path | None = None
        self._phase = _Phase.IDLE
        self._then: Callable[[], None] | None = None
        self._loudest_dbfs = -90.0
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(_LISTENS_MS)
        self._limit.timeout.connect(self.stop)

        body = column(self, gap=1)
        self.meter = LevelMeter()
        self.meter.hide()
        foot = row(gap=1)
        self.says = label("", "small", "muted", wrap=True)
        self.button = Button("Test the microphone", icon="mic")
        self.button.clicked.connect(self.toggle)
        foot.addWidget(self.button)
        foot.addWidget(self.says, 1)
        body.addLayout(foot)
        body.addWidget(self.meter)

    @property
    def is_idle(self) -> bool:
        """Whether the microphone is free."""
        return self._phase is _Phase.IDLE

    def toggle(self) -> None:
        """Begin to listen, or stop."""
        if self._phase is _Phase.IDLE:
            self.start()
        else:
            self.stop()

    def start(self) -> None:
        """Open the microphone."""
        toolbox = self._context.toolbox
        if self._phase is not _Phase.IDLE or toolbox is None:
            return
        recorder = self._recorder = toolbox.recorder
        self._loudest_dbfs = -90.0
        self._enter(_Phase.OPENING, "Opening the microphone\u2026")

        def open_microphone() -> Path:
            folder = Path(tempfile.mkdtemp(prefix="voiceprep-"))
            try:
                recorder.start(folder / "test.wav")
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            return folder

        self._context.jobs.run(self, open_microphone, self._opened, self._not_opened)

    def _opened(self, folder: Path) -> None:
        self._folder = folder
        stop_at_once = self._phase is _Phase.CLOSING
        self._enter(_Phase.LISTENING, "Say something")
        self._ticks.start()
        self._limit.start()
        if stop_at_once:
            self.stop()

    def _not_opened(self, error: Exception) -> None:
        self._rest("")
        if not isinstance(error, VoicePrepError):
            raise error
        self.failed.emit(error)

    def _tick(self) -> None:
        if self._recorder is None:
            return
        level = self._recorder.level_dbfs
        self._loudest_dbfs = max(self._loudest_dbfs, level)
        self.meter.set_level(level)
        self.says.setText(verdict(self._loudest_dbfs) or "Say something")
        set_tone(self.says, "text")
        if self._recorder.problem is not None:
            problem = self._recorder.problem
            self.stop()
            self.failed.emit(problem)

    def stop(self, then: Callable[[], None] | None = None) -> None:
        """Stop listening; ``then`` is called when the microphone is free (at once if it is)."""
        if then is not None:
            self._then = then
        if self._phase is _Phase.IDLE:
            self._rest(self.says.text())
        elif self._phase is _Phase.OPENING:
            self._phase = _Phase.CLOSING
        elif self._phase is _Phase.LISTENING:
            self._close()

    def _close(self) -> None:
        recorder, folder = self._recorder, self._folder
        self._ticks.stop()
        self._limit.stop()
        self._enter(_Phase.CLOSING, self.says.text())

        def close_microphone() -> None:
            try:
                if recorder is not None:
                    recorder.stop()
            finally:
                if folder is not None:
                    shutil.rmtree(folder, ignore_errors=True)

        heard = verdict(self._loudest_dbfs) or "Nothing was heard. Is it muted?"
        self._context.jobs.run(
            self, close_microphone, lambda _: self._rest(heard), lambda _: self._rest(heard)
        )

    def _rest(self, says: str) -> None:
        self._recorder = self._folder = None
        self.meter.clear()
        self._enter(_Phase.IDLE, says)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _enter(self, phase: _Phase, says: str) -> None:
        self._phase = phase
        self.says.setText(says)
        idle = phase is _Phase.IDLE
        self.meter.setVisible(not idle)
        self.button.setText("Test the microphone" if idle else "Stop")
        self.button.set_icon("mic" if idle else "stop")
        self.button.setEnabled(phase is not _Phase.CLOSING)


def verdict(loudest_dbfs: float) -> str:
    """What to tell about the loudest moment so far; "" while nothing was heard yet."""
    if loudest_dbfs > _LOUD_DBFS:
        return "Too loud: move back a little."
    if loudest_dbfs > _HEARD_DBFS:
        return "You are heard well."
    if loudest_dbfs > -60.0:
        return "Very soft: move closer."
    return ""
