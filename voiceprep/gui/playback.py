"""Plays one recording at a time and tells where it is."""

import logging
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.interview.ports import Player

_log = logging.getLogger(__name__)

TICK_MS = 40
"""How often the position is looked at: 25 times a second moves smoothly."""


class Playback(QObject):
    """The player's face towards the window: never blocks, one sound at a time.

    Args:
        context: For the player and its jobs.
        parent: Whoever owns it.
    """

    changed = Signal()
    """It began or ended."""
    finished = Signal()
    """What was to be played was heard to its end; comes after ``changed``."""
    moved = Signal(float)
    """Where it plays, in seconds."""
    failed = Signal(object)
    """A VoicePrepError: why it does not play."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._cancel: Event | None = None
        self._ended = Event()
        self._ended.set()
        self._player: Player | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_playing(self) -> bool:
        """Whether something plays or is about to."""
        return self._cancel is not None

    def play(
        self, path: Path, start_s: float = 0.0, end_s: float | None = None, speed: float = 1.0
    ) -> None:
        """Play a stretch, at 0.5 to 2 times its speed; what plays now stops first."""
        self._silence()
        toolbox = self._context.toolbox
        if toolbox is None:
            self.failed.emit(
                VoicePrepError(
                    "The player is not ready yet.",
                    "VoicePrep is still getting its parts ready.",
                    "Try again in a moment.",
                )
            )
            return
        player = self._player = toolbox.player
        cancel, before, ended = Event(), self._ended, Event()
        self._cancel, self._ended = cancel, ended

        def work() -> None:
            try:
                before.wait()
                if not cancel.is_set():
                    player.play(path, cancel, start_s, end_s, speed)
            finally:
                ended.set()

        self._context.jobs.run(
            self, work, lambda _: self._over(cancel, None), lambda error: self._over(cancel, error)
        )
        self._timer.start()
        self.changed.emit()

    def stop(self) -> None:
        """Fall silent."""
        if self._cancel is not None:
            self._silence()
            self.changed.emit()

    def _silence(self) -> None:
        if self._cancel is not None:
            self._cancel.set()
        self._cancel = None
        self._timer.stop()

    def _over(self, cancel: Event, error: Exception | None) -> None:
        if cancel is not self._cancel:
            return  # it was stopped, or something else plays by now
        self._silence()
        self.changed.emit()
        if isinstance(error, VoicePrepError):
            self.failed.emit(error)
        elif error is not None:
            raise error
        else:
            self.finished.emit()

    def _look(self) -> None:
        position_s = None if self._player is None else self._player.position_s
        if position_s is not None and self._ended is not None:
            self.moved.emit(position_s)
