"""One verdict from three kinds of evidence: words, meaning and polarity."""

import math
from dataclasses import dataclass

from voiceprep.bank.model import Concept, Question
from voiceprep.scoring.answer import Answer
from voiceprep.scoring.assessment import Evidence, Level
from voiceprep.scoring.evidence import denial_quotes, match_quotes, stretch_quotes
from voiceprep.scoring.features import features
from voiceprep.scoring.meaning import Nearness
from voiceprep.scoring.reading import Reading, level_of
from voiceprep.scoring.terms import find_exactly
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

SURE = 2.5
"""From these log-odds of the judge on the two need not look alike."""

MOSTLY = 0.6
"""From this share of its words on an answer is the checklist read aloud; what a candidate says in
sentences of their own has less of it, also when it is full of the hint's words."""


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


def judge(
    concept: Concept, reading: Reading, near: Nearness, answer: Answer, *, is_recited: bool = False
) -> Judgement:
    """The verdict on one concept.

    Args:
        concept: As the bank has it; with its ways of saying it, or hardly more than a label.
        reading: What the words of the answer say.
        near: What their meaning says.
        answer: The answer.
        is_recited: Whether it is among the ``recited``.
    """
    confidence = probability(concept, reading, near)
    if is_recited:
        confidence = max(confidence, COVERED)
    if near.stretch is None:  # only lists, denials or the question: never more than partial
        confidence = min(confidence, round((COVERED + PARTIAL) / 2, 3))
    if not (_resembles(near) or reading.signals.proofs or reading.signals.terms):
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


def _resembles(near: Nearness) -> bool:
    """Whether a person sees in the best stretch what it has in common with the point."""
    return near.stretch is not None and (near.near >= RESEMBLES or near.judged >= SURE)


def recited(question: Question, answer: Answer) -> frozenset[str]:
    """The ids of concepts whose label or part of the hint is read aloud, word for word.

    None when the answer has neither the whole hint nor little else, or where it is turned down.
    """

    def said(*texts: str) -> frozenset[int]:
        places = (
            range(match.first, match.last + 1)
            for text in texts
            for match in find_exactly(text, answer.tokens)
        )
        return frozenset(
            one for place in places if answer.denied.isdisjoint(place) for one in place
        )

    found = {concept.id: said(concept.label, concept.hint) for concept in question.concepts}
    parts = frozenset[int]().union(*found.values())
    if said(question.hint) or len(parts) >= MOSTLY * len(answer.tokens):
        return frozenset(one for one, places in found.items() if places)
    return frozenset()


def _reason(
    level: Level, reading: Reading, near: Nearness, answer: Answer
) -> tuple[tuple[Evidence, ...], str]:
    """What decided: the quotes and the words for it."""
    if level is not Level.MISSED:
        if not _resembles(near):
            told = explain(level, reading.signals, answer)
            return match_quotes(reading.signals, answer), told
        quotes = stretch_quotes(near.proofs, answer, reading.signals.terms)
        return quotes, explain_likeness(level, near.phrase, near.missing, reading.signals)
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
