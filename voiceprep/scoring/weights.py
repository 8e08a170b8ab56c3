"""What each number of features.py counts for; tools/scorer/fit.py wrote this.

Fitted on questions that the model was not trained on. FULL is for concepts with ways of
saying them, BARE for those that are hardly more than a label.
"""

FULL = {
    "bias": -5.186,
    "words_says": 3.880,
    "words_against": -2.178,
    "contrast": 6.344,
    "echo": -1.584,
    "worth": 2.856,
    "second": 10.671,
    "against": -1.157,
    "rejected": -0.859,
    "denied": -0.081,
    "words_denied": -15.708,
    "judged": 0.562,
}

BARE = {
    "bias": 0.232,
    "words_point": 0.705,
    "contrast": 0.877,
    "echo": -2.445,
    "rejected": -2.363,
    "words_denied": -3.766,
    "judged": 0.391,
}

COVERED = 0.56
"""Least probability of a covered concept: see fit.py."""

PARTIAL = 0.41
"""Least probability of a partial one."""
