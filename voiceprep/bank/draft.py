"""Drafts a checklist from a hint alone, for banks that have none yet.

A hint is a sentence such as "Should mention latency, cost (e.g. hosting) and data privacy". Its
introduction is cut, what follows is parted at commas, semicolons, full stops and "and"; lists in
brackets stay with their idea, and alternatives joined by "or" stay one idea.
"""

import re

from voiceprep.bank.model import Concept, Question

MOST_CONCEPTS = 6
"""More than six ideas nobody keeps in mind while answering."""

_INTRODUCTION = re.compile(
    r"""^(?:
      (?:(?:a|an|the|your|any)\s+)?
      (?:(?:good|great|strong|solid|comprehensive|complete|structured|best|ideal|core)\s+)*
      (?:answers?|responses?|candidates?|process|argument|story|it|look(?:s)?\s+for|seeks)?\s*
      (?:(?:should|must|would|will|could|can)\s+)?
      (?:also\s+|clearly\s+|at\s+least\s+|be\s+about\s+)*
      (?:cover|mention|discuss|include|involve|describe|explain|outline|consider|focus\s+on|
         argue\s+for|identify|show|demonstrate|address|name|list|define|take|prepare|evaluate)?
      (?:s|es|ing)?\b\s*
      (?:that\s+|how\s+|on\s+|the\s+following:?\s+)?
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SPLIT = re.compile(
    r"""
      (?<=[.!?])\s+ | \s*[;\u2022\n]\s*
    | ,\s+(?:and|plus|as\s+well\s+as|but)\s+ | ,\s+ | \s+(?:and|plus|as\s+well\s+as|vs\.?|versus)\s+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"|\u2018[^\u2019]*\u2019")
_ROUND = re.compile(r"\([^()]*\)")
_LEADING = re.compile(r"^(?:because|so|while|but|and|that|also|then|despite)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_PLAIN_AND_WORDS = 2
"""A bare "and" parts ideas only with so many words on both of its sides."""

_LEAST_LETTERS = 4
"""A piece without a word of at least so many letters (or an acronym) is no idea of its own."""


def draft_concepts(hint: str) -> tuple[Concept, ...]:
    """At most six concepts; the parts of the hint that they come from are verbatim.

    Never empty: a hint that cannot be parted is one concept.
    """
    pieces = _merge_small(_pieces(hint), hint)
    while len(pieces) > MOST_CONCEPTS:
        pieces = _join_shortest(pieces)
    return tuple(
        Concept(
            id=f"point-{number}",
            label=_label(hint[start:end]),
            hint=hint[start:end],
            keywords=_keywords(hint[start:end]),
        )
        for number, (start, end) in enumerate(pieces or [(0, len(hint))], 1)
    )


def draft_question(hint: str, question_id: str = "drafted") -> Question:
    """A question with a drafted checklist; its text is not known."""
    hint = hint.strip()
    return Question(
        id=question_id,
        category="Drafted",
        level="intermediate",
        question="(not given)",
        hint=hint,
        concepts=draft_concepts(hint),
    )


def _pieces(hint: str) -> list[tuple[int, int]]:
    """Start and end of each part; what stands in brackets or quotation marks is never parted."""
    veiled = _BRACKETS.sub(lambda match: "_" * len(match.group()), hint)
    match = _INTRODUCTION.match(veiled)
    start = match.end() if match and match.end() < len(hint) - _LEAST_LETTERS else 0
    pieces = []
    for cut in _SPLIT.finditer(veiled, start):
        if cut.group().startswith(" ") and _too_short_to_part(veiled, start, cut):
            continue
        pieces.append((start, cut.start()))
        start = cut.end()
    pieces.append((start, len(hint)))
    return [trimmed for piece in pieces if (trimmed := _trim(hint, *piece))]


def _too_short_to_part(veiled: str, start: int, cut: re.Match[str]) -> bool:
    """Whether a bare "and" joins words rather than ideas: "data and money"."""
    after = re.split(r"[,;.]|\sand\s", veiled[cut.end() :], maxsplit=1)[0]
    return (
        min(len(_WORD.findall(veiled[start : cut.start()])), len(_WORD.findall(after)))
        < _PLAIN_AND_WORDS
    )


def _trim(hint: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and hint[start] in " \t\n,;:.-":
        start += 1
    while end > start and hint[end - 1] in " \t\n,;:.":
        end -= 1
    return (start, end) if start < end else None


def _merge_small(pieces: list[tuple[int, int]], hint: str) -> list[tuple[int, int]]:
    """A part that says nothing alone, or goes on with "or", belongs to the one before it."""
    merged: list[tuple[int, int]] = []
    for start, end in pieces:
        piece = hint[start:end]
        alternative = piece.lower().startswith("or ")
        if merged and (alternative or not _says_something(piece)):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _says_something(piece: str) -> bool:
    return any(len(word) >= _LEAST_LETTERS or word.isupper() for word in _WORD.findall(piece))


def _join_shortest(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the two neighbours that are shortest together."""
    at = min(range(len(pieces) - 1), key=lambda one: pieces[one + 1][1] - pieces[one][0])
    return [*pieces[:at], (pieces[at][0], pieces[at + 1][1]), *pieces[at + 2 :]]


def _label(piece: str) -> str:
    """The part as a line of a checklist: without brackets, first letter upper case."""
    plain = " ".join(_ROUND.sub(" ", piece).split()) or piece
    plain = _LEADING.sub("", plain) or plain
    return plain[:1].upper() + plain[1:200]


def _keywords(piece: str) -> tuple[str, ...]:
    """What stands in brackets, and acronyms: terms that are evidence when heard."""
    listed = [
        term.strip()
        for bracket in re.findall(r"\(([^()]*)\)", piece)
        for term in re.split(
            r",|;|\bor\b|\band\b|/", re.sub(r"^\s*(?:e\.g\.|i\.e\.|like)", "", bracket)
        )
    ]
    acronyms = re.findall(r"\b[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*\b", piece)
    return tuple(dict.fromkeys(term for term in [*acronyms, *listed] if len(term) > 1))
