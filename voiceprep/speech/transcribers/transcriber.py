"""A recogniser in a child process, as the interview's Transcriber.

The child keeps crashes, memory and threads of the native engines away from the window. It starts
with the first call and stays, so that a model is loaded once. When it dies or hangs, one more is
started and goes on with the stretch of speech at hand.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, RLock
from typing import TypeVar

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.ports import Caption, Progress
from voiceprep.scoring.transcript import Segment, Transcript
from voiceprep.speech.transcribers.live import LiveTranscript
from voiceprep.speech.transcribers.messages import (
    Done,
    EngineChoice,
    Hear,
    Job,
    Part,
    Reply,
    Request,
)
from voiceprep.speech.transcribers.process import SILENCE_S, EndedError, Process
from voiceprep.speech.transcribers.vitals import Effort
from voiceprep.speech.vad import nothing_was_heard

_log = logging.getLogger(__name__)

_POLL_S = 0.05

T = TypeVar("T")


class ChildTranscriber:
    """Transcribes in a child process; may be called from any thread, one call runs at a time.

    Args:
        engine: Which recogniser to run.
        silence_s: How long the child may do nothing at work before it is given up.
    """

    def __init__(self, engine: EngineChoice, *, silence_s: float = SILENCE_S) -> None:
        self._engine = engine
        self._silence_s = silence_s
        self._effort = Effort()
        self._turn = RLock()
        self._process: Process | None = None
        self._closings = 0

    @property
    def pid(self) -> int | None:
        """The child's process id; None while there is none."""
        process = self._process
        return None if process is None else process.pid

    def warm_up(self) -> None:
        """Start the child and load the engine, if it is not loaded; blocks.

        Raises:
            VoicePrepError: The engine or its model cannot be loaded.
            Cancelled: ``close`` was called meanwhile.
        """
        with self._one_at_a_time(Event()) as check:
            self._with_one_restart(lambda: self._loaded(check))

    def transcribe(self, path: Path, cancel: Event, progress: Progress | None = None) -> Transcript:
        """Transcribe an audio file; loads the engine first if it is not loaded.

        Raises:
            NothingHeardError: There are no words in it.
            VoicePrepError: Foreign file, no model, or the engine died twice; the next call starts
                a new one.
            Cancelled: ``cancel`` was set, or ``close`` called.
        """
        parts: list[Part] = []
        duration_s = 0.0

        def note(reply: Reply) -> None:
            nonlocal duration_s
            match reply:
                case Done():
                    duration_s = reply.duration_s
                    return
                case Part():
                    parts.append(reply)
            if progress is not None:
                progress(parts[-1].done if parts else 0.0)

        with self._one_at_a_time(cancel) as check:
            model = self._do(lambda: Job(path.absolute(), skip=len(parts)), check, note)
        segments = tuple(segment for part in parts for segment in part.segments)
        if not segments:
            raise nothing_was_heard("There is sound in it, but no words that could be made out.")
        if progress is not None:
            progress(1.0)
        return self._transcript(segments, model, duration_s)

    def hear(self, pcm: bytes, start_s: float, cancel: Event) -> Transcript:
        """Transcribe one stretch of an answer that is being spoken.

        Args:
            pcm: 16 kHz mono, 16 bits little-endian.
            start_s: Where in the recording it begins; the words' times count from there, too.
            cancel: Leaves the queue; a stretch that is being transcribed is finished.

        Raises:
            VoicePrepError: No model, or the engine died twice.
            Cancelled: ``cancel`` was set, or ``close`` called.
        """
        parts: list[Segment] = []

        def note(reply: Reply) -> None:
            if isinstance(reply, Part):
                parts.extend(reply.segments)

        with self._one_at_a_time(cancel) as check:
            model = self._do(lambda: Hear(pcm, start_s), check, note)
        return self._transcript(tuple(parts), model, 0.0)

    def listen(self, caption: Caption) -> LiveTranscript:
        """Transcribe an answer while it is being spoken; ``caption`` comes from a worker."""
        return LiveTranscript(self.hear, caption)

    def close(self) -> None:
        """End the child at once and free its memory; a running call raises Cancelled.

        A later call starts a new child.
        """
        self._closings += 1
        process = self._process
        if process is not None:
            process.kill()
        with self._turn:
            self._end()

    @contextmanager
    def _one_at_a_time(self, cancel: Event) -> Iterator[Callable[[], None]]:
        """Wait for our turn; gives what raises Cancelled once the call shall end."""
        closings = self._closings

        def check() -> None:
            if cancel.is_set() or self._closings != closings:
                raise Cancelled

        while not self._turn.acquire(timeout=_POLL_S):
            check()
        try:
            check()
            yield check
        finally:
            if self._process is not None and self._process.is_busy:
                self._end()  # left in the middle, say by an error in the caller's progress
            self._turn.release()

    def _do(
        self,
        request: Callable[[], Request],
        check: Callable[[], None],
        note: Callable[[Reply], None],
    ) -> str:
        """Have the child do a job; returns the model's name."""

        def work() -> str:
            process = self._loaded(check)
            process.send(request())
            try:
                reply: Reply | None = None
                while not isinstance(reply, Done):
                    reply = process.receive(check)
                    note(reply)
            except Cancelled:
                process.interrupt()
                raise
            return process.model or ""

        return self._with_one_restart(work)

    def _with_one_restart(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except EndedError as error:
            _log.warning("the recogniser is started again: %s", error.cause)
            self._end()
        try:
            return work()
        except EndedError:
            self._end()
            raise

    def _loaded(self, check: Callable[[], None]) -> Process:
        """The child with its engine; started unless there is one.

        When cancelled it goes on loading for the next call.
        """
        if self._process is not None and not self._process.is_alive():
            self._end()
        if self._process is None:
            self._process = Process(self._engine, self._silence_s, self._effort)
        if self._process.model is None:
            try:
                self._process.receive(check)  # Ready; everything else is raised
            except EndedError:
                if self._engine.engine == "whisper" and self._engine.device != "cpu":
                    _log.warning("the recogniser ended while it was loaded: now without CUDA")
                    self._engine = replace(self._engine, device="cpu")
                raise
            except VoicePrepError:
                self._end()
                raise
        return self._process

    def _transcript(
        self, segments: tuple[Segment, ...], model: str, duration_s: float
    ) -> Transcript:
        return Transcript(
            segments,
            self._engine.engine,
            model,
            language=self._engine.language or "en",
            duration_s=duration_s,
        )

    def _end(self) -> None:
        """Kill the child if there is one, and leave no zombie."""
        process, self._process = self._process, None
        if process is not None:
            process.end()
