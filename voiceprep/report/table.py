"""The whole history as CSV, one line an attempt, for spreadsheets and other programs.

UTF-8, a comma between fields, RFC 4180's quotes, the newest session first. Times of day are ISO
8601 in UTC, scores 0 to 100, lengths seconds; what there is not is empty. Columns are only ever
added, at the right.
"""

import csv
import io
from collections.abc import Iterable

from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.scoring.assessment import Level

COLUMNS = (
    *("session", "started_at", "bank", "attempt", "question_id", "status", "score", "engine"),
    *("category", "level", "question", "concepts", "covered", "partial", "missed", "named"),
    *("duration_s", "words", "pace_wpm", "fillers", "pauses", "model", "scorer"),
    *("self_rating", "overruled"),
    *("sound", "sound_reason", "snr_db", "scored_anyway"),
)
"""Scores and counts are those that stand, with what the candidate set right (``overruled``).

``sound`` is "good", "doubtful" or "unusable", empty where that was not found out; what is unusable
has a score only where the candidate wanted one (``scored_anyway``).

``named`` counts the concepts of which a key term was said, ``pauses`` those of a second
and more.
"""


def render(sessions: Iterable[SessionRecord]) -> str:
    """All attempts of these sessions."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for session in sessions:
        writer.writerows(map(_cell, _row(session, attempt)) for attempt in session.attempts)
    return text.getvalue()


def _row(session: SessionRecord, attempt: Attempt) -> tuple[str | float | None, ...]:
    question, recording, transcript = attempt.question, attempt.recording, attempt.transcript
    assessment = attempt.standing
    found, sound = attempt.delivery, attempt.sound
    verdicts: tuple[int | None, ...] = (None,) * 5
    if assessment:
        counts = (assessment.count(level) for level in Level)
        verdicts = (len(assessment.concepts), *counts, assessment.named)
    return (
        session.id,
        attempt.started_at,
        session.bank_title,
        attempt.id,
        question.id,
        attempt.status.value,
        assessment.score if assessment else None,
        transcript.engine if transcript else None,
        question.category,
        question.level,
        question.question,
        *verdicts,
        recording.duration_s if recording else None,
        len(transcript.text.split()) if transcript else None,
        found.pace_wpm if found else None,
        len(found.fillers) if found else None,
        len(found.pauses) if found else None,
        transcript.model if transcript else None,
        assessment.scorer if assessment else None,
        attempt.self_rating,
        len(attempt.overrulings) if assessment else None,
        sound.grade.value if sound else None,
        sound.reason if sound else None,
        sound.snr_db if sound else None,
        int(attempt.scored_anyway) if sound else None,
    )


def _cell(value: str | float | None) -> str | float:
    """Text that a spreadsheet cannot take for a formula; nothing for what there is not.

    A lone carriage return ends a line for some readers and is not quoted by csv: it is a line feed.
    """
    if not isinstance(value, str):
        return "" if value is None else value
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{value}" if value[:1] in set("=+-@\t\n") else value
