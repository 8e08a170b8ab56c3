"""Reads a bank from YAML and says where it is wrong: file, line, question, field."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from voiceprep.bank.model import Bank
from voiceprep.errors import VoicePrepError
from voiceprep.resources import questions_folder

MAX_BANK_BYTES = 5_000_000
"""A bank of 49 careful questions takes 300 kB; what is larger than this is no bank."""

_SHOWN = 5
"""How many problems an error lists."""

_Path = tuple[str | int, ...]


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
        if path.stat().st_size > MAX_BANK_BYTES:
            raise VoicePrepError(
                f"The question bank {path} is too large.",
                f"It has more than {MAX_BANK_BYTES // 1_000_000} MB.",
                "Choose a YAML file with questions.",
            )
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise VoicePrepError(
            f"The question bank {path} is no text file.",
            f"Byte {error.start} is not valid UTF-8.",
            "Choose a YAML file, saved as UTF-8.",
        ) from error
    except OSError as error:
        raise VoicePrepError(
            f"The question bank {path} cannot be read.",
            f"{error.strerror or error}.",
            "Check the path and your permission to read it.",
        ) from error
    return parse_bank(text, str(path))


def parse_bank(text: str, name: str) -> Bank:
    """The bank in a YAML text; ``name`` is what errors call it.

    Raises:
        BankError: It is no valid bank.
    """
    data, lines = _parse_yaml(text, name)
    try:
        return Bank.model_validate(data)
    except ValidationError as error:
        problems = tuple(
            Problem(_line_of(one["loc"], lines), _place(one["loc"], data), _message(one["msg"]))
            for one in error.errors(include_url=False)
        )
        raise BankError(name, problems) from error


@cache
def built_in_banks() -> tuple[Bank, ...]:
    """The banks that ship with the app, in the order of their file names."""
    return tuple(load_bank(path) for path in sorted(questions_folder().glob("*.yaml")))


def _parse_yaml(text: str, name: str) -> tuple[object, dict[_Path, int]]:
    """The data of a YAML text, and the line of each place in it."""
    loader = yaml.CSafeLoader(text) if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            raise BankError(name, (Problem(1, "", "the file is empty"),))
        lines: dict[_Path, int] = {}
        doubles: list[Problem] = []
        _walk(root, (), lines, doubles, set())
        if doubles:
            raise BankError(name, tuple(doubles))
        return loader.construct_document(root), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or "no valid YAML"
        raise BankError(name, (Problem(mark.line + 1 if mark else 1, "", what),)) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BankError(name, (Problem(1, "", f"no valid YAML: {error}"),)) from error
    finally:
        loader.dispose()


def _walk(
    node: yaml.Node,
    path: _Path,
    lines: dict[_Path, int],
    doubles: list[Problem],
    seen: set[int],
) -> None:
    """Note the line of each place, and keys that stand twice (YAML would drop the first)."""
    lines[path] = node.start_mark.line + 1
    if id(node) in seen:  # an alias: its places were noted, and it may refer to itself
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in keys:
                doubles.append(Problem(key.start_mark.line + 1, "", f"{name!r} stands twice"))
            keys.add(name)
            _walk(value, (*path, name), lines, doubles, seen)
            lines[*path, name] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*path, index), lines, doubles, seen)


def _line_of(place: _Path, lines: dict[_Path, int]) -> int:
    """The line of a place, or of the nearest thing around it."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _place(place: _Path, data: object) -> str:
    """A place in words: the question by its id, then the fields."""
    parts: list[str] = []
    if len(place) > 1 and place[0] == "questions" and isinstance(place[1], int):
        questions = data.get("questions") if isinstance(data, dict) else None
        entry = questions[place[1]] if isinstance(questions, list) else None
        named = entry.get("id") if isinstance(entry, dict) else None
        parts.append(f"question {named or place[1] + 1}")
        place = place[2:]
    for part in place:
        if isinstance(part, int) and parts:
            parts[-1] += f" {part + 1}"
        else:
            parts.append(str(part))
    return ", ".join(parts)


def _message(text: str) -> str:
    return text.removeprefix("Value error, ")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
