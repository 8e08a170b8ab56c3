"""Scores JSON Lines: one answer a line in, one result a line out, in order."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from voiceprep.bank.draft import draft_concepts
from voiceprep.bank.model import Bank, Concept, Question
from voiceprep.errors import VoicePrepError
from voiceprep.scoring.assessment import Assessment
from voiceprep.scoring.score import score
from voiceprep.scoring.transcript import Transcript

Scores = Callable[[Question, Transcript], Assessment]


class _ConceptLine(BaseModel):
    """A concept of a line: only its label is needed."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    label: str = Field(min_length=1, max_length=2000)
    id: str = ""
    hint: str = ""
    weight: float = Field(default=1.0, gt=0, allow_inf_nan=False)
    keywords: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    not_: tuple[str, ...] = Field(default=(), alias="not")
    probe: str = ""


class _AnswerLine(BaseModel):
    """One line: an answer to a question of a bank, or to any hint."""

    model_config = ConfigDict(extra="ignore")

    text: str
    question_id: str | None = None
    hint: str | None = None
    question: str | None = None
    concepts: tuple[_ConceptLine, ...] | None = None

    @model_validator(mode="after")
    def _says_what_was_asked(self) -> "_AnswerLine":
        if self.question_id is None and not (self.hint or "").strip() and not self.concepts:
            raise ValueError('it needs "question_id", or "hint" with or without "concepts"')
        return self


def score_lines(
    lines: Iterable[str], banks: tuple[Bank, ...], scorer: Scores = score
) -> Iterator[str]:
    """A JSON text for each line that is not blank; a bad line gives its error and its number.

    A line is ``{"question_id": ..., "text": ...}``, or for any other question ``{"hint": ...,
    "concepts": [{"label": ...}, ...], "text": ...}``; without concepts they are drafted from the
    hint.
    """
    for number, line in enumerate(lines, 1):
        if entry := line.removeprefix("\ufeff").strip():
            yield json.dumps(_score_line(entry, number, banks, scorer), ensure_ascii=False)


def _score_line(line: str, number: int, banks: tuple[Bank, ...], scorer: Scores) -> dict[str, Any]:
    try:
        entry = _AnswerLine.model_validate_json(line)
        question = _question_of(entry, banks)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ").replace(" at line 1 ", " at ")
        return {"error": f"{place}: {message}" if place else message, "line": number}
    except VoicePrepError as error:
        return {"error": str(error), "line": number}
    assessment = scorer(question, Transcript.typed(entry.text))
    return as_json(assessment, entry.question_id)


def as_json(assessment: Assessment, question_id: str | None) -> dict[str, Any]:
    """An assessment as the command line prints it."""
    return {
        "question_id": question_id,
        "score": assessment.score,
        "concepts": [
            {
                "id": verdict.id,
                "label": verdict.label,
                "hint": verdict.hint,
                "level": verdict.level.value,
                "confidence": verdict.confidence,
                "evidence": [
                    {
                        "quote": one.quote,
                        "start_char": one.start_char,
                        "end_char": one.end_char,
                        "start_s": one.start_s,
                        "end_s": one.end_s,
                    }
                    for one in verdict.evidence
                ],
                "why": verdict.why,
            }
            for verdict in assessment.concepts
        ],
    }


def find_question(question_id: str, banks: tuple[Bank, ...]) -> Question:
    """The question with this id.

    Raises:
        VoicePrepError: No bank has it.
    """
    for bank in banks:
        if found := bank.find(question_id):
            return found
    raise VoicePrepError(
        f"There is no question {question_id!r}.",
        "None of the banks has it.",
        "`voiceprep bank list` shows all ids.",
    )


def _question_of(entry: _AnswerLine, banks: tuple[Bank, ...]) -> Question:
    """The bank's own question, unless the line brings concepts or another hint."""
    hint = (entry.hint or "").strip()
    if entry.question_id is not None and not entry.concepts:
        known = (bank.find(entry.question_id) for bank in banks)
        if same := next((one for one in known if one and one.hint == hint), None):
            return same
        if not hint:
            return find_question(entry.question_id, banks)
    concepts = (
        tuple(_concept(one, index, hint) for index, one in enumerate(entry.concepts, 1))
        if entry.concepts
        else draft_concepts(hint)
    )
    return Question.model_construct(
        id=entry.question_id or "",
        category="",
        level="intermediate",
        question=entry.question or "",
        hint=hint,
        concepts=concepts,
    )


def _concept(line: _ConceptLine, number: int, hint: str) -> Concept:
    return Concept.model_construct(
        id=line.id or f"concept-{number}",
        label=line.label,
        hint=line.hint if line.hint in hint else "",
        weight=line.weight,
        keywords=line.keywords,
        says=line.says,
        not_=line.not_,
        probe=line.probe,
    )
