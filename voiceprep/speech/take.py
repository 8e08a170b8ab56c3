"""One take: blocks come in from the sound device's thread and leave for the disk from our own."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from voiceprep.errors import PlaceError, VoicePrepError
from voiceprep.interview.ports import Hear
from voiceprep.interview.records import Part
from voiceprep.speech.audio_file import to_pcm
from voiceprep.speech.devices import in_words
from voiceprep.speech.hearing import Hearing
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

DEVICE_LOST_S = 1.0
"""Unplugging gives no dependable error, but a living device is never silent for this long:
blocks come every 50 ms, muted or not."""


class _Press(Enum):
    """What a person does, in the queue between the blocks where it happened."""

    PAUSE = auto()
    RESUME = auto()
    FINISH = auto()


@dataclass(frozen=True, slots=True)
class _Source:
    """A device that begins to deliver."""

    number: int
    microphone: str
    rate_hz: int


@dataclass(frozen=True, slots=True)
class _Heard:
    """A block of a source; None: the source has ended."""

    source: int
    block: "Block | None"


class Take:
    """Mixes down, resamples, measures and writes what is fed to it, until it is finished.

    Its microphone may go away. Then the take rests until another one is connected to it
    (``connect``), and goes on in the same file: the second part of the same answer.

    Attributes:
        microphone: Name of the device.
        parts: Each device with the second at which it began to deliver.
        begun: Set when the first sample was kept, or when there will be none.
        flowing: Set while the device that was connected last delivers.
        hearing: How loud it is, whether someone speaks, and what is wrong.
        overflows: How often the device lost samples because we were late.
        device_problem: Set once a microphone went away.
        disk_problem: Set while the disk refuses what was recorded.
        on_lost: Called on the take's thread when the microphone went away.
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
        self.wav = wav
        self.begun = Event()
        self.flowing = Event()
        self.hearing = Hearing()
        self.parts: tuple[Part, ...] = ()
        self.overflows = 0
        self.device_problem: VoicePrepError | None = None
        self.disk_problem: VoicePrepError | None = None
        self.on_lost: Callable[[], None] = lambda: None
        self._hear = hear
        self._lock = Lock()
        self._ended = False
        self._close_device: Callable[[], None] = lambda: None
        self._sources = 0
        self._source = 0
        self._use(_Source(0, microphone, rate_hz))
        self._queue: SimpleQueue[_Heard | _Source | _Press] = SimpleQueue()
        self._paused = False
        self._frames_to_drop = round(head_s * rate_hz)
        self._frames_to_go: int | None = None
        """How many frames past Stop are still wanted; None before Stop."""
        self._tail_s = 0.0
        self._unflushed_s = 0.0
        self._thread = Thread(target=self._run, name="voiceprep-recording", daemon=True)
        self._thread.start()

    # -- from the device's thread: copy, count, enqueue --------------------------------------

    def feed(self, block: "Block", *, overflowed: bool = False, source: int = 0) -> None:
        """Take in a block of the device with this number; it is copied."""
        self.overflows += overflowed
        self._queue.put(_Heard(source, block.copy()))

    def device_ended(self, source: int = 0) -> None:
        """The device's stream ended; that is a loss unless the take was finished before."""
        self._queue.put(_Heard(source, None))

    # -- from any thread ---------------------------------------------------------------------

    @property
    def has_ended(self) -> bool:
        """Whether nothing is taken in any more."""
        return self._ended

    @property
    def has_blocks(self) -> bool:
        """Whether anything came in at all."""
        return bool(self.parts)

    def connect(self, microphone: str, rate_hz: int) -> int:
        """Blocks come from this device from now on; returns its number for ``feed``."""
        self._sources += 1
        self.flowing.clear()
        self._queue.put(_Source(self._sources, microphone, rate_hz))
        return self._sources

    def close_at_end(self, close_device: Callable[[], None]) -> bool:
        """Have this called once no more blocks are wanted; False: that is so already."""
        with self._lock:
            self._close_device = close_device
            return not self._ended

    def pause(self) -> None:
        """Drop what is fed from now on."""
        self._queue.put(_Press.PAUSE)

    def resume(self) -> None:
        """Keep what is fed from now on."""
        self._queue.put(_Press.RESUME)

    def finish(self, tail_s: float) -> None:
        """Keep what is fed in the next ``tail_s`` seconds and end; blocks until it has ended.

        A paused take ends at once, and so does one whose device is gone.
        """
        self._tail_s = tail_s
        self._queue.put(_Press.FINISH)
        self._thread.join()

    # -- on the take's own thread ------------------------------------------------------------

    def _run(self) -> None:
        try:
            while self._frames_to_go != 0:
                self._handle(self._next())
            self._store(self._resampler.resample_chunk(_nothing(), last=True))
        except Exception:  # noqa: BLE001 - what was captured must be kept whatever happens
            _log.exception("the recording's thread failed")
            self.device_problem = self._gone("Something unexpected happened; the log has it.")
        self.hearing.rest()
        self.begun.set()
        self._flush()
        with self._lock:
            self._ended = True
        self._close_device()

    def _next(self) -> "_Heard | _Source | _Press":
        try:
            return self._queue.get(timeout=DEVICE_LOST_S if self.flowing.is_set() else None)
        except Empty:
            return _Heard(self._source, None)

    def _handle(self, item: "_Heard | _Source | _Press") -> None:
        match item:
            case _Heard() if item.source != self._source:
                pass  # the last of a device that is gone
            case _Heard(block=None):
                self._lose()
            case _Heard(block=block) if block is not None:
                self._take_in(block)
            case _Source():
                self._use(item)
            case _Press.PAUSE:
                self._paused = True
                self.hearing.rest()
                self._flush()
            case _Press.RESUME:
                self._paused = False
            case _Press.FINISH:
                waits = self.flowing.is_set() and not self._paused
                self._frames_to_go = round(self._tail_s * self._rate_hz) if waits else 0

    def _use(self, source: _Source) -> None:
        """Expect blocks from this device."""
        import soxr  # noqa: PLC0415 - heavy

        self._source = source.number
        self.microphone = source.microphone
        self._rate_hz = source.rate_hz
        self._resampler = soxr.ResampleStream(source.rate_hz, self.wav.rate_hz, 1, dtype="float32")

    def _take_in(self, block: "Block") -> None:
        if not self.flowing.is_set():
            self.parts = (*self.parts, Part(self.microphone, self.wav.duration_s))
            if self.device_problem is not None:
                self.device_problem = self._carried_on(self.device_problem)
            self.flowing.set()
        kept = block[self._frames_to_drop :]
        self._frames_to_drop -= len(block) - len(kept)
        if len(kept):
            self.begun.set()
        if len(kept) and not self._paused:
            self._keep(kept.mean(axis=1))

    def _keep(self, mono: "Block") -> None:
        if self._frames_to_go is not None:
            mono = mono[: self._frames_to_go]
            self._frames_to_go -= len(mono)
        self.hearing.listen(mono, self._rate_hz, self.overflows)
        self._store(self._resampler.resample_chunk(mono))
        self._unflushed_s += len(mono) / self._rate_hz
        if self._unflushed_s >= FLUSH_S:
            self._flush()

    def _lose(self) -> None:
        """The microphone went away: keep what it gave, and rest until another is connected."""
        had_delivered = self.flowing.is_set()
        if had_delivered or not self.has_blocks:
            self.device_problem = self._gone(
                "It may have been unplugged, switched off, or taken by another program."
            )
        self._store(self._resampler.resample_chunk(_nothing(), last=True))
        self._use(_Source(-1, self.microphone, self._rate_hz))  # nothing of it is wanted now
        self.flowing.clear()
        self.hearing.rest()
        self._flush()
        self._close_device()
        if self._frames_to_go is not None or not self.has_blocks:
            self._frames_to_go = 0
        elif had_delivered:
            self.on_lost()

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
                self.disk_problem = PlaceError(
                    "The recording cannot be written to the disk.",
                    f"{error.strerror}: {self.wav.path.parent}.",
                    "Go on speaking, it is kept in memory. Free some space before you stop, or"
                    " choose another folder.",
                )
        else:
            self.disk_problem = None

    def _gone(self, cause: str) -> VoicePrepError:
        return VoicePrepError(
            f"{in_words('input', self.microphone)} went away.",
            cause,
            "What you said until then is kept. As soon as a microphone is there, the recording"
            " goes on by itself; or stop here.",
        )

    def _carried_on(self, lost: VoicePrepError) -> VoicePrepError:
        return VoicePrepError(
            lost.title,
            f"{in_words('input', self.microphone)} goes on from {self.wav.duration_s:.0f} s, as the"
            " second part of the same answer.",
            "What you said before is kept. Say again what you said in between.",
        )


def _nothing() -> "Block":
    import numpy as np  # noqa: PLC0415 - heavy

    return np.empty(0, dtype=np.float32)
