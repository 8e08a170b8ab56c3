"""Sound played slower or faster at the same pitch.

FFmpeg's atempo filter (through PyAV) does it: WSOLA, overlapping stretches of the wave where they
fit best, which keeps a voice natural from half to double speed. A minute takes some 0.1 s.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from voiceprep.speech.audio_file import Audio

if TYPE_CHECKING:
    from voiceprep.speech.audio_file import Samples

SLOWEST, FASTEST = 0.5, 2.0
"""Between these atempo neither drops nor repeats audibly."""


def stretched(audio: Audio, speed: float) -> Audio:
    """The sound at ``speed`` times its tempo: 2 lasts half as long and is as high as before.

    What is stretched is mixed down to one channel.

    Raises:
        ValueError: The speed is not between SLOWEST and FASTEST.
    """
    import av  # noqa: PLC0415 - heavy
    import numpy as np  # noqa: PLC0415 - heavy

    if not SLOWEST <= speed <= FASTEST:
        raise ValueError(f"speed {speed} is not between {SLOWEST} and {FASTEST}")
    if speed == 1 or not len(audio.samples):
        return audio
    samples = audio.samples
    if samples.shape[1] != 1:
        samples = samples.mean(axis=1, dtype=np.float32, keepdims=True)
    graph = av.filter.Graph()
    base = Fraction(1, audio.rate_hz)
    source = graph.add_abuffer(
        format="fltp", sample_rate=audio.rate_hz, layout="mono", time_base=base
    )
    tempo, sink = graph.add("atempo", f"{speed:g}"), graph.add("abuffersink")
    source.link_to(tempo)
    tempo.link_to(sink)
    graph.configure()
    parts: list[Samples] = []
    for start in range(0, len(samples), audio.rate_hz):
        block = np.ascontiguousarray(samples[start : start + audio.rate_hz].T)
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = audio.rate_hz, start, base
        source.push(frame)
        parts += _pulled(sink)
    source.push(None)
    parts += _pulled(sink)
    if not parts:  # a few samples: shorter than one stretch of the filter
        return audio
    return Audio(np.concatenate(parts), audio.rate_hz)


def _pulled(sink: Any) -> "Iterator[Samples]":
    """What the filter has ready, as (frames, 1)."""
    import av  # noqa: PLC0415 - heavy

    while True:
        try:
            frame = sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        yield frame.to_ndarray().T
