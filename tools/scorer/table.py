"""Features and labels of the labelled answers, as arrays."""

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from labelled import Labelled, by_question, labels_only, read_foreign

from voiceprep.bank.model import Bank, Question
from voiceprep.meaning.encoder import Encoder
from voiceprep.scoring.answer import Answer
from voiceprep.scoring.checklist import prepare
from voiceprep.scoring.features import AGAINST, features
from voiceprep.scoring.listing import listed_in
from voiceprep.scoring.meaning import nearness
from voiceprep.scoring.reading import read
from voiceprep.scoring.transcript import Transcript


@dataclass(frozen=True)
class Row:
    """One concept of one answer."""

    group: str
    kind: str
    answer: str
    weight: float
    label: float
    values: dict[str, float]


def rows_of(
    answers: Iterable[Labelled], bank: Bank, encoder: Encoder, *, bare: bool = False
) -> list[Row]:
    """Our answers, against whole checklists or (bare) against labels alone."""
    rows = []
    for answer in answers:
        question = bank.find(answer.question_id)
        if question is None:
            continue
        if bare:
            question = without_knowledge(question)
        for concept, values in zip(
            question.concepts, measure(question, answer.text, encoder), strict=True
        ):
            rows.append(
                Row(
                    question.id,
                    answer.kind,
                    answer.id,
                    concept.weight,
                    answer.made[concept.id],
                    values,
                )
            )
    return rows


def rows_of_foreign(path: Path, split: str, most: int, encoder: Encoder) -> list[Row]:
    """Rows of another set; the concepts of a question are each other's neighbours."""
    grouped = by_question(read_foreign(path), split)
    chance = random.Random(1)  # noqa: S311 - training, no secret
    texts = [
        (question, text)
        for question, rows in grouped.items()
        for text in dict.fromkeys(row.text for row in rows)
    ]
    chosen = chance.sample(texts, len(texts))
    found: list[Row] = []
    for asked, text in chosen:
        rows = grouped[asked]
        concepts = tuple(dict.fromkeys(row.concept for row in rows))
        labels = {row.concept: row.label for row in rows if row.text == text}
        question = labels_only(asked, {one: one for one in concepts})
        for concept, values in zip(
            question.concepts, measure(question, text, encoder), strict=True
        ):
            if concept.label in labels:
                found.append(Row(asked, path.stem, text, 1.0, labels[concept.label], values))
        if len(found) >= most:
            break
    return found


def write_table(path: Path, rows: Sequence[Row]) -> None:
    """Keep rows as CSV; zeros are left empty."""
    names = tuple(rows[0].values)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("question", "kind", "answer", "weight", "label", *names))
        for row in rows:
            values = (f"{row.values[name]:.4g}".replace("e-0", "e-") for name in names)
            numbers = ("" if one == "0" else one for one in values)
            writer.writerow((row.group, row.kind, row.answer, row.weight, row.label, *numbers))


def read_table(path: Path) -> list[Row]:
    """The rows that write_table kept."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                group=line.pop("question"),
                kind=line.pop("kind"),
                answer=line.pop("answer"),
                weight=float(line.pop("weight")),
                label=float(line.pop("label")),
                values={name: float(value or 0) for name, value in line.items()},
            )
            for line in csv.DictReader(file)
        ]


def measure(question: Question, text: str, encoder: Encoder) -> list[dict[str, float]]:
    """The features of each concept."""
    answer = Answer.of(Transcript.typed(text))
    listed = listed_in(question, answer)
    nears = nearness(question, answer, listed, encoder)
    return [
        features(read(prepared, answer, listed), near)
        for prepared, near in zip(prepare(question), nears, strict=True)
    ]


def without_knowledge(question: Question) -> Question:
    """The question as a user's own bank may have it: concepts are labels."""
    labels = {one.id: one.label for one in question.concepts}
    return labels_only(question.question, labels, question.id)


def matrix(rows: list[Row], names: Iterable[str]) -> np.ndarray:
    """The named features, a line a row."""
    return np.array([[row.values[name] for name in names] for row in rows])


def signs_of(names: Iterable[str]) -> np.ndarray:
    """1 for each feature that speaks for a point, -1 for one that speaks against it."""
    return np.array([-1.0 if name in AGAINST else 1.0 for name in names])
