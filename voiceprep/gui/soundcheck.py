"""One check of the sound at a time: listens, measures, plays back, and throws away."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum, auto
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.gui.playback import Playback
from voiceprep.interview.ports import Recorder
from voiceprep.interview.records import Recording
from voiceprep.speech import soundcheck
from voiceprep.speech.soundcheck import Checkup, examine, is_over

_log = logging.getLogger(__name__)

_TICK_MS = 50


class Phase(Enum):
    """How far a check has come."""

    READY = auto()
    OPENING = auto()
    LISTENING = auto()
    MEASURING = auto()
    DONE = auto()


def find_unchecked(context: Context, owner: QObject, done: Callable[[str], None]) -> None:
    """Tell which microphone is to be checked before an interview: its key, or "" for none."""
    history, settings = context.history, context.settings
    if history is None or context.busy or not settings.sound_check:
        done("")
        return
    chosen, checked, now = settings.microphone, settings.checked, datetime.now(UTC)
    context.jobs.run(owner, lambda: soundcheck.find_unchecked(checked, chosen, history, now), done)


class SoundCheck(QObject):
    """The phases of a check, for whoever shows it.

    Attributes:
        phase: How far it has come.
        checkup: What was found, once it is done.
        playback: Lets the person hear what was recorded.
    """

    changed = Signal()
    """Another phase."""
    heard = Signal(float)
    """The level now, in dBFS, twenty times a second while it listens."""
    failed = Signal(object)
    """The microphone cannot be opened, or went away: a VoicePrepError."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._take: _Take | None = None
        self._is_free = Event()
        self._is_free.set()
        self.phase = Phase.READY
        self.checkup: Checkup | None = None
        self.playback = Playback(context, self)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self._tick)

    @property
    def warning(self) -> str:
        """What is wrong with the sound while it listens, in words, or ""."""
        return self._take.recorder.warning if self._take and self._listens else ""

    @property
    def _listens(self) -> bool:
        return self.phase is Phase.LISTENING

    def start(self) -> None:
        """Open the microphone and listen; what was found before is thrown away."""
        toolbox = self._context.toolbox
        if toolbox is None or self.phase not in {Phase.READY, Phase.DONE}:
            return
        self.drop()
        settings, models = self._context.settings, self._context.folders.models

        def judge(recording: Recording) -> Checkup:
            from voiceprep.speech.transcribers.models import engine_in_use  # noqa: PLC0415 - window

            return examine(recording, engine_in_use(settings.engine, settings.model, models))

        take = self._take = _Take(toolbox.recorder, self._is_free, judge)
        self._is_free = take.is_over
        self._enter(Phase.OPENING)
        opened = partial(self._context.bridge.post, lambda: self._opened(take))
        self._context.jobs.set_at_close(take.enough)
        self._context.jobs.run(
            self,
            lambda: take.listen(opened),
            lambda found: self._measured(take, found),
            lambda error: self._refused(take, error),
        )

    def stop(self) -> None:
        """It has heard enough."""
        if self._take is not None and self._listens:
            self._ticks.stop()
            self._take.enough.set()
            self._enter(Phase.MEASURING)

    def drop(self, then: Callable[[], None] | None = None) -> None:
        """Throw away what was heard, from wherever it is; falls silent, too.

        Args:
            then: Called when the microphone is free: now or a moment later.
        """
        self.playback.stop()
        self._ticks.stop()
        take, self._take = self._take, None
        self.checkup = None
        if take is not None:
            take.drop()
        if self.phase is not Phase.READY:
            self._enter(Phase.READY)
        if then is None:
            return
        if self._is_free.is_set():
            then()
        else:
            self._context.jobs.run(self, self._is_free.wait, lambda _: then())

    def hear(self) -> None:
        """Play what was recorded, or fall silent."""
        if self.playback.is_playing:
            self.playback.stop()
        elif self._take is not None and self.phase is Phase.DONE:
            self.playback.play(self._take.path)

    def _opened(self, take: "_Take") -> None:
        if take is self._take and self.phase is Phase.OPENING:
            self._enter(Phase.LISTENING)
            self._ticks.start()

    def _tick(self) -> None:
        if self._take is None:
            return
        recorder = self._take.recorder
        self.heard.emit(recorder.level_dbfs)
        if recorder.problem is not None:
            problem = recorder.problem
            self.drop()
            self.failed.emit(problem)
        elif is_over(recorder.elapsed_s, recorder.quiet_s):
            self.stop()

    def _measured(self, take: "_Take", found: Checkup | None) -> None:
        if take is self._take and found is not None:
            self.checkup = found
            self._enter(Phase.DONE)

    def _refused(self, take: "_Take", error: Exception) -> None:
        if take is self._take:
            self.drop()
            self.failed.emit(foreseen(error))

    def _enter(self, phase: Phase) -> None:
        found = self.checkup
        told = "" if found is None else f", {found.verdict.value}: {found.figures}"
        _log.info("sound check: %s --> %s%s", self.phase.name.lower(), phase.name.lower(), told)
        self.phase = phase
        self.changed.emit()


class _Take:
    """What is recorded for one check, in a folder that only the user can read.

    Attributes:
        recorder: What listens.
        enough: Set once nothing more is to be heard.
        is_over: Set once the microphone is free again.
    """

    def __init__(
        self, recorder: Recorder, is_free: Event, judge: Callable[[Recording], Checkup]
    ) -> None:
        self.recorder = recorder
        self._judge = judge
        self.enough = Event()
        self.is_over = Event()
        self._is_free = is_free
        self._is_dropped = Event()
        self._folder: TemporaryDirectory[str] | None = None

    @property
    def path(self) -> Path:
        """Where the sound is, once it was listened to."""
        return Path("" if self._folder is None else self._folder.name, "check.wav")

    def listen(self, opened: Callable[[], None]) -> Checkup | None:
        """Record until it is enough, then measure; blocks.

        Returns:
            What was found; None: it was dropped.

        Raises:
            VoicePrepError: The microphone cannot be opened, or the disk refuses.
        """
        try:
            self._is_free.wait()  # one that was dropped may still be closing
            self._folder = TemporaryDirectory(prefix="voiceprep-", ignore_cleanup_errors=True)
            self.recorder.start(self.path)
            opened()
            self.enough.wait()
            recording = self.recorder.stop()
            return None if self._is_dropped.is_set() else self._judge(recording)
        except BaseException:
            self._is_dropped.set()
            raise
        finally:
            self.is_over.set()
            self._erase()

    def drop(self) -> None:
        """Stop, and leave nothing behind; returns at once."""
        self._is_dropped.set()
        self.enough.set()
        self._erase()

    def _erase(self) -> None:
        """Whoever comes last, the worker or ``drop``, removes the sound from the disk."""
        if self.is_over.is_set() and self._is_dropped.is_set() and self._folder is not None:
            self._folder.cleanup()
