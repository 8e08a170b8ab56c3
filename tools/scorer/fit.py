"""Fits the weights of voiceprep/scoring/weights.py.

Only questions that the model in hand was not trained on are used, so that it finds them as hard as
an unseen question: the development questions, with a model that left them out, and other people's
development splits. What was measured for them is kept beside this file (left_out.csv, and
untuned.csv by the untouched encoder), so that bench.py can tell the figures without that model.
What it prints for a question comes from weights that were fitted without it.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from labelled import HERE, is_development, read_answers
from logistic import Array, Logistic, auc, fit, left_out, macro_f1
from table import Row, matrix, rows_of, rows_of_foreign, signs_of, write_table

from voiceprep.bank.load import built_in_banks
from voiceprep.meaning.encoder import Encoder
from voiceprep.scoring.features import BARE_FEATURES, FULL_FEATURES

TARGET = Path(__file__).resolve().parents[2] / "voiceprep" / "scoring" / "weights.py"
LEFT_OUT, UNTUNED = HERE / "left_out.csv", HERE / "untuned.csv"
SPLITS = {"argkp": "dev", "scientsbank": "unseen-questions", "beetle": "unseen-questions"}
MOST_ROWS = 800
AS_GOOD = 0.003
"""A cut with this much less macro-F1 is as good; the higher one calls less covered that is not."""


def main() -> None:
    """Fit both sets of weights, find the cuts, write the module and the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=Path, required=True, help="folder with the other sets")
    parser.add_argument(
        "--model", type=Path, required=True, help="model that left out the development questions"
    )
    parser.add_argument("--untuned", type=Path, help="the untouched encoder, for comparison")
    options = parser.parse_args()
    encoder, bank = Encoder(options.model), built_in_banks()[0]
    answers = [one for one in read_answers() if is_development(one.question_id)]
    full = rows_of(answers, bank, encoder)
    write_table(LEFT_OUT, full)
    if options.untuned:
        write_table(UNTUNED, rows_of(answers, bank, Encoder(options.untuned)))
    bare = rows_of(answers, bank, encoder, bare=True)
    for name, split in SPLITS.items():
        bare += rows_of_foreign(options.bench / f"{name}.jsonl", split, MOST_ROWS, encoder)
    covered = _cut(full)
    lines = [
        '"""What each number of features.py counts for; tools/scorer/fit.py wrote this.',
        "",
        "Fitted on questions that the model was not trained on. FULL is for concepts with ways of",
        "saying them, BARE for those that are hardly more than a label.",
        '"""',
        "",
        f"FULL = {_as_python(_fit_full(full), FULL_FEATURES)}",
        "",
        f"BARE = {_as_python(_fit_bare(bare), BARE_FEATURES)}",
        "",
        f"COVERED = {covered:.2f}",
        '"""Least probability of a covered concept: see fit.py."""',
        "",
        f"PARTIAL = {covered - 0.15:.2f}",
        '"""Least probability of a partial one."""',
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for kind in SPLITS:
        own = [row for row in bare if row.kind == kind]
        labels, groups = np.array([row.label for row in own]), [row.group for row in own]
        found = left_out(matrix(own, BARE_FEATURES), labels, groups, signs_of(BARE_FEATURES))
        print(f"{kind}: AUC {auc(found, labels):.3f} by weights fitted on it")


def _fit_full(rows: list[Row]) -> Logistic:
    labels = np.array([row.label for row in rows])
    return fit(matrix(rows, FULL_FEATURES), labels, signs_of(FULL_FEATURES))


def _fit_bare(rows: list[Row]) -> Logistic:
    """Each set of answers counts as much as any other."""
    kinds = [row.kind if row.kind in SPLITS else "ours" for row in rows]
    shares = np.array([MOST_ROWS / kinds.count(kind) for kind in kinds])
    labels = np.array([row.label for row in rows])
    return fit(matrix(rows, BARE_FEATURES), labels, signs_of(BARE_FEATURES), shares)


def _as_python(model: Logistic, names: tuple[str, ...]) -> str:
    pairs = [("bias", model.bias), *zip(names, model.weights, strict=True)]
    kept = [(name, value) for name, value in pairs if round(value, 3)]
    return "{\n" + "".join(f'    "{name}": {value:.3f},\n' for name, value in kept) + "}"


def guess(rows: list[Row], names: tuple[str, ...]) -> Array:
    """The probabilities, each from weights fitted without its question."""
    groups = [row.group for row in rows]
    labels = np.array([row.label for row in rows])
    return left_out(matrix(rows, names), labels, groups, signs_of(names))


def _cut(rows: list[Row]) -> float:
    """The highest probability from which "covered" gives about the best macro-F1."""
    labels = np.array([row.label for row in rows])
    guessed, sure = guess(rows, FULL_FEATURES), labels != 0.5
    cuts = np.arange(0.4, 0.61, 0.02)
    quality = [macro_f1(guessed[sure] >= cut, labels[sure]) for cut in cuts]
    smooth = np.convolve([quality[0], *quality, quality[-1]], np.ones(3) / 3, mode="valid")
    return float(cuts[smooth >= smooth.max() - AS_GOOD][-1])


if __name__ == "__main__":
    main()
