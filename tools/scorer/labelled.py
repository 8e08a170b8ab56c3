"""Labelled answers: ours (answers/*.jsonl, see answers/README.md) and other people's sets."""

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Labelled:
    """One answer that was labelled point by point.

    Attributes:
        id: Such as "beginner-01/half-2".
        question_id: Which question of the bank it answers.
        kind: strong, para, half, denied, bluff, wrong or drop.
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


def by_question(rows: tuple[Foreign, ...], split: str) -> dict[str, list[Foreign]]:
    """The rows of a split, question by question."""
    grouped: dict[str, list[Foreign]] = defaultdict(list)
    for row in rows:
        if row.split == split:
            grouped[row.question].append(row)
    return grouped
