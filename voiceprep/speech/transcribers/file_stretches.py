"""The stretches of an audio file, cut while it is read: a file of any length fits into memory."""

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from voiceprep.speech.audio_file import SPEECH_RATE_HZ, speech_blocks
from voiceprep.speech.stretches import Cutter, Stretch
from voiceprep.speech.vad import SILENCE_DBFS, loudest_dbfs, refuse_silence

if TYPE_CHECKING:
    from voiceprep.speech.audio_file import Samples
    from voiceprep.speech.transcribers.child import Report

_PIECE = 10 * SPEECH_RATE_HZ  # samples: to cut each of FFmpeg's small blocks would take long


class FileStretches:
    """To be gone through once.

    Args:
        path: The file.
        report: Told of each piece that is read; raises Cancelled.
    """

    def __init__(self, path: Path, report: "Report") -> None:
        self._path = path
        self._report = report
        self._frames = 0

    @property
    def length_s(self) -> float:
        """Of what was read so far, in seconds."""
        return self._frames / SPEECH_RATE_HZ

    def __iter__(self) -> Iterator[Stretch]:
        """The stretches in their order.

        Raises:
            VoicePrepError: The file cannot be read, or there is no sound in it.
            Cancelled: From ``report``.
        """
        cutter, loudest = Cutter(), -math.inf
        waiting: list[Stretch] = []
        """Those that may be nothing but noise: nothing louder was there yet."""
        for samples in _pieces(speech_blocks(self._path)):
            self._frames += len(samples)
            self._report(self.length_s)
            loudest = max(loudest, loudest_dbfs(samples))
            waiting.extend(cutter.feed(samples))
            if loudest >= SILENCE_DBFS:
                yield from waiting
                waiting.clear()
        refuse_silence(loudest)
        yield from waiting
        yield from cutter.finish()


def _pieces(blocks: "Iterable[Samples]") -> "Iterator[Samples]":
    """Blocks joined until they are long enough."""
    import numpy as np  # noqa: PLC0415 - heavy

    kept: list[Samples] = []
    length = 0
    for block in blocks:
        kept.append(block)
        length += len(block)
        if length >= _PIECE:
            yield np.concatenate(kept)
            kept, length = [], 0
    if kept:
        yield np.concatenate(kept)
