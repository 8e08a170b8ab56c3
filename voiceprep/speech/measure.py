"""Measures how loud the voice in a recording is, and how loud the room around it."""

from typing import TYPE_CHECKING

from voiceprep.interview.sound import SoundLevels
from voiceprep.speech.audio_file import SPEECH_RATE_HZ
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
_LEAST_ROOM = 8
"""Fewer windows without speech say too little; then the quietest tenth of all stands in."""


def measure(samples: "Samples", probabilities: "Samples | None" = None) -> SoundLevels:
    """The levels of speech and of the room, in windows of 32 ms; blocks.

    Speech is what Silero takes for it. In white noise its level is found to within 1 dB down to a
    speech-to-noise ratio of 0 dB, and from full scale down to -60 dBFS
    (tests/speech/test_measure.py). The room is the median window that is away from speech, so that
    a click or a cough does not count.

    Args:
        samples: 16 kHz mono, -1 to 1.
        probabilities: As ``vad.speech_probabilities`` gives them, if they are known already.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    whole = samples[: len(samples) // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    duration_s = len(samples) / SPEECH_RATE_HZ
    if not len(whole):
        return SoundLevels(duration_s, 0.0, SILENCE_DBFS, SILENCE_DBFS)
    if probabilities is None:
        probabilities = speech_probabilities(samples)
    powers = np.var(whole, axis=1, dtype=np.float64)  # a microphone's constant offset is no sound
    speech, room = _masks(probabilities, len(powers))
    if np.count_nonzero(room) >= _LEAST_ROOM:
        noise = float(np.median(powers[room]))
    else:
        noise = float(np.quantile(powers, 0.1))
    voice = float(np.mean(powers[speech])) if speech.any() else 0.0
    return SoundLevels(
        duration_s=duration_s,
        speech_s=np.count_nonzero(speech) * STRIDE_S,
        speech_dbfs=to_dbfs(voice**0.5),
        noise_dbfs=to_dbfs(noise**0.5),
    )


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
