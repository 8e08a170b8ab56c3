"""Simple stand-ins for the ports, for tests of what lies above them.

Each keeps the same contract as the real part; the contract suites run against both.
"""

import time
import wave
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.catalogue import PAGE, Choices, Filter, Label, SessionLine, Sessions
from voiceprep.interview.ports import Caption, Hear, Progress
from voiceprep.interview.records import Attempt, Judged, Recording, SessionRecord
from voiceprep.interview.sound import SoundLevels
from voiceprep.interview.trends import Point, points
from voiceprep.scoring.transcript import Segment, Transcript, Word

RATE_HZ = 16_000


def spoken(text: str, words_per_s: float = 2.5, confidence: float = 0.9) -> Transcript:
    """A transcript of one segment, its words evenly spread from 0 s on."""
    step_s = 1 / words_per_s
    words = tuple(
        Word(word, number * step_s, (number + 0.8) * step_s, confidence)
        for number, word in enumerate(text.split())
    )
    segments = (Segment.spoken(words),) if words else ()
    return Transcript(segments, "fake", duration_s=len(words) * step_s)


class FakeRecorder:
    """Records a steady tone: as long as it is left running, or ``length_s`` if that is given."""

    def __init__(
        self, length_s: float | None = None, problem: VoicePrepError | None = None
    ) -> None:
        self.length_s = length_s
        self.problem = problem
        self.refusal: VoicePrepError | None = None
        """Raised by ``start``, if set."""
        self.quiet_s: float | None = 0.0
        self.warning = ""
        self._path: Path | None = None
        self._hear: Hear | None = None
        self._kept_s = 0.0
        self._since: float | None = None

    def start(self, path: Path, hear: Hear | None = None) -> None:
        if self.refusal is not None:
            raise self.refusal
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path, self._kept_s, self._since = path, 0.0, time.monotonic()
        self._hear = hear
        self._write()

    def pause(self) -> None:
        self._kept_s, self._since = self.elapsed_s, None

    def resume(self) -> None:
        self._since = time.monotonic()

    def move(self, path: Path) -> None:
        if self._path is None:
            raise VoicePrepError("Nothing is being recorded.", "", "Start recording first.")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = self._path.rename(path)
        self.problem = None

    def stop(self) -> Recording:
        if self._path is None:
            raise VoicePrepError("Nothing is being recorded.", "", "Start recording first.")
        self.pause()
        self.pass_on()
        self._write()
        path, self._path = self._path, None
        said = "" if self.problem is None else self.problem.title
        return Recording(path, self.elapsed_s, RATE_HZ, "fake microphone", 0, -6.0, said)

    @property
    def level_dbfs(self) -> float:
        return -90.0 if self._since is None else -9.0

    @property
    def elapsed_s(self) -> float:
        if self.length_s is not None and self._path is not None:
            return self.length_s
        running_s = 0.0 if self._since is None else time.monotonic() - self._since
        return self._kept_s + running_s

    def _write(self) -> None:
        with wave.open(str(self._path), "wb") as file:
            file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
            file.writeframes(self._pcm())

    def pass_on(self) -> None:
        """Have somebody hear that something was said."""
        if self._hear is not None:
            self._hear(self._pcm())

    def _pcm(self) -> bytes:
        return b"\x00\x40\x00\xc0" * int(self.elapsed_s * RATE_HZ / 2)


@dataclass
class FakePlayer:
    """Plays nothing, for ``duration_s`` seconds."""

    duration_s: float = 0.0
    played: list[tuple[Path, float, float | None]] = field(default_factory=list)
    error: VoicePrepError | None = None
    position_s: float | None = None
    speeds: list[float] = field(default_factory=list)

    def play(
        self,
        path: Path,
        cancel: Event,
        start_s: float = 0.0,
        end_s: float | None = None,
        speed: float = 1.0,
    ) -> None:
        if self.error is not None:
            raise self.error
        if not path.exists():
            raise VoicePrepError(f"There is no file {path.name}.", "", "Choose another.")
        self.played.append((path, start_s, end_s))
        self.speeds.append(speed)
        self.position_s = start_s
        cancel.wait(self.duration_s)
        self.position_s = None


@dataclass
class FakeSpeaker:
    """Says nothing, for ``duration_s`` seconds."""

    duration_s: float = 0.0
    said: list[str] = field(default_factory=list)
    prepared: list[str] = field(default_factory=list)
    error: VoicePrepError | None = None

    def say(self, text: str, cancel: Event) -> None:
        self._check()
        self.said.append(text)
        cancel.wait(self.duration_s)

    def prepare(self, text: str) -> None:
        self._check()
        self.prepared.append(text)

    def _check(self) -> None:
        if self.error is not None:
            raise self.error


@dataclass
class FakeTranscriber:
    """Hears the same words in every file, after ``duration_s`` seconds."""

    transcript: Transcript = field(default_factory=lambda: spoken("this is what was said"))
    duration_s: float = 0.0
    error: Exception | None = None
    heard: list[Path] = field(default_factory=list)
    closed: bool = False
    levels: SoundLevels | None = None
    """What it measures while listening."""

    def warm_up(self) -> None:
        if self.error is not None:
            raise self.error

    def transcribe(self, path: Path, cancel: Event, progress: Progress | None = None) -> Transcript:
        self.heard.append(path)
        if cancel.wait(self.duration_s) or cancel.is_set():
            raise Cancelled
        if self.error is not None:
            raise self.error
        if not path.exists():
            raise VoicePrepError(f"There is no file {path.name}.", "", "Choose another.")
        if progress is not None:
            progress(1.0)
        return self.transcript

    def listen(self, caption: Caption) -> "FakeListening":
        return FakeListening(self, caption)

    def close(self) -> None:
        self.closed = True


class FakeCatalogue:
    """Lists all sessions; finding and the trash are tried with the real one."""

    def __init__(self, history: "FakeHistory") -> None:
        self._history = history

    def sessions(self, wanted: Filter, offset: int = 0, limit: int = PAGE) -> Sessions:
        assert wanted == Filter(), "the stand-in does not search"
        found = self._history.sessions()
        lines = tuple(
            SessionLine(
                one.id,
                one.bank_title,
                one.started_at,
                one.ended_at,
                score=one.score,
                doubtful=one.doubtful,
            )
            for one in found[offset : offset + limit]
        )
        return Sessions(lines, len(found), len(found))

    def choices(self) -> Choices:
        return Choices()

    def label(self, _session_id: str) -> Label:
        return Label()

    def discarded(self, before: str = "") -> tuple[str, ...]:  # noqa: ARG002 - a stand-in
        return ()

    def discard_answers(self, attempt_ids: tuple[str, ...]) -> None:
        self._history.away.update(attempt_ids)

    def put_back_answers(self, attempt_ids: tuple[str, ...]) -> None:
        self._history.away.difference_update(attempt_ids)

    def discarded_answers(self, before: str = "") -> tuple[str, ...]:  # noqa: ARG002 - a stand-in
        return tuple(sorted(self._history.away))

    def bytes_used(self, _session_id: str) -> int:
        return 0


class FakeListening:
    """Hears what its transcriber hears, all of it as soon as something is fed."""

    def __init__(self, transcriber: FakeTranscriber, caption: Caption) -> None:
        self._transcriber = transcriber
        self._caption = caption
        self._fed_frames = 0
        self._given_up = False

    @property
    def levels(self) -> SoundLevels | None:
        return self._transcriber.levels

    def feed(self, pcm: bytes) -> None:
        first = not self._fed_frames
        self._fed_frames += len(pcm) // 2
        if first and pcm and not self._given_up and self._transcriber.error is None:
            self._caption(self._transcriber.transcript)

    def finish(self, cancel: Event, progress: Progress | None = None) -> Transcript:
        if cancel.wait(self._transcriber.duration_s) or cancel.is_set() or self._given_up:
            raise Cancelled
        if self._transcriber.error is not None:
            raise self._transcriber.error
        if progress is not None:
            progress(1.0)
        heard = self._transcriber.transcript
        segments = heard.segments if self._fed_frames else ()
        return replace(heard, segments=segments, duration_s=self._fed_frames / RATE_HZ)

    def give_up(self) -> None:
        self._given_up = True


class FakeHistory:
    """Keeps everything in memory, and recordings below ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sessions: dict[str, SessionRecord] = {}
        self._attempts: dict[str, Attempt] = {}
        self.catalogue = FakeCatalogue(self)
        self.reviewed: set[str] = set()
        self.away: set[str] = set()
        """Single answers in the trash."""

    def save_session(self, session: SessionRecord) -> None:
        self._sessions[session.id] = session

    def save_attempt(self, attempt: Attempt) -> None:
        self._attempts[attempt.id] = attempt

    def sessions(self) -> tuple[SessionRecord, ...]:
        newest_first = sorted(
            self._sessions.values(), key=lambda one: (one.started_at, one.id), reverse=True
        )
        return tuple(self._with_attempts(one) for one in newest_first)

    def each_session(self) -> Iterator[SessionRecord]:
        yield from self.sessions()

    def points(
        self,
        cancel: Event | None = None,  # noqa: ARG002 - it takes no time
        progress: Progress | None = None,  # noqa: ARG002
    ) -> tuple[Point, ...]:
        return points(self.sessions())

    def session(self, session_id: str) -> SessionRecord | None:
        found = self._sessions.get(session_id)
        return None if found is None else self._with_attempts(found)

    def attempt(self, attempt_id: str) -> Attempt | None:
        return self._attempts.get(attempt_id)

    def attempts_at(self, bank_id: str, question_id: str) -> tuple[Attempt, ...]:
        found = (
            one for one in self._there if (one.bank_id, one.question.id) == (bank_id, question_id)
        )
        return tuple(sorted(found, key=lambda one: one.started_at))

    def attempt_counts(self) -> Mapping[tuple[str, str], int]:
        return Counter((one.bank_id, one.question.id) for one in self._there if not one.is_unusable)

    def ratings(self) -> tuple[tuple[int, float], ...]:
        return tuple(
            (one.self_rating, one.standing.score)
            for one in self._there
            if one.self_rating is not None and one.standing is not None
        )

    def contested(self) -> tuple[Attempt, ...]:
        return tuple(one for one in self._there if one.overrulings)

    def judged(self) -> tuple[Judged, ...]:
        found: list[Judged] = []
        for one in self._there:
            if one.assessment is None:
                continue
            alike = one.bank_id, one.question, one.assessment.scorer
            known = [(ours.bank_id, ours.question, ours.scorer) for ours in found]
            if alike in known:
                at = known.index(alike)
                found[at] = replace(found[at], attempt_ids=(*found[at].attempt_ids, one.id))
            else:
                found.append(Judged(*alike, (one.id,)))
        return tuple(found)

    def mark_reviewed(self, attempt_id: str) -> None:
        self.reviewed.add(attempt_id)

    def delete_session(self, session_id: str) -> None:
        self._sessions.pop(session_id, None)
        for attempt in [one for one in self._attempts.values() if one.session_id == session_id]:
            del self._attempts[attempt.id]
            if attempt.recording is not None and attempt.recording.path.parent == self._folder:
                attempt.recording.path.unlink(missing_ok=True)

    def delete_attempt(self, attempt_id: str) -> None:
        gone = self._attempts.pop(attempt_id, None)
        recording = None if gone is None else gone.recording
        if recording is not None and recording.path.parent == self._folder:
            recording.path.unlink(missing_ok=True)

    def new_recording_path(self, attempt_id: str) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / f"{attempt_id}.wav"

    @property
    def _there(self) -> tuple[Attempt, ...]:
        """All answers that are not in the trash."""
        return tuple(one for one in self._attempts.values() if one.id not in self.away)

    def _with_attempts(self, session: SessionRecord) -> SessionRecord:
        own = tuple(one for one in self._there if one.session_id == session.id)
        return replace(session, attempts=own)
