"""How near the stretches of an answer come to each concept by meaning."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from statistics import fmean
from typing import Protocol

from voiceprep.bank.model import Concept, Question
from voiceprep.scoring.answer import Answer
from voiceprep.scoring.rejection import rejections
from voiceprep.scoring.stretches import Stretch, stretches
from voiceprep.scoring.text import tokenize

MOST_TURNED_DOWN = 0.34
"""A stretch of which a larger share of the content words is turned down, or stands in a mere list
of terms, does not say what it resembles."""

MOST_ECHOED = 0.85
"""A stretch with a larger share of its content words from the question may repeat the question."""

SAME_ORDER = 0.6
"""It does if so many of its pairs of neighbouring content words are pairs of the question too: the
same words in another order may well say something."""

MOST_LOST = 0.03
"""A shorter stretch proves as much if its likeness is lower by no more than this."""

DOUBT = 0.3
"""Share of a stretch's likeness to a near miss, and of what it is nearer to another concept, that
is taken off. Better than 0 on the development questions; larger shares were tried only roughly."""

DISMISSED = 0.08
"""What is taken off a stretch that dismisses something, so that one that does not is preferred."""

_BROAD = 3
"""So many ways of saying it are averaged: one near phrase may be chance, three are not."""


JUDGED = 3
"""So many stretches, the best by likeness, are judged for each concept: a judge reads stretch and
point together, which is better and costs more."""

JUDGED_MOST = 6.0
"""Log-odds beyond this are as sure as can be."""

MOST_LESS_SURE = 0.5
"""A shorter stretch is the better proof if its log-odds are lower by no more than this."""

_JOINED = re.compile(r",?\s+(?:and|or|but)\s+|[,;]\s+")

_Row = dict[str, float]
_Table = tuple[list[Stretch], list[_Row]]


Pieces = tuple[str, ...]
"""The words of a stretch, piece by piece."""


class Meaning(Protocol):
    """Compares texts by meaning, and judges whether one makes the point of another."""

    def likenesses(
        self, stretches: Sequence[Pieces], phrases: Sequence[str]
    ) -> Sequence[Sequence[float]]:
        """For each stretch a row with its likeness to each phrase, -1 to 1.

        Raises:
            VoicePrepError: It cannot be used.
        """

    def odds(self, cases: Sequence[tuple[Pieces, Sequence[str]]]) -> Sequence[float]:
        """The log-odds that a stretch makes a point.

        Args:
            cases: Stretch, and the texts of the point: the first names it, others say it.

        Raises:
            VoicePrepError: It cannot be used.
        """


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near an answer comes to one concept by meaning; likenesses are -1 to 1.

    Attributes:
        stretch: The stretch that is worth most; None when none counts.
        phrase: Which phrase of the concept it resembles most.
        trap: Which near miss it resembles most; "" where the concept has none.
        near: Its likeness to the concept: the mean of the three nearest ways of saying it, or the
            likeness to the label where the bank has no such ways.
        worth: The same, less some of its likeness to near misses and neighbouring concepts.
        second: Worth of the best stretch and the next best, on average.
        says: Best likeness of any stretch to a single way of saying it.
        label: Best likeness of any stretch to the label, alone or with its part of the hint.
        contrast: By how much the stretch is nearer to this concept than to its neighbours.
        against: Its likeness to the trap.
        echo: Its likeness to the question.
        rejected: 0, 0.5 or 1 for none, one or more cues in it of turning something down.
        candidates: The best stretches, each with the nearest way of saying the concept ("" where
            the bank has none); what the judge reads.
        judged: The judge's highest log-odds for any of them, within JUDGED_MOST.
        proofs: The shortest of them that is judged about as well as any; where no one makes the
            point alone, the next best beside it too.
        missing: The part of the label of which this says least; "" where it has only one.
        denied: By how much a stretch that turns the point down is worth more.
        denial: That stretch; None when none is.
    """

    stretch: Stretch | None = None
    phrase: str = ""
    trap: str = ""
    near: float = 0.0
    worth: float = 0.0
    second: float = 0.0
    says: float = 0.0
    label: float = 0.0
    contrast: float = 0.0
    against: float = 0.0
    echo: float = 0.0
    rejected: float = 0.0
    candidates: tuple[tuple[Stretch, str], ...] = ()
    judged: float = -JUDGED_MOST
    proofs: tuple[Stretch, ...] = ()
    missing: str = ""
    denied: float = 0.0
    denial: Stretch | None = None


def phrases_of(question: Question) -> tuple[str, ...]:
    """All texts that stretches of an answer to this question are compared with."""
    own = (
        text
        for concept in question.concepts
        for text in (concept.label, _point(concept), *_parts(concept), *concept.says, *concept.not_)
    )
    asked = (question.question,) if question.question else ()
    return tuple(dict.fromkeys((*asked, *own)))


def nearness(
    question: Question, answer: Answer, listed: AbstractSet[int], meaning: Meaning
) -> tuple[Nearness, ...]:
    """For each concept of the question how near the answer comes to it.

    Args:
        question: Whose concepts.
        answer: The answer.
        listed: The tokens that stand in mere lists of terms; they say nothing.
        meaning: Compares texts.
    """
    asked = tuple(one.stem for one in tokenize(question.question) if one.is_content)
    told: list[Stretch] = []
    refused: list[Stretch] = []
    for stretch in _distinct(answer):
        content = [
            number for number in _tokens_of(stretch, answer) if answer.tokens[number].is_content
        ]
        if not content or _share(content, listed) > MOST_TURNED_DOWN:
            continue
        if _echoes([answer.tokens[one].stem for one in content], asked):
            continue
        (refused if _share(content, answer.denied) > MOST_TURNED_DOWN else told).append(stretch)
    phrases = phrases_of(question)
    texts = [one.pieces(answer.text) for one in (*told, *refused)]
    table = [dict(zip(phrases, row, strict=True)) for row in meaning.likenesses(texts, phrases)]
    found = [
        _nearness(
            question, number, answer.text, (told, table[: len(told)]), (refused, table[len(told) :])
        )
        for number in range(len(question.concepts))
    ]
    return _judged(question, answer.text, found, meaning)


def _nearness(
    question: Question, number: int, text: str, told: _Table, refused: _Table
) -> Nearness:
    """One concept, from a row of likenesses a stretch."""
    concept = question.concepts[number]
    worth = [
        _worth(question, number, row) - DISMISSED * bool(rejections(stretch.of(text)))
        for stretch, row in zip(*told, strict=True)
    ]
    refusals = [_worth(question, number, row) for row in refused[1]]
    best = max(worth, default=0.0)
    denied = max(0.0, max(refusals, default=best) - best)
    denial = refused[0][refusals.index(max(refusals))] if denied else None
    if not worth:
        return Nearness(denied=denied, denial=denial)
    at = _shortest(told[0], worth)
    row, near = told[1][at], _near(concept, told[1][at])
    trap = max(concept.not_, key=row.__getitem__, default="")
    chosen = sorted(range(len(worth)), key=lambda one: (one != at, -worth[one]))[:JUDGED]
    return Nearness(
        stretch=told[0][at],
        phrase=max((concept.label, *concept.says), key=row.__getitem__),
        trap=trap,
        near=near,
        worth=best,
        second=fmean(sorted(worth)[-2:]),
        says=max((one[way] for one in told[1] for way in concept.says), default=0.0),
        label=max(max(one[concept.label], one[_point(concept)]) for one in told[1]),
        contrast=near - _nearest_sibling(question, number, row),
        against=row[trap] if trap else 0.0,
        echo=row.get(question.question, 0.0),
        rejected=min(2, rejections(told[0][at].of(text))) / 2,
        denied=denied,
        denial=denial,
        missing=_missing(concept, row),
        candidates=tuple((told[0][one], _nearest_way(concept, told[1][one])) for one in chosen),
    )


def _judged(
    question: Question, text: str, found: Sequence[Nearness], meaning: Meaning
) -> tuple[Nearness, ...]:
    """The same with what the judge says of each concept's best stretches."""
    cases = [
        (stretch.pieces(text), (_point(concept), *([way] if way else [])))
        for concept, near in zip(question.concepts, found, strict=True)
        for stretch, way in near.candidates
    ]
    odds = iter(meaning.odds(cases))
    judged = []
    for near in found:
        own = [max(-JUDGED_MOST, min(JUDGED_MOST, next(odds))) for _ in near.candidates]
        if not own:
            judged.append(near)
            continue
        judged.append(replace(near, judged=max(own), proofs=_proofs(near, own)))
    return tuple(judged)


def _proofs(near: Nearness, odds: Sequence[float]) -> tuple[Stretch, ...]:
    """What to show: the shortest stretch that is sure enough; if that is not sure, two."""
    enough = max(odds) - MOST_LESS_SURE
    stretches = [stretch for stretch, _ in near.candidates]
    sure = [one for one, odd in zip(stretches, odds, strict=True) if odd >= enough]
    first = min(sure, key=lambda one: (one.end - one.start, one.start))
    if max(odds) >= 0:
        return (first,)
    apart = (one for one in stretches if one.end <= first.start or first.end <= one.start)
    return (first, *islice(apart, 1))


def _missing(concept: Concept, row: _Row) -> str:
    """The part of the label that a stretch says least of."""
    parts = _parts(concept)
    return min(parts, key=row.__getitem__) if len(parts) > 1 else ""


def _nearest_way(concept: Concept, row: _Row) -> str:
    return max(concept.says, key=row.__getitem__, default="")


def _worth(question: Question, number: int, row: _Row) -> float:
    """How near a stretch is to a concept, less some of what makes that doubtful."""
    concept = question.concepts[number]
    near = _near(concept, row)
    against = max((row[one] for one in concept.not_), default=0.0)
    elsewhere = max(0.0, _nearest_sibling(question, number, row) - near)
    return near - DOUBT * (against + elsewhere)


def _near(concept: Concept, row: _Row) -> float:
    """The mean of the nearest ways of saying it; where there are none, the label."""
    if not concept.says:
        return max(row[concept.label], row[_point(concept)])
    nearest = sorted((row[one] for one in concept.says), reverse=True)[:_BROAD]
    return sum(nearest) / len(nearest)


def _nearest_sibling(question: Question, number: int, row: _Row) -> float:
    others = (one for place, one in enumerate(question.concepts) if place != number)
    return max((_near(one, row) for one in others), default=0.0)


def _shortest(among: Sequence[Stretch], likenesses: Sequence[float]) -> int:
    """The number of the shortest stretch that comes about as near as any."""
    enough = max(likenesses) - MOST_LOST
    near = (number for number, one in enumerate(likenesses) if one >= enough)
    return min(near, key=lambda one: (among[one].end - among[one].start, one))


def _point(concept: Concept) -> str:
    return f"{concept.label}. {concept.hint}" if concept.hint else concept.label


def _parts(concept: Concept) -> tuple[str, ...]:
    """What a label names, one by one: "Reviews and tests everything" names two things."""
    return tuple(part for part in _JOINED.split(concept.label) if part)


def _distinct(answer: Answer) -> tuple[Stretch, ...]:
    """The stretches of an answer; what is said again, word for word, is one."""
    found = stretches(answer.text, answer.spans)
    by_words = {one.of(answer.text).casefold(): one for one in reversed(found)}
    return tuple(sorted(by_words.values(), key=lambda one: (one.start, one.end)))


def _echoes(said: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether content words are those of the question, mostly in its order."""
    if sum(one in asked for one in said) <= MOST_ECHOED * len(said):
        return False
    pairs, known = list(pairwise(said)), set(pairwise(asked))
    return sum(one in known for one in pairs) >= SAME_ORDER * len(pairs)


def _tokens_of(stretch: Stretch, answer: Answer) -> range:
    first = bisect_left(answer.tokens, stretch.start, key=lambda one: one.start)
    last = bisect_left(answer.tokens, stretch.end, key=lambda one: one.start)
    return range(first, last)


def _share(tokens: Sequence[int], among: AbstractSet[int]) -> float:
    return sum(one in among for one in tokens) / len(tokens)
