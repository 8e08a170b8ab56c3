"""What a transcriber and its child process say to each other, as plain data."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from voiceprep.errors import NothingHeardError, VoicePrepError
from voiceprep.scoring.transcript import Segment

MOST_THREADS = 4
"""More threads make Whisper slower on a laptop (faster-whisper #1397)."""


def physical_cores() -> int:
    """The processor cores that this process may use, counting hyper-threads of one core once."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set[int]()
    shared = [
        Path(f"/sys/devices/system/cpu/cpu{number}/topology/thread_siblings_list")
        for number in allowed
    ]
    try:
        return len({file.read_text(encoding="ascii") for file in shared}) or _half_the_threads()
    except OSError:
        return _half_the_threads()


def _half_the_threads() -> int:
    return max(1, (os.cpu_count() or 2) // 2)


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """Which recogniser to run, and with what.

    Attributes:
        engine: The recogniser's name, also in transcripts.
        model: The folder of a Whisper model; None for the model of PocketSphinx's wheel.
        glossary: Terms of the bank that PocketSphinx is to know besides its own dictionary. Those
            of the whole bank: knowing the current question's would hear words nobody said.
        threads: Processor threads for Whisper.
        language: What is spoken (ISO 639-1), or "" where Whisper is to find out.
        device: Where Whisper runs; "auto" is a CUDA device if one works, else the processor.
    """

    engine: Literal["whisper", "pocketsphinx"]
    model: Path | None = None
    glossary: tuple[str, ...] = ()
    threads: int = field(default_factory=lambda: min(physical_cores(), MOST_THREADS))
    language: str = "en"
    device: Literal["auto", "cpu"] = "auto"


@dataclass(frozen=True, slots=True)
class Job:
    """To the child: transcribe this file, stretch by stretch, without the first ``skip``."""

    path: Path
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Hear:
    """To the child: transcribe this stretch of an answer that is being spoken.

    Attributes:
        pcm: 16 kHz mono, 16 bits little-endian.
        start_s: Where in the recording it begins.
    """

    pcm: bytes
    start_s: float


@dataclass(frozen=True, slots=True)
class Stop:
    """To the child: leave the current job at the next segment."""


@dataclass(frozen=True, slots=True)
class Ready:
    """From the child: the engine is loaded."""

    model: str


@dataclass(frozen=True, slots=True)
class Beat:
    """From the child, every second while it works: it is alive.

    Attributes:
        worked_s: Processor time that it has used; when this stands still, it hangs.
    """

    worked_s: float


@dataclass(frozen=True, slots=True)
class Step:
    """From the child: it has come further within what it does."""


@dataclass(frozen=True, slots=True)
class Begun:
    """From the child: it begins to read the file."""


@dataclass(frozen=True, slots=True)
class Part:
    """From the child: one more stretch is done, and this share of the recording, 0 to 1.

    It stays 0 where a file does not say how long it is.
    """

    segments: tuple[Segment, ...]
    done: float


@dataclass(frozen=True, slots=True)
class Done:
    """From the child: that was all of it; a file has this length."""

    duration_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Stopped:
    """From the child: the job was left, as you wished."""


@dataclass(frozen=True, slots=True)
class Failed:
    """From the child: something that the user can mend."""

    title: str
    cause: str
    next_step: str
    heard_nothing: bool = False

    @classmethod
    def of(cls, error: VoicePrepError) -> "Failed":
        """The same as a message."""
        heard_nothing = isinstance(error, NothingHeardError)
        return cls(error.title, error.cause, error.next_step, heard_nothing)

    def error(self) -> VoicePrepError:
        """The same as an error."""
        kind = NothingHeardError if self.heard_nothing else VoicePrepError
        return kind(self.title, self.cause, self.next_step)


@dataclass(frozen=True, slots=True)
class Broken:
    """From the child: a mistake of ours or of the engine's, with its traceback."""

    traceback: str


Request = Job | Hear | Stop
Reply = Ready | Beat | Step | Begun | Part | Done | Stopped | Failed | Broken
