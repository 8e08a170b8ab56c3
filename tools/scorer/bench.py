"""``make bench-scoring``: how well answers are scored, on questions that nothing was trained on.

The encoder has never seen these questions. The weights that judge one of them are fitted on the
others, with the answers of the question in hand left out.
"""

import argparse
import statistics
import sys
import time
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from fit import guess, plain_answers
from labelled import Labelled, is_development, read_answers
from logistic import Array, auc, calibration_error, macro_f1
from table import Row, rows_of

from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Bank
from voiceprep.meaning.encoder import Encoder
from voiceprep.scoring.features import FULL_FEATURES, LEXICAL, SEMANTIC
from voiceprep.scoring.score import Scorer, score
from voiceprep.scoring.transcript import Transcript
from voiceprep.scoring.weights import COVERED

WITHIN = ("half", "denied")
"""Kinds of answers of which some points are made and others not, in one voice."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plain", type=Path, help="folder of the encoder before fine-tuning")
    options = parser.parse_args()
    bank, encoder = built_in_banks()[0], Encoder()
    answers = [one for one in read_answers() if is_development(one.question_id)]
    rows, told = measured(answers, bank, encoder)
    print(f"{len(answers)} answers to {len({one.question_id for one in answers})} questions\n")
    print(HEAD)
    print(line("lexical, weights set by hand", *by_words(answers, bank)))
    print(line("lexical", rows, guess(rows, told, LEXICAL)))
    if options.plain:
        before, plain_told = measured(answers, bank, Encoder(options.plain))
        names = LEXICAL + SEMANTIC
        print(line("+ semantic, not fine-tuned", before, guess(before, plain_told, names)))
        print(line("+ polarity, not fine-tuned", before, guess(before, plain_told, FULL_FEATURES)))
    print(line("+ semantic", rows, guess(rows, told, LEXICAL + SEMANTIC)))
    probabilities = guess(rows, told, FULL_FEATURES)
    print(line("+ polarity: what ships", rows, probabilities))
    _by_kind(rows, probabilities)
    _by_category(rows, probabilities, bank)
    _scores(rows, probabilities, answers)
    _diagram(rows, probabilities)
    _speed(answers, bank, encoder)


def measured(answers: list[Labelled], bank: Bank, encoder: Encoder) -> tuple[list[Row], list[Row]]:
    """The rows of the answers, and of the plain ones that help to fit."""
    asked = [bank.find(one) for one in dict.fromkeys(answer.question_id for answer in answers)]
    plain = [one for question in asked if question for one in plain_answers(question)]
    return rows_of(answers, bank, encoder), rows_of(plain, bank, encoder)


def by_words(answers: list[Labelled], bank: Bank) -> tuple[list[Row], Array]:
    """What the scorer says that ships for when the model is missing."""
    rows, found = [], []
    for answer in answers:
        question = bank.find(answer.question_id)
        if question:
            for verdict in score(question, Transcript.typed(answer.text)).concepts:
                label = answer.made[verdict.id]
                rows.append(Row(question.id, answer.kind, answer.id, verdict.weight, label, {}))
                found.append(verdict.confidence)
    return rows, np.array(found)


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
        covered[(kinds == "para") & (labels == 1)].mean(),
        *(covered[(kinds == kind) & (labels == 0)].mean() for kind in ("bluff", "wrong", "denied")),
        calibration_error(found[sure], labels[sure]),
    ]
    return f"{name:30}" + "".join(f"{one:9.3f}" for one in figures)


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


def _scores(rows: list[Row], found: Array, answers: list[Labelled]) -> None:
    """Whole answers: the score beside the examiner's share; strong above bluff and wrong."""
    total: dict[str, list[tuple[float, float, float]]] = {}
    for row, one in zip(rows, found, strict=True):
        credit = 1.0 if one >= COVERED else 0.5 if one >= COVERED - 0.15 else 0.0
        total.setdefault(row.answer, []).append((row.weight, credit, row.label))
    share = {
        key: tuple(np.average(values, axis=0, weights=[one[0] for one in values])[1:])
        for key, values in total.items()
    }
    both = np.array(list(share.values()))
    strong = [one for one in answers if one.kind == "strong"]
    weak = [one for one in answers if one.kind in {"bluff", "wrong"}]
    pairs = [
        share[good.id][0] > share[bad.id][0]
        for good, bad in product(strong, weak)
        if good.question_id == bad.question_id and share[good.id][1] > share[bad.id][1]
    ]
    print(f"\nscore and examiner's share correlate by {np.corrcoef(both.T)[0, 1]:.3f}")
    print(f"a strong answer is above a bluff or wrong one in {np.mean(pairs):.1%} of {len(pairs)}")


def _diagram(rows: list[Row], found: Array) -> None:
    print("\nconfidence   points   really made")
    labels = np.array([row.label for row in rows])
    for low in np.arange(0, 1, 0.1):
        own = (found >= low) & (found < low + 0.1 + (low > 0.85)) & (labels != 0.5)
        if own.any():
            print(f"{low:.1f} to {low + 0.1:.1f} {own.sum():8}{labels[own].mean():14.2f}")


def _speed(answers: list[Labelled], bank: Bank, encoder: Encoder) -> None:
    question = max(bank.questions, key=lambda one: len(one.concepts) == 5)
    words = " ".join(one.text for one in answers[:3]).split()[:200]
    transcript, scorer = Transcript.typed(" ".join(words)), Scorer(encoder)
    scorer(question, transcript)
    took = []
    for _ in range(15):
        started = time.perf_counter()
        scorer(question, transcript)
        took.append(time.perf_counter() - started)
    size = f"{len(words)} words against {len(question.concepts)} concepts"
    print(f"\n{size}: {1000 * statistics.median(took):.0f} ms at the median of {len(took)}")


if __name__ == "__main__":
    main()
