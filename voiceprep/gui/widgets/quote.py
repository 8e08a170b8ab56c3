"""Words of the answer that prove a concept; the concept's own terms in them stand out."""

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from voiceprep.gui.widgets.text import label
from voiceprep.scoring.terms import find_term
from voiceprep.scoring.text import tokenize


def quote_label(quote: str, terms: Iterable[str]) -> QLabel:
    """A quote; a long one of speech without marks is found its way through by its key terms."""
    made = label(f"\u201c{quote}\u201d", wrap=True)
    spans = term_spans(quote, terms)
    if spans:
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setText(f"\u201c{_emphasised(quote, spans)}\u201d")
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def term_spans(quote: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Where terms are said in a quote, in characters, in order and apart from each other."""
    tokens = tokenize(quote)
    found = (find_term(term, tokens) for term in dict.fromkeys(terms))
    spans: list[tuple[int, int]] = []
    for start, end in sorted(
        (tokens[one.first].start, tokens[one.last].end) for one in found if one is not None
    ):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def _emphasised(quote: str, spans: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(quote[at:start]), "<b>", escape(quote[start:end]), "</b>"]
        at = end
    return "".join([*parts, escape(quote[at:])])
