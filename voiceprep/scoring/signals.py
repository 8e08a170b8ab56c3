"""What in an answer speaks for and against one concept."""

from collections.abc import Iterable
from dataclasses import dataclass

from voiceprep.scoring.checklist import PreparedConcept
from voiceprep.scoring.phrases import Phrase, PhraseMatch, best_match
from voiceprep.scoring.terms import TermMatch, find_term
from voiceprep.scoring.text import Token

_PROOF_RECALL = 0.34
"""A phrase counts as evidence from a third of its weight and two of its words on."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for and against one concept in one answer.

    Attributes:
        says: The best match among the ways of saying it.
        point: The best match of its label or its part of the hint.
        against: The best match among what sounds close and is not it.
        terms: The keywords that were said.
    """

    says: PhraseMatch | None
    point: PhraseMatch | None
    against: PhraseMatch | None
    terms: tuple[TermMatch, ...]

    @property
    def proofs(self) -> tuple[PhraseMatch, ...]:
        """The phrase matches that are strong enough to be shown."""
        return tuple(
            match
            for match in (self.says, self.point)
            if match is not None and match.hits > 1 and match.recall >= _PROOF_RECALL
        )


def read_signals(prepared: PreparedConcept, tokens: tuple[Token, ...]) -> Signals:
    """All signals of one concept."""
    found = (find_term(term, tokens) for term in prepared.concept.keywords)
    return Signals(
        says=_best(prepared.says, tokens),
        point=_best(prepared.points, tokens),
        against=_best(prepared.nots, tokens),
        terms=_distinct(match for match in found if match is not None),
    )


def _best(phrases: tuple[Phrase, ...], tokens: tuple[Token, ...]) -> PhraseMatch | None:
    matches = [match for phrase in phrases if (match := best_match(phrase, tokens)) is not None]
    return max(matches, key=strength, default=None)


def strength(match: PhraseMatch | None) -> float:
    """Recall; a single word of a longer phrase proves half as much."""
    if match is None:
        return 0.0
    alone = match.hits == 1 and len(match.phrase.weights) > 1
    return match.recall / 2 if alone else match.recall


def _distinct(matches: Iterable[TermMatch]) -> tuple[TermMatch, ...]:
    """One match a place: two keywords that share their words are one, the longer."""
    kept: list[TermMatch] = []
    for match in sorted(matches, key=lambda one: (one.first - one.last, one.first)):
        if not any(match.first <= one.last and one.first <= match.last for one in kept):
            kept.append(match)
    return tuple(sorted(kept, key=lambda one: one.first))
