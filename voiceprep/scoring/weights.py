"""What each number of features.py counts for; tools/scorer/fit.py wrote this.

Fitted on questions that the encoder was not trained on. FULL is for concepts with ways
of saying them, BARE for those that are hardly more than a label.
"""

FULL = {
    "bias": -3.421,
    "words_says": 2.772,
    "words_point": 2.188,
    "misheard": 0.464,
    "words_against": -4.436,
    "near": 8.841,
    "stated": 8.787,
    "contrast": 2.624,
    "echo": -2.613,
    "worth": 0.199,
    "against": -1.783,
    "rejected": -3.694,
    "denied": -4.185,
    "words_denied": -9.471,
}

BARE = {
    "bias": -1.578,
    "words_point": 0.802,
    "stated": 4.284,
    "second": 4.652,
    "contrast": 0.568,
    "echo": -1.349,
    "rejected": -4.520,
    "words_denied": -7.657,
}

COVERED = 0.46
"""Least probability of a covered concept: where macro-F1 is best."""

PARTIAL = 0.31
"""Least probability of a partial one."""
