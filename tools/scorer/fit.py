"""Fits the weights of voiceprep/scoring/weights.py.

Only development questions and other people's development splits are used: the encoder was never
trained on them, so it finds them as hard as an unseen question. What bench.py prints for them
comes from weights that were fitted without the question in hand.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from labelled import Labelled, is_development, read_answers
from logistic import Array, Logistic, auc, fit, left_out, macro_f1
from table import Row, matrix, rows_of, rows_of_foreign, signs_of

from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Question
from voiceprep.meaning.encoder import Encoder
from voiceprep.scoring.features import BARE_FEATURES, FULL_FEATURES

TARGET = Path(__file__).resolve().parents[2] / "voiceprep" / "scoring" / "weights.py"
FOREIGN = {"argkp": "dev", "scientsbank": "unseen-questions", "beetle": "unseen-questions"}
MOST_ROWS = 800
PLAIN_SHARE = 0.1
"""How much the plain answers count in all, beside 1 for the written ones. With 0.4 they would
teach that words are what matters, which costs 0.06 of the AUC."""


def main() -> None:
    """Fit both sets of weights, find the cuts, write the module."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=Path, required=True, help="folder with the other sets")
    parser.add_argument("--model", type=Path, help="folder of the encoder; else that in assets/")
    options = parser.parse_args()
    encoder, bank = Encoder(options.model), built_in_banks()[0]
    answers = [one for one in read_answers() if is_development(one.question_id)]
    full = rows_of(answers, bank, encoder)
    plain = [one for question in bank.questions if is_development(question.id)
             for one in plain_answers(question)]  # fmt: skip
    told = rows_of(plain, bank, encoder)
    bare = rows_of(answers, bank, encoder, bare=True)
    for name, split in FOREIGN.items():
        bare += rows_of_foreign(options.bench / f"{name}.jsonl", split, MOST_ROWS, encoder)
    covered = _cut(full, told)
    lines = [
        '"""What each number of features.py counts for; tools/scorer/fit.py wrote this.',
        "",
        "Fitted on questions that the encoder was not trained on. FULL is for concepts with ways",
        "of saying them, BARE for those that are hardly more than a label.",
        '"""',
        "",
        f"FULL = {_as_python(fit_all(full, told, FULL_FEATURES), FULL_FEATURES)}",
        "",
        f"BARE = {_as_python(_fit_bare(bare), BARE_FEATURES)}",
        "",
        f"COVERED = {covered:.2f}",
        '"""Least probability of a covered concept: where macro-F1 is best."""',
        "",
        f"PARTIAL = {covered - 0.15:.2f}",
        '"""Least probability of a partial one."""',
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for kind in dict.fromkeys(row.kind for row in bare):
        own = [row for row in bare if row.kind == kind]
        if kind in FOREIGN:
            labels = np.array([row.label for row in own])
            guess = left_out(
                matrix(own, BARE_FEATURES),
                labels,
                [row.group for row in own],
                signs_of(BARE_FEATURES),
            )
            print(f"{kind}: AUC {auc(guess, labels):.3f}")


def plain_answers(question: Question) -> list[Labelled]:
    """Answers that say the checklist as it stands, whole and by halves: dull, but right.

    People who know the field by heart answer like this, and none of the written answers does.
    """
    concepts = question.concepts
    chosen = [concepts, concepts[::2], concepts[1::2]]
    return [
        Labelled(
            id=f"{question.id}/plain-{number}",
            question_id=question.id,
            kind="plain",
            text=" ".join(f"{one.label}." for one in said) if number else question.hint,
            made={one.id: float(one in said) for one in concepts},
            proof={},
        )
        for number, said in enumerate([concepts, *chosen])
        if said
    ]


def _fit_bare(rows: list[Row]) -> Logistic:
    """Each set of answers counts as much as any other."""
    kinds = [row.kind if row.kind in FOREIGN else "ours" for row in rows]
    shares = np.array([MOST_ROWS / kinds.count(kind) for kind in kinds])
    labels = np.array([row.label for row in rows])
    return fit(matrix(rows, BARE_FEATURES), labels, signs_of(BARE_FEATURES), shares)


def _as_python(model: Logistic, names: tuple[str, ...]) -> str:
    pairs = [("bias", model.bias), *zip(names, model.weights, strict=True)]
    kept = [(name, value) for name, value in pairs if round(value, 3)]
    return "{\n" + "".join(f'    "{name}": {value:.3f},\n' for name, value in kept) + "}"


def guess(rows: list[Row], told: list[Row], names: tuple[str, ...]) -> Array:
    """The probabilities, each from weights fitted without its question."""
    groups = np.array([row.group for row in rows])
    found = np.zeros(len(rows))
    for group in dict.fromkeys(groups):
        rest = [row for row in rows if row.group != group]
        model = fit_all(rest, [row for row in told if row.group != group], names)
        found[groups == group] = model(matrix([row for row in rows if row.group == group], names))
    return found


def fit_all(rows: list[Row], told: list[Row], names: tuple[str, ...]) -> Logistic:
    """Weights from written and a few plain answers; calibrated on the written ones."""
    everything = [*rows, *told]
    model = fit(
        matrix(everything, names),
        np.array([row.label for row in everything]),
        signs_of(names),
        np.array([1.0] * len(rows) + [PLAIN_SHARE * len(rows) / len(told)] * len(told)),
    )
    odds = matrix(rows, names) @ model.weights + model.bias
    scale = fit(odds[:, None], np.array([row.label for row in rows]), np.ones(1))
    slope = float(scale.weights[0])
    return Logistic(model.bias * slope + scale.bias, model.weights * slope)


def _cut(rows: list[Row], told: list[Row]) -> float:
    """The probability from which "covered" gives the best macro-F1."""
    labels = np.array([row.label for row in rows])
    guessed, sure = guess(rows, told, FULL_FEATURES), labels != 0.5
    cuts = np.arange(0.4, 0.61, 0.02)
    quality = [macro_f1(guessed[sure] >= cut, labels[sure]) for cut in cuts]
    smooth = np.convolve([quality[0], *quality, quality[-1]], np.ones(3) / 3, mode="valid")
    return float(cuts[int(np.argmax(smooth))])


if __name__ == "__main__":
    main()
