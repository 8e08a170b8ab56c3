"""Plays sound files on the chosen output."""

import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from voiceprep.errors import VoicePrepError
from voiceprep.speech import portaudio
from voiceprep.speech.audio_file import Audio, read_audio
from voiceprep.speech.devices import Device, find_output, in_words
from voiceprep.speech.playback import Playback
from voiceprep.speech.tempo import stretched

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

_STANDS_IN = "Until it is back, the system's default output plays."
"""What is said once of a chosen output that is gone."""

_POLL_S = 0.01


@dataclass(frozen=True, slots=True)
class _Opened:
    """A stream that plays."""

    stream: Any
    playback: Playback
    device: Device


class SoundPlayer:
    """Plays one file at a time; a second call waits for the first.

    When the chosen output is gone, that is an error once; from then on the system's default plays
    for it, until it is there again.

    Args:
        output: A remembered device ("name (host API)"); "" is the system's default.
    """

    def __init__(self, output: str = "") -> None:
        self._output = output
        self._default_stands_in = False
        self._turn = Lock()
        self._playing: tuple[Playback, float, float] | None = None
        """What plays, where in the file it began, in seconds, and how fast it plays."""

    def play(
        self,
        path: Path,
        cancel: Event,
        start_s: float = 0.0,
        end_s: float | None = None,
        speed: float = 1.0,
    ) -> None:
        """Play from ``start_s`` to ``end_s``; return when that was heard or ``cancel`` was set.

        Raises:
            VoicePrepError: The file is gone or foreign, or the output is.
            ValueError: ``speed`` is not between 0.5 and 2.
        """
        sound = stretched(_cut(read_audio(path), start_s, end_s), speed)
        while not self._turn.acquire(timeout=_POLL_S):
            if cancel.is_set():
                return
        try:
            if len(sound.samples) and not cancel.is_set():
                self._play(sound, cancel, max(0.0, start_s), speed)
        finally:
            self._playing = None
            self._turn.release()

    @property
    def position_s(self) -> float | None:
        """Where in the file the sound that is heard now is, in seconds; None while silent."""
        if (playing := self._playing) is None:
            return None
        playback, start_s, speed = playing
        return start_s + speed * playback.heard_s

    def _play(self, sound: Audio, cancel: Event, start_s: float, speed: float) -> None:
        opened = self._opened(sound, cancel)
        self._playing = opened.playback, start_s, speed
        try:
            if not _is_heard(opened.playback, cancel):
                raise self._gone(_lost(opened.device))
        finally:
            portaudio.close_stream(opened.stream)

    def _opened(self, sound: Audio, cancel: Event) -> _Opened:
        """The sound on the chosen output, or on the one that stands in for it.

        Raises:
            VoicePrepError: The chosen one is gone, and that was not said yet; or there is none.
        """
        try:
            opened = _open(self._output, sound, cancel)
        except VoicePrepError as error:
            if self._default_stands_in:
                return _open("", sound, cancel)
            raise self._gone(error) from error
        self._default_stands_in = False
        return opened

    def _gone(self, error: VoicePrepError) -> VoicePrepError:
        """What to say of the output; a chosen one is replaced from now on."""
        if not self._output or self._default_stands_in:
            return error
        self._default_stands_in = True
        return VoicePrepError(error.title, error.cause, _STANDS_IN)


def _open(key: str, sound: Audio, cancel: Event) -> _Opened:
    """Play on a remembered device; "" is the system's default.

    Raises:
        VoicePrepError: It is not there, or cannot be opened.
    """
    with portaudio.steady() as library:
        index, device = find_output(key)
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
    return _Opened(stream, playback, device)


def _is_heard(playback: Playback, cancel: Event) -> bool:
    """Return when the sound is over or not wanted any more; False: the output went away."""
    give_up_s: float | None = None
    while not playback.is_over:
        now_s = time.monotonic()
        if cancel.is_set():
            give_up_s = give_up_s or now_s + CANCEL_S
            if now_s >= give_up_s:
                break
        lost = now_s - playback.last_block_at_s > DEVICE_LOST_S
        if playback.device_ended.wait(_POLL_S) or lost:
            return False
    return True


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


def _lost(device: Device) -> VoicePrepError:
    return VoicePrepError(
        f"{in_words('output', device.name)} went away.",
        "It may have been unplugged or switched off.",
        "Connect it again, or choose another output in the settings.",
    )


def _refused(device: Device, error: Any) -> VoicePrepError:
    return VoicePrepError(
        f"{in_words('output', device.name)} cannot be opened.",
        f"The sound system says: {error}.",
        "Connect it, close other programs that use it, or choose another output in the settings.",
    )
