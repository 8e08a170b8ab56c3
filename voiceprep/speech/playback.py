"""One sound on its way out: what the device's callback needs, and nothing else."""

import time
from threading import Event
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

FADE_S = 0.008
"""Long enough to hide the click of a wave that is cut, too short to be heard as a fade."""

END_SILENCE_S = 0.2
"""Sound servers and Bluetooth hold more than they report, and closing drops what they hold."""

_LONGEST_DELAY_S = 2.0
"""A driver that reports more than this is wrong."""


class Playback:
    """Hands samples to the device block by block, and knows which one is heard now.

    Attributes:
        device_ended: Set by the device's stream when it has ended by itself.
        last_block_at_s: ``time.monotonic`` of the last block.
    """

    def __init__(self, samples: "Samples", rate_hz: int, cancel: Event) -> None:
        """Prepare to play ``samples`` of (frames, channels) at the device's own rate."""
        self.device_ended = Event()
        self.last_block_at_s = time.monotonic()
        self._fade_frames = round(FADE_S * rate_hz)
        self._samples = _faded(samples, self._fade_frames)
        self._rate_hz = rate_hz
        self._cancel = cancel
        self._fed_frames = 0
        self._clock = (self.last_block_at_s, 0)
        """When a frame is heard, and which."""
        self._over_at_s: float | None = None

    def fill(self, out: "Samples", frames: int, times: Any, _status: Any) -> None:
        """Fill the device's next block; called on the device's thread."""
        now_s = self.last_block_at_s = time.monotonic()
        delay_s = times.outputBufferDacTime - times.currentTime
        heard_at_s = now_s + min(max(delay_s, 0.0), _LONGEST_DELAY_S)
        cancelled = self._cancel.is_set()
        part = self._samples[self._fed_frames : self._fed_frames + frames]
        if cancelled:
            part = _faded_out(part[: self._fade_frames])
            self._samples = self._samples[:0]
        out[: len(part)] = part
        out[len(part) :] = 0
        self._clock = (heard_at_s, self._fed_frames)
        self._fed_frames += len(part)
        if len(part) < frames and self._over_at_s is None:
            end_silence_s = 0.0 if cancelled else END_SILENCE_S
            self._over_at_s = heard_at_s + len(part) / self._rate_hz + end_silence_s

    @property
    def is_over(self) -> bool:
        """Whether the last sample has been heard."""
        return self._over_at_s is not None and time.monotonic() >= self._over_at_s

    @property
    def heard_s(self) -> float:
        """How much of the sound has been heard, in seconds."""
        at_s, frame = self._clock
        frames = frame + (time.monotonic() - at_s) * self._rate_hz
        return min(max(0.0, frames), self._fed_frames) / self._rate_hz


def _faded(samples: "Samples", frames: int) -> "Samples":
    """A copy that begins and ends softly."""
    import numpy as np  # noqa: PLC0415 - heavy

    copy = samples.copy()
    head, tail = copy[:frames], copy[-frames:]
    head *= np.linspace(0, 1, len(head), dtype=np.float32)[:, None]
    tail *= np.linspace(1, 0, len(tail), dtype=np.float32)[:, None]
    return copy


def _faded_out(part: "Samples") -> "Samples":
    import numpy as np  # noqa: PLC0415 - heavy

    faded: Samples = part * np.linspace(1, 0, len(part), dtype=np.float32)[:, None]
    return faded
