"""Which words of an answer only stand in a list of terms, in no sentence that says anything."""

from collections.abc import Set as AbstractSet

from voiceprep.bank.model import Question
from voiceprep.scoring.answer import Answer
from voiceprep.scoring.terms import find_exactly
from voiceprep.scoring.words import STRUCTURE_WORDS

MOST_STRUCTURE = 1 / 6
"""A list of terms has fewer function words than this. Of 1,446 ways of saying a concept of the
built-in bank 0.2 % have so few and no verb either; of correct answers in public sets 1 to 3 %."""

LEAST_WRITTEN, MOST_WRITTEN = 5, 25
"""A written sentence without function words has so many words: "Experts recommend staying under 200
milligrams daily." """

WORDS_A_MARK = 6
"""A written sentence has a comma at most every so many words; lists have more."""


def listed_in(question: Question, answer: Answer) -> frozenset[int]:
    """The tokens of those sentences of an answer to a question that are mere lists."""
    return listed_tokens(answer, _keyword_tokens(question, answer))


def listed_tokens(answer: Answer, terms: AbstractSet[int]) -> frozenset[int]:
    """The tokens of those sentences that are mere lists.

    Args:
        answer: The answer.
        terms: The tokens that belong to any keyword of the question: a verb in them says nothing.
    """
    listed: set[int] = set()
    for first, last in answer.sentences:
        sentence = range(first, last + 1)
        free = [answer.tokens[number] for number in sentence if number not in terms]
        if _is_written(answer, first, last):
            continue
        structure = sum(token.text in STRUCTURE_WORDS for token in free)
        if structure < MOST_STRUCTURE * len(sentence) and not any(one.makes_clause for one in free):
            listed.update(sentence)
    return frozenset(listed)


def _is_written(answer: Answer, first: int, last: int) -> bool:
    """Whether it ends as a sentence does and has no more marks in it than sentences have."""
    following = answer.tokens[last + 1].start if last + 1 < len(answer.tokens) else None
    if not set(answer.text[answer.tokens[last].end : following]) & set(".!?"):
        return False
    marks = sum(answer.ends_clause(number) for number in range(first, last))
    return MOST_WRITTEN > last - first >= LEAST_WRITTEN - 1 and marks * WORDS_A_MARK <= last - first


def _keyword_tokens(question: Question, answer: Answer) -> frozenset[int]:
    """The tokens that belong to any keyword of any concept."""
    return frozenset(
        number
        for concept in question.concepts
        for term in concept.keywords
        for match in find_exactly(term, answer.tokens)
        for number in range(match.first, match.last + 1)
    )
