"""What a question bank is made of.

The models are frozen pydantic models: they validate what an author wrote, and the JSON Schema
that editors use (questions/schema.json) is generated from them.
"""

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Level = Literal["beginner", "intermediate", "advanced"]


_MOST_LINES = 100
"""Ways of saying one idea, and more than anybody writes."""

_MOST_QUESTIONS = 2_000


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Concept(_Entry):
    """One idea that a good answer makes."""

    id: Identifier
    label: Line = Field(description="What a person reads in the checklist.")
    hint: str = Field(default="", description="The part of the hint that it comes from, verbatim.")
    weight: float = Field(default=1.0, gt=0, le=10, description="Its share of the score.")
    keywords: tuple[Line, ...] = Field(
        default=(), max_length=_MOST_LINES, description="Terms and aliases that count when said."
    )
    says: tuple[Line, ...] = Field(
        default=(),
        max_length=_MOST_LINES,
        description="Ways in which people really express the idea aloud.",
    )
    not_: tuple[Line, ...] = Field(
        default=(),
        max_length=_MOST_LINES,
        alias="not",
        description="Statements that sound close and are not it.",
    )
    probe: str = Field(default="", description="The follow-up asked when the idea is missing.")


class Star(_Entry):
    """What each part of a behavioural story should hold."""

    situation: Line
    task: Line
    action: Line
    result: Line


class Question(_Entry):
    """One interview question with its hint and the concepts of the hint."""

    id: Identifier
    category: Line
    level: Level
    question: Line = Field(description="The text that is asked aloud.")
    question_source: Literal["original", "reconstructed"] = "original"
    hint: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    concepts: tuple[Concept, ...] = Field(min_length=1, max_length=12)
    star: Star | None = None

    @model_validator(mode="after")
    def _concepts_belong_to_the_hint(self) -> Self:
        _check_ids(self.concepts, "concepts")
        for index, concept in enumerate(self.concepts):
            if concept.hint not in self.hint:
                raise _mistake(
                    "this is no verbatim part of the question's hint", "concepts", index, "hint"
                )
        return self


class Bank(_Entry):
    """A set of questions to practise."""

    id: Identifier
    title: Line
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "en"
    about: str = ""
    questions: tuple[Question, ...] = Field(min_length=1, max_length=_MOST_QUESTIONS)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        _check_ids(self.questions, "questions")
        return self

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories in the order of their first question."""
        return tuple(dict.fromkeys(question.category for question in self.questions))

    def find(self, question_id: str) -> Question | None:
        """The question with this id, if the bank has it."""
        return next((one for one in self.questions if one.id == question_id), None)


def _check_ids(entries: Iterable[Concept | Question], field: str) -> None:
    """Two entries of one list may not have the same id."""
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        if entry.id in seen:
            raise _mistake(f"the id {entry.id!r} stands twice", field, index, "id")
        seen.add(entry.id)


def _mistake(message: str, *at: str | int) -> PydanticCustomError:
    """A validation error that names the place within the model where it lies."""
    return PydanticCustomError("bank_mistake", "{message}", {"message": message, "at": at})
