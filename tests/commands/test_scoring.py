import io
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.commands.cli import Shell
from tests.speech.transcribers.voices import say, write_flac
from voiceprep.bank.load import built_in_banks
from voiceprep.speech.measure import measure

GOOD_ANSWER = (
    "Rule based systems use static thresholds, hard-coded limits that nobody touches for years. "
    "The AI is adaptive, it recognizes patterns and is retrained when fraudsters change tactics. "
    "And it learns from individual user behavior, what is normal for each single customer."
)


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_written_answer_is_scored_with_quotes(voiceprep: Shell, tmp_path: Path) -> None:
    answer = tmp_path / "answer.txt"
    answer.write_text(GOOD_ANSWER, encoding="utf-8")
    result = voiceprep("score", "beginner-01", "--text", answer)
    assert result.status == 0
    assert "Coverage 100 %" in result.words
    assert "static thresholds" in result.words


def test_json_has_the_promised_fields_and_quotes_are_in_the_answer(
    voiceprep: Shell, tmp_path: Path
) -> None:
    answer = tmp_path / "answer.txt"
    answer.write_text(GOOD_ANSWER, encoding="utf-8")
    result = json.loads(voiceprep("score", "beginner-01", "--text", answer, "--json").out)
    assert set(result) == {"question_id", "score", "concepts"}
    for concept in result["concepts"]:
        assert set(concept) == {
            "id", "label", "hint", "level", "confidence", "evidence", "why",
        }  # fmt: skip
        for one in concept["evidence"]:
            assert set(one) == {"quote", "start_char", "end_char", "start_s", "end_s"}
            assert GOOD_ANSWER[one["start_char"] : one["end_char"]] == one["quote"]


def test_a_batch_scores_all_49_questions_in_order(voiceprep: Shell, tmp_path: Path) -> None:
    questions = built_in_banks()[0].questions
    batch = tmp_path / "batch.jsonl"
    batch.write_text(
        "".join(json.dumps({"question_id": one.id, "text": one.hint}) + "\n" for one in questions)
    )
    results = lines(voiceprep("score", "--batch", batch).out)
    assert [one["question_id"] for one in results] == [one.id for one in questions]
    scores = [float(str(one["score"])) for one in results]
    assert min(scores) >= 60  # who says what the hint says has made most of its points


def test_a_batch_reads_stdin_and_goes_on_after_bad_lines(
    voiceprep: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = "\n".join(  # noqa: FLY002 - one line of the batch a line
        [
            '{"hint": "Should mention latency and cost.", "text": "latency and cost matter"}',
            "no json",
            '{"question_id": "nobody", "text": "hello"}',
            '{"text": "hello"}',
            '{"hint": "x", "concepts": [{"label": "Protects privacy"}], "text": "it is private"}',
        ]
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(batch.encode())))
    result = voiceprep("score", "--batch", "-")
    first, *bad, last = lines(result.out)
    assert result.status == 0
    assert first["score"] == 100.0
    assert [one["line"] for one in bad] == [2, 3, 4]
    assert "nobody" in str(bad[1]["error"])
    assert [one["label"] for one in last["concepts"]] == ["Protects privacy"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "args",
    [
        ("score",),
        ("score", "beginner-01"),
        ("score", "beginner-01", "--text", "a", "--audio", "b"),
        ("score", "beginner-01", "--batch", "a"),
        ("score", "--engine", "magic"),
        ("transcribe",),
        ("transcribe", "a.wav", "--format", "doc"),
        ("no-such-command",),
    ],
)
def test_wrong_usage_is_status_2_and_shows_no_traceback(voiceprep: Shell, args: object) -> None:
    result = voiceprep(*args)  # type: ignore[misc]
    assert result.status == 2
    assert "Traceback" not in result.words


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("score", "nobody-01", "--text", "-"), "There is no question 'nobody-01'"),
        (("score", "beginner-01", "--text", "missing.txt"), "missing.txt cannot be read"),
        (("score", "--batch", "missing.jsonl"), "missing.jsonl cannot be read"),
        (("score", "beginner-01", "--text", "x", "--bank", "missing.yaml"), "missing.yaml"),
        (("transcribe", "missing.wav"), "missing.wav"),
        (("history", "show", "nobody"), "There is no session 'nobody'"),
        (("report",), "There is no session yet"),
        (("models", "use", "nobody"), "There is no model 'nobody'"),
        (("models", "add", "missing-folder"), "missing-folder"),
        (("bank", "validate", "missing.yaml"), "missing.yaml cannot be read"),
        (("bank", "show", "nobody"), "There is no question 'nobody'"),
        (("practice", "--category", "Cooking"), "no category 'Cooking'"),
    ],
)
def test_what_goes_wrong_is_said_in_words_with_status_1(
    voiceprep: Shell, args: tuple[str, ...], said: str
) -> None:
    result = voiceprep(*args)
    assert result.status == 1
    assert said in result.words
    assert "Traceback" not in result.words


def test_a_recording_in_a_loud_room_gets_no_score_unless_it_is_wished(
    voiceprep: Shell, tmp_path: Path
) -> None:
    said = say("The traditional system has static thresholds, and it is adaptive.")
    room = np.random.default_rng(5).normal(0, 10 ** (measure(said).speech_dbfs / 20), len(said))
    loud = write_flac(tmp_path / "loud.flac", (said + room.astype(np.float32)) / 4)
    answer = ("score", "beginner-01", "--audio", loud, "--engine", "pocketsphinx")
    refused = voiceprep(*answer)
    assert refused.status == 1
    assert "loud.flac gets no score" in refused.words
    assert "The room was loud" in refused.words or "louder than your voice" in refused.words
    alone = write_flac(tmp_path / "alone.flac", room.astype(np.float32) / 4)
    silent = voiceprep("score", "beginner-01", "--audio", alone, "--engine", "pocketsphinx")
    assert silent.status == 1
    assert "Nothing was heard" in silent.words
    clear = write_flac(tmp_path / "clear.flac", said)
    scored = voiceprep("score", "beginner-01", "--audio", clear, "--engine", "pocketsphinx")
    assert scored.status == 0
    assert "sound" not in scored.words
