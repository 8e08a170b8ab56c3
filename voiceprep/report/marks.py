"""A text cut into pieces at the edges of its marks, which may overlap; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """The characters [start_char, end_char) that speak for a concept, by its number."""

    concept: int
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that all carry the same marks.

    Attributes:
        start_char: First character.
        end_char: One past the last.
        concepts: Whose marks cover it, ascending; empty for plain text.
        ending: Those of them whose mark ends with it.
    """

    start_char: int
    end_char: int
    concepts: tuple[int, ...] = ()
    ending: tuple[int, ...] = ()


def pieces(start_char: int, end_char: int, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The stretch [start_char, end_char) of a text in pieces, in order and without a gap.

    Marks are cut to the stretch; what is empty or outside of it does not count.
    """
    inside = [
        Mark(mark.concept, max(mark.start_char, start_char), min(mark.end_char, end_char))
        for mark in marks
    ]
    inside = [mark for mark in inside if mark.start_char < mark.end_char]
    edges = sorted(
        {start_char, end_char}
        | {edge for mark in inside for edge in (mark.start_char, mark.end_char)}
    )
    return tuple(
        Piece(start, end, _covering(inside, start), _ending(inside, end))
        for start, end in pairwise(edges)
    )


def _covering(marks: list[Mark], char: int) -> tuple[int, ...]:
    return tuple(sorted({one.concept for one in marks if one.start_char <= char < one.end_char}))


def _ending(marks: list[Mark], end_char: int) -> tuple[int, ...]:
    """Concepts with a mark that ends here and none that goes on."""
    ending = {mark.concept for mark in marks if mark.end_char == end_char}
    return tuple(sorted(ending - set(_covering(marks, end_char))))
