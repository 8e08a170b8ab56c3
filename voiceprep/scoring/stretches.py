"""Cuts an answer into the stretches that may make a point: clauses, sentences, neighbours."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from voiceprep.scoring.text import Span, sentence_spans

LONGEST_WORDS = 32
"""A sentence with more words is cut, at commas where it has any."""

_PIECE_WORDS = 20
"""Where a long sentence without commas is cut; speech that was written without any mark (as by
PocketSphinx) is cut in equal parts of no more words."""

_LEAST_WORDS = 8
"""No comma before so many words cuts a long sentence."""

_SHORT_WORDS = 5
"""A sentence with fewer words ("Exactly.") goes with the one before."""

_CLAUSE_END = re.compile(r"[,;:]\s+|\s+[\u2013\u2014-]\s+")
_MARK = re.compile(r"[.,;:!?\u2026\u2013\u2014]")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``start`` to ``end`` of an answer.

    Attributes:
        start: The first.
        end: One past the last.
        seam: Where the first of two pieces ends and the second begins; None for one piece.
    """

    start: int
    end: int
    seam: Span | None = None

    def of(self, text: str) -> str:
        """Its words."""
        return text[self.start : self.end]

    def pieces(self, text: str) -> tuple[str, ...]:
        """The words of its one or two pieces."""
        if self.seam is None:
            return (self.of(text),)
        return text[self.start : self.seam[0]], text[self.seam[1] : self.end]


def stretches(text: str, sentences: Sequence[Span] | None = None) -> tuple[Stretch, ...]:
    """Every piece of the answer, and every two neighbouring pieces as one, in order.

    Args:
        text: The answer.
        sentences: Where its sentences begin and end; None: as its punctuation says.
    """
    spans = sentence_spans(text) if sentences is None else sentences
    cut = [piece for span in spans for piece in _cut(text, span)]
    pieces = _join_short(text, cut)
    pairs = [
        Stretch(left.start, right.end, (left.end, right.start)) for left, right in pairwise(pieces)
    ]
    return tuple(sorted([*pieces, *pairs], key=lambda one: (one.start, one.end)))


def _cut(text: str, span: Span) -> list[Stretch]:
    """A sentence in pieces of at most LONGEST_WORDS words."""
    words = [(match.start(), match.end()) for match in _WORD.finditer(text, *span)]
    clause_starts = {match.end() for match in _CLAUSE_END.finditer(text, *span)}
    breaks = [number for number, word in enumerate(words) if word[0] in clause_starts]
    if len(words) > _PIECE_WORDS and not _MARK.search(text, *span):
        return _in_equal_parts(words)
    pieces: list[Stretch] = []
    first = 0
    while first < len(words):
        last = _next_cut(first, len(words), breaks)
        pieces.append(Stretch(words[first][0], words[last - 1][1]))
        first = last
    return pieces


def _in_equal_parts(words: list[Span]) -> list[Stretch]:
    """Speech without any mark: nobody knows where a sentence ends, so no piece may be long."""
    many = -(-len(words) // _PIECE_WORDS)
    edges = [len(words) * one // many for one in range(many + 1)]
    return [Stretch(words[first][0], words[last - 1][1]) for first, last in pairwise(edges)]


def _next_cut(first: int, count: int, breaks: list[int]) -> int:
    """Where the piece that begins at word ``first`` ends, exclusive."""
    if count - first <= LONGEST_WORDS and (first == 0 or count - first <= _PIECE_WORDS):
        return count
    at = bisect_left(breaks, first + _LEAST_WORDS)
    if at < len(breaks) and breaks[at] - first <= LONGEST_WORDS:
        return breaks[at]
    return min(count, first + _PIECE_WORDS)


def _join_short(text: str, pieces: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for piece in pieces:
        if joined and len(piece.of(text).split()) < _SHORT_WORDS:
            joined[-1] = Stretch(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined
