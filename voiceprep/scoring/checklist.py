"""A question's concepts, prepared once for matching."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from voiceprep.bank.model import Concept, Question
from voiceprep.scoring.phrases import Phrase, weigh
from voiceprep.scoring.text import content_stems

QUESTION_WORD = 0.4
"""Weight of a stem that the question itself says. Soft, because a hard demotion helps on one
public set of short answers and hurts on another."""


@dataclass(frozen=True, slots=True)
class PreparedConcept:
    """One concept with all phrases that may give it away.

    Attributes:
        concept: As the bank has it.
        points: Its label and its part of the hint.
        says: Ways of saying it.
        nots: What sounds close and is not it.
    """

    concept: Concept
    points: tuple[Phrase, ...]
    says: tuple[Phrase, ...]
    nots: tuple[Phrase, ...]


@lru_cache(maxsize=256)
def prepare(question: Question) -> tuple[PreparedConcept, ...]:
    """The concepts of a question; stems shared by several concepts or the question weigh less."""
    own = [_own_stems(concept) for concept in question.concepts]
    shared = Counter(stem for stems in own for stem in stems)
    asked = frozenset(content_stems(question.question))
    weight_of = {
        stem: (QUESTION_WORD if stem in asked else 1.0) / count for stem, count in shared.items()
    }
    return tuple(
        PreparedConcept(
            concept,
            points=tuple(weigh(text, weight_of) for text in (concept.label, concept.hint) if text),
            says=tuple(weigh(text, weight_of) for text in concept.says),
            nots=tuple(weigh(text, weight_of) for text in concept.not_),
        )
        for concept in question.concepts
    )


def _own_stems(concept: Concept) -> frozenset[str]:
    texts = (concept.label, concept.hint, *concept.keywords, *concept.says)
    return frozenset(stem for text in texts for stem in content_stems(text))
