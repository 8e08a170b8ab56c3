"""Finds a concept's terms in an answer, however they are written, spelled out or misheard."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter

import jellyfish
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import ratio

from voiceprep.scoring.text import Token, normalize, stem, tokenize

_ACRONYM = re.compile(r"\b(?=[A-Z0-9]*[A-Z])[A-Z0-9]{2,6}\b")

RARE_LETTERS = 7
"""Fuzzy and sound-alike matching starts at words of this length: shorter ones have too many
neighbours that are words themselves (node/note, bias/buys)."""

STEMMED_LETTERS = 4
"""Shorter words are compared as they are: "us" is not "use"."""

MOST_EDITS = 2
"""Letters that may differ between similar words."""

FUZZY_RATIO = 85.0
"""Indel similarity of two spellings of one word (quantisation/quantization 92), 0 to 100."""

SOUND_RATIO = 72.0
"""Least similarity of spelling where the metaphones agree (precision/precession 84)."""


class How(StrEnum):
    """In which way a term was found."""

    WRITTEN = "as written"
    SPELLED = "spelled out"
    SIMILAR = "nearly as written"
    SOUNDS = "sounds alike"


@dataclass(frozen=True, slots=True)
class TermMatch:
    """One place where a term was said: tokens ``first`` to ``last`` (inclusive)."""

    term: str
    first: int
    last: int
    how: How


@lru_cache(maxsize=20_000)
def _spellings(term: str) -> tuple[tuple[tuple[str, ...], How], ...]:
    """The token sequences that a term may appear as: written, and with its acronyms spelled."""
    written = tuple(token.text for token in tokenize(term))
    acronyms = {normalize(one) for one in _ACRONYM.findall(term)}
    spelled: list[str] = []
    for word in written:
        spelled += [normalize(letter) for letter in word] if word in acronyms else [word]
    ways = {
        written: How.WRITTEN,
        tuple(spelled): How.SPELLED,
        _join_letters(written): How.SPELLED,
        ("".join(written),): How.SPELLED,
    }
    ways[written] = How.WRITTEN  # where they fall together, it is the plain way
    return tuple(ways.items()) if written else ()


def _join_letters(words: tuple[str, ...]) -> tuple[str, ...]:
    """Single letters in a row as one word: ("a", "b", "test") as ("ab", "test")."""
    runs = [(len(word) == 1, word) for word in words]
    joined: list[str] = []
    for key, group in groupby(runs, key=itemgetter(0)):
        letters = [word for _, word in group]
        joined += ["".join(letters)] if key else letters
    return tuple(joined)


def find_term(term: str, tokens: tuple[Token, ...]) -> TermMatch | None:
    """The first place where the term was said, exact ways before similar ones."""
    ways = _spellings(term)
    for words, how in ways:
        for first in _starts(words, tokens):
            return TermMatch(term, first, first + len(words) - 1, how)
    for words, how in ways:
        if how is How.WRITTEN and any(len(word) >= RARE_LETTERS for word in words):
            return _find_similar(term, words, tokens)
    return None


def _starts(words: tuple[str, ...], tokens: tuple[Token, ...]) -> Iterator[int]:
    for first in range(len(tokens) - len(words) + 1):
        if all(
            _same(word, token)
            for word, token in zip(words, tokens[first : first + len(words)], strict=True)
        ):
            yield first


def _same(word: str, token: Token) -> bool:
    return word == token.text or (len(word) >= STEMMED_LETTERS and stem(word) == token.stem)


def _find_similar(term: str, words: tuple[str, ...], tokens: tuple[Token, ...]) -> TermMatch | None:
    """A place where each word is the same, or rare and similar or alike in sound."""
    for first in range(len(tokens) - len(words) + 1):
        hows = [
            _likeness(word, token)
            for word, token in zip(words, tokens[first : first + len(words)], strict=True)
        ]
        if all(hows):
            how = How.SOUNDS if How.SOUNDS in hows else How.SIMILAR
            return TermMatch(term, first, first + len(words) - 1, how)
    if len(words) == 1:  # a recogniser parts long words: "explain ability"
        for first, (left, right) in enumerate(pairwise(tokens)):
            if ratio(words[0], left.text + right.text) >= FUZZY_RATIO:
                return TermMatch(term, first, first + 1, How.SIMILAR)
    return None


def _likeness(word: str, token: Token) -> How | None:
    if _same(word, token):
        return How.WRITTEN
    if min(len(word), len(token.text)) < RARE_LETTERS - 1 or len(word) < RARE_LETTERS:
        return None
    likeness = ratio(word, token.text)
    if likeness >= FUZZY_RATIO and DamerauLevenshtein.distance(word, token.text) <= MOST_EDITS:
        return How.SIMILAR
    if likeness >= SOUND_RATIO and _metaphone(word) == _metaphone(token.text):
        return How.SOUNDS
    return None


@lru_cache(maxsize=20_000)
def _metaphone(word: str) -> str:
    return str(jellyfish.metaphone(word))
