"""What a question bank is made of.

The models are frozen pydantic models: they validate what an author wrote, and the JSON Schema
that editors use (questions/schema.json) is generated from them.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Level = Literal["beginner", "intermediate", "advanced"]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Concept(_Entry):
    """One idea that a good answer makes."""

    id: Identifier
    label: Line = Field(description="What a person reads in the checklist.")
    hint: str = Field(default="", description="The part of the hint that it comes from, verbatim.")
    weight: float = Field(default=1.0, gt=0, le=10, description="Its share of the score.")
    keywords: tuple[Line, ...] = Field(
        default=(), description="Terms and aliases that count when said."
    )
    says: tuple[Line, ...] = Field(
        default=(), description="Ways in which people really express the idea aloud."
    )
    not_: tuple[Line, ...] = Field(
        default=(), alias="not", description="Statements that sound close and are not it."
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
        ids = [concept.id for concept in self.concepts]
        for number, concept in enumerate(self.concepts):
            if concept.id in ids[:number]:
                raise ValueError(f"two concepts have the id {concept.id!r}")
            if concept.hint not in self.hint:
                raise ValueError(
                    f"concept {concept.id!r}: its hint is no verbatim part of the question's hint"
                )
        return self


class Bank(_Entry):
    """A set of questions to practise."""

    id: Identifier
    title: Line
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "en"
    about: str = ""
    questions: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [question.id for question in self.questions]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise ValueError(f"two questions have the id {twice[0]!r}")
        return self

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories in the order of their first question."""
        return tuple(dict.fromkeys(question.category for question in self.questions))

    def find(self, question_id: str) -> Question | None:
        """The question with this id, if the bank has it."""
        return next((one for one in self.questions if one.id == question_id), None)
