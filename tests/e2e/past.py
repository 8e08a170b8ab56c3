"""Weeks of practice: interviews that were answered with the demo's recordings."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile

from pydantic import TypeAdapter

from tests.sound import write_wav
from voiceprep.app import installed_scorer
from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Question
from voiceprep.interview.records import Attempt, AttemptStatus, Recording, SessionRecord
from voiceprep.resources import asset
from voiceprep.scoring.assessment import Assessment, Level
from voiceprep.scoring.score import score
from voiceprep.scoring.transcript import Transcript
from voiceprep.speech.audio_file import read_audio
from voiceprep.speech.flac import pack
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders

TRANSCRIPTS = Path(__file__).parents[1] / "data" / "demo-transcripts"
Judge = Callable[[Question, Transcript], Assessment]
FRAUD, METRICS, FAILURE = "beginner-01", "intermediate-03", "behavioral-04"
"""The questions of the demo, and the names of its recordings."""


def heard(name: str) -> Transcript:
    """What the basic recogniser heard in one of the demo's recordings."""
    text = (TRANSCRIPTS / f"{name}.json").read_text(encoding="utf-8")
    return TypeAdapter(Transcript).validate_json(text)


def make_past(folders: Folders) -> None:
    """Three interviews: two months ago, last week, and an hour ago.

    Two months ago the first answer was broken off after its third sentence, and a scorer of that
    time found nothing in it; an hour ago all three questions were answered.
    """
    today, before = installed_scorer(), _strict
    with _history(folders) as history:
        _keep(folders, history, "spring", 60 * 24, [(FRAUD, before, 3), (FAILURE, today, None)])
        _keep(folders, history, "week", 7 * 24, [(METRICS, today, None)])
        _keep(
            folders, history, "today", 1,
            [(FRAUD, today, None), (METRICS, today, None), (FAILURE, today, None)],
        )  # fmt: skip


def _strict(question: Question, said: Transcript) -> Assessment:
    found = score(question, said)
    missed = tuple(
        replace(one, level=Level.MISSED, evidence=(), terms_said=(), why="Not found.")
        for one in found.concepts
    )
    return replace(found, concepts=missed, score=0.0, scorer="lexical-1")


def _keep(
    folders: Folders,
    history: SqliteHistory,
    session_id: str,
    hours_ago: float,
    answers: list[tuple[str, Judge, int | None]],
) -> None:
    bank = built_in_banks()[0]
    begun = datetime.now(UTC) - timedelta(hours=hours_ago)
    moment = begun.isoformat(timespec="seconds")
    ids = tuple(name for name, _, _ in answers)
    history.save_session(SessionRecord(session_id, bank.id, bank.title, moment, ids, moment))
    for position, (name, judge, sentences) in enumerate(answers):
        attempt_id = f"{session_id}-{name}"
        question, transcript = bank.find(name), heard(name)
        assert question is not None
        recording = _record(folders, attempt_id, name, transcript, sentences)
        said = replace(
            transcript, segments=transcript.segments[:sentences], duration_s=recording.duration_s
        )
        history.save_attempt(
            Attempt(
                attempt_id, session_id, position, bank.id, question, moment,
                AttemptStatus.ASSESSED, recording, said, judge(question, said),
            )
        )  # fmt: skip


def _record(
    folders: Folders, attempt_id: str, name: str, transcript: Transcript, sentences: int | None
) -> Recording:
    """The demo's recording, or so many sentences of it, as an answer of one's own."""
    folders.recordings.mkdir(parents=True, exist_ok=True)
    source = asset("demo", f"{name}.flac")
    audio = read_audio(source)
    if sentences is None:
        path = folders.recordings / f"{attempt_id}.flac"
        copyfile(source, path)
        length_s = len(audio.samples) / audio.rate_hz
    else:
        length_s = transcript.segments[sentences].start_s or 0.0
        kept = audio.samples[: round(length_s * audio.rate_hz), 0]
        path = pack(write_wav(folders.recordings / f"{attempt_id}.wav", kept, audio.rate_hz))
    return Recording(path, length_s, audio.rate_hz, "Desk microphone")


@contextmanager
def _history(folders: Folders) -> Iterator[SqliteHistory]:
    history = SqliteHistory(folders)
    try:
        yield history
    finally:
        history.close()
