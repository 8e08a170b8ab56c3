"""From matches, counted in tokens, to quotes of the answer with their times."""

from collections.abc import Iterable

from voiceprep.scoring.assessment import Evidence
from voiceprep.scoring.text import Token, sentence_spans
from voiceprep.scoring.transcript import Transcript

Span = tuple[int, int]
"""First and last token of a stretch, inclusive."""

CONTEXT_WORDS = 7
"""How many words of the same sentence a lone term brings along on each side, so that the quote
can be understood."""

_JOIN_WORDS = 3
"""Stretches with at most so many words between them become one quote."""


def around(span: Span, tokens: tuple[Token, ...], text: str) -> Span:
    """The stretch with some words of its own sentence on either side."""
    start, end = next(
        (
            (start, end)
            for start, end in sentence_spans(text)
            if start <= tokens[span[0]].start < end
        ),
        (0, len(text)),
    )
    first, last = span
    for _ in range(CONTEXT_WORDS):
        if first > 0 and tokens[first - 1].start >= start:
            first -= 1
        if last + 1 < len(tokens) and tokens[last + 1].end <= end:
            last += 1
    return first, last


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Stretches that touch or nearly touch as one, in the order of the answer."""
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + _JOIN_WORDS:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def quote(span: Span, tokens: tuple[Token, ...], transcript: Transcript) -> Evidence:
    """The words of a stretch as they stand in the transcript."""
    start, end = tokens[span[0]].start, tokens[span[1]].end
    start_s, end_s = transcript.times_of(start, end)
    return Evidence(transcript.text[start:end], start, end, start_s, end_s)
