"""The child process in which a recogniser lives.

It loads one engine, then transcribes what it is given, stretch by stretch. It ends when the other
end of the pipe is closed, so it never outlives the app; it is also safe to kill at any moment.
"""

import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any, Protocol

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.scoring.transcript import Segment
from voiceprep.speech.audio_file import from_pcm, told_length_s
from voiceprep.speech.quietly import end_with_parent
from voiceprep.speech.stretches import Stretch
from voiceprep.speech.transcribers.file_stretches import FileStretches
from voiceprep.speech.transcribers.messages import (
    Beat,
    Begun,
    Broken,
    Done,
    EngineChoice,
    Failed,
    Hear,
    Job,
    Part,
    Ready,
    Reply,
    Request,
    Step,
    Stop,
    Stopped,
)

BEAT_S = 1.0

Report = Callable[[float], None]
"""Engines call it between their steps with the seconds that are done; it raises Cancelled.

A step that takes far longer than those before is taken for a hang, so they are to be small.
"""


class Engine(Protocol):
    """A loaded recogniser."""

    @property
    def model(self) -> str:
        """The model's name, for the transcript."""

    def segments(self, samples: Any, report: Report) -> tuple[Segment, ...]:
        """Transcribe 16 kHz mono float32; no words, no segments.

        Raises:
            Cancelled: From ``report``.
        """


class _Line:
    """Our end of the pipe."""

    def __init__(self, connection: "Connection[Reply, Request]") -> None:
        self.connection = connection
        self._lock = Lock()
        self._working = Event()
        Thread(target=self._beat, daemon=True).start()

    def send(self, reply: Reply) -> None:
        with self._lock:
            self.connection.send(reply)

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Tell every second that we are alive; nobody reads it while there is nothing to do."""
        self._working.set()
        try:
            yield
        finally:
            self._working.clear()

    def _beat(self) -> None:
        with suppress(OSError):  # the parent is gone; the listening thread sees it, too
            while True:
                self._working.wait()
                self.send(Beat(time.process_time()))
                time.sleep(BEAT_S)


def main(connection: "Connection[Reply, Request]", choice: EngineChoice) -> None:
    """Run until the parent closes the connection; the target of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    end_with_parent()
    _keep_libraries_from_printing()
    jobs: SimpleQueue[Job | Hear] = SimpleQueue()
    stop = Event()
    Thread(target=_listen, args=(connection, jobs, stop), daemon=True).start()
    line = _Line(connection)
    try:
        with line.beating():
            engine = _load(choice)
    except VoicePrepError as error:
        line.send(Failed.of(error))
        return
    except Exception:  # noqa: BLE001 - the parent logs it
        line.send(Broken(traceback.format_exc()))
        return
    line.send(Ready(engine.model))
    while True:
        job = jobs.get()
        with line.beating():
            outcome = _outcome(engine, job, line, stop)
        line.send(outcome)


def _keep_libraries_from_printing() -> None:
    """What they print must not get into the output of a command."""
    with suppress(OSError):  # a windowed app has neither
        os.dup2(2, 1)


def _listen(
    connection: "Connection[Reply, Request]", jobs: "SimpleQueue[Job | Hear]", stop: Event
) -> None:
    """Take requests while the engine works; end the process when the parent is gone."""
    while True:
        try:
            request = connection.recv()
        except (EOFError, OSError):
            os._exit(0)  # at once, also in the middle of the engine's native code
        except Exception:  # noqa: BLE001 - it did not fit into memory; the parent starts another
            os._exit(1)
        match request:
            case Job() | Hear():
                stop.clear()  # a Stop that came too late was meant for the job before
                jobs.put(request)
            case Stop():
                stop.set()


def _load(choice: EngineChoice) -> Engine:
    """The engine, loaded; each module imports its heavy library."""
    if choice.engine == "whisper":
        from voiceprep.speech.transcribers.whisper import Whisper  # noqa: PLC0415

        return Whisper(choice)
    from voiceprep.speech.transcribers.sphinx import Sphinx  # noqa: PLC0415

    return Sphinx(choice)


def _outcome(engine: Engine, job: Job | Hear, line: _Line, stop: Event) -> Reply:
    """Do a job, sending its parts; returns the last message about it."""

    def report(_: float) -> None:
        if stop.is_set():
            raise Cancelled
        line.send(Step())

    def transcribe(stretch: Stretch, whole_s: float) -> None:
        heard = engine.segments(stretch.samples, report)
        share = min(stretch.end_s / whole_s, 1.0) if whole_s else 0.0
        line.send(Part(_later(heard, stretch.start_s), share))

    try:
        match job:
            case Hear():
                stretch = Stretch(job.start_s, from_pcm(job.pcm))
                transcribe(stretch, stretch.end_s)
                return Done()
            case Job():
                told_s = told_length_s(job.path)
                file = FileStretches(job.path, report)
                line.send(Begun())
                for stretch in islice(file, job.skip, None):
                    transcribe(stretch, told_s)
                return Done(file.length_s)
    except Cancelled:
        return Stopped()
    except VoicePrepError as error:
        return Failed.of(error)
    except Exception:  # noqa: BLE001 - the parent logs it
        return Broken(traceback.format_exc())


def _later(segments: tuple[Segment, ...], by_s: float) -> tuple[Segment, ...]:
    """Segments with times that count from the start of the recording."""
    return tuple(
        Segment.spoken(
            tuple(
                replace(
                    word,
                    start_s=round(word.start_s + by_s, 2),
                    end_s=round(word.end_s + by_s, 2),
                )
                for word in segment.words
            )
        )
        for segment in segments
    )
