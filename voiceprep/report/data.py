"""A session as JSON for other programs; ``document`` says what each field means."""

import json
import math
from dataclasses import asdict
from typing import Any

from voiceprep.bank.model import Question
from voiceprep.interview.records import Attempt, Earlier, Recording, SessionRecord
from voiceprep.report.document import VERSION
from voiceprep.scoring.assessment import Assessment
from voiceprep.scoring.transcript import Transcript


def render(session: SessionRecord) -> str:
    """The session as indented JSON; valid whatever an engine or a bank has put into it."""
    document = {
        "schema_version": VERSION,
        "session": {
            "id": session.id,
            "bank_id": session.bank_id,
            "bank_title": session.bank_title,
            "started_at": session.started_at,
            "ended_at": session.ended_at or None,
            "question_ids": session.question_ids,
            "score": session.score,
            "doubtful": session.doubtful,
        },
        "attempts": [_attempt(attempt) for attempt in session.attempts],
    }
    return json.dumps(_valid(document), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _attempt(attempt: Attempt) -> dict[str, Any]:
    transcript, assessment = attempt.transcript, attempt.assessment
    found = attempt.delivery
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
        "sound": asdict(attempt.sound) if attempt.sound else None,
        "scored_anyway": attempt.scored_anyway,
        "earlier": [_earlier(one, one.question or attempt.question) for one in attempt.earlier],
    }


def _earlier(earlier: Earlier, question: Question) -> dict[str, Any]:
    return {
        "until": earlier.until,
        "reason": earlier.reason.value,
        "standing_score": earlier.standing.score if earlier.standing else None,
        "overrulings": [asdict(one) for one in earlier.overrulings],
        "transcript": _transcript(earlier.transcript),
        "assessment": _assessment(earlier.assessment, question) if earlier.assessment else None,
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
