"""Before which interviews the sound is checked, and what is remembered of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from voiceprep.interview.catalogue import Filter
from voiceprep.interview.ports import History
from voiceprep.scoring.transcript import TYPED

GOOD_FOR = timedelta(days=14)
"""A good check holds so long: rooms, cables and the system's settings change now and then."""
LEFT_FOR = timedelta(days=1)
"""Whoever skipped the check, or began in spite of its advice, is left in peace for a day."""
_MOST = 8
"""So many microphones are remembered."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A microphone that was checked, or whose check was skipped.

    Attributes:
        microphone: "name (host API)".
        at: When, ISO 8601, UTC.
        good: Whether all was well.
    """

    microphone: str
    at: str
    good: bool


def is_due(checked: Iterable[Checked], microphone: str, now: datetime) -> bool:
    """Whether this microphone is to be checked before an interview.

    So it is the first time, once what was found is old, and where the clock says nonsense.
    """
    last = next((one for one in checked if one.microphone == microphone), None)
    if last is None:
        return True
    try:
        age = now - datetime.fromisoformat(last.at)
    except (ValueError, TypeError):  # settings can be edited by hand
        return True
    return not timedelta(0) <= age < (GOOD_FOR if last.good else LEFT_FOR)


def remember(
    checked: Iterable[Checked], microphone: str, now: datetime, *, good: bool
) -> tuple[Checked, ...]:
    """What is kept once a microphone was checked; the one that was used last comes first."""
    others = tuple(one for one in checked if one.microphone != microphone)
    at = now.astimezone(UTC).isoformat(timespec="seconds")
    return (Checked(microphone, at, good), *others[: _MOST - 1])


def types(history: History) -> bool:
    """Whether the last interview was typed from its first answer to its last; reads the history.

    Who types has no use for a microphone.
    """
    lines = history.catalogue.sessions(Filter(), limit=1).lines
    session = history.session(lines[0].id) if lines else None
    answers = () if session is None else session.attempts
    return bool(answers) and all(
        one.transcript is not None and one.transcript.engine == TYPED for one in answers
    )
