"""How an answer was spoken: pace, fillers, pauses, length. Never part of the score.

Bands, not marks: each measure is shown with its band and the candidate's own figure in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from voiceprep.scoring.transcript import Transcript

PACE_BAND_WPM = (120.0, 165.0)
"""Comfortable pace: 100 to 165 is called good by Microsoft's Speaker Coach, average US talk is
about 150 (NCVS); below 120 most coaches' bands end."""

FILLERS_FEW_PER_MIN = 5.0
"""Up to 5 a minute listeners do not mind (Laske & DiGennaro Reed 2024, 10.1002/jaba.1093)."""

FILLERS_MANY_PER_MIN = 12.0
"""12 a minute harm the impression (same study)."""

PAUSE_S = 1.0
"""Pauses from here on are listed; fluency research counts from 0.2 to 0.35 s."""

LONG_PAUSE_S = 2.0
"""Pauses from here on are flagged; over 2.5 s is heard as long, over 1.2 s as uncertain."""

LENGTH_BAND_S = (60.0, 120.0)
"""What career services advise for one answer."""

_LEAST_SPEECH_S = 5.0
"""Rates per minute of less speech than this say nothing."""

_FILLER = re.compile(
    r"""
    \b(?:
        u+h+m* | u+m+ | e+r+m*(?!\s+on\b) | a+h+ | h+m+ | basically
      | you\s+know(?!\s+(?:that|what|how|who|why|when|where|which|if|whether|the|your|about)\b)
      | i\s+mean | sort\s+of | kind\s+of
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"([^\W_]+)\s+$")
_PART_OF_SENTENCE_AFTER = {
    "of": "a any certain different each every new no of one other same some that the these this"
    " those what which",
    "know": "as before did do does how if let once should that would",
    "mean": "that what",
}
"""Words after which "kind of", "you know" and "I mean" are no fillers: "what kind of model"."""


class Band(StrEnum):
    """Where a figure lies."""

    LOW = "low"
    GOOD = "good"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence between two words, from ``start_s`` to ``end_s`` in the recording."""

    start_s: float
    end_s: float

    @property
    def is_long(self) -> bool:
        """Whether listeners notice it."""
        return self.end_s - self.start_s >= LONG_PAUSE_S


@dataclass(frozen=True, slots=True)
class Filler:
    """A filler, lower case, from ``start_s`` to ``end_s`` in the recording."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Delivery:
    """The delivery of one spoken answer.

    Attributes:
        speech_s: From the first word to the last.
        words: How many words were said.
        pace_wpm: Words a minute of that stretch.
        fillers: Fillers that were heard; recognisers drop some, so it is "at least".
        pauses: Silences of a second and more.
    """

    speech_s: float
    words: int
    pace_wpm: float
    fillers: tuple[str, ...]
    pauses: tuple[Pause, ...]

    @property
    def fillers_per_min(self) -> float:
        """Fillers a minute of speech."""
        return 60 * len(self.fillers) / self.speech_s

    @property
    def pace_band(self) -> Band:
        """Slow, comfortable or fast."""
        return _band(self.pace_wpm, *PACE_BAND_WPM)

    @property
    def filler_band(self) -> Band:
        """GOOD up to 5 a minute, LOW (noticeable) up to 12, HIGH (distracting) above."""
        if self.fillers_per_min <= FILLERS_FEW_PER_MIN:
            return Band.GOOD
        return Band.LOW if self.fillers_per_min < FILLERS_MANY_PER_MIN else Band.HIGH

    def length_band(self, shortest_s: float, longest_s: float) -> Band:
        """Short, right or long against the target that the user set."""
        return _band(self.speech_s, shortest_s, longest_s)


def delivery(transcript: Transcript) -> Delivery | None:
    """The delivery of a spoken answer; None for typed answers and for less than 5 s of speech."""
    words = transcript.words
    if not words or words[-1].end_s - words[0].start_s < _LEAST_SPEECH_S:
        return None
    speech_s = words[-1].end_s - words[0].start_s
    return Delivery(
        speech_s=round(speech_s, 2),
        words=len(words),
        pace_wpm=round(60 * len(words) / speech_s, 1),
        fillers=tuple(_written(match) for match in _fillers(transcript.text)),
        pauses=pauses(transcript),
    )


def pauses(transcript: Transcript) -> tuple[Pause, ...]:
    """Silences of PAUSE_S and more between words, in order; none in a typed answer."""
    return tuple(
        Pause(before.end_s, after.start_s)
        for before, after in pairwise(transcript.words)
        if after.start_s - before.end_s >= PAUSE_S
    )


def fillers(transcript: Transcript) -> tuple[Filler, ...]:
    """The fillers with their times, in order; none in a typed answer."""
    found = []
    for match in _fillers(transcript.text):
        start_s, end_s = transcript.times_of(match.start(), match.end())
        if start_s is not None and end_s is not None:
            found.append(Filler(_written(match), start_s, end_s))
    return tuple(found)


def _fillers(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _FILLER.finditer(text) if not _belongs(match, text))


def _written(filler: re.Match[str]) -> str:
    return " ".join(filler.group().lower().split())


def _belongs(match: re.Match[str], text: str) -> bool:
    """Whether it is part of its sentence."""
    before = _WORD_BEFORE.search(text, max(0, match.start() - 20), match.start())
    words = _PART_OF_SENTENCE_AFTER.get(match.group().lower().split()[-1], "")
    return before is not None and before[1].lower() in words.split()


def _band(value: float, low: float, high: float) -> Band:
    if value < low:
        return Band.LOW
    return Band.GOOD if value <= high else Band.HIGH
