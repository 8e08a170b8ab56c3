"""What each number of features.py counts for; tools/scorer/fit.py wrote this.

Fitted on questions that the encoder was not trained on. FULL is for concepts with ways
of saying them, BARE for those that are hardly more than a label.
"""

FULL = {
    "bias": -5.341,
    "words_says": 3.501,
    "words_against": -4.928,
    "near": 4.161,
    "stated": 12.996,
    "recited": 1.696,
    "contrast": 2.786,
    "echo": -2.908,
    "second": 12.761,
    "against": -0.109,
    "rejected": -3.078,
    "words_denied": -11.187,
}

BARE = {
    "bias": -1.494,
    "words_point": 0.829,
    "stated": 2.058,
    "second": 3.510,
    "echo": -1.740,
    "rejected": -3.421,
    "words_denied": -3.235,
}

COVERED = 0.52
"""Least probability of a covered concept: where macro-F1 is best."""

PARTIAL = 0.37
"""Least probability of a partial one."""
