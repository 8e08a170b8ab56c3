"""Attempts at one question beside each other: what was gained, what was lost, which is best; pure.

Lines of two answers belong together when they mean the same. Where answers keep their order, lines
are aligned so that the sum of their likenesses is as large as can be (Needleman and Wunsch 1970,
10.1016/0022-2836(70)90057-4); what then is left over and still alike was said at another place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from rapidfuzz.fuzz import token_sort_ratio

from voiceprep.interview.records import Attempt
from voiceprep.scoring.answer import Answer
from voiceprep.scoring.assessment import ConceptVerdict
from voiceprep.scoring.meaning import Meaning
from voiceprep.scoring.stretches import stretches
from voiceprep.scoring.text import tokenize
from voiceprep.scoring.transcript import Transcript

ALIKE = 0.4
"""Lines nearer than this by meaning say the same. Set by hand on thirty pairs of sentences: four of
five rewordings lay above, the fifth at 0.35, and all but one of the others below."""
ALIKE_BY_WORDS = 0.6
"""The same by words alone, where there is no model."""

Rows = Sequence[Sequence[float]]


class Shift(StrEnum):
    """What became of a concept since the attempt before."""

    GAINED = "gained"
    LOST = "lost"
    KEPT = ""


class Said(StrEnum):
    """What became of a line."""

    SAME = "same"
    REWORDED = "reworded"
    MOVED = "moved"
    NEW = "new"
    LEFT_OUT = "left out"


class Likeness(Protocol):
    """How alike texts are, as rows: one a left text, with a number for each right text."""

    def __call__(self, left: Sequence[str], right: Sequence[str]) -> Rows:
        """-1 to 1 each; ``ALIKE`` and more means the same."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, or a part of a long one.

    Attributes:
        text: Its words.
        start_s: When it was said, in seconds; None for a typed answer.
        end_s: When it ended.
    """

    text: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of one answer, of the other, or of both where they say the same."""

    left: Line | None
    right: Line | None
    said: Said


def comparable(attempts: Sequence[Attempt]) -> tuple[Attempt, ...]:
    """Those that can be compared: all but the ones whose sound is unusable."""
    return tuple(one for one in attempts if not one.is_unusable)


def best(attempts: Sequence[Attempt]) -> Attempt | None:
    """The attempt with the highest coverage, of equals the latest; None without any score."""
    scored = [(one.standing.score, at) for at, one in enumerate(attempts) if one.standing]
    return attempts[max(scored)[1]] if scored else None


def verdict_on(attempt: Attempt, concept_id: str) -> ConceptVerdict | None:
    """What counts for a concept in an attempt; None where it was not judged."""
    verdicts = attempt.standing.concepts if attempt.standing else ()
    return next((one for one in verdicts if one.id == concept_id), None)


def concepts(attempts: Sequence[Attempt]) -> tuple[ConceptVerdict, ...]:
    """One verdict for each concept that any attempt was judged by; the newest checklist first."""
    found: dict[str, ConceptVerdict] = {}
    for attempt in reversed(attempts):
        for verdict in attempt.standing.concepts if attempt.standing else ():
            found.setdefault(verdict.id, verdict)
    return tuple(found.values())


def change(before: ConceptVerdict | None, after: ConceptVerdict | None) -> Shift:
    """Whether a concept was gained or lost from one attempt to a later one."""
    if before is None or after is None or before.level is after.level:
        return Shift.KEPT
    return Shift.GAINED if after.level.credit > before.level.credit else Shift.LOST


def lines(transcript: Transcript | None) -> tuple[Line, ...]:
    """An answer line by line: by its punctuation, or by its pauses where it has none."""
    if transcript is None:
        return ()
    text = transcript.text
    pieces = stretches(text, Answer.of(transcript).spans)
    return tuple(
        Line(one.of(text), *transcript.times_of(one.start, one.end))
        for one in pieces
        if one.seam is None
    )


def by_words(left: Sequence[str], right: Sequence[str]) -> Rows:
    """The likeness of texts by their words, set so that ``ALIKE`` parts them."""
    scale = ALIKE / ALIKE_BY_WORDS / 100
    return [
        [scale * token_sort_ratio(_plain(one), _plain(other)) for other in right] for one in left
    ]


def by_meaning(meaning: Meaning) -> Likeness:
    """The likeness of texts by their meaning."""

    def likeness(left: Sequence[str], right: Sequence[str]) -> Rows:
        return meaning.likenesses([(one,) for one in left], right)

    return likeness


def compare(
    left: Sequence[Line], right: Sequence[Line], likeness: Likeness = by_words
) -> tuple[Pair, ...]:
    """Two answers line by line, in the order of the right one; each line stands in one pair.

    Raises:
        VoicePrepError: As ``likeness``.
    """
    rows = likeness([one.text for one in left], [one.text for one in right])
    alike = [
        [
            2.0 if _plain(one.text) == _plain(other.text) else rows[i][j]
            for j, other in enumerate(right)
        ]
        for i, one in enumerate(left)
    ]
    in_order = _aligned(alike, len(left), len(right))
    moved = _left_over(alike, in_order)
    partner = {j: i for i, j in in_order + moved}
    anchors = {j: i for i, j in in_order}
    told: set[int] = {i for i, _ in moved}
    pairs: list[Pair] = []
    done = 0
    for j, line in enumerate(right):
        if j in anchors:
            pairs += [_gone(left[i]) for i in range(done, anchors[j]) if i not in told]
            done = anchors[j] + 1
        if j not in partner:
            pairs.append(Pair(None, line, Said.NEW))
            continue
        other = left[partner[j]]
        same = _plain(other.text) == _plain(line.text)
        kept = Said.SAME if same else Said.REWORDED
        pairs.append(Pair(other, line, kept if j in anchors else Said.MOVED))
    pairs += [_gone(left[i]) for i in range(done, len(left)) if i not in told]
    return tuple(pairs)


def _gone(line: Line) -> Pair:
    return Pair(line, None, Said.LEFT_OUT)


def _aligned(alike: Rows, height: int, width: int) -> list[tuple[int, int]]:
    """Pairs of places that rise on both sides, with the largest sum of likenesses."""
    sums = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height):
        for j in range(width):
            pair = sums[i][j] + alike[i][j] if alike[i][j] >= ALIKE else 0.0
            sums[i + 1][j + 1] = max(pair, sums[i][j + 1], sums[i + 1][j])
    found = []
    i, j = height, width
    while i and j:
        if sums[i][j] == sums[i - 1][j]:
            i -= 1
        elif sums[i][j] == sums[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    return found[::-1]


def _left_over(alike: Rows, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of what no pair has yet, the most alike first."""
    lefts, rights = {i for i, _ in taken}, {j for _, j in taken}
    found = []
    ranked = sorted(
        (-value, i, j)
        for i, row in enumerate(alike)
        for j, value in enumerate(row)
        if value >= ALIKE
    )
    for _, i, j in ranked:
        if i not in lefts and j not in rights:
            lefts.add(i)
            rights.add(j)
            found.append((i, j))
    return found


def _plain(text: str) -> str:
    return " ".join(token.text for token in tokenize(text))
