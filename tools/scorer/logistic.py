"""Logistic regression and the figures by which it is judged, in numpy."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RIDGE = 3.0
"""Strength of the pull towards 0, in units of one answer; 1 to 30 make no difference to the AUC."""


@dataclass(frozen=True)
class Logistic:
    """Log-odds = bias + weights times features."""

    bias: float
    weights: Array

    def __call__(self, features: Array) -> Array:
        """The probabilities."""
        odds = features @ self.weights + self.bias
        return np.asarray(1 / (1 + np.exp(-odds)))


def fit(features: Array, labels: Array, signs: Array, shares: Array | None = None) -> Logistic:
    """The weights of features; none may speak against what it stands for.

    Args:
        features: A row a case.
        labels: 0 to 1; 0.5 is half a yes and half a no.
        signs: 1 for each feature that speaks for a point, -1 for one that speaks against it.
        shares: How much each case counts; else all the same.
    """
    kept = np.ones(len(signs), dtype=bool)
    while True:
        model = _newton(features[:, kept], labels, shares)
        wrong = model.weights * signs[kept] < 0
        if not wrong.any():
            weights = np.zeros(len(signs))
            weights[kept] = model.weights
            return Logistic(model.bias, weights)
        worst = np.flatnonzero(kept)[wrong][
            np.argmax(np.abs(model.weights * features[:, kept].std(0))[wrong])
        ]
        kept[worst] = False


def _newton(features: Array, labels: Array, shares: Array | None) -> Logistic:
    """Newton's method on standardised features."""
    mean, spread = features.mean(0), features.std(0) + 1e-9
    scaled = np.hstack([np.ones((len(features), 1)), (features - mean) / spread])
    counts = np.ones(len(labels)) if shares is None else shares
    pull = np.diag([0.0] + [RIDGE] * features.shape[1])
    found = np.zeros(scaled.shape[1])
    for _ in range(50):
        guess = 1 / (1 + np.exp(-scaled @ found))
        slope = scaled.T @ (counts * (guess - labels)) + pull @ found
        curve = (scaled * (counts * guess * (1 - guess))[:, None]).T @ scaled + pull
        step = np.linalg.solve(curve + 1e-9 * np.eye(len(found)), slope)
        found -= step
        if np.abs(step).max() < 1e-8:
            break
    weights = found[1:] / spread
    return Logistic(float(found[0] - weights @ mean), weights)


def left_out(
    features: Array,
    labels: Array,
    groups: Sequence[str],
    signs: Array,
    shares: Array | None = None,
) -> Array:
    """The probabilities of each group from the weights that all other groups give."""
    names = np.array(groups)
    counts = np.ones(len(labels)) if shares is None else shares
    found = np.zeros(len(labels))
    for group in dict.fromkeys(groups):
        rest = names != group
        found[~rest] = fit(features[rest], labels[rest], signs, counts[rest])(features[~rest])
    return found


def auc(scores: Array, labels: Array) -> float:
    """How often something made is placed above something not made; ties count half."""
    made, other = scores[labels == 1], scores[labels == 0]
    if not len(made) or not len(other):
        return float("nan")
    above = (made[:, None] > other[None]).mean() + (made[:, None] == other[None]).mean() / 2
    return float(above)


def macro_f1(guessed: NDArray[np.bool_], labels: Array) -> float:
    """The mean of the F1 of "made" and of "not made"."""
    parts = []
    for guess, truth in ((guessed, labels == 1), (~guessed, labels == 0)):
        both = int((guess & truth).sum())
        parts.append(2 * both / max(1, int(guess.sum()) + int(truth.sum())))
    return sum(parts) / 2


def calibration_error(scores: Array, labels: Array, bins: int = 10) -> float:
    """Expected calibration error: mean distance of confidence and truth over equal bins."""
    at = np.minimum((scores * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(scores[at == one].mean() - labels[at == one].mean()) * (at == one).mean()
            for one in range(bins)
            if (at == one).any()
        )
    )
