"""Times, dates, counts and verdicts in the words that the window uses; all pure."""

from datetime import datetime

from voiceprep.interview.records import Attempt, AttemptStatus, SessionRecord
from voiceprep.report.phrases import explain_removed
from voiceprep.scoring.assessment import Assessment, Level
from voiceprep.scoring.transcript import Transcript

LEVEL_WORDS = {Level.COVERED: "Covered", Level.PARTIAL: "Partly", Level.MISSED: "Missed"}
LEVEL_ICONS = {Level.COVERED: "covered", Level.PARTIAL: "half", Level.MISSED: "missed"}
LEVEL_TONES = {Level.COVERED: "accent", Level.PARTIAL: "partial", Level.MISSED: "alert"}

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def clock(seconds: float) -> str:
    """A place in a recording, as players show it: ``0:07``, ``12:03``, ``1:02:03``."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def length(seconds: float) -> str:
    """How long something took: ``8 s``, ``1 min 5 s``, ``12 min``, ``2 h 5 min``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 10:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def size(number: int) -> str:
    """Disk space: ``3 kB``, ``1.4 MB``, ``2.0 GB`` (decimal, as file managers count)."""
    if number < 1_000_000:
        return f"{max(1, round(number / 1000))} kB" if number else "0 kB"
    if number < 1_000_000_000:
        return f"{number / 1e6:.1f} MB"
    return f"{number / 1e9:.1f} GB"


def count(number: int, noun: str) -> str:
    """A number with its noun: ``1 answer``, ``3 answers``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def when(iso: str, now: datetime) -> str:
    """A point in time as a person would name it, in the time zone of ``now``.

    A text that is no time comes back as it is: history written by someone else is shown, not
    refused.
    """
    try:
        moment = datetime.fromisoformat(iso).astimezone(now.tzinfo)
    except ValueError:
        return iso
    days_ago = (now.date() - moment.date()).days
    time = f"{moment:%H:%M}"
    if days_ago == 0:
        return f"Today, {time}"
    if days_ago == 1:
        return f"Yesterday, {time}"
    day = f"{moment.day} {_MONTHS[moment.month - 1]}"
    if 1 < days_ago < 7:
        return f"{_DAYS[moment.weekday()]}, {time}"
    return f"{day}, {time}" if moment.year == now.year else f"{day} {moment.year}, {time}"


def concepts_covered(assessment: Assessment) -> str:
    """For example ``3 of 5 concepts, 1 partly``."""
    total = len(assessment.concepts)
    words = f"{assessment.count(Level.COVERED)} of {count(total, 'concept')}"
    partly = assessment.count(Level.PARTIAL)
    return f"{words}, {partly} partly" if partly else words


def recogniser(transcript: Transcript) -> str:
    """Where the words of an answer come from."""
    match transcript.engine:
        case "typed":
            return "Typed, not spoken"
        case "pocketsphinx":
            return "Transcribed by the basic recogniser (PocketSphinx)"
        case "":
            return ""
        case "whisper":
            return f"Transcribed by Whisper {transcript.model}".rstrip()
        case other:
            return f"Transcribed by {other} {transcript.model}".rstrip()


def unsure_in_words(number: int) -> str:
    """What slanted words in a transcript mean."""
    words = count(number, "word")
    return f"Slanted: {words} that the recogniser was not sure of."


def is_typed(attempt: Attempt) -> bool:
    """Whether the answer was typed: there is nothing to play."""
    return attempt.recording is None and attempt.transcript is not None


def silence_in_words(attempt: Attempt) -> str:
    """Why there is nothing to play; "" where there is a recording, or nothing at all."""
    if is_typed(attempt):
        return "This answer was typed, so there is nothing to play."
    return explain_removed(attempt)


def duration_s(attempt: Attempt) -> float:
    """Length of a spoken answer as far as it is known; 0 for a typed one."""
    if attempt.recording is not None and attempt.recording.duration_s:
        return attempt.recording.duration_s
    return attempt.transcript.duration_s if attempt.transcript is not None else 0.0


def status(attempt: Attempt) -> str:
    """How far an attempt has come, in a few words."""
    match attempt.status:
        case AttemptStatus.RECORDING:
            return "Cut short, not transcribed yet"
        case AttemptStatus.WAITING:
            return "Waiting to be transcribed"
        case AttemptStatus.FAILED:
            return "Could not be transcribed"
        case AttemptStatus.SET_ASIDE:
            return "Set aside, not transcribed"
        case AttemptStatus.ASSESSED:
            standing = attempt.standing
            return concepts_covered(standing) if standing is not None else "No score"


def can_be_transcribed(attempt: Attempt) -> bool:
    """Whether "Transcribe now" makes sense."""
    return attempt.status is not AttemptStatus.ASSESSED and (
        attempt.recording is not None or attempt.transcript is not None
    )


def session_length_s(session: SessionRecord) -> float:
    """How long a person spoke in a session, all answers together."""
    return sum(duration_s(one) for one in session.attempts if not one.is_unusable)
