import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.bank.samples import a_bank
from voiceprep.bank.load import built_in_banks
from voiceprep.errors import VoicePrepError
from voiceprep.scoring.batch import find_question, score_lines

BANKS = built_in_banks()
SAMPLES = (a_bank(),)


def results(*lines: object) -> list[dict[str, Any]]:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return [json.loads(line) for line in score_lines(texts, SAMPLES)]


def test_a_line_gives_the_score_and_every_concept_with_its_proof() -> None:
    (line,) = results(
        {"question_id": "question-1", "text": "I think drift makes predictions worse"}
    )
    assert line["question_id"] == "question-1"
    assert line["score"] == 100.0
    (concept,) = line["concepts"]
    assert set(concept) == {"id", "label", "hint", "level", "confidence", "evidence", "why"}
    assert concept["level"] == "covered"
    (evidence,) = concept["evidence"]
    assert evidence == {
        "quote": "I think drift makes predictions worse",
        "start_char": 0,
        "end_char": 37,
        "start_s": None,
        "end_s": None,
    }


def test_results_come_in_order_and_blank_lines_are_passed_over() -> None:
    lines = [{"question_id": f"question-{number}", "text": ""} for number in (3, 1, 2)]
    assert [one["question_id"] for one in results(lines[0], "  ", lines[1], lines[2])] == [
        "question-3",
        "question-1",
        "question-2",
    ]


def test_a_bad_line_gives_its_error_and_number_and_the_rest_goes_on() -> None:
    good = {"question_id": "question-1", "text": "drift"}
    found = results(good, "{nonsense", "", good, {"text": "no question"})
    assert [one.get("line") for one in found] == [None, 2, None, 5]
    assert "Invalid JSON" in found[1]["error"]
    assert 'needs "question_id"' in found[3]["error"]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ({"question_id": "nobody", "text": "x"}, "There is no question 'nobody'"),
        ({"question_id": "question-1"}, "text: Field required"),
        ({"question_id": 1, "text": ""}, "question_id: "),
        ({"hint": "a", "text": 7}, "text: "),
        ({"hint": " ", "text": ""}, 'needs "question_id"'),
        ({"hint": "a", "concepts": ["b"], "text": ""}, "concepts.0: "),
        ({"hint": "a", "concepts": [{}], "text": ""}, "concepts.0.label: "),
        ({"concepts": [{"label": "a", "weight": 0}], "text": ""}, "concepts.0.weight: "),
        ('{"concepts": [{"label": "a", "weight": 1e999}], "text": ""}', "concepts.0.weight: "),
        ("[1, 2]", "Input should be an object"),
        ("[" * 100_000, "recursion limit"),
        ('{"hint": "a", "text": "\\ud800"}', "Invalid JSON"),
        ('"just a text"', "Input should be an object"),
        ("null", "Input should be an object"),
    ],
)
def test_the_error_names_the_field(line: object, error: str) -> None:
    (found,) = results(line)
    assert found["line"] == 1
    assert error in found["error"]


def test_a_hint_alone_is_parted_into_concepts() -> None:
    (line,) = results(
        {"hint": "Should mention latency, and cost.", "text": "latency is what counts"}
    )
    assert line["question_id"] is None
    assert [(one["label"], one["level"]) for one in line["concepts"]] == [
        ("Latency", "covered"),
        ("Cost", "missed"),
    ]


def test_concepts_of_ones_own_may_be_labels_alone() -> None:
    concepts = [{"label": "Latency matters"}, {"label": "Cost", "id": "money"}]
    (line,) = results(
        {"hint": "latency, cost", "concepts": concepts, "text": "latency does matter"}
    )
    assert [one["id"] for one in line["concepts"]] == ["concept-1", "money"]
    assert line["score"] == 50.0


def test_the_id_of_a_known_question_with_its_own_hint_is_that_question() -> None:
    hint = SAMPLES[0].questions[0].hint
    (line,) = results({"question_id": "question-1", "hint": hint, "text": ""})
    assert [one["id"] for one in line["concepts"]] == ["drift-hurts"]


def test_another_hint_is_another_question_whatever_its_id() -> None:
    (line,) = results({"question_id": "question-1", "hint": "Latency", "text": ""})
    assert line["question_id"] == "question-1"
    assert [one["label"] for one in line["concepts"]] == ["Latency"]


def test_any_script_comes_back_as_it_was_written() -> None:
    hint = "Datenschutz für Kunden, 数据隐私"
    text = "Ja 😀 数据隐私 nai\u0308v"
    (raw,) = score_lines([json.dumps({"hint": hint, "text": text})], SAMPLES)
    assert "数据隐私" in raw
    for concept in json.loads(raw)["concepts"]:
        assert concept["hint"] in hint
        for one in concept["evidence"]:
            assert one["quote"] == text[one["start_char"] : one["end_char"]]


def test_a_byte_order_mark_at_the_beginning_does_no_harm() -> None:
    (line,) = results("\ufeff" + json.dumps({"question_id": "question-1", "text": ""}))
    assert "error" not in line


@given(
    st.lists(
        st.text() | st.dictionaries(st.sampled_from(["hint", "text"]), st.text()).map(json.dumps)
    )
)
@example(["{}", '{"hint": "\\u0000", "text": "\\u0000"}'])
def test_each_line_that_is_not_blank_gives_one_line_of_json(lines: list[str]) -> None:
    found = list(score_lines(lines, SAMPLES))
    assert len(found) == sum(bool(line.removeprefix("\ufeff").strip()) for line in lines)
    for one in found:
        assert "\n" not in one
        assert ("error" in json.loads(one)) != ("score" in json.loads(one))


def test_all_49_questions_are_scored() -> None:
    questions = BANKS[0].questions
    lines = [json.dumps({"question_id": one.id, "text": one.hint}) for one in questions]
    found = [json.loads(line) for line in score_lines(lines, BANKS)]
    assert [one["question_id"] for one in found] == [one.id for one in questions]
    assert all(one["score"] >= 90 for one in found)


def test_a_question_is_found_in_any_bank() -> None:
    assert find_question("beginner-01", (*SAMPLES, *BANKS)).category == "Beginner"
    with pytest.raises(VoicePrepError, match=r"no question 'x'.*bank list"):
        find_question("x", SAMPLES)
