"""Scores an answer, concept by concept: a pure function of question and transcript."""

from contextlib import suppress
from dataclasses import dataclass, replace

from voiceprep.bank.model import Concept, Question
from voiceprep.errors import VoicePrepError
from voiceprep.scoring.answer import Answer
from voiceprep.scoring.assessment import Assessment, ConceptVerdict, Evidence, Level, coverage
from voiceprep.scoring.checklist import prepare
from voiceprep.scoring.evidence import denial_quotes, match_quotes, phrase_quote
from voiceprep.scoring.judgement import Judgement, judge, recited
from voiceprep.scoring.listing import listed_in
from voiceprep.scoring.meaning import Meaning, nearness
from voiceprep.scoring.reading import Reading, level_of, read
from voiceprep.scoring.transcript import Transcript
from voiceprep.scoring.why import LISTED, explain, explain_denial, explain_trap

LEXICAL = "lexical-3"
"""Name and version of the scorer that goes by words alone."""

MEANING = "meaning-3"
"""Name and version of the scorer that compares meanings too; both names go up whenever the same
answer may get another verdict."""


WORDS_ALONE = "(Judged by words alone: the model that compares meanings is missing.)"


def score(question: Question, transcript: Transcript) -> Assessment:
    """The verdicts by words alone; the same input always gives the same output."""
    return _assess(question, transcript, None)


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores with meaning where its model can be used, else by words alone, and says so.

    Attributes:
        meaning: Compares texts by meaning; None where its model is not installed.
    """

    meaning: Meaning | None

    @property
    def name(self) -> str:
        """Name and version, as its assessments have it."""
        return LEXICAL if self.meaning is None else MEANING

    def __call__(self, question: Question, transcript: Transcript) -> Assessment:
        """The verdicts on an answer; the same input always gives the same output."""
        if self.meaning is not None:
            with suppress(VoicePrepError):
                return _assess(question, transcript, self.meaning)
        by_words = score(question, transcript)
        told = (replace(one, why=f"{one.why} {WORDS_ALONE}") for one in by_words.concepts)
        return replace(by_words, concepts=tuple(told))


def _assess(question: Question, transcript: Transcript, meaning: Meaning | None) -> Assessment:
    answer = Answer.of(transcript)
    listed = listed_in(question, answer)
    readings = [read(prepared, answer, listed) for prepared in prepare(question)]
    if meaning is None:
        judgements = [_by_words(reading, answer) for reading in readings]
    else:
        nears = nearness(question, answer, listed, meaning)
        aloud = recited(question, answer)
        judgements = [
            judge(concept, reading, near, answer, is_recited=concept.id in aloud)
            for concept, reading, near in zip(question.concepts, readings, nears, strict=True)
        ]
    verdicts = tuple(
        _verdict(concept, judgement, reading)
        for concept, judgement, reading in zip(question.concepts, judgements, readings, strict=True)
    )
    name = LEXICAL if meaning is None else MEANING
    return Assessment(question.id, coverage(verdicts), verdicts, name)


def _verdict(concept: Concept, judgement: Judgement, reading: Reading) -> ConceptVerdict:
    return ConceptVerdict(
        id=concept.id,
        label=concept.label,
        hint=concept.hint,
        weight=concept.weight,
        level=judgement.level,
        confidence=judgement.confidence,
        evidence=judgement.evidence,
        why=judgement.why,
        terms_said=tuple(match.term for match in reading.signals.terms),
    )


def _by_words(reading: Reading, answer: Answer) -> Judgement:
    evidence, why = _reason(reading, answer)
    return Judgement(reading.level, reading.confidence, evidence, why)


def _reason(reading: Reading, answer: Answer) -> tuple[tuple[Evidence, ...], str]:
    """What decided: the quotes and the words for it."""
    level, signals = reading.level, reading.signals
    if level is not Level.MISSED:
        is_told = level_of(reading.if_told) is level
        return match_quotes(signals, answer), explain(level, signals, answer) if is_told else LISTED
    is_denied = level_of(reading.if_affirmed) is not level_of(reading.if_told)
    if is_denied and (denied := denial_quotes(reading.named.tokens, answer)):
        return denied, explain_denial(denied)
    if level_of(reading.if_uncontradicted) is not level and signals.against is not None:
        return (phrase_quote(signals.against, answer),), explain_trap(signals.against.phrase.text)
    if level_of(reading.if_told) is not level:
        return (), LISTED
    return (), explain(level, signals, answer)
