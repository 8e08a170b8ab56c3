"""Finds a concept's terms in an answer, however they are written, spelled out or misheard."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

import jellyfish
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import ratio

from voiceprep.scoring.text import Token, stem, tokenize

_OPPOSITES = frozenset({"a", "de", "dis", "im", "in", "il", "ir", "mis", "non", "un"})
"""Prefixes that turn a word into its opposite."""

RARE_LETTERS = 7
"""Fuzzy and sound-alike matching starts at words of this length: shorter ones have too many
neighbours that are words themselves (node/note, bias/buys)."""

STEMMED_LETTERS = 4
"""Shorter words are compared as they are: "us" is not "use", but "APIs" is "API"."""

_PLURAL_LETTERS = 3
"""An "s" more or less makes a plural of words of this length: "KPI" and "KPIs"."""

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


def find_term(
    term: str, tokens: tuple[Token, ...], skip: AbstractSet[int] = frozenset()
) -> TermMatch | None:
    """The first place where the term was said, exact ways before similar ones.

    Args:
        term: A word or a few, acronyms in capitals.
        tokens: The answer.
        skip: Tokens that do not count.
    """
    exact = (one for one in find_exactly(term, tokens) if not _touches(one, skip))
    return next(exact, None) or _find_similar(term, tokens, skip)


def find_exactly(term: str, tokens: tuple[Token, ...]) -> Iterator[TermMatch]:
    """All places where the term was said as written, or with its letters or parts one by one."""
    words = _words(term)
    if not words:
        return
    joined, initial = "".join(words), words[0][0]
    for first, token in enumerate(tokens):
        if token.text[0] != initial:  # neither plurals nor stems nor letters change it
            continue
        if _all_same(words, tokens[first : first + len(words)]):
            yield TermMatch(term, first, first + len(words) - 1, How.WRITTEN)
        elif last := _last_of_joined(joined, tokens, first):
            yield TermMatch(term, first, last, How.SPELLED)


@lru_cache(maxsize=20_000)
def _words(term: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(term))


def _touches(match: TermMatch, skip: AbstractSet[int]) -> bool:
    return bool(skip) and any(one in skip for one in range(match.first, match.last + 1))


def _all_same(words: tuple[str, ...], tokens: tuple[Token, ...]) -> bool:
    return len(words) == len(tokens) and all(
        _same(word, token) for word, token in zip(words, tokens, strict=True)
    )


def _same(word: str, token: Token) -> bool:
    shorter, longer = sorted((word, token.text), key=len)
    return (
        word == token.text
        or _root(word) == (token.stem if len(token.text) >= STEMMED_LETTERS else token.text)
        or (longer == f"{shorter}s" and len(shorter) >= _PLURAL_LETTERS)
    )


def _root(word: str) -> str:
    return stem(word) if len(word) >= STEMMED_LETTERS else word


def _last_of_joined(joined: str, tokens: tuple[Token, ...], first: int) -> int | None:
    """Where a term ends whose parts were said one by one: "g d p r", "PCI DSS", "data base"."""
    said = ""
    for number in range(first, len(tokens)):
        said += tokens[number].text
        if said == joined:
            return number
        if not joined.startswith(said):
            return None
    return None


def _find_similar(term: str, tokens: tuple[Token, ...], skip: AbstractSet[int]) -> TermMatch | None:
    """A place where each word is the same, or rare and similar or alike in sound."""
    words = _words(term)
    if not any(len(word) >= RARE_LETTERS for word in words):
        return None
    for first in range(len(tokens) - len(words) + 1):
        if hows := _likenesses(words, tokens[first : first + len(words)]):
            how = How.SOUNDS if How.SOUNDS in hows else How.SIMILAR
            match = TermMatch(term, first, first + len(words) - 1, how)
            if not _touches(match, skip):
                return match
    if len(words) == 1:  # a recogniser parts long words: "explain ability"
        for first, (left, right) in enumerate(pairwise(tokens)):
            match = TermMatch(term, first, first + 1, How.SIMILAR)
            if _similar(words[0], left.text + right.text) and not _touches(match, skip):
                return match
    return None


def _likenesses(words: tuple[str, ...], tokens: tuple[Token, ...]) -> list[How]:
    """How each word was found; empty as soon as one was not."""
    hows: list[How] = []
    for word, token in zip(words, tokens, strict=True):
        how = _likeness(word, token)
        if how is None:
            return []
        hows.append(how)
    return hows


def _likeness(word: str, token: Token) -> How | None:
    if _same(word, token):
        return How.WRITTEN
    if min(len(word), len(token.text)) < RARE_LETTERS - 1 or len(word) < RARE_LETTERS:
        return None
    if _similar(word, token.text):
        return How.SIMILAR
    if ratio(word, token.text) >= SOUND_RATIO and _metaphone(word) == _metaphone(token.text):
        return How.SOUNDS
    return None


def _similar(word: str, other: str) -> bool:
    """Whether two spellings may be one word, and not one the opposite of the other."""
    return (
        ratio(word, other) >= FUZZY_RATIO
        and DamerauLevenshtein.distance(word, other) <= MOST_EDITS
        and not (_is_opposite(word, other) or _is_opposite(other, word))
    )


def _is_opposite(word: str, other: str) -> bool:
    """Whether only a prefix parts them: "supervised" and "unsupervised"."""
    return word.endswith(other) and word.removesuffix(other) in _OPPOSITES


@lru_cache(maxsize=20_000)
def _metaphone(word: str) -> str:
    return str(jellyfish.metaphone(word))
