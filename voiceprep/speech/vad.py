"""Where in a recording there is speech, and whether there is any sound at all.

Speech is found by Silero's network, whose file comes with faster-whisper; onnxruntime runs it
without loading Whisper. It takes 0.3 % of the recording's length on one core.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from voiceprep.errors import NothingHeardError
from voiceprep.speech.audio_file import SPEECH_RATE_HZ

if TYPE_CHECKING:
    from voiceprep.speech.audio_file import Samples

SILENCE_DBFS = -60.0
"""A recording whose loudest 50 ms (RMS) stay below this is silent, in dB below full scale.

A laptop's microphone in a quiet room gives -80 to -65, speech at arm's length -40 to -15. Whisper
writes sentences that nobody said when it is given silence.
"""

MIN_PAUSE_S = 0.5
"""A shorter gap belongs to the flow of speech; both recognisers part segments at this length."""

_WINDOW = 512  # samples that the network judges at once, 32 ms
_CONTEXT = 64  # samples of the window before, which it wants to see again
STRIDE_S = _WINDOW / SPEECH_RATE_HZ
"""Of this length is what one probability of ``speech_probabilities`` speaks about."""

_BLOCK = 8 * _WINDOW  # samples
BLOCK_S = _BLOCK / SPEECH_RATE_HZ
"""So far ``VadStream`` may be behind what it was fed."""

_STARTS_AT, _ENDS_BELOW = 0.5, 0.35  # Silero's own thresholds
_LOUDNESS_WINDOW_S = 0.05  # as the recorder's level meter


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a recording, in seconds from its start."""

    start_s: float
    end_s: float


def refuse_silence(level_dbfs: float) -> None:
    """Raise if there is no sound to transcribe.

    Args:
        level_dbfs: Of the loudest moment, as ``loudest_dbfs`` gives it.

    Raises:
        NothingHeardError: The recording is silent or nearly so.
    """
    if level_dbfs >= SILENCE_DBFS:
        return
    if math.isinf(level_dbfs):
        raise nothing_was_heard(
            "Every sample is zero: the microphone is muted, or the system gives us no access to it."
        )
    raise nothing_was_heard(
        f"Its loudest moment has {level_dbfs:.0f} dB; speech has more than {SILENCE_DBFS:.0f} dB."
    )


def nothing_was_heard(cause: str) -> NothingHeardError:
    """The error for a recording without speech."""
    return NothingHeardError(
        "Nothing was heard in this recording.",
        cause,
        "Listen to it, check the microphone and record again, or type your answer instead.",
    )


def loudest_dbfs(samples: "Samples") -> float:
    """RMS of the loudest 50 ms in dB below full scale; minus infinity for pure zeros."""
    import numpy as np  # noqa: PLC0415 - heavy

    window = min(int(_LOUDNESS_WINDOW_S * SPEECH_RATE_HZ), len(samples))
    if window == 0:
        return -math.inf
    whole = samples[: len(samples) // window * window].reshape(-1, window)
    # A microphone's constant offset is no sound.
    rms = float(np.std(whole, axis=1).max())
    return 20 * math.log10(rms) if rms > 0 else -math.inf


class VadStream:
    """Finds speech while the samples still come in.

    It judges blocks of fixed length, so that the same samples give the very same probabilities
    however they were fed. A block takes a millisecond.
    """

    def __init__(self) -> None:
        """Load the network; takes some 50 ms."""
        import numpy as np  # noqa: PLC0415 - heavy
        import onnxruntime  # noqa: PLC0415 - heavy

        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = options.intra_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4  # it would warn about machines without a GPU
        self._network = onnxruntime.InferenceSession(
            str(_network_file()), options, providers=["CPUExecutionProvider"]
        )
        self._hidden = self._cell = np.zeros((1, 1, 128), dtype=np.float32)
        self._waiting = np.zeros(_CONTEXT, dtype=np.float32)

    def feed(self, samples: "Samples") -> "Samples":
        """Take in 16 kHz mono of any length.

        Returns:
            How sure the network is of speech in each 32 ms that it has judged by now; together
            with all before, at most ``BLOCK_S`` less than was fed.
        """
        import numpy as np  # noqa: PLC0415 - heavy

        self._waiting = np.concatenate((self._waiting, samples))
        found = [np.zeros(0, dtype=np.float32)]
        while len(self._waiting) >= _CONTEXT + _BLOCK:
            found.append(self._judge(self._waiting[: _CONTEXT + _BLOCK]))
            self._waiting = self._waiting[_BLOCK:]
        return np.concatenate(found)

    def finish(self) -> "Samples":
        """The probabilities of what is left, the last window filled with silence."""
        import numpy as np  # noqa: PLC0415 - heavy

        left = len(self._waiting) - _CONTEXT
        if not left:
            return np.zeros(0, dtype=np.float32)
        return self._judge(np.pad(self._waiting, (0, -left % _WINDOW)))

    def _judge(self, block: "Samples") -> "Samples":
        """The probabilities of whole windows, given the samples before them."""
        import numpy as np  # noqa: PLC0415 - heavy

        windows = np.lib.stride_tricks.sliding_window_view(block, _CONTEXT + _WINDOW)[::_WINDOW]
        given = {"input": np.ascontiguousarray(windows), "h": self._hidden, "c": self._cell}
        probabilities, self._hidden, self._cell = self._network.run(None, given)
        found: Samples = probabilities.ravel()
        return found


def speech_probabilities(samples: "Samples") -> "Samples":
    """How sure Silero is of speech, for each 32 ms of a whole recording (16 kHz mono)."""
    import numpy as np  # noqa: PLC0415 - heavy

    stream = VadStream()
    return np.concatenate((stream.feed(samples), stream.finish()))


def speech_spans(probabilities: "Samples", min_pause_s: float = MIN_PAUSE_S) -> tuple[Span, ...]:
    """The stretches of speech between pauses, in order.

    Args:
        probabilities: As ``speech_probabilities`` gives them.
        min_pause_s: A shorter gap does not end a stretch.
    """
    spans: list[Span] = []
    for span in _runs(probabilities):
        if spans and span.start_s - spans[-1].end_s < min_pause_s:
            spans[-1] = Span(spans[-1].start_s, span.end_s)
        else:
            spans.append(span)
    return tuple(spans)


def is_speech(probability: float, *, was_speech: bool) -> bool:
    """Whether there is speech: it begins at one threshold and ends below a lower one."""
    return probability >= (_ENDS_BELOW if was_speech else _STARTS_AT)


def _runs(probabilities: "Samples") -> Iterator[Span]:
    start: int | None = None
    for number, probability in enumerate(probabilities.tolist()):
        speech = is_speech(probability, was_speech=start is not None)
        if speech and start is None:
            start = number
        elif not speech and start is not None:
            yield Span(start * STRIDE_S, number * STRIDE_S)
            start = None
    if start is not None:
        yield Span(start * STRIDE_S, len(probabilities) * STRIDE_S)


def _network_file() -> Path:
    """Silero's file in the faster-whisper wheel, found without importing the package."""
    package = find_spec("faster_whisper")
    if package is None or package.origin is None:
        raise FileNotFoundError("faster-whisper is not installed")
    return next(Path(package.origin).parent.glob("assets/silero_vad*.onnx"))
