"""How sure it is that an answer made a concept, and what takes away from it."""

import math
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from voiceprep.bank.model import Concept
from voiceprep.scoring.answer import Answer
from voiceprep.scoring.assessment import Level
from voiceprep.scoring.checklist import PreparedConcept
from voiceprep.scoring.signals import Signals, read_signals, strength
from voiceprep.scoring.terms import How, TermMatch

COVERED = 0.6
"""Least confidence of a covered concept."""

PARTIAL = 0.35
"""Least confidence of a partial one."""

LISTED_SHARE = 0.58
"""What a mere list of terms proves, compared with a sentence: never more than "partial"."""

# Log-odds of the parts. Set by hand near a logistic regression on answers put together from the
# bank's own `says`, `not` and hints, where each line was left out of the checklist that judged it
# (2.1, 2.7 and 3.1 for the first three), so that a line of `says` alone is "covered" and one lone
# term never enough for "partial".
_BIAS = -2.2
_SAYS = 3.2
_POINT = 3.0
_TERMS = 2.8
_AGAINST = -2.0

_TRAP_RECALL = 0.5
"""A near miss speaks against a point only when most of it was said."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer says of one concept.

    Attributes:
        signals: What counts.
        confidence: Probability that the point was made, to three decimals.
        named: What would count if nothing was turned down.
        if_affirmed: The confidence if nothing was turned down.
        if_told: The confidence if lists of terms were sentences.
        if_uncontradicted: The confidence if nothing sounded like a near miss.
    """

    signals: Signals
    confidence: float
    named: Signals
    if_affirmed: float
    if_told: float
    if_uncontradicted: float

    @property
    def level(self) -> Level:
        """What the confidence is cut to."""
        return level_of(self.confidence)


def read(prepared: PreparedConcept, answer: Answer, listed: AbstractSet[int]) -> Reading:
    """Read an answer for one concept.

    Args:
        prepared: The concept.
        answer: The answer.
        listed: The tokens that stand in mere lists of terms; they count for less.
    """
    concept, tokens, denied = prepared.concept, answer.tokens, answer.denied
    named = read_signals(prepared, tokens)
    meant = read_signals(prepared, tokens, denied) if denied else named
    made = read_signals(prepared, tokens, denied | listed) if listed else meant
    if_told, confidence = _confidence(concept, meant), _confidence(concept, made)
    signals, share = made, 1.0
    if confidence < LISTED_SHARE * if_told:
        signals, share = meant, LISTED_SHARE
    return Reading(
        signals,
        round(share * _confidence(concept, signals), 3),
        named,
        if_affirmed=_confidence(concept, named),
        if_told=if_told,
        if_uncontradicted=share * _confidence(concept, signals, contradicted=False),
    )


def level_of(confidence: float) -> Level:
    """The level that a confidence is cut to."""
    if confidence >= COVERED:
        return Level.COVERED
    return Level.PARTIAL if confidence >= PARTIAL else Level.MISSED


def _confidence(concept: Concept, signals: Signals, *, contradicted: bool = True) -> float:
    says, point = strength(signals.says), strength(signals.point)
    against = strength(signals.against)
    if against < _TRAP_RECALL or not contradicted:
        against = 0.0
    weight_of_point = (
        _POINT + (0 if concept.says else _SAYS / 2) + (0 if concept.keywords else _TERMS / 2)
    )
    odds = (
        _BIAS
        + _SAYS * says
        + weight_of_point * point
        + _TERMS * _strength_of_terms(signals.terms)
        + _AGAINST * max(0.0, against - max(says, point))
    )
    return 1 / (1 + math.exp(-odds))


def _strength_of_terms(terms: tuple[TermMatch, ...]) -> float:
    """0 without terms, 0.5 for one, towards 1 for several; a misheard one counts three quarters."""
    unsure = 1.0
    for match in terms:
        unsure *= 0.625 if match.how in {How.SIMILAR, How.SOUNDS} else 0.5
    return 1.0 - unsure
