"""Times, counts and states in the words of a report; pure."""

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from voiceprep.interview.agreement import agreement
from voiceprep.interview.records import Attempt, AttemptStatus, Overruling, Recording
from voiceprep.interview.sound_verdict import Grade, SoundVerdict
from voiceprep.resources import asset
from voiceprep.scoring.assessment import Assessment, Level
from voiceprep.scoring.correction import Entry
from voiceprep.scoring.delivery import Band, Delivery
from voiceprep.scoring.transcript import Transcript

LEVEL_WORDS = {Level.COVERED: "Covered", Level.PARTIAL: "Partly", Level.MISSED: "Missed"}

SOUND_WORDS = {
    Grade.GOOD: "Good sound",
    Grade.DOUBTFUL: "Doubtful sound",
    Grade.UNUSABLE: "Unusable sound",
}
"""The marks beside a score, or in its place."""

SIGN = "\u26a0"
"""Before a mark, where text is all there is: a warning sign."""

_STATUS_WORDS = {
    AttemptStatus.RECORDING: "Cut short, not transcribed yet",
    AttemptStatus.WAITING: "Waiting to be transcribed",
    AttemptStatus.FAILED: "Could not be transcribed",
    AttemptStatus.SET_ASIDE: "Set aside, not transcribed",
    AttemptStatus.ASSESSED: "Not scored",
}
_MOST_REWRITTEN = 4
_PACE = {Band.LOW: "slow", Band.GOOD: "comfortable", Band.HIGH: "fast"}
_FILLERS = {Band.LOW: "noticeable", Band.GOOD: "few", Band.HIGH: "distracting"}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)  # strftime's depend on a locale that Qt may have set
_UNSHOWABLE = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
_DIRECTIONS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Text that any page can show: no control characters, halves of characters or turned lines."""
    return _DIRECTIONS.sub("", _UNSHOWABLE.sub("\ufffd", text))


def clock(seconds: float | None) -> str:
    """A place in a recording: ``0:07``, ``12:03``, ``1:02:03``; nothing for no time."""
    if seconds is None:
        return ""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def length(seconds: float) -> str:
    """How long something took: ``8 s``, ``1 min 5 s``."""
    minutes, rest = divmod(round(seconds), 60)
    parts = [f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else ""]
    return " ".join(filter(None, parts))


def count(number: int, noun: str) -> str:
    """A number with its noun: ``1 answer``, ``3 answers``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def percent(score: float) -> str:
    """Coverage as it is shown: ``67 %``."""
    return f"{score:.0f} %"


def moment(iso: str, zone: tzinfo | None = None) -> str:
    """A date with its time, in a time zone (None: this machine's); what is no date as it is."""
    try:
        when = datetime.fromisoformat(iso).astimezone(zone)
    except (ValueError, OverflowError):
        return iso
    return f"{day(when)}, {when:%H:%M}"


def day(when: datetime) -> str:
    """A date: ``26 November 2026``."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def explain_removed(attempt: Attempt, zone: tzinfo | None = None) -> str:
    """What became of a recording that is not kept for ever; "" where it is still there.

    For example ``The recording was deleted on 26 November 2026, after 30 days, as set in
    Settings.``
    """
    recording = attempt.recording
    if recording is None or not recording.removed_at:
        return ""
    try:
        removed = datetime.fromisoformat(recording.removed_at)
        days = (removed - datetime.fromisoformat(attempt.started_at)).days
    except (ValueError, TypeError):
        return "The recording was deleted, as set in Settings."
    after = f", after {count(days, 'day')}" if days > 0 else ""
    on = day(removed.astimezone(zone))
    return f"The recording was deleted on {on}{after}, as set in Settings."


def tally(assessment: Assessment) -> str:
    """For example ``3 of 5 concepts, 1 partly``."""
    partly = assessment.count(Level.PARTIAL)
    of_all = f"{assessment.count(Level.COVERED)} of {count(len(assessment.concepts), 'concept')}"
    return f"{of_all}, {partly} partly" if partly else of_all


def state(attempt: Attempt) -> str:
    """How far an attempt without a score has come."""
    return _STATUS_WORDS[attempt.status]


def sound_mark(attempt: Attempt) -> str:
    """What a score, or the lack of one, is marked with: ``Doubtful sound``; "" for nothing."""
    return SOUND_WORDS[attempt.doubt.grade] if attempt.doubt is not None else ""


def doubtful_answers(number: int) -> str:
    """How many answers of a mean have doubtful sound; "" for none."""
    return f"{count(number, 'answer')} with doubtful sound" if number else ""


def explain_doubt(attempt: Attempt) -> str:
    """What makes a score doubtful, or takes it away, in sentences; "" where the sound is good."""
    doubt = attempt.doubt
    if doubt is None:
        return ""
    anyway = " It was scored because you wished it." if attempt.scored_anyway else ""
    return f"{explain_sound(doubt)}{anyway}"


def explain_sound(sound: SoundVerdict) -> str:
    """For example ``Doubtful sound. The room was loud: 6 dB between ... Move closer ...``."""
    return " ".join(filter(None, (f"{SOUND_WORDS[sound.grade]}.", sound.reason, sound.next_step)))


def sound_figures(sound: SoundVerdict) -> tuple[str, ...]:
    """What was measured: ``6 dB between voice and noise``, ``voice at -26 dB``, and so on."""
    speaks = sound.snr_db is not None
    room = "" if sound.is_room_heard else " at the quietest moments"
    noise = f"{sound.snr_db:.0f}\u00a0dB between voice and noise{room}" if speaks else ""
    return tuple(
        filter(
            None,
            (
                noise,
                f"voice at {sound.speech_dbfs:.0f}\u00a0dB" if speaks else "",
                f"speech in {_share(sound.speech_share)} of the time",
                f"cut off in {_share(sound.clipped_share)} of it" if sound.clipped_share else "",
                f"words {_share(sound.word_probability)} sure"
                if sound.word_probability is not None
                else "",
            ),
        )
    )


def _share(share: float) -> str:
    return f"{100 * share:.0f}\u00a0%"


def recogniser(transcript: Transcript) -> str:
    """Who wrote the words down."""
    match transcript.engine:
        case "typed":
            return "Typed, not spoken"
        case "":
            return ""
        case "pocketsphinx":
            return f"Transcribed by the basic recogniser (PocketSphinx {transcript.model})".replace(
                " )", ")"
            )
        case engine:
            name = "Whisper" if engine == "whisper" else engine
            return f"Transcribed by {name} {transcript.model}".rstrip()


def source(recording: Recording) -> str:
    """Where the sound came from."""
    name = recording.device
    if recording.path.is_relative_to(asset("demo")) or "synthetic" in name.lower():
        return f"Synthetic recording ({name})" if name else "Synthetic recording"
    if name == recording.path.name:
        return f"From the file {name}"
    return f"Recorded with {name}" if name else "Recorded"


def troubles(attempt: Attempt) -> tuple[str, ...]:
    """What went wrong: why there is no score, and what happened to the sound."""
    found = [attempt.failure]
    if attempt.transcript is not None and not attempt.words:
        found.append("No words were recognised in this answer.")
    found.append(explain_doubt(attempt))
    if attempt.recording is not None:
        found.append(attempt.recording.problem)
        if lost := attempt.recording.overflows:
            found.append(f"Some sound was lost while recording ({count(lost, 'time')}).")
    return tuple(filter(None, found))


def delivery_figures(found: Delivery) -> tuple[tuple[str, str], ...]:
    """How it was said: name and figure, in the order of reading."""
    fillers = "none was heard"
    if found.fillers:
        fillers = (
            f"at least {len(found.fillers)} ({_FILLERS[found.filler_band]}): "
            f"{', '.join(dict.fromkeys(found.fillers))}"
        )
    longest_s = max((pause.end_s - pause.start_s for pause in found.pauses), default=0.0)
    pauses = f"{len(found.pauses)}, the longest {longest_s:.1f} s" if found.pauses else "none"
    return (
        ("Pace", f"{found.pace_wpm:.0f} words a minute ({_PACE[found.pace_band]})"),
        ("Speech", f"{length(found.speech_s)}, {count(found.words, 'word')}"),
        ("Fillers", fillers),
        ("Pauses over 1 s", pauses),
    )


def explain_overruling(overruling: Overruling, judged: Level) -> str:
    """For example ``Your verdict; VoicePrep said missed. “I named it at the start.”``."""
    agreed = overruling.level is judged
    words = "Your note" if agreed else f"Your verdict; VoicePrep said {LEVEL_WORDS[judged].lower()}"
    return f"{words}. “{overruling.note}”" if overruling.note else f"{words}."


def explain_rewritten(entries: Sequence[Entry]) -> str:
    """For example ``Written as you mean it: RAG (heard “rack”).``; the first few of many."""
    if not entries:
        return ""
    shown = [f"{one.meant} (heard “{one.heard}”)" for one in entries[:_MOST_REWRITTEN]]
    more = len(entries) - len(shown)
    told = ", ".join(shown) + (f" and {more} more" if more else "")
    return f"Written as you mean it: {told}."


def explain_own_word(attempt: Attempt) -> str:
    """What the candidate said of an answer: verdicts set right, and a rating before the result.

    For example ``You set 1 of 5 verdicts right; VoicePrep judged 40 %. You rated yourself 75 %.``
    """
    said = []
    found = agreement((attempt,))
    if attempt.assessment is not None and found.kept < found.verdicts:
        changed = f"{found.verdicts - found.kept} of {count(found.verdicts, 'verdict')}"
        judged = f"{attempt.assessment.score:.0f}\u00a0%"
        said.append(f"You set {changed} right; VoicePrep judged {judged}.")
    if attempt.self_rating is not None:
        said.append(f"You rated yourself {attempt.self_rating}\u00a0%.")
    return " ".join(said)
