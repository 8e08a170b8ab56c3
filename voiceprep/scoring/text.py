"""Text as the matchers see it: tokens with their places, stems, function words."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s\"'\u201d\u2019)\]]|$)|\n+")

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

FUNCTION_WORDS = frozenset(
    """
    a about above after again all almost along already also although always am among an and another
    any anybody anyone anything anyway are around as at away back be because been before being
    between both but by came can cannot come could d did do does doing done down each either else
    enough etc even ever every everybody everyone everything few first for from further get gets
    getting give given go goes going gonna gone got had has have having he her here hers herself
    him himself his how however i if in instead into is it its itself just kind know last least
    less let lets like ll look lot lots made make makes making many may maybe me mean might mine
    more most mostly much must my myself need needs neither never next no nobody none nor not
    nothing now of off often oh okay on once one only onto or other others otherwise our ours out
    over own perhaps please put quite rather re really right s said same say says second see seem
    seems several shall she should since so some somebody someone something sometimes somewhat soon
    sort still stuff such sure t take takes tell than that the their theirs them themselves then
    there these they thing things think this those though through thus to together too toward
    towards try two um uh under until up upon us use used uses using usually ve very via want wants
    was way ways we well went were what whatever when where whether which while who whole whom
    whose why will with within without would yeah yes yet you your yours yourself
    """.split()  # noqa: SIM905 - a hundred quotation marks would hide the words
)
"""Words that carry no point of their own, common verbs and hedges of speech among them."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    Attributes:
        text: Lower case, without accents' variants (NFKC), digits for small number words.
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
        return self.text not in FUNCTION_WORDS


def tokenize(text: str) -> tuple[Token, ...]:
    """The words of a text in order; hyphens and slashes part words, apostrophes do not."""
    tokens = []
    for match in _WORD.finditer(text):
        word = normalize(match.group())
        tokens.append(Token(word, stem(word), match.start(), match.end()))
    return tuple(tokens)


def normalize(word: str) -> str:
    """A word in the one form in which words are compared."""
    folded = unicodedata.normalize("NFKC", word).casefold().replace("\u2019", "'")
    folded = folded.removesuffix("'s")
    return _NUMBERS.get(folded, folded)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball (Porter 2) stem of a normalised word."""
    return str(_STEMMER.stemWord(word))


def content_stems(text: str) -> tuple[str, ...]:
    """The distinct stems of a text's content words, in order."""
    return tuple(dict.fromkeys(token.stem for token in tokenize(text) if token.is_content))


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end character of each sentence; a text without punctuation is one."""
    spans = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if text[start : match.end()].strip():
            spans.append((start, match.end()))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return tuple(spans)
