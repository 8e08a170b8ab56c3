"""What the judge is trained on: one stretch of speech, one point, made or not.

As in episodes.py, manner must say nothing about the label: each answer that is drawn is asked about
every concept of its question, and what a point that was not made is tried on is the stretch that
comes nearest to it.
"""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from episodes import as_heard, aside, denial, labelled_stretches, name_of
from labelled import (
    FOREIGN,
    Foreign,
    Labelled,
    by_question,
    is_trained_on,
    read_answers,
    read_beside,
    read_foreign,
    read_pairs,
    read_texts,
)

from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Concept, Question
from voiceprep.scoring.stretches import stretches

MOST = 32
TOLD = 0.75
"""Share of the cases in which the point comes with a way of saying it, where it has any."""

Case = tuple[str, list[str], float]
"""A stretch, the texts of the point, and whether it is made: 0 to 1."""

Nearest = Callable[[Sequence[str], str, int], list[str]]
"""Those of some stretches that come nearest to a text, best first."""


class Cases:
    """Draws batches of cases."""

    def __init__(
        self, bench: Path | None, leave_out: str, nearest: Nearest, rng: random.Random
    ) -> None:
        self._rng, self._nearest = rng, nearest
        self._questions = [
            one for one in built_in_banks()[0].questions if is_trained_on(one.id, leave_out)
        ]
        answers = read_answers()
        self._answered = [
            (one, [answer for answer in answers if answer.question_id == one.id])
            for one in self._questions
        ]
        self._texts = [(question, list(texts)) for question, texts in read_texts()]
        concepts = {
            (question.id, concept.id): concept
            for question in (*self._questions, *(one for one, _ in self._texts))
            for concept in question.concepts
        }
        self._pairs = [
            (pair, concepts[pair.question_id, pair.concept])
            for pairs in read_pairs().values()
            for pair in pairs
            if (pair.question_id, pair.concept) in concepts
        ]
        self._beside = read_beside()
        self._foreign = [
            list(by_question(read_foreign(bench / f"{name}.jsonl"), "train").values())
            for name in FOREIGN
            if bench
        ]

    def draw(self) -> tuple[str, list[Case]]:
        """A batch. In one of "pairs" each case that makes the point is followed by its twin."""
        rng, chance = self._rng, self._rng.random()
        if chance < 0.25:
            return "pairs", self._of_pairs()
        if self._foreign and chance < 0.4:
            return "foreign", self._of_foreign()
        if chance < 0.46:
            return "beside", self._of_beside()
        if chance < 0.56:
            drawn = (self._of_answers(*rng.choice(self._texts)) for _ in range(3))
            return "texts", self._some([case for cases in drawn for case in cases])
        if chance < 0.72:
            return "bank", self._some(self._of_bank(rng.choice(self._questions)))
        return "answers", self._some(self._of_answers(*rng.choice(self._answered)))

    def _some(self, cases: list[Case]) -> list[Case]:
        return self._rng.sample(cases, min(len(cases), MOST))

    def _point(self, concept: Concept, without: str = "") -> list[str]:
        ways = [way for way in concept.says if way != without]
        told = ways and self._rng.random() < TOLD
        return [name_of(concept, self._rng), *([self._rng.choice(ways)] if told else [])]

    def _case(self, text: str, concept: Concept, label: float, without: str = "") -> Case:
        return as_heard(text, self._rng), self._point(concept, without), label

    def _of_answers(self, question: Question, answers: list[Labelled]) -> list[Case]:
        cases: list[Case] = []
        for answer in self._rng.sample(answers, min(len(answers), 5)):
            rows = list(labelled_stretches(answer, question, self._rng))
            for number, concept in enumerate(question.concepts):
                made = [text for text, labels in rows if labels[number] == 1]
                touched = [text for text, labels in rows if labels[number] == 0.5]
                other = [text for text, labels in rows if labels[number] == 0]
                if made or touched:
                    telling = self._rng.choice(made or touched)
                    cases.append(self._case(telling, concept, 1.0 if made else 0.5))
                many = 1 if made else 2
                near = self._nearest(other, name_of(concept), many + 2) if other else []
                wrong = self._rng.sample(near, min(many, len(near)))
                cases += [self._case(text, concept, 0.0) for text in wrong]
        return cases

    def _of_bank(self, question: Question) -> list[Case]:
        rng = self._rng
        cases: list[Case] = []
        for concept in question.concepts:
            others = [one for one in question.concepts if one is not concept]
            for way in rng.sample(concept.says, min(3, len(concept.says))):
                cases.append(self._case(aside(way, rng), concept, 1.0, way))
                if others:
                    cases.append(self._case(way, rng.choice(others), 0.0))
            traps = rng.sample(concept.not_, min(2, len(concept.not_)))
            cases += [self._case(trap, concept, 0.0) for trap in traps]
            if concept.says and rng.random() < 0.4:
                way = rng.choice(concept.says)
                cases.append(self._case(denial(way, rng), concept, 0.0, way))
        return cases

    def _of_beside(self) -> list[Case]:
        """Talk that has nothing to do with a point, and beside it what makes it."""
        rng, cases = self._rng, list[Case]()
        for _ in range(MOST // 4):
            concept = rng.choice(rng.choice(self._questions).concepts)
            _, texts = rng.choice(self._texts)
            text = rng.choice(texts).text
            other = rng.choice(stretches(text)).of(text)
            cases += [self._case(rng.choice(self._beside), concept, 0.0) for _ in range(2)]
            cases.append(self._case(other, concept, 0.0))
            way = rng.choice(concept.says)
            cases.append(self._case(aside(way, rng), concept, 1.0, way))
        return cases

    def _of_pairs(self) -> list[Case]:
        cases: list[Case] = []
        for pair, concept in self._rng.sample(self._pairs, MOST // 2):
            point = self._point(concept, without=pair.made)
            cases.append((as_heard(pair.made, self._rng), point, 1.0))
            cases.append((as_heard(pair.missed, self._rng), point, 0.0))
        return cases

    def _of_foreign(self) -> list[Case]:
        rng = self._rng
        questions = rng.choice(self._foreign)
        chosen: list[Foreign] = []
        for rows in rng.sample(questions, min(3, len(questions))):
            made = [row for row in rows if row.label]
            other = [row for row in rows if not row.label]
            chosen += rng.sample(made, min(5, len(made))) + rng.sample(other, min(6, len(other)))
        return [(as_heard(row.text, rng), [row.concept], float(row.label)) for row in chosen]
