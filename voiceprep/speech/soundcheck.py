"""Whether a microphone can be worked with: what a check of the sound comes to.

Every threshold says where it comes from; ``measure`` gives the levels.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from voiceprep.errors import VoicePrepError
from voiceprep.interview.ports import History
from voiceprep.interview.records import Recording
from voiceprep.interview.sound import SoundLevels
from voiceprep.interview.soundcheck import Checked, is_due, types
from voiceprep.speech import devices
from voiceprep.speech.levels import SILENCE_DBFS
from voiceprep.speech.sound_server import default_source

SENTENCE = "Thank you for having me today. Let me tell you about a project that I am proud of."
"""What one might say in an interview, in two sentences; they take five seconds."""

LONGEST_S = 10.0
"""Nobody wants a microphone that stays open because a button was forgotten."""
_SPOKEN_FOR_S = 3.0
_FALLEN_SILENT_S = 1.5
"""Longer than the pause between the two sentences, and enough to hear the room."""
_UNHEARD_S = 7.0
"""Whoever has read the sentence by then, unheard, is too quiet, or the microphone is off."""

TOO_QUIET_DBFS = -40.0
"""Level of a voice below which parts of it get lost. A third of what a voice gives lies more than
10 dB below its level (three Flite voices), and below -50 dBFS ``hearing`` takes it for silence, so
that an answer could end by itself in the middle of a sentence."""

TOO_LOUD_DBFS = -9.0
"""Upper end of the zone that the meter marks: the loudest 50 ms of a voice lie about 7 dB above
its level (three Flite voices), its peaks 13 to 19, so that from a level of -16 on it is cut off."""

TOO_NOISY_DB = {"pocketsphinx": 25.0, "whisper": 15.0}
"""Speech to noise, for each recogniser. With pink noise (Flite's voice slt) the basic one gets 21 %
of the words wrong at 25 dB, about as in a silent room, 55 % at 20 and 87 % at 15; below 25 answers
are doubtful (``sound_verdict.SNR_DB``). Whisper gets on with 10 dB; 15 leave room for a car that
passes, and are what listeners in classrooms must have (ANSI S12.60)."""

CLIPPED_WINDOWS = 2
"""One cut-off moment is a plosive too close to the microphone; more are a gain that is too high.
With 0.2 % of all samples cut off nothing is misheard yet, with 6 % twice as much (PocketSphinx)."""

_LEAST_SPEECH_S = 0.5
_DEAF_DBFS = -60.0
"""A peak below this is no room that a working microphone stands in: they give -65 to -80 as RMS,
and peaks 10 dB above."""

_FOLLOW_THE_DEFAULT = frozenset({"default", "pulse", "pipewire"})
"""ALSA's names for whatever a sound server has as its default."""


class Verdict(Enum):
    """What a check can find; the value is its name for scripts."""

    GOOD = "good"
    TOO_QUIET = "too quiet"
    CLIPPING = "clipping"
    NOISY = "noisy"
    NO_VOICE = "no voice"
    SILENT = "silent"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Checkup:
    """What became of a check.

    Attributes:
        levels: What was measured.
        peak_dbfs: The loudest sample.
        verdict: What it comes to.
    """

    levels: SoundLevels
    peak_dbfs: float
    verdict: Verdict

    @property
    def figures(self) -> str:
        """What was measured, in words."""
        room = f"room {self.levels.noise_dbfs:.0f} dB"
        return f"voice {self.levels.speech_dbfs:.0f} dB, {room}" if self.levels.speech_s else room


def judge(levels: SoundLevels, peak_dbfs: float, clips: int, engine: str) -> Verdict:
    """The one thing that is most wrong, or that all is well.

    A microphone that gives nothing comes first, then a voice that is not there, then what no later
    step can mend (cut-off peaks), then what moving closer mends together (too quiet and noisy).

    Args:
        levels: Of the whole take.
        peak_dbfs: Its loudest sample; -90 where every sample is zero.
        clips: In so many windows of 50 ms the voice was cut off.
        engine: The recogniser that is to understand it, a key of ``TOO_NOISY_DB``.
    """
    if peak_dbfs <= SILENCE_DBFS:
        return Verdict.MUTED
    if levels.speech_s < _LEAST_SPEECH_S:
        return Verdict.SILENT if peak_dbfs < _DEAF_DBFS else Verdict.NO_VOICE
    if clips >= CLIPPED_WINDOWS:
        return Verdict.CLIPPING
    if levels.speech_dbfs < TOO_QUIET_DBFS:
        return Verdict.TOO_QUIET
    if levels.snr_db < TOO_NOISY_DB[engine]:
        return Verdict.NOISY
    return Verdict.GOOD


def microphone_in_use(chosen: str) -> str:
    """What a check is remembered by: the microphone that will record, or "" for none; blocks.

    It is "name (host API)"; for the default of a Linux sound server also which one that is now, so
    that another headset is another microphone.

    Args:
        chosen: The one of the settings; "" for the system's default.
    """
    try:
        used = devices.in_use(devices.microphones(), chosen)
    except VoicePrepError:
        return ""
    if used is None:
        return ""
    source = default_source() if used.name in _FOLLOW_THE_DEFAULT else ""
    return f"{used.key}: {source}" if source else used.key


def find_unchecked(checked: Iterable[Checked], chosen: str, history: History, now: datetime) -> str:
    """The microphone that is to be checked before an interview, or "" for none; blocks.

    Where no microphone can be used it is none: that is told when an answer begins.

    Args:
        checked: What is remembered of earlier checks.
        chosen: As for ``microphone_in_use``.
        history: Tells whether the last interview was typed.
        now: With its time zone.
    """
    microphone = microphone_in_use(chosen)
    due = microphone and is_due(checked, microphone, now) and not types(history)
    return microphone if due else ""


def examine(recording: Recording, engine: str) -> Checkup:
    """Measure and judge what was recorded, for a recogniser; blocks.

    Raises:
        VoicePrepError: The recording cannot be read.
    """
    from voiceprep.speech.measure import measure_file  # noqa: PLC0415 - heavy

    levels = measure_file(recording.path)
    verdict = judge(levels, recording.peak_dbfs, recording.clips, engine)
    return Checkup(levels, recording.peak_dbfs, verdict)


def is_over(elapsed_s: float, quiet_s: float | None) -> bool:
    """Whether the check has heard enough and ends by itself.

    Args:
        elapsed_s: How long it has listened.
        quiet_s: Seconds since a voice was heard; None while nobody has spoken.
    """
    if quiet_s is None:
        return elapsed_s >= _UNHEARD_S
    return elapsed_s >= LONGEST_S or (elapsed_s >= _SPOKEN_FOR_S and quiet_s >= _FALLEN_SILENT_S)
