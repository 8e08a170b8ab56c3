"""When an answer ends by itself: after a silence, or when its time is up, never in a sentence."""

from dataclasses import dataclass
from math import ceil

COUNTED_AFTER_S = 2.0
"""A shorter silence is a breath; from here on the countdown is shown."""

WARNED_BEFORE_S = 30.0
"""So long before its end the limit is told."""

SENTENCE_PAUSE_S = 1.0
"""Nobody pauses so long inside a sentence: pauses between phrases last 0.2 to 0.7 s
(Goldman-Eisler 1968: Psycholinguistics)."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What may end an answer by itself.

    Attributes:
        silence_s: Seconds of silence after which it ends; None: only the person ends it.
        limit_s: How long it may become, in seconds; None: as long as it takes.
    """

    silence_s: float | None = None
    limit_s: float | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What is to be done now.

    Attributes:
        says: A countdown or a warning, or "".
        stop: Whether the answer ends now.
    """

    says: str = ""
    stop: bool = False


def moment(pace: Pace, elapsed_s: float, quiet_s: float | None) -> Moment:
    """What is to be done at this moment of an answer.

    Args:
        pace: What may end it.
        elapsed_s: How long it is.
        quiet_s: Seconds since a voice was heard; None while nobody has spoken.
    """
    ends = _of_silence(pace.silence_s, quiet_s) or _of_limit(pace.limit_s, elapsed_s, quiet_s)
    return ends or Moment()


def _of_silence(silence_s: float | None, quiet_s: float | None) -> Moment | None:
    if silence_s is None or quiet_s is None or quiet_s < min(COUNTED_AFTER_S, silence_s):
        return None
    left_s = silence_s - quiet_s
    if left_s <= 0:
        return Moment(f"Stopped: you were silent for {silence_s:.0f} s.", stop=True)
    return Moment(f"Stops in {ceil(left_s)} s. Speak to go on.")


def _of_limit(limit_s: float | None, elapsed_s: float, quiet_s: float | None) -> Moment | None:
    if limit_s is None or elapsed_s < limit_s - WARNED_BEFORE_S:
        return None
    if elapsed_s < limit_s:
        return Moment(f"{ceil(limit_s - elapsed_s)} s left.")
    if quiet_s is None:
        return Moment("Stopped: the time is up, and no voice was heard.", stop=True)
    if quiet_s >= SENTENCE_PAUSE_S:
        return Moment("Stopped: the time is up.", stop=True)
    return Moment("The time is up: finish your sentence.")
