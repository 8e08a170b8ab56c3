"""What is heard while a recording runs: how loud it is, whether someone speaks, what is wrong."""

from typing import TYPE_CHECKING

from voiceprep.interview.records import CLIP_WINDOW_S
from voiceprep.speech.levels import SILENCE_DBFS, to_dbfs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Block = NDArray[np.float32]

WINDOW_S = 0.05
"""The length of sound that a level speaks about."""

VOICE_ABOVE_FLOOR_DB = 10.0
"""A voice stands out of the room's noise at least so far; below it, nobody speaks."""

LEAST_VOICE_DBFS = -50.0
"""No voice at a microphone is softer: a laptop at arm's length gives -40 to -15 dBFS."""

_FLOOR_RISES_DB_PER_S = 2.0
"""The floor falls at once and rises slowly: a sentence hardly lifts it, a fan that is switched on
is learnt in some ten seconds."""

CLIPPED = 0.999
"""A sample from here on is at the end of the scale."""

_CLIPS = 3
"""So many of them within one window are cut-off peaks; one alone is chance."""

_TOLD_FOR_S = 3.0
"""How long something that was wrong stays worth telling; also how long zeros may last."""

_SOFT_AFTER_S = 8.0
"""Whoever has not been heard by then is too soft, or does not speak yet."""

MUTED = "Nothing but silence comes in. Is the microphone muted?"
TOO_LOUD = "Too loud: your voice is cut off. Move back a little."
TOO_SOFT = "You are hardly heard. Move closer, or speak up."
LOST_SOUND = "A moment of sound was lost: this computer is very busy."


class Hearing:
    """Listens to mono samples as they come; asked from any thread.

    Attributes:
        level_dbfs: RMS of the last 50 ms.
        peak: The loudest sample so far, 0 to 1.
        clips: How often the voice was cut off at the end of the scale, in windows of 50 ms.
        quiet_s: Seconds since a voice was heard; None while nobody has spoken at all.
        warning: What is wrong at this moment in words, or "".
    """

    def __init__(self) -> None:
        self.level_dbfs = SILENCE_DBFS
        self.peak = 0.0
        self.clips = 0
        self.quiet_s: float | None = None
        self.warning = ""
        self._heard_s = 0.0
        self._floor_dbfs = 0.0
        self._zeros_s = 0.0
        self._overflows = 0
        self._clipped_at_s = self._lost_at_s = self._counted_at_s = -_TOLD_FOR_S
        self._recent: Block | None = None

    def listen(self, mono: "Block", rate_hz: int, overflows: int = 0) -> None:
        """Take in what came next.

        Args:
            mono: float32, one-dimensional, -1 to 1; at least one sample.
            rate_hz: Its sample rate.
            overflows: How often the device has lost samples so far.
        """
        import numpy as np  # noqa: PLC0415 - heavy

        window = round(WINDOW_S * rate_hz)
        heard = mono if self._recent is None else np.concatenate((self._recent, mono))
        self._recent = heard[-window:]
        length_s = len(mono) / rate_hz
        self._heard_s += length_s
        self.level_dbfs = to_dbfs(float(np.sqrt(np.mean(np.square(self._recent)))))
        loudest = float(np.abs(mono).max(initial=0.0))
        self.peak = max(self.peak, loudest)
        self._zeros_s = self._zeros_s + length_s if loudest == 0 else 0.0
        if int(np.count_nonzero(np.abs(self._recent) >= CLIPPED)) >= _CLIPS:
            if self._heard_s - self._counted_at_s >= CLIP_WINDOW_S:
                self.clips += 1
                self._counted_at_s = self._heard_s
            self._clipped_at_s = self._heard_s
        if overflows > self._overflows:
            self._overflows, self._lost_at_s = overflows, self._heard_s
        self._listen_for_a_voice(length_s)
        self.warning = self._wrong()

    def rest(self) -> None:
        """Nothing comes in for a while: silence, but nobody fell silent."""
        self.level_dbfs = SILENCE_DBFS
        self.quiet_s = None if self.quiet_s is None else 0.0
        self.warning = ""
        self._recent = None

    def _listen_for_a_voice(self, length_s: float) -> None:
        risen_dbfs = self._floor_dbfs + _FLOOR_RISES_DB_PER_S * length_s
        self._floor_dbfs = min(self.level_dbfs, risen_dbfs)
        voice_dbfs = max(self._floor_dbfs + VOICE_ABOVE_FLOOR_DB, LEAST_VOICE_DBFS)
        if self.level_dbfs >= voice_dbfs:
            self.quiet_s = 0.0
        elif self.quiet_s is not None:
            self.quiet_s += length_s

    def _wrong(self) -> str:
        if self._zeros_s >= _TOLD_FOR_S:
            return MUTED
        if self._heard_s - self._lost_at_s < _TOLD_FOR_S:
            return LOST_SOUND
        if self._heard_s - self._clipped_at_s < _TOLD_FOR_S:
            return TOO_LOUD
        return TOO_SOFT if self.quiet_s is None and self._heard_s >= _SOFT_AFTER_S else ""
