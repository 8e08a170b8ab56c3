"""Fits the weights of voiceprep/scoring/weights.py.

Only questions that the model in hand was not trained on are used, so that it finds them as hard as
an unseen question: the development questions, with a model that left them out, and other people's
development splits. What was measured for them is kept beside this file (left_out.csv, and
untuned.csv by the untouched encoder), so that bench.py can tell the figures without that model.
What it prints for a question comes from weights that were fitted without it.

A model that knows a question is surer of new answers to it than it should be. So the answers in
unseen/, as the shipped model judges them (seen.csv), are fitted too: they set how sure, and where
the cuts lie.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from labelled import HERE, is_development, read_answers, read_texts
from logistic import Array, Logistic, auc, fit, left_out, macro_f1
from table import Row, matrix, measure, rows_of, rows_of_foreign, signs_of, write_table

from voiceprep.bank.load import built_in_banks
from voiceprep.meaning.encoder import Encoder
from voiceprep.scoring.features import BARE_FEATURES, FULL_FEATURES

TARGET = Path(__file__).resolve().parents[2] / "voiceprep" / "scoring" / "weights.py"
LEFT_OUT, UNTUNED, SEEN = HERE / "left_out.csv", HERE / "untuned.csv", HERE / "seen.csv"
SEEN_COUNTS = 2.0
"""How much a row of seen.csv counts beside one of left_out.csv: with it both kinds of answers are
calibrated about as well (error under 0.04 on either; 0.06 and 0.01 without)."""
SPLITS = {"argkp": "dev", "scientsbank": "unseen-questions", "beetle": "unseen-questions"}
STATEMENTS = ("news", "answers")
MOST_ROWS = 800
AS_GOOD = 0.003
"""A cut with this much less macro-F1 is as good; the lowest finds most of what was said."""
MOST_WRONG = 0.15
"""So much at most of what wrong answers say may be called covered."""


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
    seen = rows_of(read_answers(HERE / "unseen"), bank, Encoder())
    write_table(SEEN, seen)
    for one, rows in _by_statement(encoder).items():
        bare += rows
        print(f"{one}: {len(rows)} rows")
    covered = _cut(full, seen)
    lines = [
        '"""What each number of features.py counts for; tools/scorer/fit.py wrote this.',
        "",
        "Fitted on questions that the model was not trained on. FULL is for concepts with ways of",
        "saying them, BARE for those that are hardly more than a label.",
        '"""',
        "",
        f"FULL = {_as_python(_fit_full(full, seen), FULL_FEATURES)}",
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
    for kind in (*SPLITS, *STATEMENTS):
        own = [row for row in bare if row.kind == kind]
        labels, groups = np.array([row.label for row in own]), [row.group for row in own]
        sure, values, signs = labels != 0.5, matrix(own, BARE_FEATURES), signs_of(BARE_FEATURES)
        by_own = auc(left_out(values, labels, groups, signs)[sure], labels[sure])
        others = _fit_bare([row for row in bare if row.kind != kind])
        by_others = auc(others(values)[sure], labels[sure])
        print(f"{kind}: AUC {by_own:.3f} by weights fitted on it, {by_others:.3f} by the others'")


def _by_statement(encoder: Encoder) -> dict[str, list[Row]]:
    """Texts with statements as people judge them (statements/), set by set."""
    return {
        name: [
            Row(question.id, name, text.id, 1.0, text.made[concept.id], values)
            for question, texts in read_texts(HERE / "statements")
            if (name == "news") == question.id.startswith("news")
            for text in texts
            for concept, values in zip(
                question.concepts, measure(question, text.text, encoder), strict=True
            )
        ]
        for name in STATEMENTS
    }


def _fit_full(rows: list[Row], seen: list[Row]) -> Logistic:
    both = [*rows, *seen]
    labels = np.array([row.label for row in both])
    shares = np.array([1.0] * len(rows) + [SEEN_COUNTS] * len(seen))
    return fit(matrix(both, FULL_FEATURES), labels, signs_of(FULL_FEATURES), shares)


def _fit_bare(rows: list[Row]) -> Logistic:
    """Each set of answers counts as much as any other."""
    known = (*SPLITS, *STATEMENTS)
    kinds = [row.kind if row.kind in known else "ours" for row in rows]
    shares = np.array([MOST_ROWS / kinds.count(kind) for kind in kinds])
    labels = np.array([row.label for row in rows])
    return fit(matrix(rows, BARE_FEATURES), labels, signs_of(BARE_FEATURES), shares)


def _as_python(model: Logistic, names: tuple[str, ...]) -> str:
    pairs = [("bias", model.bias), *zip(names, model.weights, strict=True)]
    kept = [(name, value) for name, value in pairs if round(value, 3)]
    return "{\n" + "".join(f'    "{name}": {value:.3f},\n' for name, value in kept) + "}"


def guess(
    rows: list[Row], names: tuple[str, ...], seen: list[Row] | None = None
) -> tuple[Array, Array]:
    """The probabilities of some rows and of ``seen``, from weights fitted without the question."""
    both = [*rows, *(seen or [])]
    labels = np.array([row.label for row in both])
    shares = np.array([1.0] * len(rows) + [SEEN_COUNTS] * (len(both) - len(rows)))
    found = left_out(
        matrix(both, names), labels, [row.group for row in both], signs_of(names), shares
    )
    return found[: len(rows)], found[len(rows) :]


def _cut(rows: list[Row], seen: list[Row]) -> float:
    """The lowest probability from which "covered" is about as good as can be on both.

    As long as what a wrong answer says in the hint's words is seldom called covered.
    """
    cuts = np.arange(0.4, 0.67, 0.02)
    quality = np.zeros(len(cuts))
    for guessed, own in zip(guess(rows, FULL_FEATURES, seen), (rows, seen), strict=True):
        labels = np.array([row.label for row in own])
        sure = labels != 0.5
        quality += [macro_f1(guessed[sure] >= cut, labels[sure]) / 2 for cut in cuts]
    wrong = guessed[[row.kind == "wrong" and row.label == 0 for row in seen]]
    fair = np.array([(wrong >= cut).mean() < MOST_WRONG for cut in cuts])
    return float(cuts[fair & (quality >= quality[fair].max() - AS_GOOD)][0])


if __name__ == "__main__":
    main()
