"""``make bench-scoring``: how well answers are scored.

Two measurements, of answers that nothing was trained or fitted on:

- unseen questions: a model that was trained without every second question judges these, with
  weights that were fitted without the question in hand. train-scorer has kept what it measured
  (left_out.csv), as the model itself is not shipped;
- unseen answers: the shipped model on answers that were written apart (unseen/), with weights that
  were fitted without the question in hand; and the shipped scorer, rules and all, as it is. In
  plain/ are answers that nobody looked at while anything was made.
"""

import statistics
import sys
import time
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from fit import LEFT_OUT, SEEN, UNTUNED, guess
from labelled import HERE, Labelled, is_development, read_answers
from logistic import Array, auc, calibration_error, macro_f1
from numpy.typing import NDArray
from table import Row, read_table

from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Bank
from voiceprep.meaning.encoder import Encoder
from voiceprep.scoring.batch import Scores
from voiceprep.scoring.features import FULL_FEATURES, JUDGED, LEXICAL, SEMANTIC
from voiceprep.scoring.score import Scorer, score
from voiceprep.scoring.transcript import Transcript
from voiceprep.scoring.weights import COVERED, PARTIAL

WITHIN = ("half", "misheard", "heard")
"""Kinds of answers of which some points are made and others not, in one voice."""

ABOVE = ("bluff", "wrong")
"""Kinds of answers that a strong one must be above."""


def main() -> None:
    """Print the tables."""
    bank, scorer = built_in_banks()[0], Scorer(Encoder())
    answers = read_answers()
    development = [one for one in answers if is_development(one.question_id)]
    _unseen_questions(development, bank)
    unseen = read_answers(HERE / "unseen")
    rows, found, scores = by_scorer(unseen, bank, scorer)
    asked = len({one.question_id for one in unseen})
    print(f"\n\nUNSEEN ANSWERS: {len(unseen)} to {asked} questions, by what ships\n")
    print(HEAD)
    print(line("words alone", *by_scorer(unseen, bank, score)[:2]))
    seen = read_table(SEEN)
    by_others = guess(read_table(LEFT_OUT), FULL_FEATURES, seen)[1]
    print(line("without the question in hand", seen, by_others))
    print(line("what ships", rows, found))
    plain = by_scorer(read_answers(HERE / "plain"), bank, scorer)
    print(line("what ships, plain answers", *plain[:2]))
    _details(seen, by_others, shares_of(seen, by_others), bank)
    print("\nscores by what ships:")
    _scores(rows, scores)
    print("\nplain answers by what ships:")
    _by_kind(*plain[:2])
    _scores(plain[0], plain[2])
    _speed(unseen, bank, scorer)


def _unseen_questions(answers: list[Labelled], bank: Bank) -> None:
    tuned, untuned, tuned_seen = read_table(LEFT_OUT), read_table(UNTUNED), read_table(SEEN)
    asked = len({row.group for row in tuned})
    print(f"UNSEEN QUESTIONS: {len(answers)} answers to {asked} questions\n")
    print(HEAD)
    print(line("words alone, as without model", *by_scorer(answers, bank, score)[:2]))
    names = [name for name in FULL_FEATURES if name not in JUDGED]
    steps = (
        ("lexical", untuned, LEXICAL),
        ("+ semantic", untuned, LEXICAL + SEMANTIC),
        ("+ polarity", untuned, names),
        ("+ fine-tuning", tuned, names),
        ("+ judge: what ships", tuned, FULL_FEATURES),
    )
    for name, table, features in steps:
        found = guess(table, features, tuned_seen if table is tuned else None)[0]
        print(line(name, table, found))
    _details(tuned, found, shares_of(tuned, found), bank)


def by_scorer(
    answers: list[Labelled], bank: Bank, scorer: Scores
) -> tuple[list[Row], Array, dict[str, float]]:
    """What a scorer says of each point, and the score of each answer."""
    rows, found, scores = [], [], {}
    for answer in answers:
        question = bank.find(answer.question_id)
        if question is None:
            continue
        assessment = scorer(question, Transcript.typed(answer.text))
        scores[answer.id] = assessment.score / 100
        for verdict in assessment.concepts:
            label = answer.made[verdict.id]
            rows.append(Row(question.id, answer.kind, answer.id, verdict.weight, label, {}))
            found.append(verdict.confidence)
    return rows, np.array(found), scores


def shares_of(rows: list[Row], found: Array) -> dict[str, float]:
    """The score of each answer as the app counts it: covered 1, partial one half."""
    credit = (found >= COVERED) * 0.5 + (found >= PARTIAL) * 0.5
    return _weighted(rows, credit)


def _weighted(rows: list[Row], values: Array) -> dict[str, float]:
    total: dict[str, list[tuple[float, float]]] = {}
    for row, value in zip(rows, values, strict=True):
        total.setdefault(row.answer, []).append((value, row.weight))
    return {
        answer: sum(value * weight for value, weight in pairs) / sum(one for _, one in pairs)
        for answer, pairs in total.items()
    }


HEAD = f"{'':30}" + "".join(
    f"{one:>9}"
    for one in ("AUC", "within", "F1", "F1 with.", "para", "bluff", "wrong", "denied", "ECE")
)


def line(name: str, rows: list[Row], found: Array) -> str:
    """One line of the table; labels of one half count nowhere."""
    labels = np.array([row.label for row in rows])
    kinds = np.array([row.kind for row in rows])
    sure, within = labels != 0.5, np.isin(kinds, WITHIN) & (labels != 0.5)
    covered = found >= COVERED
    figures = [
        auc(found[sure], labels[sure]),
        auc(found[within], labels[within]),
        macro_f1(covered[sure], labels[sure]),
        macro_f1(covered[within], labels[within]),
        _share(covered[(kinds == "para") & (labels == 1)]),
        *(
            _share(covered[(kinds == kind) & (labels == 0)])
            for kind in ("bluff", "wrong", "denied")
        ),
        calibration_error(found[sure], labels[sure]),
    ]
    return f"{name:30}" + "".join(f"{one:9.3f}" for one in figures)


def _share(found: NDArray[np.bool_]) -> float:
    return float(found.mean()) if len(found) else float("nan")


def _details(rows: list[Row], found: Array, scores: dict[str, float], bank: Bank) -> None:
    _by_kind(rows, found)
    _by_category(rows, found, bank)
    _scores(rows, scores)
    _diagram(rows, found)


def _by_kind(rows: list[Row], found: Array) -> None:
    print(f"\n{'kind':12}{'made':>6}{'covered':>9}{'not made':>10}{'covered':>9}")
    for kind in dict.fromkeys(row.kind for row in rows):
        shares = ""
        for label, width in ((1, 6), (0, 10)):
            own = np.array([row.kind == kind and row.label == label for row in rows])
            share = f"{(found[own] >= COVERED).mean():9.2f}" if own.any() else f"{'':9}"
            shares += f"{own.sum():{width}}{share}"
        print(f"{kind:12}{shares}")


def _by_category(rows: list[Row], found: Array, bank: Bank) -> None:
    print(f"\n{'category':28}{'points':>8}{'AUC':>8}{'F1':>8}")
    category = {one.id: one.category for one in bank.questions}
    for name in dict.fromkeys(category[row.group] for row in rows):
        own = np.array([category[row.group] == name and row.label != 0.5 for row in rows])
        labels = np.array([row.label for row in rows])[own]
        quality = auc(found[own], labels), macro_f1(found[own] >= COVERED, labels)
        print(f"{name:28}{own.sum():8}{quality[0]:8.3f}{quality[1]:8.3f}")


def _scores(rows: list[Row], scores: dict[str, float]) -> None:
    """Whole answers: the score beside the examiner's share; strong above bluff and wrong."""
    share = _weighted(rows, np.array([row.label for row in rows]))
    kinds = {row.answer: (row.group, row.kind) for row in rows}
    both = np.array([(scores[one], share[one]) for one in share])
    pairs = [
        scores[good] > scores[bad]
        for good, bad in product(share, share)
        if kinds[good][0] == kinds[bad][0]
        and kinds[good][1] == "strong"
        and kinds[bad][1] in ABOVE
        and share[good] > share[bad]
    ]
    print(f"\nscore and examiner's share correlate by {np.corrcoef(both.T)[0, 1]:.3f}")
    if pairs:
        print(
            f"a strong answer is above a bluff or wrong one in {np.mean(pairs):.1%} of {len(pairs)}"
        )


def _diagram(rows: list[Row], found: Array) -> None:
    print("\nconfidence   points   really made")
    labels = np.array([row.label for row in rows])
    for low in np.arange(0, 1, 0.1):
        own = (found >= low) & (found < low + 0.1 + (low > 0.85)) & (labels != 0.5)
        if own.any():
            print(f"{low:.1f} to {low + 0.1:.1f} {own.sum():8}{labels[own].mean():14.2f}")


def _speed(answers: list[Labelled], bank: Bank, scorer: Scorer) -> None:
    question = next(one for one in bank.questions if len(one.concepts) == 5)
    took = []
    scorer(question, Transcript.typed("Something else."))
    for first in range(0, 60, 4):  # each text is new: nothing is remembered of another
        words = " ".join(one.text for one in answers[first : first + 4]).split()[:200]
        transcript = Transcript.typed(" ".join(words))
        started = time.perf_counter()
        scorer(question, transcript)
        took.append(time.perf_counter() - started)
    print(f"\n200 words against 5 concepts: {1000 * statistics.median(took):.0f} ms at the median")


if __name__ == "__main__":
    main()
