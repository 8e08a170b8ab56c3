"""Labelled answers, texts and pairs (see answers/README.md), and other people's sets."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voiceprep.bank.model import Concept, Question

HERE = Path(__file__).resolve().parent

FOREIGN = ("argkp", "scientsbank", "beetle")
"""Other people's sets."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One answer that was labelled point by point.

    Attributes:
        id: Such as "beginner-01/half-2".
        question_id: Which question of the bank it answers.
        kind: strong, para, half, misheard, denied, bluff, wrong or drop; news and so on in texts/.
        text: What was said.
        made: For each concept 1 (made), 0.5 (touched) or 0.
        proof: Words of the text that make the point, for all that are not 0.
    """

    id: str
    question_id: str
    kind: str
    text: str
    made: dict[str, float]
    proof: dict[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two stretches of speech in like words, of which only one makes the point.

    Attributes:
        question_id: A question of the bank or of texts/.
        concept: The id of the concept.
        how: In which way the other fails: reversed, rejected, confused, others, hollow or near.
        made: The one that makes it.
        missed: The one that does not.
    """

    question_id: str
    concept: str
    how: str
    made: str
    missed: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A row of another set: does this text make this one point?"""

    question: str
    concept: str
    text: str
    label: int
    split: str


def read_answers(folder: Path = HERE / "answers") -> tuple[Labelled, ...]:
    """All labelled answers, in the order of the files."""
    return tuple(
        Labelled(
            row["id"],
            row["question_id"],
            row["kind"],
            row["text"],
            row["made"],
            row.get("proof", {}),
        )
        for path in sorted(folder.glob("*.jsonl"))
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    )


def read_texts(folder: Path = HERE / "texts") -> tuple[tuple[Question, tuple[Labelled, ...]], ...]:
    """Texts from all fields: each question, whose concepts are only labels, with its texts."""
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in sorted(folder.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            grouped[row["id"].rsplit("/", 1)[0]].append(row)
    return tuple(
        (
            labels_only(rows[0]["question"], rows[0]["concepts"], question_id),
            tuple(
                Labelled(
                    row["id"],
                    question_id,
                    row["kind"],
                    row["text"],
                    row["made"],
                    row.get("proof", {}),
                )
                for row in rows
            ),
        )
        for question_id, rows in grouped.items()
    )


def read_pairs(folder: Path = HERE / "pairs") -> dict[str, list[Pair]]:
    """All contrast pairs, question by question."""
    grouped: dict[str, list[Pair]] = defaultdict(list)
    for path in sorted(folder.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            grouped[row["question_id"]].append(Pair(**row))
    return grouped


def read_beside(path: Path = HERE / "beside.jsonl") -> tuple[str, ...]:
    """Stretches of what people say in interviews that make no point of any question."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line)["text"] for line in lines)


def labels_only(asked: str, labels: Mapping[str, str], question_id: str = "") -> Question:
    """A question whose concepts are nothing but labels, as a user's own bank may have them."""
    concepts = tuple(
        Concept.model_construct(
            id=key, label=label, hint="", weight=1.0, keywords=(), says=(), not_=(), probe=""
        )
        for key, label in labels.items()
    )
    return Question.model_construct(
        id=question_id, category="", level="beginner", question=asked, hint="", concepts=concepts,
        star=None,
    )  # fmt: skip


def is_development(question_id: str) -> bool:
    """Every second question of each category is never trained or fitted on."""
    return int(question_id.rsplit("-", 1)[1]) % 2 == 0


def read_foreign(path: Path) -> tuple[Foreign, ...]:
    """The rows of another labelled set."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return tuple(
        Foreign(
            row["question"], row["concept"], row["answer"].strip(" `"), row["label"], row["split"]
        )
        for row in rows
    )


def is_trained_on(question_id: str, leave_out: str) -> bool:
    """Whether training that leaves out the "even", the "odd" or "none" sees this question."""
    return leave_out == "none" or is_development(question_id) == (leave_out == "odd")


def by_question(rows: tuple[Foreign, ...], split: str) -> dict[str, list[Foreign]]:
    """The rows of a split, question by question."""
    grouped: dict[str, list[Foreign]] = defaultdict(list)
    for row in rows:
        if row.split == split:
            grouped[row.question].append(row)
    return grouped
