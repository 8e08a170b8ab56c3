"""A recogniser in a child process, as the interview's Transcriber.

The child keeps crashes, memory and threads of the native engines away from the window. It starts
with the first call and stays, so that a model is loaded once.
"""

import logging
import multiprocessing
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Event, RLock

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.ports import Progress
from voiceprep.scoring.transcript import Transcript
from voiceprep.speech.transcribers import child
from voiceprep.speech.transcribers.messages import (
    Broken,
    Done,
    EngineChoice,
    Failed,
    Job,
    Reply,
    Request,
    Share,
    Stop,
)

_log = logging.getLogger(__name__)

PATIENCE_S = 120.0
"""A child that reports nothing for so long hangs. The slowest report to expect is one window of
30 s by a large Whisper model on two old cores, about a minute."""

_POLL_S = 0.05
_SIGKILL = 9  # what Linux sends when memory runs out; Windows' signal module has no name for it
_GRACE_S = 0.5  # to leave a job after a cancel; then it is killed and loads again next time


class _EndedError(VoicePrepError):
    """The child is gone."""


class ChildTranscriber:
    """Transcribes in a child process; may be called from any thread, one call runs at a time.

    Args:
        engine: Which recogniser to run.
        patience_s: How long the child may work without a report before it is given up.
    """

    def __init__(self, engine: EngineChoice, *, patience_s: float = PATIENCE_S) -> None:
        self._engine = engine
        self._patience_s = patience_s
        self._turn = RLock()
        self._process: SpawnProcess | None = None
        self._connection: Connection[Request, Reply] | None = None
        self._loaded = False
        self._busy = False  # the child has a job whose end it has not reported
        self._closings = 0

    def warm_up(self) -> None:
        """Start the child and load the engine, if it is not loaded; blocks.

        Raises:
            VoicePrepError: The engine or its model cannot be loaded.
            Cancelled: ``close`` was called meanwhile.
        """
        never = Event()
        with self._one_at_a_time(never) as closings:
            self._load(never, closings)

    def transcribe(self, path: Path, cancel: Event, progress: Progress | None = None) -> Transcript:
        """Transcribe an audio file; loads the engine first if it is not loaded.

        Raises:
            VoicePrepError: Foreign file, silent take, no model, or the engine died; then the
                next call starts a new one.
            Cancelled: ``cancel`` was set, or ``close`` called.
        """
        with self._one_at_a_time(cancel) as closings:
            self._load(cancel, closings)
            self._send(Job(path.absolute()))
            self._busy = True
            try:
                while True:
                    reply = self._receive(cancel, closings)
                    if isinstance(reply, Done):
                        return reply.transcript
                    if isinstance(reply, Share) and progress is not None:
                        progress(reply.done)
            except Cancelled:
                self._interrupt()
                raise

    def close(self) -> None:
        """End the child at once and free its memory; a running call raises Cancelled.

        A later call starts a new child.
        """
        self._closings += 1
        process = self._process
        if process is not None:
            with suppress(ValueError):  # the running call has just ended it itself
                process.kill()  # it has nothing to save
        with self._turn:
            self._end()

    @contextmanager
    def _one_at_a_time(self, cancel: Event) -> Iterator[int]:
        """Wait for our turn; gives the number of closings so far."""
        closings = self._closings
        while not self._turn.acquire(timeout=_POLL_S):
            self._check(cancel, closings)
        try:
            self._check(cancel, closings)
            yield closings
        finally:
            if self._busy:  # left in the middle, say by an error in the caller's progress
                self._end()
            self._turn.release()

    def _check(self, cancel: Event, closings: int) -> None:
        if cancel.is_set() or self._closings != closings:
            raise Cancelled

    def _load(self, cancel: Event, closings: int) -> None:
        """Start a child unless there is one, and wait until its engine is loaded.

        When cancelled it goes on loading for the next call.
        """
        if self._process is not None and not self._process.is_alive():
            self._end()
        if self._process is None:
            self._start()
        if not self._loaded:
            try:
                self._receive(cancel, closings)  # Ready; everything else is raised
            except _EndedError:
                if self._engine.engine != "whisper" or self._engine.device == "cpu":
                    raise
                _log.warning("the recogniser ended while it was loaded: now without CUDA")
                self._engine = replace(self._engine, device="cpu")
                self._start()
                self._receive(cancel, closings)
            self._loaded = True

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=child.main,
            args=(theirs, self._engine),
            name=f"voiceprep {self._engine.engine}",
            daemon=True,
        )
        process.start()
        theirs.close()  # only the child has it now, so that its end is our end of file
        self._process, self._connection = process, ours

    def _send(self, request: Request) -> None:
        assert self._connection is not None  # noqa: S101 - loaded before
        try:
            self._connection.send(request)
        except OSError as error:
            raise self._gone(self._why_it_ended()) from error

    def _receive(self, cancel: Event, closings: int) -> Reply:
        """The child's next message; what is an error there is raised here."""
        assert self._connection is not None  # noqa: S101 - loaded before
        deadline = time.monotonic() + self._patience_s
        try:
            while True:
                self._check(cancel, closings)
                if self._connection.poll(_POLL_S):
                    break
                if time.monotonic() > deadline:
                    raise self._gone(f"It gave no sign of life for {self._patience_s:.0f} seconds.")
            reply = self._connection.recv()
        except (EOFError, OSError) as error:
            self._check(cancel, closings)
            raise self._gone(self._why_it_ended()) from error
        self._busy = self._busy and isinstance(reply, Share)
        match reply:
            case Failed():
                if not self._loaded:
                    self._end()
                raise reply.error()
            case Broken():
                _log.error("the recogniser failed:\n%s", reply.traceback)
                last_line = reply.traceback.strip().splitlines()[-1]
                raise self._gone(f"It failed: {last_line}")
            case _:
                return reply

    def _interrupt(self) -> None:
        """Have the child leave its job; kill it where that would take long."""
        if self._connection is None or not self._busy:
            return
        deadline = time.monotonic() + _GRACE_S
        with suppress(EOFError, OSError):  # it ended by itself, which is as good
            self._connection.send(Stop())
            while self._connection.poll(max(0.0, deadline - time.monotonic())):
                if not isinstance(self._connection.recv(), Share):
                    self._busy = False
                    return

    def _why_it_ended(self) -> str:
        assert self._process is not None  # noqa: S101 - loaded before
        self._process.join(1.0)
        code = self._process.exitcode
        if code is None or code >= 0:
            return f"Its process ended with status {code}."
        memory = " The computer may be short of memory." if -code == _SIGKILL else ""
        return f"Its process was ended by a signal ({signal.strsignal(-code)}).{memory}"

    def _gone(self, why: str) -> VoicePrepError:
        """End what is left of the child, and say so."""
        self._end()
        return _EndedError(
            "The recogniser stopped unexpectedly; your recording is kept.",
            why,
            "Try again. If it happens again, choose a smaller model or the basic recogniser.",
        )

    def _end(self) -> None:
        """Kill the child if there is one, and leave no zombie."""
        process, self._process = self._process, None
        connection, self._connection = self._connection, None
        self._loaded = self._busy = False
        if process is not None:
            process.kill()
            process.join()
            process.close()
        if connection is not None:
            connection.close()
