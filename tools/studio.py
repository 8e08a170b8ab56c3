"""A real window on a stage where every state can be held still, for screenshots.py."""

import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.fakes import FakePlayer, FakeRecorder, FakeSpeaker, FakeTranscriber
from voiceprep.bank.load import built_in_banks
from voiceprep.errors import Cancelled
from voiceprep.gui.context import Context
from voiceprep.gui.window import Window
from voiceprep.interview.judging import Judge
from voiceprep.interview.ports import Progress
from voiceprep.interview.toolbox import Toolbox
from voiceprep.scoring.score import LEXICAL, score
from voiceprep.scoring.transcript import Transcript
from voiceprep.speech import devices
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders
from voiceprep.store.settings import Settings, Theme

WAIT_S = 10.0
MICROPHONE = devices.Device("Built-in Microphone", "ALSA", 2, 48_000, is_default=True)


class PosingRecorder(FakeRecorder):
    """Sounds like speech, and has run for as long as the picture needs."""

    def __init__(self) -> None:
        super().__init__()
        self.head_start_s = 0.0
        self._step = 0

    @property
    def level_dbfs(self) -> float:
        """Syllables, words and pauses."""
        self._step += 1
        syllable = (7, 18, 11, 26, 14, 9, 31, 16, 12, 22, 8, 45, 52)[self._step % 13]
        return -90.0 if self._since is None else -float(syllable + (self._step * 7) % 9)

    @property
    def elapsed_s(self) -> float:
        """The take, as if it had been running for longer."""
        return super().elapsed_s + (self.head_start_s if self._path else 0.0)

    def pause(self) -> None:
        """Rest; what was kept so far includes the head start."""
        super().pause()
        self.head_start_s = 0.0


class PosingTranscriber(FakeTranscriber):
    """Works for as long as the picture needs, and no longer than the window is open."""

    def transcribe(self, path: Path, cancel: Event, progress: Progress | None = None) -> Transcript:
        """Wait, unless the curtain falls."""
        self.heard.append(path)
        deadline = time.monotonic() + self.duration_s
        while time.monotonic() < deadline:
            if self.closed or cancel.wait(0.05):
                raise Cancelled
        at_once = FakeTranscriber(self.transcript, 0.0, self.error)
        return at_once.transcribe(path, cancel, progress)


@dataclass
class Stage:
    """What a scene plays on."""

    window: Window
    context: Context
    folders: Folders
    recorder: PosingRecorder
    speaker: FakeSpeaker
    player: FakePlayer
    transcriber: FakeTranscriber
    subject: QWidget = field(init=False)

    def __post_init__(self) -> None:
        """The picture shows the window, unless a scene says otherwise."""
        self.subject = self.window

    def until(self, true: Callable[[], object]) -> None:
        """Let the window work until something is true.

        Raises:
            TimeoutError: It did not come true.
        """
        deadline = time.monotonic() + WAIT_S
        while not true():
            if time.monotonic() > deadline:
                raise TimeoutError("the scene did not get there")
            QApplication.processEvents()
            time.sleep(0.005)

    def rest(self, seconds: float) -> None:
        """Let the window work for a while: animations end, results of workers arrive."""
        deadline = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > deadline)

    def shoot(self, path: Path) -> None:
        """Take the picture."""
        self.rest(0.15)
        self.subject.grab().save(str(path))


Play = Callable[[Stage], None]
SCENES: dict[str, Play] = {}


def scene(name: str) -> Callable[[Play], Play]:
    """Register a scene under the name of its picture."""

    def register(play: Play) -> Play:
        SCENES[name] = play
        return play

    return register


@contextmanager
def opened(size: tuple[int, int], theme: Theme) -> Iterator[Stage]:
    """A window of this size, with its engines built and a history of its own."""
    with tempfile.TemporaryDirectory(prefix="voiceprep-") as home:
        folders = Folders(Path(home) / "data", Path(home) / "cache")
        recorder, speaker = PosingRecorder(), FakeSpeaker()
        player, transcriber = FakePlayer(), PosingTranscriber()
        executor = ThreadPoolExecutor(6)

        def build(_settings: Settings) -> Toolbox:
            judge = Judge(
                transcriber,
                score,
                SqliteHistory(folders),
                scorer_name=LEXICAL,
                dictionary=lambda: context.settings.dictionary,
            )
            return Toolbox(built_in_banks(), speaker, player, recorder, judge, executor)

        def fail(error: BaseException) -> None:
            raise error

        devices.microphones = lambda: (MICROPHONE,)
        context = Context(build, folders, Settings(theme=theme, sound_check=False), fail)
        window = Window(context)
        window.resize(*size)
        window.show()
        stage = Stage(window, context, folders, recorder, speaker, player, transcriber)
        try:
            yield stage
        finally:
            window.close_without_asking()
            window.finish(WAIT_S)
            if context.toolbox is not None:
                context.toolbox.close()
            context.jobs.close()
            QApplication.processEvents()
            window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
