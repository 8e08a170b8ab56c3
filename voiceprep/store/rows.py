"""Records as rows of the history's tables, and back.

Reading validates: a row that does not make a whole record raises ValueError.
"""

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from voiceprep.bank.model import Question
from voiceprep.interview.archiving import where_it_is
from voiceprep.interview.records import (
    Attempt,
    AttemptStatus,
    Earlier,
    Overruling,
    Recording,
    SessionRecord,
)
from voiceprep.interview.sound_verdict import SoundVerdict
from voiceprep.scoring.assessment import Assessment
from voiceprep.scoring.transcript import Transcript

Row = Mapping[str, Any]

_OWN_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}")
"""As ``interview.session.new_id`` makes them."""

_TRANSCRIPT = TypeAdapter(Transcript)
_ASSESSMENT = TypeAdapter(Assessment)
_RECORDING = TypeAdapter(Recording)
_EARLIER = TypeAdapter(tuple[Earlier, ...])
_OVERRULINGS = TypeAdapter(tuple[Overruling, ...])
_SOUND = TypeAdapter(SoundVerdict)
_QUESTION_IDS = TypeAdapter(tuple[str, ...])


def session_row(session: SessionRecord) -> Row:
    """A session's row, without its attempts."""
    return {
        "id": session.id,
        "bank_id": session.bank_id,
        "bank_title": session.bank_title,
        "started_at": session.started_at,
        "ended_at": session.ended_at,
        "question_ids": _json(_QUESTION_IDS, session.question_ids),
    }


def read_session(row: sqlite3.Row, attempts: Iterable[Attempt]) -> SessionRecord:
    """A session from its row and its attempts."""
    return SessionRecord(
        id=row["id"],
        bank_id=row["bank_id"],
        bank_title=row["bank_title"],
        started_at=row["started_at"],
        question_ids=_QUESTION_IDS.validate_json(row["question_ids"]),
        ended_at=row["ended_at"],
        attempts=tuple(attempts),
    )


def attempt_row(attempt: Attempt, recordings: Path) -> Row:
    """An attempt's row; ``recordings`` is the folder that its path is kept relative to."""
    recording, question = attempt.recording, attempt.question
    return {
        "id": attempt.id,
        "session_id": attempt.session_id,
        "position": attempt.position,
        "bank_id": attempt.bank_id,
        "question_id": question.id,
        "started_at": attempt.started_at,
        "status": attempt.status.value,
        "score": attempt.standing.score if attempt.standing else None,
        "failure": _encodable(attempt.failure),
        "recording_path": _kept_path(recording.path, recordings) if recording else None,
        "recording": _json(_RECORDING, recording, exclude={"path"}) if recording else None,
        "question": _encodable(question.model_dump_json(by_alias=True)),
        "transcript": _json(_TRANSCRIPT, attempt.transcript) if attempt.transcript else None,
        "assessment": _json(_ASSESSMENT, attempt.assessment) if attempt.assessment else None,
        "self_rating": attempt.self_rating,
        "earlier": _json(_EARLIER, attempt.earlier),
        "overrulings": _json(_OVERRULINGS, attempt.overrulings),
        "sound": _json(_SOUND, attempt.sound) if attempt.sound else None,
        "scored_anyway": int(attempt.scored_anyway),
    }


def read_attempt(row: sqlite3.Row, recordings: Path) -> Attempt:
    """An attempt from its row."""
    transcript, assessment, sound = row["transcript"], row["assessment"], row["sound"]
    return Attempt(
        id=row["id"],
        session_id=row["session_id"],
        position=row["position"],
        bank_id=row["bank_id"],
        question=read_question(row["question"]),
        started_at=row["started_at"],
        status=AttemptStatus(row["status"]),
        recording=_read_recording(row, recordings),
        transcript=_TRANSCRIPT.validate_json(transcript) if transcript is not None else None,
        assessment=_ASSESSMENT.validate_json(assessment) if assessment is not None else None,
        failure=row["failure"],
        overrulings=_OVERRULINGS.validate_json(row["overrulings"]),
        self_rating=row["self_rating"],
        earlier=_EARLIER.validate_json(row["earlier"]),
        sound=_SOUND.validate_json(sound) if sound is not None else None,
        scored_anyway=bool(row["scored_anyway"]),
    )


def _read_recording(row: sqlite3.Row, recordings: Path) -> Recording | None:
    if row["recording"] is None:
        return None
    path = stored_path(row["recording_path"], recordings)
    return _RECORDING.validate_python(json.loads(row["recording"]) | {"path": path})


def _kept_path(path: Path, recordings: Path) -> str | bytes:
    """A path as it is kept: relative in our folder, so that the folder can move, else absolute."""
    absolute = path.absolute()
    if is_inside(absolute, recordings):
        absolute = absolute.resolve().relative_to(recordings.resolve())
    raw = os.fsencode(absolute)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw  # a file name in another encoding is kept byte for byte


def stored_path(kept: str | bytes, recordings: Path) -> Path:
    """The whole path again, of the packed recording where it took the place of the first.

    Joining an absolute path to a folder gives just that path.
    """
    return where_it_is(recordings / os.fsdecode(kept))


def own_recording(row: sqlite3.Row, recordings: Path) -> Path | None:
    """The recording that was made for an attempt, which carries its id; else None.

    It may lie in another folder, where the usual one took no more. There only names that nobody
    but VoicePrep gives are believed to be its own, and no detours: files that the user dropped are
    never ours.

    ``row`` has the attempt's ``id`` and ``recording_path``.
    """
    if row["recording_path"] is None:
        return None
    path = stored_path(row["recording_path"], recordings)
    if path.stem != row["id"]:
        return None
    if is_inside(path, recordings):
        return path
    direct = ".." not in path.parts and not path.is_symlink()
    return path if direct and _OWN_ID.fullmatch(row["id"]) else None


def own_recordings_elsewhere(
    connection: sqlite3.Connection, recordings: Path
) -> tuple[tuple[str, Path], ...]:
    """The recordings that were made here in other folders, with their attempts' ids."""
    rows = connection.execute(
        "SELECT id, recording_path FROM attempt WHERE recording_path IS NOT NULL"
    )
    own = ((row["id"], own_recording(row, recordings)) for row in rows)
    return tuple(
        (attempt_id, path)
        for attempt_id, path in own
        if path is not None and not is_inside(path, recordings)
    )


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path really lies in a folder, whatever ``..`` and links in it say."""
    return path.resolve().is_relative_to(folder.resolve())


@lru_cache(maxsize=256)
def read_question(text: str) -> Question:
    """A question from its JSON.

    Attempts at one question share its record: most rows have one that was read before.
    """
    return Question.model_validate_json(text)


def _json(adapter: TypeAdapter[Any], value: object, exclude: set[str] | None = None) -> str:
    plain = adapter.dump_python(value, mode="json", exclude=exclude, by_alias=True)
    return _encodable(json.dumps(plain, ensure_ascii=False, separators=(",", ":")))


def _encodable(text: str) -> str:
    """Text with a "?" for each half of a character, as in file names of another encoding.

    SQLite takes only whole ones, and an answer is not lost for such a trifle.
    """
    return text.encode("utf-8", "replace").decode()
