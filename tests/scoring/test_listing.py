"""A mere list of terms is told from a sentence."""

import pytest

from voiceprep.scoring.answer import Answer
from voiceprep.scoring.listing import listed_tokens
from voiceprep.scoring.transcript import Transcript


def is_list(text: str) -> bool:
    answer = Answer.of(Transcript.typed(text))
    return len(listed_tokens(answer, frozenset())) == len(answer.tokens)


@pytest.mark.parametrize(
    "text",
    [
        "latency cost privacy drift monitoring",
        "Latency, cost, privacy, drift, monitoring.",
        "Federated learning, differential privacy, on-device inference, consent controls.",
        "GDPR.",
    ],
)
def test_terms_without_a_sentence_are_a_list(text: str) -> None:
    assert is_list(text)


@pytest.mark.parametrize(
    "text",
    [
        "Experts recommend staying under 200 milligrams daily.",
        "Limit alcohol intake every single week.",
        "We mask the names before the model sees them.",
    ],
)
def test_a_sentence_with_few_small_words_is_none(text: str) -> None:
    assert not is_list(text)
