"""Measures how loud the voice in a recording is, and how loud the room around it."""

from pathlib import Path
from typing import TYPE_CHECKING

from voiceprep.interview.sound import LEAST_HEARD_S, SoundLevels
from voiceprep.speech.audio_file import SPEECH_RATE_HZ, read_speech
from voiceprep.speech.hearing import CLIPPED
from voiceprep.speech.levels import SILENCE_DBFS, to_dbfs
from voiceprep.speech.vad import STRIDE_S, speech_probabilities, speech_spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voiceprep.speech.audio_file import Samples

    Mask = NDArray[np.bool_]

_WINDOW = round(STRIDE_S * SPEECH_RATE_HZ)
_APART = 4
"""Windows of 32 ms around speech that tell nothing of the room: breath, echo, soft consonants."""
_NO_SOUND = 10 ** (SILENCE_DBFS / 10)
_QUIETEST = 0.02
_CUT_OFF = 3
"""So many samples of a window at the end of the scale are a peak that is cut off."""


class Gauge:
    """Takes the levels of sound while it still comes in; costs next to nothing.

    Speech is what Silero takes for it. In white noise its level is found to within 1 dB down to a
    speech-to-noise ratio of 0 dB, and from full scale down to -60 dBFS
    (tests/speech/test_measure.py). The room is the median window that is away from speech, so that
    a click or a cough does not count. Digital silence is no room: a noise gate gives it, and a
    device that has just been opened. Where there is too little of the room, the quietest windows
    stand in: in white noise at 20 dB they give 20.0 to 20.4, in a silent room 40 and more (four
    Flite voices, without a pause).
    """

    def __init__(self) -> None:
        import numpy as np  # noqa: PLC0415 - heavy

        self._samples = 0
        self._left = np.zeros(0, dtype=np.float32)
        self._powers: list[Samples] = []
        self._clipped = 0

    def feed(self, samples: "Samples") -> None:
        """Take in 16 kHz mono of any length."""
        import numpy as np  # noqa: PLC0415 - heavy

        self._samples += len(samples)
        waiting = np.concatenate((self._left, samples))
        whole, self._left = np.split(waiting, [len(waiting) // _WINDOW * _WINDOW])
        windows = whole.reshape(-1, _WINDOW)
        # A microphone's constant offset is no sound.
        self._powers.append(np.var(windows, axis=1, dtype=np.float64))
        ends = np.count_nonzero(np.abs(windows) >= CLIPPED, axis=1)
        self._clipped += int(np.count_nonzero(ends >= _CUT_OFF))

    def levels(self, probabilities: "Samples") -> SoundLevels:
        """The levels of all that was fed.

        Args:
            probabilities: Of speech in it, as ``vad.speech_probabilities`` gives them.
        """
        import numpy as np  # noqa: PLC0415 - heavy

        duration_s = self._samples / SPEECH_RATE_HZ
        powers = np.concatenate((*self._powers, np.zeros(0)))
        if not len(powers):
            return SoundLevels(duration_s, 0.0, SILENCE_DBFS, SILENCE_DBFS)
        speech, room = _masks(probabilities, len(powers))
        sounding = powers > _NO_SOUND
        room &= sounding
        room_s = float(np.count_nonzero(room) * STRIDE_S)
        if room_s >= LEAST_HEARD_S:
            noise = float(np.median(powers[room]))
        elif sounding.any():
            noise = float(np.quantile(powers[sounding], _QUIETEST))
        else:
            noise = 0.0
        voice = float(np.mean(powers[speech])) if speech.any() else 0.0
        return SoundLevels(
            duration_s=duration_s,
            speech_s=float(np.count_nonzero(speech) * STRIDE_S),
            speech_dbfs=to_dbfs(voice**0.5),
            noise_dbfs=to_dbfs(noise**0.5),
            room_s=room_s,
            clipped_s=self._clipped * STRIDE_S,
        )


def measure(samples: "Samples", probabilities: "Samples | None" = None) -> SoundLevels:
    """The levels of speech and of the room, in windows of 32 ms; blocks.

    Args:
        samples: 16 kHz mono, -1 to 1.
        probabilities: As ``vad.speech_probabilities`` gives them, if they are known already.
    """
    gauge = Gauge()
    gauge.feed(samples)
    return gauge.levels(speech_probabilities(samples) if probabilities is None else probabilities)


def measure_file(path: Path) -> SoundLevels:
    """The same of a recording; blocks.

    Raises:
        VoicePrepError: It cannot be read.
    """
    return measure(read_speech(path))


def _masks(probabilities: "Samples", count: int) -> "tuple[Mask, Mask]":
    """Which of the windows are speech, and which are well away from it."""
    import numpy as np  # noqa: PLC0415 - heavy

    speech = np.zeros(count, dtype=bool)
    room = np.ones(count, dtype=bool)
    for span in speech_spans(probabilities, min_pause_s=0.0):
        first, last = round(span.start_s / STRIDE_S), round(span.end_s / STRIDE_S)
        speech[first:last] = True
        room[max(0, first - _APART) : last + _APART] = False
    return speech, room
