"""Text as the matchers see it: tokens with their places, stems, sentences."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from voiceprep.scoring.words import CLAUSE_WORDS, FUNCTION_WORDS

_STEMMER = snowballstemmer.stemmer("english")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s\"'\u201d\u2019)\]]|$)|\n+")
_WORD_BEFORE = re.compile(r"[^\W_]+(?:\.[^\W_]+)*$")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_ABBREVIATIONS = frozenset({"vs", "etc", "approx", "dr", "mr", "mrs", "ms"})

_NUMBERS = {
    "zero": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
}

Span = tuple[int, int]
"""First and last, the last one inclusive for tokens and exclusive for characters."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    Attributes:
        text: Lower case, without accents (NFKD), digits for small number words.
        stem: Its Snowball stem.
        start: First character in the original text.
        end: One past its last character.
    """

    text: str
    stem: str
    start: int
    end: int

    @property
    def is_content(self) -> bool:
        """Whether it carries meaning of its own."""
        return _uncontracted(self.text) not in FUNCTION_WORDS

    @property
    def makes_clause(self) -> bool:
        """Whether it is a pronoun, an auxiliary, a conjunction or a common verb."""
        return "'" in self.text or self.text in CLAUSE_WORDS


def tokenize(text: str) -> tuple[Token, ...]:
    """The words of a text in order; hyphens and slashes part words, apostrophes do not.

    Accents that are characters of their own and invisible characters belong to their word, so
    that a token always begins and ends where a reader sees a word begin and end.
    """
    spans: list[Span] = []
    for match in _WORD.finditer(text):
        start, end = match.start(), _end_of_marks(text, match.end())
        if spans and text[spans[-1][1] : start] in {"", "'", "\u2019"}:
            start = spans.pop()[0]  # a mark had parted it
        spans.append((start, end))
    words = ((normalize(text[start:end]), start, end) for start, end in spans)
    return tuple(Token(word, stem(word), start, end) for word, start, end in words)


def _end_of_marks(text: str, end: int) -> int:
    while end < len(text) and text[end] > "\x7f" and _is_mark(text[end]):
        end += 1
    return end


def _is_mark(character: str) -> bool:
    """Whether it is drawn onto the character before it, or not at all."""
    return unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}


@lru_cache(maxsize=50_000)
def normalize(word: str) -> str:
    """A word in the one form in which words are compared."""
    if not word.isascii():
        bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", word))
        bare = "".join(one for one in bare if unicodedata.category(one) != "Cf")
        word = unicodedata.normalize("NFC", bare).replace("\u2019", "'")
    folded = word.casefold().removesuffix("'s")
    return _NUMBERS.get(folded, folded)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball (Porter 2) stem of a normalised word."""
    return str(_STEMMER.stemWord(word))


def _uncontracted(word: str) -> str:
    """The word without what was drawn into it: "we" of "we'd", "do" of "don't"."""
    if word in {"can't", "won't"}:
        return "can"
    return word.removesuffix("n't").partition("'")[0]


def content_stems(text: str) -> tuple[str, ...]:
    """The distinct stems of a text's content words, in order."""
    return tuple(dict.fromkeys(token.stem for token in tokenize(text) if token.is_content))


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Start and end character of each sentence; a text without punctuation is one."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text) if _ends_sentence(match, text)]
    starts = [0, *ends]
    return tuple(
        (start, end)
        for start, end in zip(starts, [*ends, len(text)], strict=True)
        if text[start:end].strip()
    )


def _ends_sentence(match: re.Match[str], text: str) -> bool:
    """Whether it is more than the full stop of "vs." or "P.C.I."."""
    before = _WORD_BEFORE.search(text, max(0, match.start() - 20), match.start())
    if match.group() != "." or before is None:
        return True
    word = before.group().lower()
    is_initials = word != "i" and _INITIALS.fullmatch(word) is not None
    return not is_initials and word not in _ABBREVIATIONS
