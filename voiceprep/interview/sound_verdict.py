"""Whether a recording can be judged: one verdict on its sound, with a reason and a next step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from voiceprep.interview.sound import SoundLevels
from voiceprep.scoring.transcript import Transcript


class Grade(StrEnum):
    """How far the words of a recording can be trusted."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    """It is scored, and wherever the score appears it is marked."""
    UNUSABLE = "unusable"
    """It is not scored, unless the person wishes it."""

    @property
    def rank(self) -> int:
        """0 is the best."""
        return (Grade.GOOD, Grade.DOUBTFUL, Grade.UNUSABLE).index(self)


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on speech is misunderstood.

    Attributes:
        doubtful: Beyond this, in part.
        unusable: Beyond this, mostly.
    """

    doubtful: float
    unusable: float

    def below(self, value: float) -> Grade:
        """The grade of a figure that is better the higher it is."""
        if value < self.unusable:
            return Grade.UNUSABLE
        return Grade.DOUBTFUL if value < self.doubtful else Grade.GOOD

    def above(self, value: float) -> Grade:
        """The grade of a figure that is better the lower it is."""
        return Limits(-self.doubtful, -self.unusable).below(-value)


@dataclass(frozen=True, slots=True)
class SoundVerdict:
    """What becomes of a recording, by its sound.

    Attributes:
        grade: Good, doubtful or unusable.
        reason: Why, in a sentence; "" where it is good.
        next_step: What helps, in a sentence; "" where it is good.
        snr_db: Speech to noise; None where nobody speaks.
        speech_share: Share of the recording's time in which someone speaks, 0 to 1.
        speech_dbfs: RMS of the voice, -90 to 0.
        word_probability: Mean of the recogniser's probabilities that its words are right, 0 to
            1; None without words.
        clipped_share: In so much of the speech are peaks cut off, 0 to 1.
        is_room_heard: Whether there were pauses in which the noise could be heard by itself; else
            the quietest moments of all stand for it.
    """

    grade: Grade
    reason: str = ""
    next_step: str = ""
    snr_db: float | None = None
    speech_share: float = 0.0
    speech_dbfs: float = -90.0
    word_probability: float | None = None
    clipped_share: float = 0.0
    is_room_heard: bool = True


SNR_DB = {"pocketsphinx": Limits(25.0, 15.0), "whisper": Limits(10.0, 3.0)}
"""Speech to noise, as ``measure`` finds it, and the share of words wrong (tools/bench_sound.py).
PocketSphinx: in pink noise 11 % at 33 dB, 20 % at 28, 30 % at 23, 75 % at 18; in babble 19 % at 25,
29 % at 20; in white noise 20 % at 30, 46 % at 25, 89 % at 20. The micro-Whisper: in pink noise 3 %
at 9 dB, 46 % at 7, 72 % at 5; in white noise 7 % at 8, 11 % at 4, 30 % at 2, 65 % at 0."""

WORD_PROBABILITY = {"pocketsphinx": Limits(0.45, 0.25), "whisper": Limits(0.65, 0.4)}
"""Mean over all words. PocketSphinx, in the same recordings: 0.74 to 0.85 where they are clear, 0.5
where 20 to 29 % are wrong, 0.35 where 46 % are, 0.2 where 89 % are. Whisper: it tries again itself
below a mean log-probability of -1, which is 0.37 (faster-whisper's ``log_prob_threshold``). The
micro-Whisper knows its sentences by heart and tells little: 0.61 where 81 % are wrong."""

SPEECH_S = Limits(1.0, 1.0)
"""Less than a second of speech is two or three words at 150 words a minute: nothing to judge."""

SPEECH_SHARE = Limits(0.1, 0.0)
"""The answers of the demo have 0.8; with long pauses to think it is still a third. Who is heard for
a tenth of the time was cut off, or silent; what was heard can be judged."""

VOICE_DBFS = Limits(-50.0, -60.0)
"""At -55 dBFS, in 16 bits and a room at -75, the micro-Whisper gets 6 % of the words wrong, at -60
39 %. A laptop at arm's length gives -40 to -15."""

CLIPPED_SHARE = Limits(0.3, 0.8)
"""Share of the speech, in windows of 32 ms with a cut-off peak. PocketSphinx gets 7 % of the words
wrong where 2 % of the windows are cut off, 38 % where half are, 64 % where three quarters are, 91 %
where 82 % are; the micro-Whisper 19 % where two thirds are, 86 % where nine tenths are."""

_SILENT_DBFS = -90.0


@dataclass(frozen=True, slots=True)
class _Finding:
    grade: Grade
    reason: str
    next_step: str


_FINE = _Finding(Grade.GOOD, "", "")


def sound_verdict(
    levels: SoundLevels, transcript: Transcript, clips_s: float = 0.0
) -> SoundVerdict:
    """Judge the sound of an answer; pure.

    The worst of its figures decides; of equally bad ones, what has to be mended first.

    Args:
        levels: Of the whole recording.
        transcript: What was heard in it.
        clips_s: In windows of so many seconds in all the microphone's own samples were cut off,
            as counted while recording; the file may hide it.
    """
    sure = word_probability(transcript)
    cut_off_s = max(levels.clipped_s, clips_s)
    clipped_share = min(1.0, cut_off_s / levels.speech_s) if levels.speech_s else 0.0
    findings = _findings(levels, transcript.engine, sure, clipped_share)
    worst = max((_FINE, *findings), key=lambda one: one.grade.rank)
    return SoundVerdict(
        grade=worst.grade,
        reason=worst.reason,
        next_step=worst.next_step,
        snr_db=round(levels.snr_db, 1) if levels.speech_s else None,
        speech_share=round(levels.speech_share, 3),
        speech_dbfs=round(levels.speech_dbfs, 1),
        word_probability=None if sure is None else round(sure, 3),
        clipped_share=round(clipped_share, 3),
        is_room_heard=levels.tells_noise,
    )


def word_probability(transcript: Transcript) -> float | None:
    """Mean of the recogniser's own probabilities; None where it gave none."""
    sure = [word.confidence for word in transcript.words if not word.heard]
    return sum(sure) / len(sure) if sure else None


def _findings(
    levels: SoundLevels, engine: str, sure: float | None, clipped_share: float
) -> Iterator[_Finding]:
    """What each figure says, in the order in which one would mend it."""
    if not levels.speech_s and levels.noise_dbfs <= _SILENT_DBFS:
        yield _Finding(
            Grade.UNUSABLE,
            "Nothing but silence was recorded.",
            "See that the microphone is not muted, then answer again.",
        )
    elif not levels.speech_s:
        yield _Finding(
            Grade.UNUSABLE,
            "No voice was heard, only the room.",
            "Move closer to the microphone, or choose another one in the settings.",
        )
    else:
        yield _Finding(
            SPEECH_S.below(levels.speech_s),
            f"You were heard for only {_of_time(levels)}.",
            "Say more, or see that the microphone does not cut you off, then answer again.",
        )
        yield _Finding(
            _limits(SNR_DB, engine).below(levels.snr_db),
            _noisy(levels.snr_db),
            "Move closer to the microphone, close the window, or use a headset.",
        )
        yield _Finding(
            VOICE_DBFS.below(levels.speech_dbfs),
            f"You were hardly heard: your voice has {_decibels(levels.speech_dbfs)}.",
            "Move closer to the microphone, or turn its volume up.",
        )
        yield _Finding(
            CLIPPED_SHARE.above(clipped_share),
            f"Too loud: your voice is cut off in {_percent(clipped_share)} of what you said.",
            "Move back from the microphone a little, or turn its volume down.",
        )
        yield _Finding(
            SPEECH_SHARE.below(levels.speech_share),
            f"You were heard for only {_of_time(levels)}.",
            "If you said more, move closer to the microphone and answer again.",
        )
    if sure is None and levels.speech_s:
        yield _Finding(
            Grade.UNUSABLE,
            "There is a voice in it, but no words could be made out.",
            "Listen to it: is it you, and in the language of the question? Then answer again.",
        )
    if sure is not None:
        yield _Finding(
            _limits(WORD_PROBABILITY, engine).below(sure),
            f"The recogniser was unsure: it gives its words a probability of {_percent(sure)}.",
            "Speak a little slower and closer to the microphone, or install a larger model.",
        )


def _limits(of_engines: Mapping[str, Limits], engine: str) -> Limits:
    """A recogniser's own; an unknown one is taken for Whisper."""
    return of_engines.get(engine, of_engines["whisper"])


def _noisy(snr_db: float) -> str:
    if snr_db < 0:
        return "The noise was louder than your voice."
    return f"The room was loud: {_decibels(snr_db)} between your voice and the noise."


def _decibels(value: float) -> str:
    return f"{value:.0f}\u00a0dB"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\u00a0%"


def _of_time(levels: SoundLevels) -> str:
    """``0.4 of 60 seconds``."""
    digits = 1 if levels.speech_s < 1 else 0
    return f"{levels.speech_s:.{digits}f} of {levels.duration_s:.0f}\u00a0seconds"
