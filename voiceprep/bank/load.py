"""Reads a bank from YAML and says where it is wrong: file, line, question, field."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from voiceprep.bank.located import Located, Place, read_yaml
from voiceprep.bank.model import Bank, Concept, Question, Star
from voiceprep.errors import VoicePrepError
from voiceprep.resources import questions_folder

MAX_BANK_BYTES = 5_000_000
"""A bank of 49 careful questions takes 300 kB; what is larger than this is no bank."""

_SHOWN = 5
"""How many problems an error lists."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a bank: the line (from 1), the place in words, and what is wrong."""

    line: int
    place: str
    message: str

    def __str__(self) -> str:
        """For example ``line 12, question beginner-01, concepts 2, says: field required``."""
        where = f"line {self.line}" + (f", {self.place}" if self.place else "")
        return f"{where}: {self.message}"


class BankError(VoicePrepError):
    """A bank that cannot be used, with all problems that were found."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        shown = "; ".join(str(problem) for problem in problems[:_SHOWN])
        more = len(problems) - _SHOWN
        super().__init__(
            f"The question bank {name} has {_count(len(problems), 'mistake')}.",
            shown + (f"; and {more} more" if more > 0 else "") + ".",
            "Mend them in a text editor; questions/schema.json lets editors check as you type.",
        )
        self.problems = problems


def load_bank(path: Path) -> Bank:
    """The bank in a YAML file.

    Raises:
        BankError: It is no valid bank; the error names line, question and field.
        VoicePrepError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BANK_BYTES + 1)
    except OSError as error:
        raise VoicePrepError(
            f"The question bank {path} cannot be read.",
            f"{error.strerror or error}.",
            "Check the path and your permission to read it.",
        ) from error
    if len(content) > MAX_BANK_BYTES:
        raise VoicePrepError(
            f"The question bank {path} is too large.",
            f"It has more than {MAX_BANK_BYTES // 1_000_000} MB.",
            "Choose a YAML file with questions.",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise VoicePrepError(
            f"The question bank {path} is no UTF-8 text.",
            f"Line {line} holds the byte 0x{content[error.start]:02X}, which is not valid there.",
            "Choose a YAML file, or save this one as UTF-8.",
        ) from error
    return parse_bank(text, str(path))


def parse_bank(text: str, name: str) -> Bank:
    """The bank in a YAML text; ``name`` is what errors call it.

    Raises:
        BankError: It is no valid bank.
    """
    located = read_yaml(text)
    if located.mistakes:
        raise BankError(name, tuple(Problem(one.line, "", one.message) for one in located.mistakes))
    try:
        return Bank.model_validate(located.data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        problems = (_problem(one, located) for one in details if not _only_echoes(one, details))
        raise BankError(name, tuple(sorted(problems, key=lambda one: one.line))) from error


@cache
def built_in_banks() -> tuple[Bank, ...]:
    """The banks that ship with the app, in the order of their file names."""
    return tuple(load_bank(path) for path in sorted(questions_folder().glob("*.yaml")))


def _only_echoes(one: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Whether a list is called too short only because what stands in it is wrong."""
    place = one["loc"]
    return one["type"] == "too_short" and any(
        other["loc"][: len(place)] == place for other in details if other is not one
    )


def _problem(details: ErrorDetails, located: Located) -> Problem:
    context = details.get("ctx", {})
    place: Place = (*details["loc"], *context.get("at", ()))
    message = _message(details, place, context)
    return Problem(located.line_of(place), _in_words(place, located.data), message)


def _in_words(place: Place, data: object) -> str:
    """A place in words: the question by its id, then the fields."""
    parts: list[str] = []
    if len(place) > 1 and place[0] == "questions" and isinstance(place[1], int):
        parts.append(f"question {_id_of_question(place[1], data) or place[1] + 1}")
        place = place[2:]
    for part in place:
        if isinstance(part, int) and parts:
            parts[-1] += f" {part + 1}"
        else:
            parts.append(str(part))
    return ", ".join(parts)


def _id_of_question(index: int, data: object) -> object:
    questions = data.get("questions") if isinstance(data, dict) else None
    entry = questions[index] if isinstance(questions, list) else None
    return entry.get("id") if isinstance(entry, dict) else None


_MESSAGES = {
    "missing": "this field is missing",
    "model_type": "fields are needed here, each with its name and a colon",
    "string_type": "a text is needed here",
    "string_too_short": "this must not be empty",
    "string_too_long": "this is longer than {max_length} characters",
    "tuple_type": "a list is needed here",
    "too_short": "this must not be empty",
    "too_long": "there are more than {max_length} entries",
    "float_parsing": "a number is needed here",
    "float_type": "a number is needed here",
    "greater_than": "this must be more than {gt:g}",
    "less_than_equal": "this must be at most {le:g}",
    "literal_error": "this must be {expected}",
}
"""What pydantic's kinds of errors mean to an author."""

_PATTERNS = {
    "id": "an id has lower-case letters, digits and single hyphens, as in fraud-rules-1",
    "language": "a language has two lower-case letters, as in en",
}

_FIELDS = tuple(
    info.alias or name
    for model in (Bank, Question, Concept, Star)
    for name, info in model.model_fields.items()
)


def _message(details: ErrorDetails, place: Place, context: dict[str, Any]) -> str:
    field = str(place[-1]) if place else ""
    if details["type"] == "extra_forbidden":
        if field in _FIELDS:
            return "this field does not belong here"
        close = get_close_matches(field, _FIELDS, n=1)
        return "there is no such field" + (f"; did you mean {close[0]!r}?" if close else "")
    if details["type"] == "string_pattern_mismatch":
        return _PATTERNS[field]
    template = _MESSAGES.get(details["type"])
    return template.format_map(context) if template else details["msg"]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
