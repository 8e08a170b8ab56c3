"""What the interview needs from the outside, as Protocols.

Calls that take ``cancel`` block; they run on a worker thread and return soon (within 0.1 s, a
transcriber within a segment) after the event is set from another thread. Whatever the user can
mend is raised as VoicePrepError.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Event
from typing import Protocol

from voiceprep.bank.model import Question
from voiceprep.errors import VoicePrepError
from voiceprep.interview.catalogue import Catalogue
from voiceprep.interview.records import Attempt, Judged, Recording, SessionRecord
from voiceprep.interview.sound import SoundLevels
from voiceprep.interview.trends import Point
from voiceprep.scoring.assessment import Assessment
from voiceprep.scoring.transcript import Transcript

Progress = Callable[[float], None]
"""Called with the share that is done, 0 to 1, from the worker's thread."""


Caption = Callable[[Transcript], None]
"""Called with the words heard so far, from the worker's thread."""


Hear = Callable[[bytes], None]
"""Called with samples (16 kHz mono, 16 bits little-endian) in their order; returns at once."""


class Speaker(Protocol):
    """Reads a text aloud."""

    def say(self, text: str, cancel: Event) -> None:
        """Speak; return when the last sample was played or ``cancel`` was set.

        Raises:
            VoicePrepError: No voice, no output device, or the engine failed.
        """

    def prepare(self, text: str) -> None:
        """Synthesise ahead into the cache, so that a later ``say`` starts at once; blocks.

        Raises:
            VoicePrepError: As ``say``.
        """


class Player(Protocol):
    """Plays a recording."""

    def play(
        self,
        path: Path,
        cancel: Event,
        start_s: float = 0.0,
        end_s: float | None = None,
        speed: float = 1.0,
    ) -> None:
        """Play; return when the end is reached or ``cancel`` was set.

        Args:
            path: The audio file.
            cancel: Set from another thread to fall silent.
            start_s: Where in the file to begin, in seconds.
            end_s: Where to end; None: at its end.
            speed: 0.5 to 2; the pitch stays the same.

        Raises:
            VoicePrepError: The file is gone or foreign, or there is no output device.
            ValueError: The speed is out of its range.
        """

    @property
    def position_s(self) -> float | None:
        """Where in the file the sound is now, in seconds; None while nothing plays."""


class Recorder(Protocol):
    """Records one answer at a time to a file."""

    def start(self, path: Path, hear: Hear | None = None) -> None:
        """Open the microphone and write to ``path`` (a .wav that is readable at any moment).

        ``hear`` gets all that is written, from the recording's own thread. Blocks until the
        first samples came in, two seconds at most.

        Raises:
            VoicePrepError: No PortAudio, no microphone, no permission, or no disk.
        """

    def pause(self) -> None:
        """Keep the file open and drop what comes in; returns at once."""

    def resume(self) -> None:
        """Go on writing to the same file; returns at once."""

    def move(self, path: Path) -> None:
        """Write the take at hand to another file, from its first word on; blocks.

        Also after a ``stop`` that the disk refused; then ``stop`` again.

        Raises:
            VoicePrepError: There is no take, or the other place refuses: all is as before.
        """

    def stop(self) -> Recording:
        """Keep the next half second, close the file and describe it; blocks that long.

        Raises:
            VoicePrepError: Nothing came in at all (the file is kept).
        """

    @property
    def level_dbfs(self) -> float:
        """Loudness (RMS) of the last 50 ms, -90 (silence) to 0 (full scale)."""

    @property
    def quiet_s(self) -> float | None:
        """Seconds since a voice was heard; None while nobody has spoken yet."""

    @property
    def warning(self) -> str:
        """What is wrong with the sound at this moment (too loud, muted), or ""."""

    @property
    def elapsed_s(self) -> float:
        """Seconds written so far."""

    @property
    def problem(self) -> VoicePrepError | None:
        """What went wrong while recording (device gone, disk full), or None."""


class Listening(Protocol):
    """Transcribes one answer while it is being spoken."""

    def feed(self, pcm: bytes) -> None:
        """Take in what was recorded next (16 kHz mono, 16 bits little-endian); returns at once."""

    def finish(self, cancel: Event, progress: Progress | None = None) -> Transcript:
        """The words of all that was fed, once the last stretch is transcribed; blocks.

        The transcript has no segments where no words were heard.

        Raises:
            VoicePrepError: The engine cannot be loaded, or died.
            Cancelled: ``cancel`` was set, or the transcriber closed.
        """

    @property
    def levels(self) -> SoundLevels | None:
        """How loud the voice was, and the room around it, once ``finish`` has returned.

        None before, and where it was not measured.
        """

    def give_up(self) -> None:
        """Nobody wants the words any more; returns at once, and no caption comes after."""


class Transcriber(Protocol):
    """Turns a recording into words."""

    def listen(self, caption: Caption) -> Listening:
        """Transcribe an answer while it is being spoken; returns at once."""

    def warm_up(self) -> None:
        """Load the engine, so that the first transcript is not slow; blocks.

        Raises:
            VoicePrepError: The engine or its model cannot be loaded.
        """

    def transcribe(self, path: Path, cancel: Event, progress: Progress | None = None) -> Transcript:
        """Transcribe an audio file.

        Raises:
            NothingHeardError: There are no words in it.
            VoicePrepError: Foreign file, no model, or the engine died.
            Cancelled: ``cancel`` was set.
        """

    def close(self) -> None:
        """End the engine's process and free its memory."""


class History(Protocol):
    """Keeps sessions and attempts; may be called from any thread.

    What lies in the trash is in no list and no total, only in the catalogue's.
    """

    @property
    def catalogue(self) -> Catalogue:
        """Finds sessions and answers, and keeps them in order."""

    def save_session(self, session: SessionRecord) -> None:
        """Insert or replace a session's row (its attempts are saved one by one)."""

    def save_attempt(self, attempt: Attempt) -> None:
        """Insert or replace an attempt, with transcript and assessment if it has them."""

    def sessions(self) -> tuple[SessionRecord, ...]:
        """All sessions with their attempts, the newest first."""

    def each_session(self) -> Iterator[SessionRecord]:
        """The same one by one: thousands need not be in memory at once."""

    def points(
        self, cancel: Event | None = None, progress: Progress | None = None
    ) -> tuple[Point, ...]:
        """All answers that were given as trends see them, the oldest first.

        Raises:
            VoicePrepError: The history cannot be read.
            Cancelled: ``cancel`` was set.
        """

    def session(self, session_id: str) -> SessionRecord | None:
        """One session with its attempts, or None."""

    def attempt(self, attempt_id: str) -> Attempt | None:
        """One attempt, or None."""

    def attempts_at(self, bank_id: str, question_id: str) -> tuple[Attempt, ...]:
        """All attempts at one question, the oldest first."""

    def attempt_counts(self) -> Mapping[tuple[str, str], int]:
        """How many attempts there are, by the ids of bank and question."""

    def ratings(self) -> tuple[tuple[int, float], ...]:
        """Each answer's self-rating with its coverage, both 0 to 100, in the order of time."""

    def contested(self) -> tuple[Attempt, ...]:
        """The answers of which the candidate overruled or noted any verdict."""

    def judged(self) -> tuple[Judged, ...]:
        """All assessed answers by what they were judged with: the question and the scorer."""

    def mark_reviewed(self, attempt_id: str) -> None:
        """The person has opened this result; what is kept until then may go."""

    def delete_session(self, session_id: str) -> None:
        """Remove a session, its attempts and their recordings for good."""

    def delete_attempt(self, attempt_id: str) -> None:
        """Remove one attempt and its recording for good."""

    def new_recording_path(self, attempt_id: str) -> Path:
        """Where this attempt's recording is to be written.

        Raises:
            VoicePrepError: The folder cannot be made or written.
        """


class Meter(Protocol):
    """Measures how loud a recording's voice is, and the room around it."""

    def __call__(self, path: Path) -> SoundLevels:
        """The levels of an audio file; blocks.

        Raises:
            VoicePrepError: It is gone or foreign.
        """


class Scorer(Protocol):
    """Scores a transcript against a question; pure and deterministic."""

    def __call__(self, question: Question, transcript: Transcript) -> Assessment:
        """The verdicts on this answer."""
