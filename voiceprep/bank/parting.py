"""Parts a hint into its ideas: where a list goes on, and where a new clause begins."""

import re
from collections.abc import Iterator
from itertools import takewhile

Span = tuple[int, int]
"""First character and one past the last."""

_CLOSED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"|“[^”]*”|‘[^’]*’")  # noqa: RUF001
"""What stands in brackets or quotation marks is never parted."""

_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\betc\.)\s+"
    r"|\s*;\s*|^\s*\d+[.)]\s+|\s*\n\s*(?:\d+[.)]\s+)?|\s*•\s*"
)
_COMMA = re.compile(
    r"(?:,\s+|(?<=,['’”\"])\s+)(?:(?P<join>and|or|plus|as\s+well\s+as|but)\s+)?",  # noqa: RUF001
    re.IGNORECASE,
)
_PLAIN_AND = re.compile(r"\s+(?:and|as\s+well\s+as|vs\.?|versus)\s+", re.IGNORECASE)
_CLAUSE = re.compile(
    r"(?:[a-z-]+ing|so|while|whereas|which|because|despite|who|where|useful|crucial)\b",
    re.IGNORECASE,
)
"""A comma before these always parts."""

_ADJECTIVE = re.compile(
    r"\b(?:[a-z]+(?:ive|ical|ional|ous|ful|able|ible|ular)|clear|simple|robust|fast|deep)$",
    re.IGNORECASE,
)
"""A comma after these goes on with the same noun: "clear, granular controls"."""

_SHARED_OBJECT = re.compile(r"\b(?:for|of|by|to|in)\s+(?:[a-z]+ing,\s+)*[a-z]+ing$", re.IGNORECASE)
"""A comma after these goes on with the same object: "for storing, managing, and serving data"."""

_GERUND = re.compile(r"[a-z-]+ing\b", re.IGNORECASE)
_VERB = re.compile(r"(?:has|have|is|are|can|will|should|must)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*")  # noqa: RUF001
_SMALL_WORDS = frozenset(
    """
    a an and are as at be but by can for from how in into is it its may more must of on or should
    than that the their them they this those to what when where which who will with
    """.split()  # noqa: SIM905 - a hundred quotation marks would hide the words
)
_LEAST_NOUN_WORDS = 2
"""A bare "and" parts ideas only with so many words of a noun on both of its sides."""

_LEAST_LETTERS = 4
"""A part without a word of at least so many letters (or an acronym) is no idea of its own."""

_TELLING = r"""(?:
    mention(?:s|ing)? | discuss(?:es|ing)? | describ(?:e|es|ing) | explain(?:s|ing)?
  | outlin(?:e|es|ing) | includ(?:e|es|ing) | involv(?:e|es|ing) | consider(?:s|ing)?
  | argu(?:e|es|ing)\s+for | focus(?:es|ing)?\s+on | look(?:s|ing)?\s+for | talk(?:s|ing)?\s+about
  | seeks | evaluates | covers | covering
)"""
_MODAL = r"(?:(?:should|must|would|will|could|can)(?:\s+(?:also|clearly|ideally|at\s+least))*)"
_TOLD = r"(?:answer|response|process|argument|story|explanation|candidate|step|metric|tool|point)s?"
_INTRODUCTION = re.compile(
    rf"""
      (?:(?:a|an|the|any|your)\s+)?(?:[a-z]+\s+)?{_TOLD}\s+(?={_MODAL}\b|{_TELLING}\b)
    | {_MODAL}\s+(?:be\s+(?:about|a\s+combination\s+of)|cover|name|list|identify\s+this\s+as
        | describe\s+it\s+as)\s+
    | {_MODAL}\s+
    | {_TELLING}\s+(?=[^\s,;])
    | (?:it(?:['’]s|\s+is)|this\s+is|these\s+are|there\s+(?:is|are))\s+
    | (?:a\s+structured\s+answer|a\s+process|steps|factors|strategies|techniques|methods|aspects)
        \s+(?:like|such\s+as|describing|(?:starting|beginning)\s+with)\s+
    | [^:,;.()]*\b(?:workflow|process|approach|steps?|include|following|needed|answer|ways?)\s*:\s+
    | importantly,\s+
    """,  # noqa: RUF001
    re.IGNORECASE | re.VERBOSE,
)
"""Words that tell of the answer rather than of its subject, at the beginning of a part."""


def part(hint: str) -> list[Span]:
    """The parts of a hint that hold one idea each, in order; never empty.

    Introductions and the words that join the parts are left out.
    """
    veiled = _veil(hint)
    found: list[Span] = []
    start = 0
    for cut in (*_SENTENCE_END.finditer(veiled), None):
        end = cut.start() if cut else len(veiled)
        found += _parts_of_sentence(veiled, start, end)
        start = cut.end() if cut else end
    trimmed = (_trim(veiled, *span) for span in found)
    return _merge_small([span for span in trimmed if span], hint) or [(0, len(hint))]


def _veil(text: str) -> str:
    """The text with all that stands in brackets or quotation marks as underscores."""
    while (veiled := _CLOSED.sub(lambda match: "_" * len(match.group()), text)) != text:
        text = veiled
    return text


def _trim(veiled: str, start: int, end: int) -> Span | None:
    """Without its introduction, white space and marks at both ends; None if nothing is left."""
    while True:
        while start < end and veiled[start] in " \t\n,;:.-*•":
            start += 1
        match = _INTRODUCTION.match(veiled, start, end)
        if match is None or not _WORD.search(veiled, match.end(), end):
            break
        start = match.end()
    while end > start and veiled[end - 1] in " \t\n,;:.":
        end -= 1
    return (start, end) if start < end else None


def _parts_of_sentence(veiled: str, start: int, end: int) -> Iterator[Span]:
    trimmed = _trim(veiled, start, end)
    if trimmed is None:
        return
    for first, last in _parts_at_commas(veiled, *trimmed):
        yield from _parts_at_and(veiled, first, last)


def _parts_at_commas(veiled: str, start: int, end: int) -> list[Span]:
    """Items of lists and clauses; a list that ends with "or" is one."""
    parts: list[Span] = []
    list_start, is_closed = 0, False
    for comma in _COMMA.finditer(veiled, start, end):
        join = (comma["join"] or "").lower()
        before, after = veiled[start : comma.start()], veiled[comma.end() : end]
        if join == "or":
            if len(parts) > list_start:
                start = parts[list_start][0]
                del parts[list_start:]
        elif _begins_idea(before, join, after, is_closed=is_closed):
            parts.append((start, comma.start()))
            start = comma.end()
            if join:
                list_start, is_closed = len(parts), join == "and"
    return [*parts, (start, end)]


def _begins_idea(before: str, join: str, after: str, *, is_closed: bool) -> bool:
    """Whether a new idea begins after a comma (and the word that follows it, if any)."""
    if _SHARED_OBJECT.search(before):
        return False
    if join or _CLAUSE.match(after):
        return True
    goes_on = not is_closed or any(comma["join"] for comma in _COMMA.finditer(after))
    return goes_on and not _ADJECTIVE.search(before)


def _parts_at_and(veiled: str, start: int, end: int) -> Iterator[Span]:
    """Ideas joined by a bare "and", unless it joins words: "data and money"."""
    for cut in _PLAIN_AND.finditer(veiled, start, end):
        if _joins_ideas(veiled[start : cut.start()], veiled[cut.end() : end]):
            yield start, cut.start()
            start = cut.end()
    yield start, end


def _joins_ideas(before: str, after: str) -> bool:
    left, right = _WORD.findall(before.lower()), _WORD.findall(after.lower())
    if _VERB.match(after):
        return len(left) > _LEAST_NOUN_WORDS
    if _GERUND.match(after):
        parallel = bool(_GERUND.match(before)) and len(left) >= _LEAST_NOUN_WORDS
        return (parallel or bool(_INTRODUCTION.match(after))) and len(right) >= _LEAST_NOUN_WORDS
    if left and _GERUND.fullmatch(left[0]):
        del left[0]
    article, noun = _last_noun(left)
    return (
        article not in {"a", "an"}
        and noun >= _LEAST_NOUN_WORDS
        and len(list(takewhile(_is_noun_word, right))) >= _LEAST_NOUN_WORDS
    )


def _last_noun(words: list[str]) -> tuple[str, int]:
    """The word before the noun with which the words end, and how many words that noun has."""
    noun = list(takewhile(_is_noun_word, reversed(words)))
    before = words[: len(words) - len(noun)]
    return before[-1] if before else "", len(noun)


def _is_noun_word(word: str) -> bool:
    return word not in _SMALL_WORDS


def _merge_small(parts: list[Span], hint: str) -> list[Span]:
    """A part that says nothing alone, or goes on with "or", belongs to the one before it."""
    merged: list[Span] = []
    for start, end in parts:
        text = hint[start:end]
        if merged and (text.lower().startswith("or ") or not _says_something(text)):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _says_something(text: str) -> bool:
    return any(len(word) >= _LEAST_LETTERS or word.isupper() for word in _WORD.findall(text))
