"""The words of whole banks, so that a recogniser's dictionary can be asked to know them."""

import re
from collections.abc import Iterable, Iterator

from voiceprep.bank.model import Bank, Question

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def glossary(banks: Iterable[Bank]) -> tuple[str, ...]:
    """The distinct words of all labels, hints and keywords, as written, in the banks' order.

    "PCI-DSS" gives "PCI" and "DSS"; numbers alone are left out. It is neutral: all questions of
    the banks go in, so that a recogniser is never told what one answer should contain.
    """
    texts = (text for bank in banks for question in bank.questions for text in _texts(question))
    words = (word for text in texts for word in _WORD.findall(text) if not word.isdigit())
    return tuple(dict.fromkeys(words))


def _texts(question: Question) -> Iterator[str]:
    yield question.hint
    for concept in question.concepts:
        yield concept.label
        yield concept.hint
        yield from concept.keywords
