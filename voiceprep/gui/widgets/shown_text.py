"""A transcript as it is laid out: paragraphs, numbered marks, and where each character went.

Evidence counts the characters of ``Transcript.text``. What is shown has paragraphs and numbers in
it, and Qt counts UTF-16 units; ``ShownText`` knows both. Pure: no widget here.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voiceprep.scoring.assessment import ConceptVerdict
from voiceprep.scoring.transcript import Transcript

PARAGRAPH_S = 10.0
"""A pause ends a paragraph that has gone on so long, in seconds; shorter paragraphs turn a speech
into a list. A matter of looks."""

THIN = "\u2009"
"""Room inside a badge, left and right of its number."""
_KEPT = "\n\u200c\u200d"
"""The line feed, and what joins or parts letters and emoji."""
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the answer that decide about one concept.

    Attributes:
        concept: Which concept, from 0.
        start_char: First character in the transcript's text.
        end_char: One past the last.
        lane: Overlapping marks lie in different lanes, 0 nearest to the words.
    """

    concept: int
    start_char: int
    end_char: int
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Where a paragraph begins: its first character, and its time (None for typed text)."""

    start_char: int
    start_s: float | None


@dataclass(frozen=True, slots=True)
class Badge:
    """A concept's number behind its words, as a stretch of what Qt shows."""

    concept: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ShownText:
    """What is shown, and where each character of the transcript is in it.

    Attributes:
        text: For Qt; a line feed begins a paragraph.
        paragraphs: In order.
        marks: In the order of the answer.
        badges: In order.
        starts: Where each character of the transcript begins, in Qt's UTF-16 units.
        ends: Where it ends.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    marks: tuple[Mark, ...]
    badges: tuple[Badge, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start_char: int, end_char: int) -> tuple[int, int]:
        """Where the characters [start_char, end_char) are shown; empty for none."""
        end_char = min(end_char, len(self.starts))
        if start_char >= end_char:
            return 0, 0
        return self.starts[start_char], self.ends[end_char - 1]

    def char(self, place: int) -> int | None:
        """The character shown at a place; None on a badge and outside of the text."""
        found = bisect_right(self.starts, place) - 1
        return found if found >= 0 and place < self.ends[found] else None

    def badge(self, place: int) -> Badge | None:
        """The badge at a place."""
        return next((one for one in self.badges if one.start <= place < one.end), None)


def show(transcript: Transcript, verdicts: Sequence[ConceptVerdict] = ()) -> ShownText:
    """Lay out a transcript with the evidence of its verdicts."""
    text = transcript.text
    breaks = tuple(paragraphs(transcript))
    marks = lay_in_lanes(
        Mark(number, evidence.start_char, evidence.end_char)
        for number, verdict in enumerate(verdicts)
        for evidence in verdict.evidence
        if 0 <= evidence.start_char < evidence.end_char <= len(text)
    )
    badges_at: dict[int, list[int]] = {}
    for mark in marks:
        badges_at.setdefault(mark.end_char, []).append(mark.concept)

    feeds = {paragraph.start_char - 1 for paragraph in breaks}
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    badges: list[Badge] = []
    place = 0
    for number, character in enumerate(text):
        shown = "\n" if number in feeds else plain(character)
        starts.append(place)
        place += 2 if ord(shown) > 0xFFFF else 1
        ends.append(place)
        parts.append(shown)
        for concept in badges_at.get(number + 1, ()):
            inside = f"{THIN}{concept + 1}{THIN}"
            parts += [THIN, inside]
            badges.append(Badge(concept, place + 1, place + 1 + len(inside)))
            place += 1 + len(inside)
    return ShownText("".join(parts), breaks, marks, tuple(badges), tuple(starts), tuple(ends))


def paragraphs(transcript: Transcript) -> Iterable[Paragraph]:
    """Where paragraphs begin: at a pause, once the one before has gone on for a while."""
    offset = 0
    begun_s: float | None = None
    for segment in transcript.segments:
        start_s = segment.start_s
        if not offset or (
            start_s is not None and begun_s is not None and start_s - begun_s >= PARAGRAPH_S
        ):
            begun_s = start_s
            yield Paragraph(offset, start_s)
        offset += len(segment.text) + 1


def lay_in_lanes(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Give overlapping marks different lanes."""
    ends: list[int] = []
    laid = []
    for mark in sorted(marks, key=lambda one: (one.start_char, -one.end_char, one.concept)):
        lane = next(
            (number for number, end in enumerate(ends) if end <= mark.start_char), len(ends)
        )
        ends[lane : lane + 1] = [mark.end_char]
        laid.append(Mark(mark.concept, mark.start_char, mark.end_char, lane))
    return tuple(laid)


def plain(character: str) -> str:
    """A character that Qt shows as itself, in one place, whatever it was.

    Qt's own separators and control characters would change the count of places, controls of the
    writing direction the order of the words, and a lone surrogate cannot be shown at all.
    """
    if character in _KEPT:
        return character
    match unicodedata.category(character):
        case "Zl" | "Zp":
            return "\n"
        case "Cs":
            return _UNKNOWN
        case "Cc":
            return " "
        case "Cf":
            return "\u200b"
    return _UNKNOWN if character == "\ufffc" or "\ufdd0" <= character <= "\ufdef" else character
