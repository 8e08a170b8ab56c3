"""Plays sound files on the chosen output."""

import time
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from voiceprep.errors import VoicePrepError
from voiceprep.speech import portaudio
from voiceprep.speech.audio_file import Audio, read_audio
from voiceprep.speech.devices import Device, find_output
from voiceprep.speech.playback import Playback

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

LATENCY_S = 0.05
"""What the device may hold ready: with it, falling silent takes less than 0.1 s."""

DEVICE_LOST_S = 3.0
"""Unplugging gives no dependable error; a living device asks for more every few milliseconds,
but Bluetooth headphones take up to two seconds to wake up."""

CANCEL_S = 0.08
"""A device that does not ask for more by then cannot be faded out; it is just closed."""

_POLL_S = 0.01


class SoundPlayer:
    """Plays one file at a time; a second call waits for the first.

    Args:
        output: A remembered device ("name (host API)"); "" is the system's default.
    """

    def __init__(self, output: str = "") -> None:
        self._output = output
        self._turn = Lock()
        self._playing: tuple[Playback, float] | None = None
        """What plays, and where in the file it began, in seconds."""

    def play(
        self, path: Path, cancel: Event, start_s: float = 0.0, end_s: float | None = None
    ) -> None:
        """Play from ``start_s`` to ``end_s``; return when that was heard or ``cancel`` was set.

        Raises:
            VoicePrepError: The file is gone or foreign, or the output is.
        """
        sound = _cut(read_audio(path), start_s, end_s)
        while not self._turn.acquire(timeout=_POLL_S):
            if cancel.is_set():
                return
        try:
            if len(sound.samples) and not cancel.is_set():
                self._play(sound, cancel, max(0.0, start_s))
        finally:
            self._playing = None
            self._turn.release()

    @property
    def position_s(self) -> float | None:
        """Where in the file the sound that is heard now is, in seconds; None while silent."""
        playing = self._playing
        return None if playing is None else playing[1] + playing[0].heard_s

    def _play(self, sound: Audio, cancel: Event, start_s: float) -> None:
        with portaudio.steady() as library:
            index, device = find_output(self._output)
            samples = _fitted(sound, device)
            playback = Playback(samples, device.rate_hz, cancel)
            try:
                stream = library.OutputStream(
                    device=index,
                    samplerate=device.rate_hz,
                    channels=samples.shape[1],
                    dtype="float32",
                    latency=LATENCY_S,
                    callback=playback.fill,
                    finished_callback=playback.device_ended.set,
                )
                portaudio.start_stream(stream)
            except library.PortAudioError as error:
                raise _refused(device, error) from error
        self._playing = playback, start_s
        try:
            _wait(playback, device, cancel)
        finally:
            portaudio.close_stream(stream)


def _wait(playback: Playback, device: Device, cancel: Event) -> None:
    """Return when the sound is over.

    Raises:
        VoicePrepError: The output went away.
    """
    give_up_s: float | None = None
    while not playback.is_over:
        now_s = time.monotonic()
        if cancel.is_set():
            give_up_s = give_up_s or now_s + CANCEL_S
            if now_s >= give_up_s:
                return
        lost = now_s - playback.last_block_at_s > DEVICE_LOST_S
        if playback.device_ended.wait(_POLL_S) or lost:
            raise VoicePrepError(
                f"The output {device.name} went away.",
                "It may have been unplugged or switched off.",
                "Connect it again, or choose another output in the settings.",
            )


def _cut(audio: Audio, start_s: float, end_s: float | None) -> Audio:
    """The part between two times."""
    first = round(max(0.0, start_s) * audio.rate_hz)
    last = None if end_s is None else round(max(0.0, end_s) * audio.rate_hz)
    return Audio(audio.samples[first:last], audio.rate_hz)


def _fitted(sound: Audio, device: Device) -> "Samples":
    """The sound at the device's own rate, in stereo if the device has it.

    Cards that are opened directly often refuse a single channel.
    """
    import numpy as np  # noqa: PLC0415 - heavy
    import soxr  # noqa: PLC0415 - heavy

    channels = min(2, device.channels)
    samples = sound.samples
    if samples.shape[1] != channels:
        samples = np.repeat(samples.mean(axis=1, keepdims=True), channels, axis=1)
    fitted: Samples = soxr.resample(samples, sound.rate_hz, device.rate_hz)
    return fitted


def _refused(device: Device, error: Any) -> VoicePrepError:
    return VoicePrepError(
        f"The output {device.name} cannot be opened.",
        f"{error}.",
        "Close other programs that use it, or choose another output in the settings.",
    )
