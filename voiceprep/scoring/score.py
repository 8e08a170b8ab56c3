"""Scores an answer, concept by concept: a pure function of question and transcript."""

from voiceprep.bank.model import Concept, Question
from voiceprep.scoring.answer import Answer
from voiceprep.scoring.assessment import Assessment, ConceptVerdict, Evidence, Level, coverage
from voiceprep.scoring.checklist import prepare
from voiceprep.scoring.evidence import denial_quotes, match_quotes, phrase_quote
from voiceprep.scoring.listing import listed_tokens
from voiceprep.scoring.reading import Reading, level_of, read
from voiceprep.scoring.terms import find_exactly
from voiceprep.scoring.transcript import Transcript
from voiceprep.scoring.why import LISTED, explain, explain_contradiction, explain_denial

SCORER = "lexical-2"
"""Name and version; it goes up whenever the same answer may get another verdict."""


def score(question: Question, transcript: Transcript) -> Assessment:
    """The verdicts on an answer; the same input always gives the same output."""
    answer = Answer.of(transcript)
    listed = listed_tokens(answer, _keyword_tokens(question, answer))
    verdicts = tuple(
        _verdict(prepared.concept, read(prepared, answer, listed), answer)
        for prepared in prepare(question)
    )
    return Assessment(question.id, coverage(verdicts), verdicts, SCORER)


def _keyword_tokens(question: Question, answer: Answer) -> frozenset[int]:
    """The tokens that belong to any keyword of any concept."""
    return frozenset(
        number
        for concept in question.concepts
        for term in concept.keywords
        for match in find_exactly(term, answer.tokens)
        for number in range(match.first, match.last + 1)
    )


def _verdict(concept: Concept, reading: Reading, answer: Answer) -> ConceptVerdict:
    evidence, why = _reason(reading, answer)
    return ConceptVerdict(
        id=concept.id,
        label=concept.label,
        hint=concept.hint,
        weight=concept.weight,
        level=reading.level,
        confidence=reading.confidence,
        evidence=evidence,
        why=why,
        terms_said=tuple(match.term for match in reading.signals.terms),
    )


def _reason(reading: Reading, answer: Answer) -> tuple[tuple[Evidence, ...], str]:
    """What decided: the quotes and the words for it."""
    level, signals = reading.level, reading.signals
    if level is not Level.MISSED:
        is_told = level_of(reading.if_told) is level
        return match_quotes(signals, answer), explain(level, signals, answer) if is_told else LISTED
    if level_of(reading.if_affirmed) is not level_of(reading.if_told):
        denied = denial_quotes(reading.named.tokens, answer)
        return denied, explain_denial(denied)
    if level_of(reading.if_uncontradicted) is not level and signals.against is not None:
        return (phrase_quote(signals.against, answer),), explain_contradiction(signals.against)
    if level_of(reading.if_told) is not level:
        return (), LISTED
    return (), explain(level, signals, answer)
