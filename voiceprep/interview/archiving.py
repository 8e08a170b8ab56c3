"""What becomes of recordings once nobody works with them: they are packed, in the same place."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from voiceprep.errors import VoicePrepError
from voiceprep.interview.records import AttemptStatus, SessionRecord

_log = logging.getLogger(__name__)

Pack = Callable[[Path], Path]
"""Puts a lossless file in the place of a recording, see ``speech.flac.pack``; blocks."""

_RAW, _PACKED = ".wav", ".flac"
_SURELY_OVER = timedelta(days=1)
"""A sitting without an end that began longer ago was broken off, in whichever window."""


def where_it_is(path: Path) -> Path:
    """A recording's file: the one that was recorded, or the packed one in its place.

    Whoever still has the first name, the history too, thus finds the recording at any time.
    """
    packed = path.with_suffix(_PACKED)
    return packed if path.suffix == _RAW and packed.is_file() and not path.is_file() else path


def archive(sessions: Iterable[SessionRecord], pack: Pack) -> int:
    """Pack the recordings that were made in these sittings; blocks, fails quietly.

    Files that the user dropped, recordings that are gone or being made, and packed ones are left
    alone.

    Returns:
        How many were packed.
    """
    packed = 0
    for session in sessions:
        for attempt in session.attempts:
            recording = attempt.recording
            if recording is None or attempt.status is AttemptStatus.RECORDING:
                continue
            path = recording.path
            if path.suffix != _RAW or path.stem != attempt.id or not path.is_file():
                continue
            try:
                pack(path)
            except VoicePrepError as error:
                _log.warning("%s", error)
            else:
                packed += 1
    return packed


def over(sessions: Iterable[SessionRecord]) -> tuple[SessionRecord, ...]:
    """The sittings that have surely ended, also in another window."""
    long_ago = (datetime.now(UTC) - _SURELY_OVER).isoformat(timespec="seconds")
    return tuple(one for one in sessions if one.ended_at or one.started_at < long_ago)
