"""A session as JSON for other programs.

One object. A change that a reader must know of raises ``schema_version``; further fields may
come at any time. Times of day are ISO 8601 in UTC, durations and places in a recording seconds
from its start, places in a text characters (Unicode code points) from its start, shares 0 to 1,
scores 0 to 100. ``null`` stands for what there is not.

``schema_version`` (1), ``session``
    ``id``, ``bank_id``, ``bank_title``, ``started_at``, ``ended_at`` (null when broken off),
    ``question_ids`` in order, ``score`` (mean of the last scored attempt at each question).
``attempts``, in the order in which they were made; each
    ``id``, ``position`` (which of ``question_ids``, from 0), ``started_at``, ``status``
    ("recording", "waiting", "assessed", "failed", "set aside"), ``failure`` (why, in words),
    ``self_rating`` (before the result was seen), ``overrulings`` (verdicts that the candidate
    set right: ``concept_id``, ``level``, ``note``), ``standing_score`` (the score with these);
``question``
    ``id``, ``category``, ``level``, ``question``, ``question_source``, ``hint``;
``recording`` (null for typed answers)
    ``file`` (name without folders), ``duration_s``, ``rate_hz``, ``device``, ``overflows``,
    ``peak_dbfs``, ``problem``;
``transcript``
    ``text``, ``engine`` ("whisper", "pocketsphinx", "typed"), ``model``, ``language``,
    ``duration_s``, ``segments`` with ``text``, ``start_s``, ``end_s`` and ``words`` (``text``,
    ``start_s``, ``end_s``, ``confidence``, ``heard`` instead where it was corrected); segments
    joined by a space are the ``text``;
``assessment``
    ``score``, ``scorer``, ``concepts`` with ``id``, ``label``, ``hint``, ``weight``, ``level``
    ("covered", "partial", "missed"), ``confidence``, ``evidence`` (``quote``, ``start_char``,
    ``end_char`` in the transcript's text, ``start_s``, ``end_s``), ``why``, ``terms_said``,
    ``probe``;
``delivery`` (null for typed answers and a few words)
    ``speech_s``, ``words``, ``pace_wpm``, ``fillers`` (at least these), ``pauses`` of a second
    and more (``start_s``, ``end_s``).
"""

import json
import math
from dataclasses import asdict
from typing import Any

from voiceprep.bank.model import Question
from voiceprep.interview.records import Attempt, Recording, SessionRecord
from voiceprep.scoring.assessment import Assessment
from voiceprep.scoring.delivery import delivery
from voiceprep.scoring.transcript import Transcript

SCHEMA_VERSION = 1


def render(session: SessionRecord) -> str:
    """The session as indented JSON; valid whatever an engine or a bank has put into it."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "session": {
            "id": session.id,
            "bank_id": session.bank_id,
            "bank_title": session.bank_title,
            "started_at": session.started_at,
            "ended_at": session.ended_at or None,
            "question_ids": session.question_ids,
            "score": session.score,
        },
        "attempts": [_attempt(attempt) for attempt in session.attempts],
    }
    return json.dumps(_valid(document), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _attempt(attempt: Attempt) -> dict[str, Any]:
    transcript, assessment = attempt.transcript, attempt.assessment
    found = delivery(transcript) if transcript else None
    return {
        "id": attempt.id,
        "position": attempt.position,
        "started_at": attempt.started_at,
        "status": attempt.status.value,
        "failure": attempt.failure,
        "self_rating": attempt.self_rating,
        "standing_score": attempt.standing.score if attempt.standing else None,
        "overrulings": [asdict(one) for one in attempt.overrulings],
        "question": attempt.question.model_dump(
            include={"id", "category", "level", "question", "question_source", "hint"}
        ),
        "recording": _recording(attempt.recording) if attempt.recording else None,
        "transcript": _transcript(transcript) if transcript else None,
        "assessment": _assessment(assessment, attempt.question) if assessment else None,
        "delivery": asdict(found) if found else None,
    }


def _recording(recording: Recording) -> dict[str, Any]:
    """Without its folders: they tell of the person's machine and help no reader."""
    fields = asdict(recording)
    return {"file": fields.pop("path").name, **fields}


def _transcript(transcript: Transcript) -> dict[str, Any]:
    return {"text": transcript.text, **asdict(transcript)}


def _assessment(assessment: Assessment, question: Question) -> dict[str, Any]:
    probes = {concept.id: concept.probe for concept in question.concepts}
    return {
        "score": assessment.score,
        "scorer": assessment.scorer,
        "concepts": [
            {**asdict(verdict), "probe": probes.get(verdict.id, "")}
            for verdict in assessment.concepts
        ],
    }


def _valid(value: Any) -> Any:
    """The same without what JSON or UTF-8 cannot say; every text keeps its length."""
    match value:
        case dict():
            return {key: _valid(item) for key, item in value.items()}
        case list() | tuple():
            return [_valid(item) for item in value]
        case str():
            return value.encode("utf-8", "replace").decode()
        case float() if not math.isfinite(value):
            return None
    return value
