"""The parent's side of a recogniser's child process: starts it, talks to it, sees that it lives."""

import logging
import multiprocessing
import signal
import time
from collections.abc import Callable
from contextlib import suppress

from voiceprep.errors import VoicePrepError
from voiceprep.speech.audio_file import SPEECH_RATE_HZ
from voiceprep.speech.quietly import deaf_to_ctrl_c, started_by_a_lasting_thread
from voiceprep.speech.stretches import MOST_S
from voiceprep.speech.transcribers import child
from voiceprep.speech.transcribers.messages import (
    Beat,
    Begun,
    Broken,
    Done,
    EngineChoice,
    Failed,
    Hear,
    Part,
    Ready,
    Reply,
    Request,
    Step,
    Stop,
    Stopped,
)
from voiceprep.speech.transcribers.vitals import (
    LOOK_S,
    Effort,
    Patience,
    Vitals,
    Watch,
    vitals_of,
)

_log = logging.getLogger(__name__)

SILENCE_S = 4.0
"""A working child that has used no processor for so long, and waits for none, hangs."""

LOAD_SILENCE_S = 15.0
"""The same while it starts: a graphics card may take its time."""

UNSEEN_S = 15.0
"""Where only the child itself can tell that it lives, it hangs when it has said nothing for so
long. It speaks every second, but PocketSphinx keeps its process from speaking while it decodes a
stretch of 12 s: some 2 s, on an old and busy machine 10."""

LOAD_S = 60.0
"""A child that has not started by then hangs; so with ``UNSEEN_S`` while it starts."""

STRETCH_S = 120.0
"""A child that is busy with one stretch for so long hangs, and so does one that has used four
times the processor of the dearest stretch before: the slowest to expect is a large Whisper model
on two old cores, about a minute."""

_POLL_S = 0.05
_SIGKILL = 9  # what Linux sends when memory runs out; Windows' signal module has no name for it
_GRACE_S = 0.5  # to leave a job after a cancel; then it is killed and loads again next time


class EndedError(VoicePrepError):
    """The child is gone."""


class Process:
    """A child with one engine; not thread-safe but for ``kill``.

    Args:
        choice: The engine.
        silence_s: See ``SILENCE_S``.
        effort: What the work of earlier children with this engine took; learns from this one.
    """

    def __init__(self, choice: EngineChoice, silence_s: float, effort: Effort) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._silence_s = silence_s
        self.model: str | None = None
        """The engine's model, once it is loaded."""
        self.is_busy = False
        """Whether it has a job whose end it has not reported."""
        self._effort = effort
        self._length_s = 0.0
        """Seconds of speech in the stretch at hand; 0 while a file is read."""
        self._process = context.Process(
            target=child.main,
            args=(theirs, choice),
            name=f"voiceprep {choice.engine}",
            daemon=True,
        )
        with deaf_to_ctrl_c():
            started_by_a_lasting_thread(self._process.start)
        theirs.close()  # only the child has it now, so that its end is our end of file

    @property
    def pid(self) -> int | None:
        """The process id."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether it is still there."""
        return self._process.is_alive()

    def send(self, request: Request) -> None:
        """Give it a job.

        Raises:
            EndedError: It is gone.
        """
        try:
            self._connection.send(request)
        except OSError as error:
            raise self._gone(self._why_it_ended()) from error
        self.is_busy = True
        self._length_s = len(request.pcm) / 2 / SPEECH_RATE_HZ if isinstance(request, Hear) else 0.0

    def receive(self, check: Callable[[], None]) -> Reply:
        """Its next message.

        Args:
            check: Called often while waiting; may raise.

        Raises:
            EndedError: It is gone, hangs, failed, or talks nonsense; in each case it has ended.
            VoicePrepError: What it could not do and the user can mend.
        """
        looked_s = time.monotonic()
        watch = Watch(self._patience(), self._effort, looked_s, self._vitals())
        while True:
            check()
            reply = self._read(check)
            now_s = time.monotonic()
            if now_s - looked_s >= LOOK_S:
                looked_s = now_s
                if hangs := watch.look(now_s, self._vitals()):
                    raise self._gone(hangs)
            match reply:
                case None:
                    continue
                case Beat():
                    watch.beat(reply.worked_s)
                case Step():
                    watch.came_further()
                case Part():
                    watch.done()
                    return reply
                case _:
                    return self._understood(reply)

    def _patience(self) -> Patience:
        """With what comes next."""
        if self.model is None:
            return Patience(max(LOAD_SILENCE_S, self._silence_s), LOAD_S, LOAD_S)
        unseen_s = max(UNSEEN_S, self._silence_s)
        return Patience(self._silence_s, unseen_s, STRETCH_S, self._length_s)

    def _vitals(self) -> Vitals | None:
        return None if self.pid is None else vitals_of(self.pid)

    def interrupt(self) -> None:
        """Have it leave its job, or end it where that would take long."""
        deadline = time.monotonic() + _GRACE_S
        with suppress(Exception):  # whatever went wrong, it is ended then
            self._connection.send(Stop())
            while self._connection.poll(max(0.0, deadline - time.monotonic())):
                if _ends_a_job(self._connection.recv()):
                    self.is_busy = False
                    return

    def kill(self) -> None:
        """End it at once; may be called from any thread."""
        with suppress(ValueError):  # it has been ended meanwhile
            self._process.kill()  # it has nothing to save

    def end(self) -> None:
        """Kill it and leave no zombie."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._connection.close()

    def _read(self, check: Callable[[], None]) -> Reply | None:
        """A message, or None when none has come for a moment."""
        try:
            if not self._connection.poll(_POLL_S):
                return None
            reply = self._connection.recv()
        except (EOFError, OSError) as error:
            check()
            raise self._gone(self._why_it_ended()) from error
        except Exception as error:  # the bytes are no message; pickle raises anything then
            raise self._gone(f"It sent what is no message ({type(error).__name__}).") from error
        if not isinstance(reply, Reply):
            raise self._gone("It sent what is no message.")
        return reply

    def _understood(self, reply: Reply) -> Reply:
        if _ends_a_job(reply):
            self.is_busy = False
        match reply:
            case Ready():
                self.model = reply.model
            case Begun():
                self._length_s = MOST_S
            case Failed():
                raise reply.error()
            case Broken():
                _log.error("the recogniser failed:\n%s", reply.traceback)
                raise self._gone(f"It failed: {reply.traceback.strip().splitlines()[-1]}")
        return reply

    def _why_it_ended(self) -> str:
        self._process.join(_GRACE_S)
        code = self._process.exitcode
        if code is None or code >= 0:
            return f"Its process ended with status {code}."
        memory = " The computer may be short of memory." if -code == _SIGKILL else ""
        return f"Its process was ended by a signal ({signal.strsignal(-code)}).{memory}"

    def _gone(self, why: str) -> EndedError:
        self.is_busy = False
        return EndedError(
            "The recogniser stopped unexpectedly; your recording is kept.",
            why,
            "Try again. If it happens again, choose a smaller model or the basic recogniser.",
        )


def _ends_a_job(reply: Reply) -> bool:
    return isinstance(reply, Done | Stopped | Failed | Broken)
