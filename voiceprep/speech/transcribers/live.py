"""Transcribes an answer while it is being spoken."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from queue import SimpleQueue
from threading import Event, Thread

from voiceprep.errors import Cancelled
from voiceprep.interview.ports import Caption, Progress
from voiceprep.interview.sound import SoundLevels
from voiceprep.scoring.transcript import Transcript
from voiceprep.speech.audio_file import SPEECH_RATE_HZ, from_pcm, to_pcm
from voiceprep.speech.measure import Gauge
from voiceprep.speech.stretches import Cutter, Stretch

_log = logging.getLogger(__name__)

_POLL_S = 0.05

HearStretch = Callable[[bytes, float, Event], Transcript]
"""As ``ChildTranscriber.hear``."""


class LiveTranscript:
    """The words of one answer, stretch by stretch.

    What is fed waits in a queue, so that recording never waits for the recogniser; a thread cuts
    it into stretches and has one after the other transcribed.

    Args:
        hear: Transcribes one stretch; blocks.
        caption: Gets the words so far after each stretch, until ``finish`` or ``give_up``.
    """

    def __init__(self, hear: HearStretch, caption: Caption) -> None:
        self._hear_stretch = hear
        self._caption = caption
        self._fed: SimpleQueue[bytes | None] = SimpleQueue()
        self._fed_frames = 0
        self._heard = Transcript((), "")
        self._heard_s = 0.0
        """Up to here the recording is transcribed."""
        self._levels: SoundLevels | None = None
        self._error: Exception | None = None
        self._given_up = Event()
        self._ended = Event()
        Thread(target=self._run, name="voiceprep-captions", daemon=True).start()

    def feed(self, pcm: bytes) -> None:
        """Take in what was recorded next (16 kHz mono, 16 bits little-endian); returns at once."""
        self._fed_frames += len(pcm) // 2
        self._fed.put(pcm)

    def finish(self, cancel: Event, progress: Progress | None = None) -> Transcript:
        """The words of all that was fed, once the last stretch is transcribed; blocks.

        ``duration_s`` is the length of what was fed.

        Raises:
            VoicePrepError: The engine cannot be loaded, or died twice in one stretch.
            Cancelled: ``cancel`` was set, ``give_up`` called, or the transcriber closed.
        """
        self._fed.put(None)
        duration_s = self._fed_frames / SPEECH_RATE_HZ
        told_s = -1.0
        while not self._ended.wait(_POLL_S):
            if cancel.is_set():
                self.give_up()
                raise Cancelled
            if progress is not None and self._heard_s != told_s:
                told_s = self._heard_s
                progress(min(told_s / duration_s, 1.0) if duration_s else 0.0)
        if self._error is not None:
            raise self._error
        if progress is not None:
            progress(1.0)
        return replace(self._heard, duration_s=duration_s)

    @property
    def levels(self) -> SoundLevels | None:
        """How loud the voice was, and the room around it; None before ``finish`` has returned."""
        return self._levels

    def give_up(self) -> None:
        """Nobody wants the words any more; returns at once."""
        self._given_up.set()
        self._fed.put(None)

    def _run(self) -> None:
        try:
            cutter, gauge = Cutter(), Gauge()
            while (pcm := self._fed.get()) is not None:
                samples = from_pcm(pcm)
                gauge.feed(samples)
                self._transcribe(cutter.feed(samples))
            self._transcribe(cutter.finish())
            self._levels = gauge.levels(cutter.probabilities)
        except Exception as error:  # noqa: BLE001 - whoever waits for the words must hear of it
            if not isinstance(error, Cancelled):
                _log.warning("the answer is not transcribed while it is spoken", exc_info=True)
            self._error = error
        self._ended.set()

    def _transcribe(self, stretches: Iterable[Stretch]) -> None:
        for stretch in stretches:
            heard = self._hear_stretch(to_pcm(stretch.samples), stretch.start_s, self._given_up)
            if self._given_up.is_set():
                raise Cancelled
            self._heard = replace(heard, segments=(*self._heard.segments, *heard.segments))
            self._heard_s = stretch.end_s
            _log.info("heard up to %.1f s while it is spoken", stretch.end_s)
            self._caption(self._heard)
        if self._given_up.is_set():
            raise Cancelled
