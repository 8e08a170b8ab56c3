"""Drafts a checklist from a hint alone, for questions that have none yet.

A hint is a sentence such as "Should mention latency, cost (e.g. hosting) and data privacy". Each
of its ideas becomes a concept; what stands in brackets and acronyms become its keywords.
"""

import re

from voiceprep.bank.model import Concept
from voiceprep.bank.parting import Span, part

MOST_CONCEPTS = 6
"""More than six ideas nobody keeps in mind while answering."""

_LABEL_CHARACTERS = 200
_KEYWORD_WORDS = 5
"""What is longer is no term but a sentence in brackets."""

_MOST_KEYWORDS = 20

_BRACKETS = re.compile(r"\(([^()]*)\)")
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*\b")
_GENERIC = frozenset({"AI", "IT", "ML", "UI", "UX"})
"""Acronyms that are said in any answer of their field, and so are no evidence."""

_EXAMPLES = re.compile(r"^\s*(?:e\.g\.|i\.e\.|like|such as)")
_BETWEEN_TERMS = re.compile(r"[,;]|\b(?:or|and)\b")
_LEADING = re.compile(
    r"^(?:(?:because|so|while|but|and|that|also|then|despite|plus|with|be|an?|the)\s+)+",
    re.IGNORECASE,
)
"""What a label does not begin with."""


def draft_concepts(hint: str) -> tuple[Concept, ...]:
    """At most six concepts; the parts of the hint that they come from are verbatim.

    Never empty: a hint that cannot be parted is one concept.

    Args:
        hint: A text that is not blank.
    """
    parts = part(hint)
    while len(parts) > MOST_CONCEPTS:
        parts = _join_shortest(parts)
    return tuple(
        Concept(id=f"point-{number}", label=_label(text), hint=text, keywords=_keywords(text))
        for number, text in enumerate((hint[start:end] for start, end in parts), 1)
    )


def _join_shortest(parts: list[Span]) -> list[Span]:
    """Join the two neighbours that are shortest together."""
    at = min(range(len(parts) - 1), key=lambda one: parts[one + 1][1] - parts[one][0])
    return [*parts[:at], (parts[at][0], parts[at + 1][1]), *parts[at + 2 :]]


def _label(text: str) -> str:
    """The part as a line of a checklist: without brackets, first letter upper case."""
    plain = text
    while (shorter := _BRACKETS.sub(" ", plain)) != plain:
        plain = shorter
    plain = " ".join(plain.split()) or text
    plain = _LEADING.sub("", plain) or plain
    return plain[:1].upper() + plain[1:_LABEL_CHARACTERS]


def _keywords(text: str) -> tuple[str, ...]:
    """Acronyms, and what stands in brackets: terms that are evidence when heard."""
    listed = [
        term.strip()
        for bracket in _BRACKETS.findall(text)
        for term in _BETWEEN_TERMS.split(_EXAMPLES.sub("", bracket))
    ]
    acronyms = [one for one in _ACRONYM.findall(text) if one not in _GENERIC]
    terms = (one for one in [*acronyms, *listed] if _is_term(one))
    return tuple(dict.fromkeys(terms))[:_MOST_KEYWORDS]


def _is_term(text: str) -> bool:
    return 1 < len(text) <= _LABEL_CHARACTERS and len(text.split()) <= _KEYWORD_WORDS
