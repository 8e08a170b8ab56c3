"""Which words of an answer are turned down instead of being said in favour.

The rule is cautious: a denial takes only the words that it governs, up to the end of its clause,
and none when it is itself denied ("we can't skip"), conditional ("no need unless") or somebody
else's ("teams that ignore").
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from voiceprep.scoring.text import Span, Token

MOST_GOVERNED_WORDS = 12
"""How far a denial reaches in speech without punctuation."""

_REACH_CHARACTERS = 400
"""More than so many words ever take."""

_NOT = r"(?:n['\u2019]?t|\s+not)"
_REALLY = r"(?:\s+(?:really|even|actually|necessarily|just|that|very|so|always|all\s+that))*"
_REJECTED = (
    r"(?:important|necessary|needed|required|relevant|worth\s+\w+|useful|a\s+priority"
    r"|our\s+(?:job|problem))"
)
_MAY = (
    r"(?:\s+(?:can|could|will|would|should|might))?"
    r"(?:\s+(?:just|simply|rather|probably|safely))*"
)

_DENIAL = re.compile(
    rf"""
    (?P<ahead>
      \b(?:(?:do|does|did|would|should|could|can|will)(?:{_NOT}){_REALLY}
          \s+(?:need|bother|care|worry|waste)
        | (?:do|would|should){_NOT}{_REALLY}\s+have\s+to
        | needn['\u2019]?t | need\s+not | no\s+longer\s+need
        | (?:do|does|would|will|should){_NOT}{_REALLY}\s+(?:use|do|include)
        | no\s+(?:need|point|reason|use|sense)
        | (?:nobody|no\s+one)\s+(?:needs|cares)
        | (?:i|we|you|let['\u2019]s)(?:['\u2019](?:d|ll))?{_MAY}
            \s+(?:skip|ignore|omit|drop|forget|leave\s+out|(?:do|live)\s+without)
        | (?:would|['\u2019]d)\s+rather\s+not
        | waste\s+of\s+(?:time|money)\s+to
      )\b
      | (?:^|(?<=[.!?]\s))(?:just\s+)?(?:skip|ignore|drop|forget)\b
    )
    | (?P<both>
      (?:\b(?:is|are|be|seems?|feels?|looks?|sounds?)|['\u2019](?:s|re)){_REALLY}
        \s+(?:(?:a\s+bit|simply|just|pure|total(?:ly)?|complete(?:ly)?)\s+)*
        (?:overkill|unnecessary|irrelevant|pointless|useless|superfluous
          | a\s+waste(?:\s+of\s+(?:time|money))? | not{_REALLY}\s+{_REJECTED})\b
      | \b(?:is|are|was|were)n['\u2019]?t{_REALLY}\s+{_REJECTED}\b
      | \b(?:do|does|did){_NOT}{_REALLY}\s+matter\b
      | \bmakes?\s+no\s+difference\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SUBJECT = r"(?:i|we|you|they|he|she|it|there|this|that|these)\b"
_CONDITION = r"(?:unless|until|if|when|whenever|without|except|once|before)\b"
_CLAUSE_END = re.compile(
    rf"""
      [;:!?…\u2013\u2014] | \.(?=\s|$)
    | ,(?!\s*(?:or|nor)\b | \s*(?!{_SUBJECT})(?:[\w-]+\s+){{0,2}}[\w-]+(?:,|\s+(?:or|nor)\b))
    | \b(?P<condition>{_CONDITION})
    | \b(?:because|since|but|however|although|though|instead|so|while|whereas|as\s+long\s+as
        |after|rather)\b
    | \b(?:and|or|as|which)\s+{_SUBJECT}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TURNED_ROUND = re.compile(
    rf"""
    (?:\b(?:not|never|cannot|can['\u2019]?t|nobody|no\s+one|without|instead\s+of|rather\s+than
        |avoid|stop|against|afford\s+to|risk\s+of|mistake\s+to|wrong\s+to|dangerous\s+to)
      | n['\u2019]t)(?:\s+[\w'\u2019]+){{0,3}}\s*$
    | \b(?:{_CONDITION}|whether|who|that|which)(?:\s+[\w'\u2019]+){{0,4}}\s*$
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Denial:
    """Words that turn something down.

    Attributes:
        words: As they stand in the answer, e.g. "don't need".
        first: The first token of them.
        last: The last, inclusive.
        governed: The tokens that are turned down.
    """

    words: str
    first: int
    last: int
    governed: frozenset[int]


def denials(text: str, tokens: tuple[Token, ...], sentences: Iterable[Span]) -> tuple[Denial, ...]:
    """All denials of a text that govern any words, in order.

    Args:
        text: The answer.
        tokens: Its tokens.
        sentences: First and last character of each sentence; no denial reaches beyond its own.
    """
    found = (
        _denial(match, text, tokens, sentence)
        for sentence in sentences
        for match in _DENIAL.finditer(text, *sentence)
    )
    return tuple(one for one in found if one is not None and one.governed)


def _denial(
    match: re.Match[str], text: str, tokens: tuple[Token, ...], sentence: Span
) -> Denial | None:
    start = max(sentence[0], match.start() - _REACH_CHARACTERS)
    end = min(sentence[1], match.end() + _REACH_CHARACTERS)
    for earlier in _CLAUSE_END.finditer(text, start, match.start()):
        start = earlier.start() if earlier["condition"] else earlier.end()
    if _TURNED_ROUND.search(text, start, match.start()):
        return None
    if ending := _CLAUSE_END.search(text, match.end(), end):
        if ending["condition"]:
            return None
        end = ending.start()
    governed = _ahead(tokens, match.end(), end)
    if match["both"]:
        governed += _within(tokens, start, match.start())[-MOST_GOVERNED_WORDS:]
    own = range(
        bisect_right(tokens, match.start(), key=lambda one: one.start) - 1,
        bisect_left(tokens, match.end(), key=lambda one: one.start),
    )
    return Denial(match.group(), max(own[0], 0), own[-1], frozenset(governed))


def _within(tokens: tuple[Token, ...], start: int, end: int) -> list[int]:
    """The numbers of the tokens between two characters."""
    first = bisect_left(tokens, start, key=lambda one: one.start)
    last = bisect_right(tokens, end, key=lambda one: one.end)
    return list(range(first, last))


def _ahead(tokens: tuple[Token, ...], start: int, end: int) -> list[int]:
    """The tokens that a denial before ``start`` governs: "skip audits" of "skip audits and ask"."""
    ahead = _within(tokens, start, end)[:MOST_GOVERNED_WORDS]
    for here, following in pairwise(ahead):
        if tokens[here].text in {"and", "then"} and tokens[following].makes_clause:
            return ahead[: ahead.index(here)]
    return ahead
