import json
from dataclasses import asdict, replace
from typing import Any

from hypothesis import given

from tests import strategies
from tests.report import samples
from tests.report.samples import session
from voiceprep.interview.records import Earlier, Overruling, Revision, SessionRecord
from voiceprep.report import data
from voiceprep.report.document import VERSION, Document, json_schema
from voiceprep.scoring.assessment import Level
from voiceprep.scoring.transcript import Segment, Transcript, Word


def read(any_session: SessionRecord) -> dict[str, Any]:
    def refuse(constant: str) -> None:
        raise AssertionError(f"no JSON: {constant}")

    found = json.loads(data.render(any_session).encode(), parse_constant=refuse)
    assert isinstance(found, dict)
    return found


def test_a_session_comes_with_its_version() -> None:
    found = read(session(samples.MICROPHONE))

    assert found["schema_version"] == VERSION == 2
    assert found["session"] == {
        "id": "20250514-092900-bbbbbbbb",
        "bank_id": "bank",
        "bank_title": "A bank",
        "started_at": "2025-05-14T09:29:00+00:00",
        "ended_at": "2025-05-14T10:00:00+00:00",
        "question_ids": ["gdpr", "psd2", "aml", "kyc"],
        "score": 50.0,
        "doubtful": 0,
    }


def test_the_schema_names_every_field_that_is_written() -> None:
    schema = json.loads(json_schema())
    assert schema["properties"]["schema_version"]["const"] == VERSION

    def check(value: Any, part: dict[str, Any]) -> None:
        options = [part, *part.get("anyOf", [])]
        names = [one["$ref"].rpartition("/")[2] for one in options if "$ref" in one]
        if isinstance(value, dict):
            known = (schema["$defs"][names[0]] if names else part)["properties"]
            assert set(value) <= set(known)
            for key, item in value.items():
                check(item, known[key])
        elif isinstance(value, list):
            for item in value:
                check(item, part["items"])

    check(
        read(session(samples.MICROPHONE, samples.TYPED, samples.FAILED, samples.DOUBTFUL)), schema
    )


def test_an_answer_comes_whole_and_without_the_folders_of_the_machine() -> None:
    (found,) = read(session(samples.MICROPHONE))["attempts"]

    assert found["recording"]["file"] == "1.wav"
    assert "someone" not in data.render(session(samples.MICROPHONE))
    assert found["transcript"]["text"] == samples.WORDS
    assert len(found["transcript"]["segments"][0]["words"]) == 12
    concept = found["assessment"]["concepts"][2]
    assert (concept["id"], concept["level"], concept["probe"]) == (
        "officer",
        "missed",
        "Who watches over it?",
    )
    assert found["status"] == "assessed"


def test_results_before_a_correction_or_another_scorer_are_listed() -> None:
    now = samples.MICROPHONE
    assert now.transcript is not None
    assert now.assessment is not None
    first = replace(now.assessment, scorer="old-1", score=10.0)
    missed = Overruling(first.concepts[0].id, Level.MISSED, "I did not mean that")
    earlier = (
        Earlier("2026-01-02T10:00:00+00:00", Revision.RESCORED, now.transcript, first, (missed,)),
    )

    document = read(session(replace(now, earlier=earlier)))

    Document.model_validate(document, strict=True)
    (found,) = document["attempts"][0]["earlier"]
    assert (found["reason"], found["assessment"]["scorer"]) == ("rescored", "old-1")
    assert found["assessment"]["score"] == 10
    assert earlier[0].standing is not None
    assert found["standing_score"] == earlier[0].standing.score
    assert found["overrulings"][0]["note"] == "I did not mean that"
    assert found["transcript"]["text"] == samples.WORDS


def test_what_there_is_not_is_null() -> None:
    typed, failed = read(session(samples.TYPED, samples.FAILED))["attempts"]

    assert (typed["recording"], typed["delivery"]) == (None, None)
    assert (failed["transcript"], failed["assessment"]) == (None, None)
    assert failed["failure"] == "There is no speech in this recording."
    assert read(replace(session(), ended_at=""))["session"]["ended_at"] is None


def test_an_engine_that_gives_no_numbers_does_not_break_the_file() -> None:
    odd = Word("caf\ud8e9", 0.0, float("nan"), float("inf"))
    attempt = replace(
        samples.FAILED, transcript=Transcript((Segment("caf\ud8e9", 0.0, 0.0, (odd,)),), "x")
    )

    (word,) = read(session(attempt))["attempts"][0]["transcript"]["segments"][0]["words"]

    assert word == {"text": "caf?", "start_s": 0.0, "end_s": None, "confidence": None, "heard": ""}


@strategies.whole_sessions
@given(any_session=strategies.sessions())
def test_every_session_keeps_to_the_schema_and_quotes_are_found_where_they_say(
    any_session: SessionRecord,
) -> None:
    found = read(any_session)
    Document.model_validate(found, strict=True)

    assert len(found["attempts"]) == len(any_session.attempts)
    for attempt, kept in zip(found["attempts"], any_session.attempts, strict=True):
        if kept.transcript is not None:
            assert attempt["transcript"]["segments"] == json.loads(
                json.dumps([asdict(segment) for segment in kept.transcript.segments])
            )
        for concept in (attempt["assessment"] or {"concepts": ()})["concepts"]:
            for one in concept["evidence"]:
                text = attempt["transcript"]["text"]
                assert text[one["start_char"] : one["end_char"]] == one["quote"]
