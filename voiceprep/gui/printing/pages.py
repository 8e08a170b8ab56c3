"""Blocks of lines put on pages; pure, and no line is ever lost.

Qt's QTextDocument is not trusted with it: it has lost passages at page breaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_LINES = 2
"""So many lines of a block stay together at the end and at the start of a page, where there are."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How high a block is, in the unit of the page.

    Attributes:
        lines: The height of each line.
        before: The distance to the block above; none at the top of a page.
        keeps_next: It is no use without the start of the block that follows: a heading.
        starts_page: Whether a page begins with it.
    """

    lines: tuple[float, ...]
    before: float = 0.0
    keeps_next: bool = False
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Some lines of a block on a page.

    Attributes:
        block: Which block.
        first: Its first line here.
        end: One past the last.
        top: Where the first line begins, from the top of the page's content.
    """

    block: int
    first: int
    end: int
    top: float


def paginate(blocks: Sequence[Measured], height: float) -> tuple[tuple[Placed, ...], ...]:
    """Each block's lines on pages of this height, in order, all of them once.

    A line that is higher than a page gets a page of its own.
    """
    pages: list[list[Placed]] = [[]]
    at = 0.0
    for number, block in enumerate(blocks):
        first = 0
        if pages[-1] and (block.starts_page or not _may_start(blocks, number, at, height)):
            pages.append([])
            at = 0.0
        while first < len(block.lines):
            top = at + (block.before if pages[-1] and first == 0 else 0.0)
            end = _fits(block.lines, first, height - top)
            if end == first and pages[-1]:
                pages.append([])
                at = 0.0
                continue
            end = max(end, first + 1)
            pages[-1].append(Placed(number, first, end, top))
            at = top + sum(block.lines[first:end])
            first = end
    return tuple(tuple(page) for page in pages)


def _fits(lines: tuple[float, ...], first: int, room: float) -> int:
    """One past the last line that fits, so that no lonely line is left on either side."""
    end = first
    for line in lines[first:]:
        room -= line
        if room < -1e-6:
            break
        end += 1
    left = len(lines) - end
    if 0 < left < LEAST_LINES:
        end -= LEAST_LINES - left
    if end < len(lines) and end - first < LEAST_LINES:
        end = first
    return max(end, first)


def _may_start(blocks: Sequence[Measured], number: int, at: float, height: float) -> bool:
    """Whether a block's beginning, and of a heading what follows it, has room below ``at``."""
    needed = 0.0
    for block in blocks[number:]:
        whole = block.keeps_next or len(block.lines) <= LEAST_LINES
        count = len(block.lines) if whole else LEAST_LINES
        needed += block.before + sum(block.lines[:count])
        if not block.keeps_next:
            break
    return at + needed <= height or needed > height
