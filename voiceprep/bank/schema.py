"""The JSON Schema of a question bank, with which editors complete and check as you type."""

import json

from voiceprep.bank.model import Bank

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def bank_schema() -> str:
    """The schema as JSON text, always the same; questions/schema.json is this text."""
    schema = Bank.model_json_schema(by_alias=True)
    schema |= {"$schema": _DIALECT, "title": "VoicePrep question bank"}
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
