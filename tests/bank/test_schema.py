import json

from voiceprep.bank.schema import bank_schema
from voiceprep.resources import questions_folder


def test_the_file_for_editors_is_what_the_model_says() -> None:
    """If this fails: ``voiceprep bank schema > questions/schema.json``."""
    assert (questions_folder() / "schema.json").read_text(encoding="utf-8") == bank_schema()


def test_editors_learn_names_that_authors_write() -> None:
    schema = json.loads(bank_schema())
    assert schema["title"] == "VoicePrep question bank"
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert "not" in schema["$defs"]["Concept"]["properties"]
    assert "not_" not in bank_schema()
    assert schema["additionalProperties"] is False


def test_it_is_always_the_same_text() -> None:
    assert bank_schema() == bank_schema()
    assert bank_schema().endswith("}\n")
