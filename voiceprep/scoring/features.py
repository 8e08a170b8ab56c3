"""What speaks for a concept, in numbers: words, meaning and polarity side by side."""

from voiceprep.scoring.meaning import Nearness
from voiceprep.scoring.reading import Reading
from voiceprep.scoring.signals import strength
from voiceprep.scoring.terms import How

NEARLY_SAME = 0.6
"""From this likeness to a label on, it is the label that is said, and not only its subject."""

RESEMBLING = 0.3
"""From this likeness on, the words of a label are there with something of its sense."""

AGAINST = frozenset(
    {"words_against", "listed", "echo", "against", "rejected", "denied", "words_denied"}
)
"""What speaks against a point; all else speaks for it."""

LEXICAL = ("words_says", "words_point", "terms", "misheard", "words_against", "listed")
SEMANTIC = ("near", "says", "stated", "recited", "contrast", "echo")
POLARITY = ("worth", "second", "against", "rejected", "denied", "words_denied")

JUDGED = ("judged",)

FULL_FEATURES = (
    "words_says", "words_against", "near", "says", "contrast", "echo", *POLARITY, *JUDGED,
)  # fmt: skip
"""For a concept with ways of saying it. Terms, and what resembles the label, are not among them: a
bluff or a wrong answer has as much of them as a good one."""

BARE_FEATURES = (
    "words_point", "terms", "misheard", "listed", "near", "stated", "recited", "second",
    "contrast", "echo", "rejected", "denied", "words_denied", "judged",
)  # fmt: skip
"""For a concept that is hardly more than a label."""


def features(reading: Reading, near: Nearness) -> dict[str, float]:
    """All numbers about one concept and one answer.

    Args:
        reading: What its words say.
        near: What its meaning says.
    """
    signals = reading.signals
    says, point = strength(signals.says), strength(signals.point)
    misheard = sum(one.how in {How.SIMILAR, How.SOUNDS} for one in signals.terms)
    return {
        "words_says": says,
        "words_point": point,
        "terms": 1.0 - 0.5 ** (len(signals.terms) - misheard),
        "misheard": 1.0 - 0.5**misheard,
        "words_against": max(0.0, strength(signals.against) - max(says, point)),
        "listed": reading.if_told - reading.confidence,
        "near": near.near,
        "says": near.says,
        "stated": max(0.0, near.label - NEARLY_SAME),
        "recited": point * max(0.0, near.label - RESEMBLING),
        "contrast": near.contrast,
        "echo": near.echo,
        "worth": near.worth,
        "second": near.second,
        "against": near.against,
        "rejected": near.rejected,
        "denied": near.denied,
        "judged": near.judged,
        "words_denied": reading.if_affirmed - reading.if_told,
    }
