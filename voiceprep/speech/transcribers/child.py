"""The child process in which a recogniser lives.

It loads one engine, then transcribes file after file. It ends when the other end of the pipe is
closed, so it never outlives the app; it is also safe to kill at any moment.
"""

import os
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any, Protocol

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.scoring.transcript import Segment, Transcript
from voiceprep.speech.audio_file import SPEECH_RATE_HZ, read_speech
from voiceprep.speech.transcribers.messages import (
    Broken,
    Done,
    EngineChoice,
    Failed,
    Job,
    Ready,
    Reply,
    Request,
    Share,
    Stop,
    Stopped,
)
from voiceprep.speech.vad import nothing_was_heard, refuse_silence

Report = Callable[[float], None]
"""Engines call it after each segment with the seconds that are done; it raises Cancelled."""


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


def main(connection: "Connection[Reply, Request]", choice: EngineChoice) -> None:
    """Run until the parent closes the connection; the target of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    jobs: SimpleQueue[Job] = SimpleQueue()
    stop = Event()
    Thread(target=_listen, args=(connection, jobs, stop), daemon=True).start()
    reply: Reply
    try:
        engine = _load(choice)
    except VoicePrepError as error:
        connection.send(Failed.of(error))
        return
    except Exception:  # noqa: BLE001 - the parent logs it
        connection.send(Broken(traceback.format_exc()))
        return
    connection.send(Ready())
    while True:
        job = jobs.get()
        try:
            reply = Done(_transcribe(engine, choice, job.path, connection, stop))
        except Cancelled:
            reply = Stopped()
        except VoicePrepError as error:
            reply = Failed.of(error)
        except Exception:  # noqa: BLE001 - the parent logs it
            reply = Broken(traceback.format_exc())
        connection.send(reply)


def _listen(
    connection: "Connection[Reply, Request]", jobs: "SimpleQueue[Job]", stop: Event
) -> None:
    """Take requests while the engine works; end the process when the parent is gone."""
    while True:
        try:
            request = connection.recv()
        except (EOFError, OSError):
            os._exit(0)  # at once, also in the middle of the engine's native code
        match request:
            case Job():
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


def _transcribe(
    engine: Engine,
    choice: EngineChoice,
    path: Path,
    connection: "Connection[Reply, Request]",
    stop: Event,
) -> Transcript:
    samples = read_speech(path)
    duration_s = len(samples) / SPEECH_RATE_HZ
    refuse_silence(samples)

    def report(done_s: float) -> None:
        if stop.is_set():
            raise Cancelled
        connection.send(Share(min(done_s / duration_s, 1.0)))

    report(0.0)
    segments = engine.segments(samples, report)
    if not segments:
        raise nothing_was_heard("There is sound in it, but no words that could be made out.")
    report(duration_s)
    return Transcript(segments, choice.engine, engine.model, duration_s=duration_s)
