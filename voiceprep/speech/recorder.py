"""Records answers from a microphone."""

import logging
import shutil
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import RLock, Thread
from typing import Any

from voiceprep.errors import PlaceError, VoicePrepError
from voiceprep.interview.ports import Hear
from voiceprep.interview.records import Recording
from voiceprep.speech import portaudio
from voiceprep.speech.devices import Device, find_microphone, in_words, microphones
from voiceprep.speech.levels import SILENCE_DBFS, to_dbfs
from voiceprep.speech.sound_advice import advise
from voiceprep.speech.soundcheck import Verdict
from voiceprep.speech.take import RATE_HZ, Take
from voiceprep.speech.wav import WavFile

FIRST_BLOCK_S = 2.0
"""Bluetooth headsets need about a second to switch their microphone on."""

HEAD_S = 0.3
"""Not recorded: the click of switching on, and the last of a question that is cut short, which
loudspeaker and room still carry to the microphone. ``start`` waits for it, so no word is lost."""

TAIL_S = 0.5
"""People press Stop while the last word is still in the air (Anki keeps as much)."""

LATENCY_S = 0.1
"""What the device may hold back. Nobody hears the delay, and at 0.1 s a busy moment of ours
costs no samples."""

_MOST_CHANNELS = 8

LEAST_FREE_BYTES = 4_000_000
"""Two minutes; with less on the disk, another place is asked for before anybody speaks."""

_LOOK_AGAIN_S = 0.5
"""How often another microphone is looked for while there is none."""

_log = logging.getLogger(__name__)


class MicrophoneRecorder:
    """Records one answer at a time, again and again.

    Args:
        microphone: A remembered device ("name (host API)"); "" is the system's default.
    """

    def __init__(self, microphone: str = "") -> None:
        self._microphone = microphone
        self._lock = RLock()
        self._take: Take | None = None
        self._tail_s = TAIL_S
        self._running = False
        self._kept = True
        """Whether all of the last take is on the disk."""

    def start(self, path: Path, hear: Hear | None = None) -> None:
        """Open the microphone and write to ``path``; returns when the first samples came in.

        ``hear`` is called with all that is written, from the take's own thread.

        Raises:
            VoicePrepError: No PortAudio, no microphone, no permission, or no disk.
        """
        with self._lock:
            if self._running:
                raise VoicePrepError(
                    "The microphone is still recording.", "", "Stop that recording first."
                )
            if self._take is not None and not self._kept:
                self._write_all(self._take)  # the disk refused it before; it goes first
            wav = _create(path)
            try:
                self._take = self._listen(wav, hear)
            except BaseException:
                wav.discard()
                raise
            self._running, self._kept = True, False

    def pause(self) -> None:
        """Keep the file open and drop what comes in; returns at once."""
        if self._take is not None:
            self._take.pause()

    def resume(self) -> None:
        """Go on writing to the same file; returns at once."""
        if self._take is not None:
            self._take.resume()

    def move(self, path: Path) -> None:
        """Write the take at hand to another file, from its first word on; blocks.

        Also after a ``stop`` that the disk refused; then call ``stop`` again.

        Raises:
            VoicePrepError: There is no take, or the other place refuses: all is as before.
        """
        take = self._take
        if take is None or self._kept:
            raise VoicePrepError("Nothing is being recorded.", "", "Start recording first.")
        try:
            take.wav.move(path)
        except OSError as error:
            raise PlaceError(
                f"The folder {path.parent} cannot be used.",
                f"{error.strerror}.",
                "Your answer is kept in memory. Choose another folder.",
            ) from error
        take.disk_problem = None

    def stop(self) -> Recording:
        """Keep the next half second, close the file and describe it.

        When the disk refuses the last part, it stays in memory: call ``stop`` again.

        Raises:
            VoicePrepError: Nothing is being recorded, nothing came in, or the disk is full.
        """
        with self._lock:
            take = self._take
            if take is None or (self._kept and not self._running):
                raise VoicePrepError("Nothing is being recorded.", "", "Start recording first.")
            take.finish(self._tail_s)
            self._running = False
            self._write_all(take)
            return _describe(take)

    @property
    def level_dbfs(self) -> float:
        """Loudness (RMS) of the last 50 ms, -90 (silence) to 0 (full scale)."""
        return SILENCE_DBFS if self._take is None else self._take.hearing.level_dbfs

    @property
    def quiet_s(self) -> float | None:
        """Seconds since a voice was heard; None while nobody has spoken yet."""
        return None if self._take is None else self._take.hearing.quiet_s

    @property
    def warning(self) -> str:
        """What is wrong with the sound at this moment (too loud, muted), or ""."""
        return "" if self._take is None else self._take.hearing.warning

    @property
    def elapsed_s(self) -> float:
        """Seconds recorded so far, without pauses."""
        return 0.0 if self._take is None else self._take.wav.duration_s

    @property
    def problem(self) -> VoicePrepError | None:
        """What went wrong while recording (device gone, disk full), or None."""
        take = self._take
        return None if take is None else take.device_problem or take.disk_problem

    def _listen(self, wav: WavFile, hear: Hear | None) -> Take:
        """Open the microphone into a new take and wait for its first block.

        Raises:
            VoicePrepError: There is no microphone, it cannot be opened, or it stays mute.
        """
        with portaudio.steady():
            index, device = find_microphone(self._microphone)
            take = Take(wav, device.name, device.rate_hz, HEAD_S, hear)
            take.on_lost = partial(self._look_for_another, take)
            try:
                self._tail_s = TAIL_S + _open(take, index, device, source=0)
            except VoicePrepError:
                take.finish(0.0)
                raise
        take.begun.wait(FIRST_BLOCK_S)
        if not take.has_blocks:
            take.finish(0.0)
            raise VoicePrepError(
                f"{in_words('input', device.name)} gives no sound.",
                f"Nothing came from it in its first {FIRST_BLOCK_S:g} seconds.",
                "Check that it is connected and switched on, and that no other program holds it;"
                " or choose another in the settings. You can also type your answer.",
            )
        return take

    def _look_for_another(self, take: Take) -> None:
        """Called when a microphone went away."""
        Thread(
            target=self._carry_on, args=(take,), name="voiceprep-microphone", daemon=True
        ).start()

    def _carry_on(self, take: Take) -> None:
        """Until one delivers or the take ends: try the chosen microphone, then the others."""
        while not take.has_ended:
            try:
                keys = [self._microphone, *(one.key for one in microphones())]
            except VoicePrepError as error:
                _log.info("no other microphone yet: %s", error)
                keys = []
            for key in dict.fromkeys(keys):
                if not take.has_ended and self._goes_on_with(key, take):
                    return
            time.sleep(_LOOK_AGAIN_S)

    def _goes_on_with(self, key: str, take: Take) -> bool:
        """Whether this microphone delivers."""
        try:
            with portaudio.steady():
                index, device = find_microphone(key)
                source = take.connect(device.name, device.rate_hz)
                self._tail_s = TAIL_S + _open(take, index, device, source)
        except VoicePrepError as error:
            _log.info("%s", error)
            return False
        if take.flowing.wait(FIRST_BLOCK_S):
            _log.info("%s goes on", device.key)
            return True
        take.device_ended(source)
        return False

    def _write_all(self, take: Take) -> None:
        """Bring what is left of a finished take to the disk.

        Raises:
            VoicePrepError: The disk refuses; it can be tried again.
        """
        try:
            take.wav.close()
        except OSError as error:
            raise PlaceError(
                f"The last {take.wav.waiting_s:.0f} seconds of your answer are not saved yet.",
                f"{error.strerror}: {take.wav.path.parent}.",
                "They are kept in memory while VoicePrep stays open. Free some space on this"
                " disk and try again, or choose another folder.",
            ) from error
        self._kept = True
        take.disk_problem = None


def _create(path: Path) -> WavFile:
    try:
        wav = WavFile(path, RATE_HZ)
    except FileExistsError as error:
        raise VoicePrepError(
            f"There is already a recording {path.name}.",
            "A recording is never overwritten.",
            "Start again; the new one gets a name of its own.",
        ) from error
    except OSError as error:
        raise PlaceError(
            "The recording cannot be written to the disk.",
            f"{error.strerror}: {path}.",
            "Free some space, or check that you may write to this folder, and start again;"
            " or choose another folder.",
        ) from error
    free_bytes = shutil.disk_usage(path.parent).free
    if free_bytes < LEAST_FREE_BYTES:
        wav.discard()
        raise PlaceError(
            "The disk is nearly full.",
            f"{free_bytes / 1e6:.1f} MB are left at {path.parent}; two minutes of an answer take"
            f" {LEAST_FREE_BYTES / 1e6:.0f} MB.",
            "Free some space and start again, or choose another folder.",
        )
    return wav


def _open(take: Take, index: int, device: Device, source: int) -> float:
    """Let a microphone deliver to the take; returns its latency in seconds.

    Raises:
        VoicePrepError: It refuses.
    """
    with portaudio.steady() as library:
        try:
            stream = _input_stream(library, index, device, take, source)
            is_wanted = take.close_at_end(partial(portaudio.close_stream, stream))
            portaudio.start_stream(stream)
        except library.PortAudioError as error:
            raise _refused(device, error) from error
    if not is_wanted:
        portaudio.close_stream(stream)
    latency_s: float = stream.latency
    return latency_s


def _input_stream(library: Any, index: int, device: Device, take: Take, source: int) -> Any:
    """The stream in mono, or with the fewest channels that the device agrees to."""

    def callback(block: Any, _frames: int, _time: Any, status: Any) -> None:
        take.feed(block, overflowed=bool(status.input_overflow), source=source)

    def with_channels(channels: int) -> Any:
        return library.InputStream(
            device=index,
            samplerate=device.rate_hz,
            channels=channels,
            dtype="float32",
            latency=LATENCY_S,
            callback=callback,
            finished_callback=partial(take.device_ended, source),
        )

    *choices, last = sorted({1, min(2, device.channels), min(_MOST_CHANNELS, device.channels)})
    for channels in choices:
        with suppress(library.PortAudioError):
            return with_channels(channels)
    return with_channels(last)


def _refused(device: Device, error: Exception) -> VoicePrepError:
    return VoicePrepError(
        f"{in_words('input', device.name)} cannot be opened.",
        f"The sound system says: {error}.",
        "Close other programs that use it, and check that the system's privacy settings let"
        " VoicePrep use the microphone; or choose another in the settings."
        " You can also type your answer or drop an audio file.",
    )


def _describe(take: Take) -> Recording:
    """What became of a take that is on the disk.

    Raises:
        VoicePrepError: It is empty.
    """
    if not take.wav.duration_s:
        raise VoicePrepError(
            "Nothing was recorded.",
            "The recording was paused from its first moment on.",
            "Answer again, and press Stop while it is running.",
        )
    problem = take.device_problem
    words = "" if problem is None else f"{problem.title} {problem.cause}"
    return Recording(
        path=take.wav.path,
        duration_s=take.wav.duration_s,
        rate_hz=take.wav.rate_hz,
        device=take.microphone,
        overflows=take.overflows,
        peak_dbfs=to_dbfs(take.hearing.peak),
        problem=words or (_silence() if take.hearing.peak == 0 else ""),
        parts=take.parts if len(take.parts) > 1 else (),
        clips=take.hearing.clips,
    )


def _silence() -> str:
    """Why a whole take may be digital silence; macOS gives that instead of an error."""
    first, *_ = advise(Verdict.MUTED, sys.platform).look_at
    return f"Silence only: the microphone is muted, or VoicePrep may not use it. {first}"
