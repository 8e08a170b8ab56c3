"""One verdict from three kinds of evidence: words, meaning and polarity."""

import math
from dataclasses import dataclass

from voiceprep.bank.model import Concept
from voiceprep.scoring.answer import Answer
from voiceprep.scoring.assessment import Evidence, Level
from voiceprep.scoring.evidence import denial_quotes, match_quotes, stretch_quotes
from voiceprep.scoring.features import features
from voiceprep.scoring.meaning import Nearness
from voiceprep.scoring.reading import Reading, level_of
from voiceprep.scoring.signals import strength
from voiceprep.scoring.weights import BARE, COVERED, FULL, PARTIAL
from voiceprep.scoring.why import (
    LISTED,
    explain,
    explain_denial,
    explain_likeness,
    explain_trap,
)

RESEMBLES = 0.4
"""From this likeness on a person sees what two sentences have in common."""

RECITED = 0.95
"""Share of the words of a label or hint from which on it was said as it stands."""

SAME_SUBJECT = 0.35
"""And least likeness of a stretch to it. With both, every hint read aloud gets 60 or more (mean
92), while false "covered" on development answers stays at 0.07 of bluffs and 0.14 of wrong ones."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one concept.

    Attributes:
        level: Covered, partial or missed.
        confidence: Probability that an examiner would tick it.
        evidence: The words that decide.
        why: The reason.
    """

    level: Level
    confidence: float
    evidence: tuple[Evidence, ...]
    why: str


def judge(concept: Concept, reading: Reading, near: Nearness, answer: Answer) -> Judgement:
    """The verdict on one concept.

    Args:
        concept: As the bank has it; with its ways of saying it, or hardly more than a label.
        reading: What the words of the answer say.
        near: What their meaning says.
        answer: The answer.
    """
    confidence = probability(concept, reading, near)
    if _is_recited(reading, near):
        confidence = max(confidence, COVERED)
    if near.stretch is None:  # only lists, denials or the question: never more than partial
        confidence = min(confidence, round((COVERED + PARTIAL) / 2, 3))
    if near.near < RESEMBLES and not (reading.signals.proofs or reading.signals.terms):
        confidence = min(confidence, PARTIAL - 0.001)  # nothing to show is nothing made
    level = Level.MISSED
    if confidence >= PARTIAL:
        level = Level.COVERED if confidence >= COVERED else Level.PARTIAL
    evidence, why = _reason(level, reading, near, answer)
    return Judgement(level, confidence, evidence, why)


def probability(concept: Concept, reading: Reading, near: Nearness) -> float:
    """How sure it is that the point was made, to three decimals."""
    weights = FULL if concept.says else BARE
    values = features(reading, near)
    odds = weights["bias"] + sum(
        weight * values[name] for name, weight in weights.items() if name != "bias"
    )
    return round(1 / (1 + math.exp(-odds)), 3)


def _is_recited(reading: Reading, near: Nearness) -> bool:
    """Whether the label or its part of the hint was said as it stands."""
    signals = reading.signals
    is_said = strength(signals.point) >= RECITED and near.label >= SAME_SUBJECT
    against = strength(signals.against) > max(strength(signals.says), strength(signals.point))
    return is_said and not near.rejected and not against


def _reason(
    level: Level, reading: Reading, near: Nearness, answer: Answer
) -> tuple[tuple[Evidence, ...], str]:
    """What decided: the quotes and the words for it."""
    if level is not Level.MISSED:
        if near.stretch is None or near.near < RESEMBLES:
            told = explain(level, reading.signals, answer)
            return match_quotes(reading.signals, answer), told
        quotes = stretch_quotes([near.stretch], answer)
        return quotes, explain_likeness(level, near.phrase, reading.signals)
    if denied := _denied(reading, near, answer):
        return denied, explain_denial(denied)
    if near.stretch is not None and near.trap and near.against >= max(RESEMBLES, near.near):
        return stretch_quotes([near.stretch], answer), explain_trap(near.trap)
    if level_of(reading.if_told) is not level_of(reading.confidence):
        return (), LISTED
    return (), explain(level, reading.signals, answer)


def _denied(reading: Reading, near: Nearness, answer: Answer) -> tuple[Evidence, ...]:
    """Where the point was turned down, if it was."""
    if level_of(reading.if_affirmed) is not level_of(reading.if_told):
        return denial_quotes(reading.named.tokens, answer)
    if near.denial is not None and near.worth + near.denied >= RESEMBLES:
        return stretch_quotes([near.denial], answer)
    if near.stretch is not None and near.rejected and near.near >= RESEMBLES:
        return stretch_quotes([near.stretch], answer)
    return ()
