"""What can be found on a recording's line of time: concepts, pauses and fillers; pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from voiceprep.gui.phrasing import LEVEL_WORDS, clock, count
from voiceprep.scoring.assessment import ConceptVerdict
from voiceprep.scoring.delivery import fillers, pauses
from voiceprep.scoring.transcript import Transcript

AROUND_S = 1.0
"""A pause or a filler is played with so much of what is before and behind it, in seconds."""


class Kind(Enum):
    """What a moment is."""

    CONCEPT = auto()
    PAUSE = auto()
    FILLER = auto()


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of a recording that can be found and heard.

    Attributes:
        kind: What it is.
        start_s: Where it begins, in seconds.
        end_s: Where it ends.
        text: What it is, in words.
        concept: Which concept was made, from 0; -1 for none.
    """

    kind: Kind
    start_s: float
    end_s: float
    text: str
    concept: int = -1

    @property
    def heard(self) -> tuple[float, float]:
        """What to play so that it can be understood: from and to, in seconds."""
        if self.kind is Kind.CONCEPT:
            return self.start_s, self.end_s
        return max(0.0, self.start_s - AROUND_S), self.end_s + AROUND_S


def moments(
    transcript: Transcript | None, verdicts: Iterable[ConceptVerdict] = ()
) -> tuple[Moment, ...]:
    """All moments of an answer in the order of time; none of a typed one."""
    found = [
        Moment(
            Kind.CONCEPT,
            one.start_s,
            one.end_s,
            f"{number + 1}. {verdict.label}: {LEVEL_WORDS[verdict.level]}, {clock(one.start_s)}",
            number,
        )
        for number, verdict in enumerate(verdicts)
        for one in verdict.evidence
        if one.start_s is not None and one.end_s is not None
    ]
    if transcript is not None:
        found += [
            Moment(
                Kind.PAUSE,
                one.start_s,
                one.end_s,
                f"Pause of {one.end_s - one.start_s:.1f} s, {clock(one.start_s)}",
            )
            for one in pauses(transcript)
        ]
        found += [
            Moment(
                Kind.FILLER, one.start_s, one.end_s, f"\u201c{one.text}\u201d, {clock(one.start_s)}"
            )
            for one in fillers(transcript)
        ]
    return tuple(sorted(found, key=lambda one: (one.start_s, one.end_s, one.concept)))


def tally(found: Iterable[Moment], kind: Kind) -> str:
    """How many of a kind there are, for example "3 pauses"; "" for none."""
    number = Counter(one.kind for one in found)[kind]
    return count(number, kind.name.lower()) if number else ""
