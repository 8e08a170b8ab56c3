"""How near the stretches of an answer come to each concept by meaning."""

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from statistics import fmean
from typing import Protocol

from voiceprep.bank.model import Concept, Question
from voiceprep.scoring.answer import Answer
from voiceprep.scoring.rejection import rejections
from voiceprep.scoring.stretches import Stretch, stretches
from voiceprep.scoring.text import content_stems

MOST_TURNED_DOWN = 0.34
"""A stretch of which a larger share of the content words is turned down, or stands in a mere list
of terms, does not say what it resembles."""

MOST_ECHOED = 0.85
"""A stretch with a larger share of its content words from the question repeats the question."""

MOST_LOST = 0.03
"""A shorter stretch proves as much if its likeness is lower by no more than this."""

DOUBT = 0.3
"""Share of a stretch's likeness to a near miss, and of what it is nearer to another concept, that
is taken off. Better than 0 on the development questions; larger shares were tried only roughly."""

DISMISSED = 0.08
"""What is taken off a stretch that dismisses something, so that one that does not is preferred."""

_BROAD = 3
"""So many ways of saying it are averaged: one near phrase may be chance, three are not."""


_Row = dict[str, float]
_Table = tuple[list[Stretch], list[_Row]]


class Meaning(Protocol):
    """Compares texts by meaning."""

    def likenesses(
        self, stretches: Sequence[str], phrases: Sequence[str]
    ) -> Sequence[Sequence[float]]:
        """For each stretch a row with its likeness to each phrase, -1 to 1.

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
    denied: float = 0.0
    denial: Stretch | None = None


def phrases_of(question: Question) -> tuple[str, ...]:
    """All texts that stretches of an answer to this question are compared with."""
    own = (
        text
        for concept in question.concepts
        for text in (concept.label, _point(concept), *concept.says, *concept.not_)
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
    denied = frozenset[int]().union(*(one.governed for one in answer.denials))
    asked = frozenset(content_stems(question.question))
    told: list[Stretch] = []
    refused: list[Stretch] = []
    for stretch in _distinct(answer.text):
        content = [
            number for number in _tokens_of(stretch, answer) if answer.tokens[number].is_content
        ]
        if not content or _share(content, listed) > MOST_TURNED_DOWN:
            continue
        if sum(answer.tokens[one].stem in asked for one in content) > MOST_ECHOED * len(content):
            continue
        (refused if _share(content, denied) > MOST_TURNED_DOWN else told).append(stretch)
    phrases = phrases_of(question)
    rows = meaning.likenesses([one.of(answer.text) for one in (*told, *refused)], phrases)
    table = [dict(zip(phrases, row, strict=True)) for row in rows]
    return tuple(
        _nearness(
            question, number, answer.text, (told, table[: len(told)]), (refused, table[len(told) :])
        )
        for number in range(len(question.concepts))
    )


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
    )


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


def _distinct(text: str) -> tuple[Stretch, ...]:
    """The stretches of a text; what is said again, word for word, is one."""
    by_words = {one.of(text).casefold(): one for one in reversed(stretches(text))}
    return tuple(sorted(by_words.values(), key=lambda one: (one.start, one.end)))


def _tokens_of(stretch: Stretch, answer: Answer) -> range:
    first = bisect_left(answer.tokens, stretch.start, key=lambda one: one.start)
    last = bisect_left(answer.tokens, stretch.end, key=lambda one: one.start)
    return range(first, last)


def _share(tokens: Sequence[int], among: AbstractSet[int]) -> float:
    return sum(one in among for one in tokens) / len(tokens)
