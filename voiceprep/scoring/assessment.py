"""The verdict on one answer, concept by concept, each with its proof."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much of a concept the answer made."""

    COVERED = "covered"
    PARTIAL = "partial"
    MISSED = "missed"

    @property
    def credit(self) -> float:
        """Its share of the concept's weight: 1, one half or 0."""
        return {Level.COVERED: 1.0, Level.PARTIAL: 0.5, Level.MISSED: 0.0}[self]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the answer that decide a verdict.

    Attributes:
        quote: ``transcript.text[start_char:end_char]``, on word boundaries.
        start_char: First character.
        end_char: One past the last character.
        start_s: When it was said, in seconds; None for a typed answer.
        end_s: When it ended; None for a typed answer.
    """

    quote: str
    start_char: int
    end_char: int
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class ConceptVerdict:
    """Whether one concept was made.

    Attributes:
        id: The concept's id.
        label: What a person reads in the checklist.
        hint: The part of the question's hint that it comes from.
        weight: Its share of the score, before normalising.
        level: Covered, partial or missed.
        confidence: What the level is cut from, 0 (surely missed) to 1 (surely covered).
        evidence: The words that decide, in the order of the answer; empty when nothing does.
        why: The reason in one or two sentences.
        terms_said: Which of the concept's keywords the answer really used.
    """

    id: str
    label: str
    hint: str
    weight: float
    level: Level
    confidence: float
    evidence: tuple[Evidence, ...]
    why: str
    terms_said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """All verdicts on one answer.

    Attributes:
        question_id: Which question was answered.
        score: Coverage, 0 to 100: the weighted share of the concepts; partial counts half.
        concepts: One verdict a concept, in the order of the checklist.
        scorer: Name and version of the scorer, so that old results can be told from new ones.
    """

    question_id: str
    score: float
    concepts: tuple[ConceptVerdict, ...]
    scorer: str

    def count(self, level: Level) -> int:
        """How many concepts have this level."""
        return sum(verdict.level is level for verdict in self.concepts)

    @property
    def named(self) -> int:
        """For how many concepts any of their key terms was said: beside the score, never in it."""
        return sum(bool(verdict.terms_said) for verdict in self.concepts)


def coverage(verdicts: tuple[ConceptVerdict, ...]) -> float:
    """The weighted share of the concepts that were made, 0 to 100, to one decimal."""
    total = sum(verdict.weight for verdict in verdicts)
    earned = sum(verdict.weight * verdict.level.credit for verdict in verdicts)
    return round(100 * earned / total, 1) if total else 0.0
