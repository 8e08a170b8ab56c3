"""How loud a recording's voice is, and how loud the room around it."""

import math
from dataclasses import dataclass

MOST_SNR_DB = 90.0
"""Between speech and digital silence: what 16 bits can hold."""

LEAST_HEARD_S = 0.25
"""Of less, eight windows of 32 ms, no level can be told."""


@dataclass(frozen=True, slots=True)
class SoundLevels:
    """What was measured of a stretch of sound; levels are dB below full scale, -90 is silence.

    Attributes:
        duration_s: Its length in seconds.
        speech_s: So many of them are speech, pauses left out.
        speech_dbfs: RMS while someone speaks; -90 if nobody does.
        noise_dbfs: RMS of the room while nobody speaks.
        room_s: So many seconds are the sound of the room alone, well away from speech.
        clipped_s: In windows of so many seconds in all, peaks are cut off at the end of the scale.
    """

    duration_s: float
    speech_s: float
    speech_dbfs: float
    noise_dbfs: float
    room_s: float = 0.0
    clipped_s: float = 0.0

    @property
    def tells_noise(self) -> bool:
        """Whether there was enough of both, voice and room, to compare them."""
        return self.speech_s >= LEAST_HEARD_S and self.room_s >= LEAST_HEARD_S

    @property
    def snr_db(self) -> float:
        """Speech to noise: power of the voice alone over that of the room, -90 to 90 dB.

        While someone speaks the room is heard, too, so its power is taken off first. Without
        speech it is -90.
        """
        over = 10 ** ((self.speech_dbfs - self.noise_dbfs) / 10) - 1
        if not self.speech_s or over <= 0:
            return -MOST_SNR_DB
        return min(MOST_SNR_DB, max(-MOST_SNR_DB, 10 * math.log10(over)))

    @property
    def speech_share(self) -> float:
        """Share of the time in which someone speaks, 0 to 1."""
        return min(1.0, self.speech_s / self.duration_s) if self.duration_s else 0.0
