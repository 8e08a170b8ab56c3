"""What each number of features.py counts for; tools/scorer/fit.py wrote this.

Fitted on questions that the model was not trained on. FULL is for concepts with ways of
saying them, BARE for those that are hardly more than a label.
"""

FULL = {
    "bias": -6.180,
    "words_says": 4.158,
    "words_against": -1.754,
    "contrast": 3.470,
    "echo": -1.791,
    "second": 16.848,
    "against": -1.837,
    "rejected": -1.357,
    "words_denied": -10.900,
    "judged": 0.603,
}

BARE = {
    "bias": -0.372,
    "words_point": 1.537,
    "second": 0.587,
    "contrast": 0.714,
    "echo": -2.099,
    "rejected": -1.518,
    "judged": 0.488,
}

COVERED = 0.56
"""Least probability of a covered concept: see fit.py."""

PARTIAL = 0.41
"""Least probability of a partial one."""
