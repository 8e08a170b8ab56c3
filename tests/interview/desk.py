"""An interview with stand-ins for everything outside, and what a person can press."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from threading import Event
from typing import Any

from tests.bank.samples import a_bank
from tests.fakes import FakeHistory, FakeRecorder, FakeSpeaker, FakeTranscriber, spoken
from voiceprep.errors import VoicePrepError
from voiceprep.interview.judging import Judge
from voiceprep.interview.machine import State
from voiceprep.interview.ports import Hear
from voiceprep.interview.records import Attempt, AttemptStatus, Recording
from voiceprep.interview.session import Interview
from voiceprep.interview.view import View
from voiceprep.scoring.score import score

BROKEN = VoicePrepError("It broke.", "A test broke it.", "Try again.")


class AtOnce(Executor):
    """Runs each job while it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - a future holds whatever it is
            future.set_exception(error)
        return future


class StepByStep(Executor):
    """Keeps jobs until a test runs them, the oldest first, like a single worker."""

    def __init__(self) -> None:
        self.waiting: deque[Callable[[], None]] = deque()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append(lambda: future.set_result(fn(*args, **kwargs)))
        return future

    def run_one(self) -> None:
        self.waiting.popleft()()


class Room:
    """Loudspeaker and microphone share it: hears when a question is spoken into a recording."""

    def __init__(self) -> None:
        self.speaking = False
        self.listening = False
        self.overheard = False

    def note(self, *, speaking: bool | None = None, listening: bool | None = None) -> None:
        self.speaking = self.speaking if speaking is None else speaking
        self.listening = self.listening if listening is None else listening
        self.overheard |= self.speaking and self.listening


class Microphone(FakeRecorder):
    """A recorder in a room; can fail at its end, and take its time to open."""

    def __init__(self, room: Room) -> None:
        super().__init__(length_s=0.01)
        self.room = room
        self.stop_error: Exception | None = None
        self.started: list[Path] = []
        self.stopped: list[Path] = []
        self.opening, self.may_open = Event(), Event()
        self.closing, self.may_close = Event(), Event()
        self.may_open.set()
        self.may_close.set()

        self.presses: list[str] = []

    @property
    def is_open(self) -> bool:
        return self.room.listening

    def pause(self) -> None:
        self.presses.append("pause")
        super().pause()

    def resume(self) -> None:
        self.presses.append("resume")
        super().resume()

    def start(self, path: Path, hear: Hear | None = None) -> None:
        assert not self.is_open, "it records one answer at a time"
        self.opening.set()
        assert self.may_open.wait(5)
        super().start(path, hear)
        self.started.append(path)
        self.room.note(listening=True)

    def stop(self) -> Recording:
        self.closing.set()
        assert self.may_close.wait(5)
        self.room.note(listening=False)
        recording = super().stop()
        self.stopped.append(recording.path)
        if self.stop_error is not None:
            raise self.stop_error
        return recording


class Voice(FakeSpeaker):
    """A speaker in a room."""

    def __init__(self, room: Room, duration_s: float = 0.0) -> None:
        super().__init__(duration_s)
        self.room = room
        self.talking = Event()
        self.crash: Exception | None = None

    def say(self, text: str, cancel: Event) -> None:
        self.room.note(speaking=True)
        self.talking.set()
        try:
            if self.crash is not None:
                raise self.crash
            super().say(text, cancel)
        finally:
            self.talking.clear()
            self.room.note(speaking=False)


class Desk:
    """One interview and everything around it."""

    def __init__(
        self,
        folder: Path,
        executor: Executor,
        post: Callable[[Callable[[], None]], None] = lambda function: function(),
        *,
        questions: int = 3,
        silent: bool = False,
    ) -> None:
        self.room = Room()
        self.microphone = Microphone(self.room)
        self.voice = Voice(self.room)
        self.transcriber = FakeTranscriber(spoken("the drift makes its predictions worse"))
        self.history = FakeHistory(folder)
        self.seen: list[View] = []
        self.bank = a_bank(questions)
        self.interview = Interview(
            self.bank,
            self.bank.questions,
            speaker=None if silent else self.voice,
            recorder=self.microphone,
            judge=Judge(self.transcriber, score, self.history),
            executor=executor,
            post=post,
            on_change=self.seen.append,
        )

    @property
    def view(self) -> View:
        return self.interview.view

    @property
    def state(self) -> State:
        return self.interview.view.state

    @property
    def kept(self) -> tuple[Attempt, ...]:
        session = self.history.session(self.interview.record.id)
        return () if session is None else session.attempts

    @property
    def statuses(self) -> list[AttemptStatus]:
        return [attempt.status for attempt in self.kept]

    def kept_recordings(self) -> set[Path]:
        return {one.recording.path for one in self.kept if one.recording is not None}
