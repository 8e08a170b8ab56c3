"""How much of a phrase an answer says, whatever the order of the words."""

import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from voiceprep.scoring.text import Token, content_stems, tokenize

WINDOW_STRETCH = 2.5
"""A phrase of n words may be spread over this many times n words of speech."""

MIN_WINDOW = 12
"""Words; short phrases are built up over at least one clause."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as the weights of its content stems, which sum to 1.

    Attributes:
        text: As it was written.
        weights: Share of each stem.
        window: Over how many words it may be spread.
    """

    text: str
    weights: Mapping[str, float]
    window: int


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """The stretch that says most of a phrase.

    Attributes:
        phrase: The phrase.
        recall: Weighted share of its stems that the stretch says, 0 to 1.
        hits: The tokens that say them, one for each stem, in order.
    """

    phrase: Phrase
    recall: float
    hits: tuple[int, ...]

    @property
    def first(self) -> int:
        """First token of the stretch."""
        return self.hits[0]

    @property
    def last(self) -> int:
        """Last token of the stretch, inclusive."""
        return self.hits[-1]


def weigh(text: str, weight_of: Mapping[str, float]) -> Phrase:
    """A phrase with the given weights of stems (1 where none is given)."""
    tokens = tokenize(text)
    stems = content_stems(text) or tuple(dict.fromkeys(token.stem for token in tokens))
    raw = {stem: weight_of.get(stem, 1.0) for stem in stems}
    total = sum(raw.values())
    weights = {stem: value / total for stem, value in raw.items()}
    return Phrase(text, weights, max(MIN_WINDOW, round(WINDOW_STRETCH * len(tokens))))


def best_match(
    phrase: Phrase, tokens: tuple[Token, ...], skip: AbstractSet[int] = frozenset()
) -> PhraseMatch | None:
    """The shortest of the stretches that say most of the phrase; None where none says any.

    Args:
        phrase: What to look for.
        tokens: The answer.
        skip: Tokens that do not count.
    """
    places = [
        number
        for number, token in enumerate(tokens)
        if token.stem in phrase.weights and number not in skip
    ]
    best: PhraseMatch | None = None
    for place, first in enumerate(places):
        said: dict[str, int] = {}
        recall = 0.0
        for last in places[place:]:
            if last - first >= phrase.window:
                break
            if tokens[last].stem in said:
                continue
            said[tokens[last].stem] = last
            recall += phrase.weights[tokens[last].stem]
            if best is None or _is_better(recall, last - first, best):
                best = PhraseMatch(phrase, recall, tuple(said.values()))
    return best


def _is_better(recall: float, width: int, best: PhraseMatch) -> bool:
    """More of the phrase, or as much of it in fewer words."""
    if not math.isclose(recall, best.recall, abs_tol=1e-9):
        return recall > best.recall
    return width < best.last - best.first
