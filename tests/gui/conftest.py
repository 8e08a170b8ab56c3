"""A real window on fake engines, without a display."""

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.bank.samples import a_bank
from tests.fakes import FakeHistory, FakePlayer, FakeRecorder, FakeSpeaker, FakeTranscriber
from tests.gui.samples import a_session, keep
from voiceprep.bank.model import Bank
from voiceprep.errors import VoicePrepError
from voiceprep.gui import theme
from voiceprep.gui.context import Context
from voiceprep.gui.pages.practice import PracticePage
from voiceprep.gui.pages.result import ResultPage
from voiceprep.gui.pages.room import RoomPage
from voiceprep.gui.run import application
from voiceprep.gui.window import Window
from voiceprep.interview.judging import Judge
from voiceprep.interview.machine import State
from voiceprep.interview.records import Attempt
from voiceprep.interview.toolbox import Toolbox
from voiceprep.scoring.score import LEXICAL, score
from voiceprep.speech import devices
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders
from voiceprep.store.settings import Settings, load_settings

PATIENCE_MS = 5000
MICROPHONE = devices.Device("Desk Microphone", "ALSA", 1, 48_000, is_default=True)


@dataclass
class Desk:
    """The window with all that a test may want to look at or to break."""

    qtbot: QtBot
    history: FakeHistory
    settings: Settings
    bank: Bank = field(default_factory=lambda: a_bank(4))
    recorder: FakeRecorder = field(default_factory=FakeRecorder)
    speaker: FakeSpeaker = field(default_factory=FakeSpeaker)
    player: FakePlayer = field(default_factory=FakePlayer)
    transcriber: FakeTranscriber = field(default_factory=FakeTranscriber)
    refusal: Exception | None = None
    """Raised when the engines are built, if set."""
    unexpected: list[BaseException] = field(default_factory=list)
    built: list[Settings] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._executors: list[ThreadPoolExecutor] = []
        folders = user_folders()
        self.context = Context(self._build, folders, self.settings, self.unexpected.append)
        self.window = Window(self.context)
        self.window.resize(1280, 800)
        with self.qtbot.waitExposed(self.window):
            self.window.show()
            self.window.activateWindow()

    def _build(self, settings: Settings) -> Toolbox:
        self.built.append(settings)
        if self.refusal is not None:
            raise self.refusal
        executor = ThreadPoolExecutor(6)
        self._executors.append(executor)
        judge = Judge(
            self.transcriber,
            score,
            self.history,
            scorer_name=LEXICAL,
            dictionary=lambda: self.context.settings.dictionary,
        )
        return Toolbox((self.bank,), self.speaker, self.player, self.recorder, judge, executor)

    def ready(self) -> "Desk":
        """Build the engines and wait for them."""
        self.context.build_toolbox()
        engines = self.context
        self.until(lambda: not engines.engines.building and not engines.engines.warming)
        return self

    def until(self, true: Callable[[], object]) -> None:
        """Wait until something is true."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=PATIENCE_MS)

    def at(self, state: State) -> None:
        """Wait until the interview is there."""
        self.until(lambda: self.room.conductor.state is state)

    def interview(self, questions: int = 2) -> RoomPage:
        """Begin an interview with so many questions and wait for the first."""
        self.ready()
        self.window.practise(self.bank, self.bank.questions[:questions])
        self.at(State.THINKING)
        return self.room

    def result(self, attempt: Attempt) -> ResultPage:
        """Keep an attempt in a session of its own and open it from the history."""
        self.ready()
        keep(self.history, a_session(attempt))
        self.window.open_attempt(attempt.id)
        self.until(lambda: self.window.here == "result")
        page = self.window.result_page
        self.until(page.isVisible)
        return page

    def kept(self, attempt_id: str = "attempt") -> Attempt:
        """An attempt as it is in the history now."""
        found = self.history.attempt(attempt_id)
        assert found is not None
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the keyboard is now."""
        modifier = modifier or Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, text: str) -> None:
        """Type a text where the keyboard is now."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    @property
    def practice(self) -> PracticePage:
        return self.window.practice_page

    @property
    def room(self) -> RoomPage:
        return self.window.room_page

    def close(self) -> None:
        self.window.close_without_asking()
        self.window.finish(5.0)
        if self.context.toolbox is not None:
            self.context.toolbox.close()
        self.context.jobs.close()
        for executor in self._executors:
            executor.shutdown(wait=True)
        QApplication.processEvents()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as run.py makes it."""
    app = application()
    theme.wear(app, "light")
    return app


@pytest.fixture
def microphones(monkeypatch: pytest.MonkeyPatch) -> list[devices.Device]:
    """The microphones of the machine; a test may change the list, or put an error in it."""
    found: list[devices.Device] = [MICROPHONE]

    def listed() -> tuple[devices.Device, ...]:
        errors = [one for one in found if isinstance(one, VoicePrepError)]
        if errors:
            raise errors[0]
        return tuple(found)

    monkeypatch.setattr(devices, "microphones", listed)
    monkeypatch.setattr(devices, "outputs", tuple)
    return found


@pytest.fixture
def no_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No Whisper model that another program may have left on this machine."""
    for name in ("HF_HUB_CACHE", "HF_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "no-models"))


@pytest.fixture
def past(tmp_path: Path) -> FakeHistory:
    """Where the window keeps answers; tests of the review put the real one in its place."""
    return FakeHistory(tmp_path / "takes")


@pytest.fixture
def on_disk() -> Iterator[SqliteHistory]:
    """The real one, in the folder where the window looks for it."""
    made = SqliteHistory(user_folders())
    yield made
    made.close()


@pytest.fixture
def desk(
    qtbot: QtBot,
    past: FakeHistory,
    microphones: list[devices.Device],  # noqa: ARG001 - no real ones
    no_models: None,  # noqa: ARG001 - and none from other programs
) -> Iterator[Desk]:
    """The window, its engines not built yet; nothing unexpected may happen during a test."""
    gc.disable()  # a worker that found it would destroy widgets of the window; see gui/garbage.py
    settings = load_settings(user_folders().settings)
    made = Desk(qtbot, past, settings.model_copy(update={"sound_check": False}))
    yield made
    made.close()
    theme.wear(application(), "light")
    gc.enable()
    assert made.unexpected == []
