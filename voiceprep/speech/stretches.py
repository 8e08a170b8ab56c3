"""Cuts an answer into stretches to transcribe, while it is still being spoken.

A stretch ends where the speaker pauses, or at the latest after some 12 s where it is quietest. The
same samples give the same stretches however they are fed: a recording that is transcribed later
has the words that it had live.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceprep.speech.audio_file import SPEECH_RATE_HZ
from voiceprep.speech.vad import MIN_PAUSE_S, STRIDE_S, VadStream, is_speech

if TYPE_CHECKING:
    from voiceprep.speech.audio_file import Samples

MOST_S = 12.0
"""A longer stretch is cut although nobody paused, so that captions and the end never wait long."""

LEAST_S = 4.0
"""A shorter stretch goes on over a pause: the recognisers need words around words, and Whisper
takes as long for one second as for thirty."""

LONG_PAUSE_S = 1.5
"""Ends a stretch however short it is."""

PAD_S = 0.4
"""Of silence kept before speech, where there is as much; less clips the first sound."""

_TAIL_S = MIN_PAUSE_S / 2  # kept behind speech: the rest of a pause may be the next one's pad
_STRIDE = round(STRIDE_S * SPEECH_RATE_HZ)  # samples that one probability speaks about
_BREATH = 5  # strides, 0.16 s: a gap between words rather than within one


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A piece of the recording with speech in it.

    Attributes:
        start_s: Where it begins, in seconds from the start of the recording.
        samples: 16 kHz mono.
    """

    start_s: float
    samples: "Samples"

    @property
    def end_s(self) -> float:
        """Where it ends."""
        return self.start_s + len(self.samples) / SPEECH_RATE_HZ


class Cutter:
    """Cuts what it is fed; all speech gets into exactly one stretch.

    Args:
        most_s: Longest stretch, silence around it not counted.
    """

    def __init__(self, most_s: float = MOST_S) -> None:
        import numpy as np  # noqa: PLC0415 - heavy

        self._vad = VadStream()
        self._most = round(most_s / STRIDE_S)
        self._kept = np.zeros(0, dtype=np.float32)
        self._first = 0
        """Which sample of the recording ``_kept`` begins with: all that no stretch has yet."""
        self._strides = 0
        """How many were looked at, since the start of the recording."""
        self._speech: list[bool] = []
        """Whether there is speech in each of the last of them, from the stretch's first on."""
        self._judged: list[Samples] = []

    @property
    def probabilities(self) -> "Samples":
        """Of speech in each 32 ms that was looked at; after ``finish``, of all that was fed."""
        import numpy as np  # noqa: PLC0415 - heavy

        return np.concatenate((np.zeros(0, dtype=np.float32), *self._judged))

    def feed(self, samples: "Samples") -> Iterator[Stretch]:
        """Take in 16 kHz mono of any length; gives the stretches that are complete."""
        import numpy as np  # noqa: PLC0415 - heavy

        self._kept = np.concatenate((self._kept, samples))
        yield from self._look_at(self._vad.feed(samples))

    def finish(self) -> Iterator[Stretch]:
        """What is left of speech once all was fed."""
        yield from self._look_at(self._vad.finish())
        if self._speech:
            self._speech = []
            yield self._taken(self._first + len(self._kept))

    def _look_at(self, probabilities: "Samples") -> Iterator[Stretch]:
        self._judged.append(probabilities)
        for probability in probabilities.tolist():
            self._strides += 1
            speech = is_speech(probability, was_speech=bool(self._speech) and self._speech[-1])
            if speech or self._speech:
                self._speech.append(speech)
                if (stretch := self._complete()) is not None:
                    yield stretch
            else:
                self._forget_silence()

    def _complete(self) -> Stretch | None:
        """The stretch at hand if it ends by now."""
        pause = self._pause()
        spoken = len(self._speech) - pause
        needed_s = MIN_PAUSE_S if spoken * STRIDE_S >= LEAST_S else LONG_PAUSE_S
        if pause * STRIDE_S >= needed_s:
            end = self._strides - pause
            self._speech = []
            return self._taken(end * _STRIDE + round(_TAIL_S * SPEECH_RATE_HZ))
        if len(self._speech) >= self._most:
            return self._broken_off()
        return None

    def _broken_off(self) -> Stretch:
        """The stretch up to its quietest place; the rest begins the next one."""
        import numpy as np  # noqa: PLC0415 - heavy

        begin, half = self._strides - len(self._speech), len(self._speech) // 2
        first = max(begin * _STRIDE - self._first, 0)
        # At the very end of a recording the last stride is not whole.
        whole = min(len(self._speech), (len(self._kept) - first) // _STRIDE)
        loud = self._kept[first : first + whole * _STRIDE]
        energy = np.square(loud.reshape(-1, _STRIDE)).mean(axis=1)
        smooth = np.convolve(energy, np.full(_BREATH, 1 / _BREATH), mode="same")
        # The last of it may be the beginning of a pause, of which there is too little to see yet.
        cut = half + int(np.argmin(smooth[half : len(smooth) - _BREATH]))
        rest = self._speech[cut:]
        silent = rest.index(True) if True in rest else len(rest)
        self._speech = rest[silent:]
        return self._taken((begin + cut) * _STRIDE + _STRIDE // 2)

    def _pause(self) -> int:
        """How many strides of silence the stretch at hand ends with."""
        try:
            return self._speech[::-1].index(True)
        except ValueError:
            return len(self._speech)

    def _taken(self, upto: int) -> Stretch:
        count = min(upto - self._first, len(self._kept))
        stretch = Stretch(self._first / SPEECH_RATE_HZ, self._kept[:count])
        self._kept = self._kept[count:]
        self._first += count
        return stretch

    def _forget_silence(self) -> None:
        """Keep no more silence than a stretch begins with."""
        count = self._strides * _STRIDE - round(PAD_S * SPEECH_RATE_HZ) - self._first
        if count > 0:
            self._kept = self._kept[count:]
            self._first += count
