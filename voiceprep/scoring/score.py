"""Scores an answer, concept by concept: a pure function of question and transcript."""

import math

from voiceprep.bank.model import Concept, Question
from voiceprep.scoring.assessment import Assessment, ConceptVerdict, Level, coverage
from voiceprep.scoring.checklist import PreparedConcept, prepare
from voiceprep.scoring.evidence import Span, around, merge, quote
from voiceprep.scoring.polarity import denial_in
from voiceprep.scoring.signals import Signals, read_signals, strength
from voiceprep.scoring.terms import How, TermMatch
from voiceprep.scoring.text import Token, tokenize
from voiceprep.scoring.transcript import Transcript
from voiceprep.scoring.why import explain

SCORER = "lexical-1"
"""Name and version; it goes up whenever the same answer may get another verdict."""

COVERED = 0.6
"""Least confidence of a covered concept."""

PARTIAL = 0.35
"""Least confidence of a partial one."""

# Log-odds of the parts. Set by hand near a logistic regression on answers put together from the
# bank's own `says`, `not` and hints, where each line was left out of the checklist that judged it
# (2.1, 2.7 and 3.1 for the first three), so that one lone term is never enough for "partial".
_BIAS = -2.2
_SAYS = 2.4
_POINT = 3.0
_TERMS = 2.8
_AGAINST = -2.0
_DENIED = -2.5


def score(question: Question, transcript: Transcript) -> Assessment:
    """The verdicts on an answer; the same input always gives the same output."""
    text = transcript.text
    tokens = tokenize(text)
    verdicts = tuple(_judge(one, tokens, transcript, text) for one in prepare(question))
    return Assessment(question.id, coverage(verdicts), verdicts, SCORER)


def _judge(
    prepared: PreparedConcept, tokens: tuple[Token, ...], transcript: Transcript, text: str
) -> ConceptVerdict:
    concept = prepared.concept
    signals = read_signals(prepared, tokens)
    spans = _spans(signals, tokens, text)
    wide = [around(span, tokens, text) for span in spans]
    denials = [denial_in(text[tokens[a].start : tokens[b].end]) for a, b in wide]
    denial = next(filter(None, denials), "")
    confidence = _confidence(concept, signals, denied=bool(denial))
    level = _level(confidence)
    shown = merge(wide) if denial else spans if level is not Level.MISSED else ()
    return ConceptVerdict(
        id=concept.id,
        label=concept.label,
        hint=concept.hint,
        weight=concept.weight,
        level=level,
        confidence=confidence,
        evidence=tuple(quote(span, tokens, transcript) for span in shown),
        why=explain(level, signals, denial),
        terms_said=tuple(match.term for match in signals.terms),
    )


def _confidence(concept: Concept, signals: Signals, *, denied: bool) -> float:
    """Probability that the point was made, to three decimals."""
    says, point = strength(signals.says), strength(signals.point)
    against = max(0.0, strength(signals.against) - max(says, point))
    weight_of_point = (
        _POINT + (0 if concept.says else _SAYS / 2) + (0 if concept.keywords else _TERMS / 2)
    )
    odds = (
        _BIAS
        + _SAYS * says
        + weight_of_point * point
        + _TERMS * _term_strength(signals.terms)
        + _AGAINST * against
        + (_DENIED if denied else 0.0)
    )
    return round(1 / (1 + math.exp(-odds)), 3)


def _term_strength(terms: tuple[TermMatch, ...]) -> float:
    """0 without terms, 0.5 for one, towards 1 for several; a misheard one counts three quarters."""
    unsure = 1.0
    for match in terms:
        unsure *= 0.625 if match.how in {How.SIMILAR, How.SOUNDS} else 0.5
    return 1.0 - unsure


def _level(confidence: float) -> Level:
    if confidence >= COVERED:
        return Level.COVERED
    return Level.PARTIAL if confidence >= PARTIAL else Level.MISSED


def _spans(signals: Signals, tokens: tuple[Token, ...], text: str) -> tuple[Span, ...]:
    """The stretches that decide: what matched a phrase, and each term with its neighbours."""
    proofs = [(match.first, match.last) for match in signals.proofs]
    lone = [
        (match.first, match.last)
        for match in signals.terms
        if not any(first <= match.first and match.last <= last for first, last in proofs)
    ]
    return merge([*proofs, *(around(span, tokens, text) for span in lone)])
