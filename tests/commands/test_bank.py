import json
from pathlib import Path

from tests.commands.cli import Shell
from voiceprep.resources import questions_folder


def test_the_list_shows_all_questions_by_category(voiceprep: Shell) -> None:
    result = voiceprep("bank", "list")
    assert result.status == 0
    assert "49 questions" in result.words
    for name in ("Beginner 5", "AI Workflow & Tools 10", "behavioral-05"):
        assert name in result.words


def test_a_question_is_shown_with_its_checklist(voiceprep: Shell) -> None:
    result = voiceprep("bank", "show", "beginner-01")
    assert "Hint: A great answer covers static thresholds" in result.words
    assert "wording reconstructed" in result.words


def test_the_banks_that_ship_are_valid(voiceprep: Shell) -> None:
    for bank in questions_folder().glob("*.yaml"):
        assert "is valid: 49 questions" in voiceprep("bank", "validate", bank).words


def test_a_mistake_is_named_with_line_question_and_field(voiceprep: Shell, tmp_path: Path) -> None:
    bank = tmp_path / "mine.yaml"
    bank.write_text(
        "id: mine\ntitle: Mine\nquestions:\n  - id: q-1\n    category: A\n    level: easy\n"
        "    question: Why?\n    hint: Because.\n    concepts:\n      - id: c\n"
        "        label: Because\n"
    )
    result = voiceprep("bank", "validate", bank)
    assert result.status == 1
    assert "mine.yaml" in result.words
    assert "line 6, question q-1, level" in result.words


def test_the_schema_is_json(voiceprep: Shell) -> None:
    schema = json.loads(voiceprep("bank", "schema").out)
    assert "questions" in schema["properties"]
