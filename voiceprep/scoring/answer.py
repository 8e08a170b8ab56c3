"""An answer as the matchers see it: tokens, clauses, sentences, and what it turns down."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from voiceprep.scoring.polarity import Denial, denials
from voiceprep.scoring.text import Span, Token, sentence_spans, tokenize
from voiceprep.scoring.transcript import Transcript

_CLAUSE_END = re.compile(r"[,;:.!?…()\u2013\u2014\n]")


@dataclass(frozen=True, slots=True)
class Answer:
    """A transcript, prepared once for all concepts.

    Attributes:
        transcript: What was said.
        text: All of it.
        tokens: Its words.
        spans: First and last character (exclusive) of each sentence, in order.
        sentences: First and last token of each sentence, in order.
        denials: What is turned down.
        denied: The tokens that are.
    """

    transcript: Transcript
    text: str
    tokens: tuple[Token, ...]
    spans: tuple[Span, ...]
    sentences: tuple[Span, ...]
    denials: tuple[Denial, ...]
    denied: frozenset[int]

    @classmethod
    def of(cls, transcript: Transcript) -> "Answer":
        """Prepare a transcript."""
        text = transcript.text
        tokens = tokenize(text)
        spans = _sentence_spans(transcript, text)
        firsts = [bisect_left(tokens, start, key=lambda one: one.start) for start, _ in spans]
        sentences = tuple(
            (first, following - 1)
            for first, following in pairwise([*firsts, len(tokens)])
            if first < following
        )
        found = denials(text, tokens, spans)
        denied = frozenset[int]().union(*(one.governed for one in found))
        return cls(transcript, text, tokens, spans, sentences, found, denied)

    def sentence_of(self, token: int) -> Span:
        """The first and last token (inclusive) of the sentence that holds this one."""
        return self.sentences[bisect_right(self.sentences, token, key=itemgetter(0)) - 1]

    def ends_clause(self, token: int) -> bool:
        """Whether a comma or another mark stands between this token and the next."""
        if token + 1 >= len(self.tokens):
            return True
        between = self.text[self.tokens[token].end : self.tokens[token + 1].start]
        return _CLAUSE_END.search(between) is not None


def _sentence_spans(transcript: Transcript, text: str) -> tuple[Span, ...]:
    """By punctuation; a recogniser that writes none (PocketSphinx) marks them by pauses."""
    spans = sentence_spans(text)
    if len(spans) > 1 or len(transcript.segments) <= 1:
        return spans
    ends = []
    end = -1
    for segment in transcript.segments:
        end += len(segment.text) + 1
        ends.append(end)
    return tuple(zip([0, *(end + 1 for end in ends[:-1])], ends, strict=True))
