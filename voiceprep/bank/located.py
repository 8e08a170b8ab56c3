"""YAML as plain data, with the line of each place in it.

Every scalar stays the text that the author wrote: "no" is a keyword and not False, and "2024" a
name and not a number. Only what a bank needs is taken: one document, mappings and lists nested a
few levels deep, without tags and without aliases, so that a file can neither run code nor grow
beyond its size.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import yaml
from yaml.reader import Reader

if TYPE_CHECKING:
    from yaml._yaml import Mark as CMark

Place: TypeAlias = tuple[str | int, ...]
"""The keys and indices that lead to a value."""

MAX_DEPTH = 20
"""Levels of nesting; a bank has six, and libyaml overflows the stack at some ten thousand."""

_Loader: type[yaml.CSafeLoader | yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "seq", "map")
}
_NULL = "tag:yaml.org,2002:null"

_IN_OUR_WORDS = {
    "mapping values are not allowed in this context": (
        "a colon stands in the middle of a text; put the text in quotation marks"
    ),
    "but found another document": "a second document begins here; a bank is one",
}
"""What the parser's commonest complaints mean to an author."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a line (from 1)."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Located:
    """What a text holds.

    Attributes:
        data: Mappings, lists, texts and None.
        lines: The line of each place, from 1.
        mistakes: What is wrong; then the data is not whole.
    """

    data: object
    lines: Mapping[Place, int]
    mistakes: tuple[Mistake, ...]

    def line_of(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_yaml(text: str) -> Located:
    """The data of a YAML text; never raises for what the text holds."""
    if bad := Reader.NON_PRINTABLE.search(text):
        message = f"the character U+{ord(bad.group()):04X} is not allowed"
        return Located(None, {}, (Mistake(text.count("\n", 0, bad.start()) + 1, message),))
    try:
        if mistake := _beyond_a_bank(text):
            return Located(None, {}, (mistake,))
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return Located(None, {}, (_mistake_of(error, text),))
    if root is None:
        return Located(None, {}, (Mistake(1, "the file is empty"),))
    reading = _Reading()
    data = reading.read(root, ())
    return Located(data, reading.lines, tuple(reading.mistakes))


def _beyond_a_bank(text: str) -> Mistake | None:
    """The first alias or too deep nesting, found before anything is built from it."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = _line(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            return Mistake(line, f"the alias *{event.anchor} is not allowed; write the text out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return Mistake(line, f"there are more than {MAX_DEPTH} levels of nesting")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _mistake_of(error: yaml.MarkedYAMLError, text: str) -> Mistake:
    lines = text.split("\n")
    line = min(_line(error.problem_mark or error.context_mark), len(lines))
    if re.match(r" *\t", lines[line - 1]):
        return Mistake(line, "a tab indents this line; YAML wants spaces")
    what = error.problem or "this is no valid YAML"
    return Mistake(line, _IN_OUR_WORDS.get(what, what))


def _line(mark: "yaml.Mark | CMark | None") -> int:
    return mark.line + 1 if mark else 1


@dataclass(slots=True)
class _Reading:
    """One walk over the nodes."""

    lines: dict[Place, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def read(self, node: yaml.Node, place: Place) -> object:
        self.lines.setdefault(place, _line(node.start_mark))
        if node.tag not in _PLAIN_TAGS:
            self._wrong(node, f"the tag {_short(node.tag)} is not allowed")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(entry, (*place, index)) for index, entry in enumerate(node.value)]
        return None if node.tag == _NULL else node.value

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, object]:
        data: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._wrong(key, "the name of a field must be a word")
                continue
            name: str = key.value
            if name in data:
                self._wrong(key, f"{name!r} stands twice")
            self.lines[*place, name] = _line(key.start_mark)
            data[name] = self.read(value, (*place, name))
        return data

    def _wrong(self, node: yaml.Node, message: str) -> None:
        self.mistakes.append(Mistake(_line(node.start_mark), message))


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
