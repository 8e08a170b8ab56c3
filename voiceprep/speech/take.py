"""One take: blocks come in from the sound device's thread and leave for the disk from our own."""

import logging
from collections.abc import Callable
from enum import Enum, auto
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING

from voiceprep.errors import VoicePrepError
from voiceprep.interview.ports import Hear
from voiceprep.speech.audio_file import to_pcm
from voiceprep.speech.levels import SILENCE_DBFS, to_dbfs
from voiceprep.speech.wav import WavFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Block = NDArray[np.float32]

_log = logging.getLogger(__name__)

RATE_HZ = 16_000
"""What both recognisers listen to; a quarter of the disk space of the device's own rate."""

FLUSH_S = 0.25
"""How much of the answer a crash may cost, beside what the device still holds."""

LEVEL_WINDOW_S = 0.05

DEVICE_LOST_S = 1.0
"""Unplugging gives no dependable error, but a living device is never silent for this long:
blocks come every 50 ms, muted or not."""


class _Mark(Enum):
    """What a person does, in the queue between the blocks where it happened."""

    PAUSE = auto()
    RESUME = auto()
    FINISH = auto()
    DEVICE_ENDED = auto()


class Take:
    """Mixes down, resamples, measures and writes what is fed to it, until it is finished.

    Attributes:
        microphone: Name of the device.
        begun: Set when the first sample was kept, or when there will be none.
        has_blocks: Whether a block came in.
        overflows: How often the device lost samples because we were late.
        peak: The loudest sample so far, 0 to 1.
        level_dbfs: RMS of the last 50 ms; silence while nothing is being kept.
        device_problem: Set once the microphone went away.
        disk_problem: Set while the disk refuses what was recorded.
        close_device: Called on the take's thread once it wants no more blocks.
    """

    def __init__(
        self,
        wav: WavFile,
        microphone: str,
        rate_hz: int,
        head_s: float = 0.0,
        hear: Hear | None = None,
    ) -> None:
        """Wait for blocks of (frames, channels) at ``rate_hz``; drop the first ``head_s``.

        ``hear`` gets all that goes to the file, too.
        """
        import soxr  # noqa: PLC0415 - heavy

        self.wav = wav
        self.microphone = microphone
        self.begun = Event()
        self.has_blocks = False
        self.overflows = 0
        self.peak = 0.0
        self.level_dbfs = SILENCE_DBFS
        self.device_problem: VoicePrepError | None = None
        self.disk_problem: VoicePrepError | None = None
        self.close_device: Callable[[], None] = lambda: None
        self._hear = hear
        self._rate_hz = rate_hz
        self._resampler = soxr.ResampleStream(rate_hz, wav.rate_hz, 1, dtype="float32")
        self._queue: SimpleQueue[Block | _Mark] = SimpleQueue()
        self._paused = False
        self._frames_to_drop = round(head_s * rate_hz)
        self._frames_to_go: int | None = None
        """How many frames past Stop are still wanted; None before Stop."""
        self._tail_frames = 0
        self._unflushed_s = 0.0
        self._recent: Block | None = None
        self._thread = Thread(target=self._run, name="voiceprep-recording", daemon=True)
        self._thread.start()

    # -- from the device's thread: copy, count, enqueue --------------------------------------

    def feed(self, block: "Block", *, overflowed: bool = False) -> None:
        """Take in a block; it is copied."""
        self.overflows += overflowed
        self._queue.put(block.copy())

    def device_ended(self) -> None:
        """The device's stream ended; that is a loss unless the take was finished before."""
        self._queue.put(_Mark.DEVICE_ENDED)

    # -- from any thread ---------------------------------------------------------------------

    def pause(self) -> None:
        """Drop what is fed from now on."""
        self._queue.put(_Mark.PAUSE)

    def resume(self) -> None:
        """Keep what is fed from now on."""
        self._queue.put(_Mark.RESUME)

    def finish(self, tail_s: float) -> None:
        """Keep what is fed in the next ``tail_s`` seconds and end; blocks until it has ended.

        A paused take ends at once, and so does one whose device is gone.
        """
        self._tail_frames = round(tail_s * self._rate_hz)
        self._queue.put(_Mark.FINISH)
        self._thread.join()

    # -- on the take's own thread ------------------------------------------------------------

    def _run(self) -> None:
        try:
            while self._frames_to_go != 0:
                self._handle(self._next())
            self._store(self._resampler.resample_chunk(_nothing(), last=True))
        except Exception:  # noqa: BLE001 - what was captured must be kept whatever happens
            _log.exception("the recording's thread failed")
            self.device_problem = self._lost("Something unexpected happened; the log has it.")
        self.level_dbfs = SILENCE_DBFS
        self.begun.set()
        self._flush()
        self.close_device()

    def _next(self) -> "Block | _Mark":
        try:
            return self._queue.get(timeout=DEVICE_LOST_S if self.has_blocks else None)
        except Empty:
            return _Mark.DEVICE_ENDED

    def _handle(self, item: "Block | _Mark") -> None:
        if not isinstance(item, _Mark):
            self.has_blocks = True
            kept = item[self._frames_to_drop :]
            self._frames_to_drop -= len(item) - len(kept)
            if len(kept):
                self.begun.set()
            if len(kept) and not self._paused:
                self._keep(kept.mean(axis=1))
            return
        match item:
            case _Mark.PAUSE:
                self._paused = True
                self.level_dbfs = SILENCE_DBFS
                self._flush()
            case _Mark.RESUME:
                self._paused = False
            case _Mark.FINISH:
                self._frames_to_go = 0 if self._paused else self._tail_frames
            case _Mark.DEVICE_ENDED:
                self.device_problem = self._lost(
                    "It may have been unplugged, switched off, or taken by another program."
                )
                self._frames_to_go = 0

    def _keep(self, mono: "Block") -> None:
        if self._frames_to_go is not None:
            mono = mono[: self._frames_to_go]
            self._frames_to_go -= len(mono)
        self._measure(mono)
        self._store(self._resampler.resample_chunk(mono))
        self._unflushed_s += len(mono) / self._rate_hz
        if self._unflushed_s >= FLUSH_S:
            self._flush()

    def _measure(self, mono: "Block") -> None:
        import numpy as np  # noqa: PLC0415 - heavy

        window = round(LEVEL_WINDOW_S * self._rate_hz)
        heard = mono if self._recent is None else np.concatenate((self._recent, mono))
        self._recent = heard[-window:]
        self.level_dbfs = to_dbfs(float(np.sqrt(np.mean(np.square(self._recent)))))
        self.peak = max(self.peak, float(np.abs(mono).max(initial=0.0)))

    def _store(self, resampled: "Block") -> None:
        pcm = to_pcm(resampled)
        self.wav.append(pcm)
        if self._hear is not None:
            self._hear(pcm)

    def _flush(self) -> None:
        self._unflushed_s = 0.0
        try:
            self.wav.flush()
        except OSError as error:
            if self.disk_problem is None:
                _log.warning("the recording cannot be written: %s", error)
            self.disk_problem = VoicePrepError(
                "The recording cannot be written to the disk.",
                f"{error.strerror}: {self.wav.path.parent}.",
                "Go on speaking, it is kept in memory. Free some space before you stop.",
            )
        else:
            self.disk_problem = None

    def _lost(self, cause: str) -> VoicePrepError:
        return VoicePrepError(
            f"The microphone {self.microphone} went away.",
            cause,
            "What you said until then is kept. Connect it again, or choose another microphone"
            " in the settings.",
        )


def _nothing() -> "Block":
    import numpy as np  # noqa: PLC0415 - heavy

    return np.empty(0, dtype=np.float32)
