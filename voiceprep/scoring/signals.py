"""What in an answer speaks for and against one concept."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
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
            if match is not None and proves(match) and match.recall >= _PROOF_RECALL
        )

    @property
    def tokens(self) -> frozenset[int]:
        """The words of the answer that count as evidence."""
        said = {number for match in self.proofs for number in match.hits}
        return frozenset(said.union(*(range(one.first, one.last + 1) for one in self.terms)))


def read_signals(
    prepared: PreparedConcept, tokens: tuple[Token, ...], skip: AbstractSet[int] = frozenset()
) -> Signals:
    """All signals of one concept; tokens in ``skip`` do not count."""
    found = (find_term(term, tokens, skip) for term in prepared.concept.keywords)
    return Signals(
        says=_best(prepared.says, tokens, skip),
        point=_best(prepared.points, tokens, skip),
        against=_best(prepared.nots, tokens, skip),
        terms=_distinct(match for match in found if match is not None),
    )


def strength(match: PhraseMatch | None) -> float:
    """Recall; a single word of a longer phrase proves half as much."""
    if match is None:
        return 0.0
    return match.recall if proves(match) else match.recall / 2


def proves(match: PhraseMatch) -> bool:
    """Whether it is more than a single word of a longer phrase."""
    return len(match.hits) > 1 or len(match.phrase.weights) == 1


def _best(
    phrases: tuple[Phrase, ...], tokens: tuple[Token, ...], skip: AbstractSet[int]
) -> PhraseMatch | None:
    matches = (best_match(phrase, tokens, skip) for phrase in phrases)
    return max((match for match in matches if match is not None), key=strength, default=None)


def _distinct(matches: Iterable[TermMatch]) -> tuple[TermMatch, ...]:
    """One match a place: two keywords that share their words are one, the longer."""
    kept: list[TermMatch] = []
    for match in sorted(matches, key=lambda one: (one.first - one.last, one.first)):
        if not any(match.first <= one.last and one.first <= match.last for one in kept):
            kept.append(match)
    return tuple(sorted(kept, key=lambda one: one.first))
