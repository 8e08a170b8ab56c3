"""The one door to PortAudio: loads it late, keeps its device list fresh, closes streams for sure.

PortAudio lists devices once, when it is initialised, and may only be initialised again while no
stream is open. So all streams of the app are opened and closed here, and counted.
"""

import atexit
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock, Thread
from typing import Any

from voiceprep.errors import VoicePrepError

_log = logging.getLogger(__name__)

CLOSE_TIMEOUT_S = 2.0
"""A healthy stream closes within some ten milliseconds; see ``close_stream``."""

_lock = RLock()
_streams: list[Any] = []

_WITHOUT_SOUND = (
    "Without it you can still practise: questions are shown, "
    "and you can type an answer or drop an audio file."
)


def query() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The devices and the host APIs as sounddevice describes them, fresh if that is possible.

    Raises:
        VoicePrepError: PortAudio is missing or cannot start.
    """
    with _lock:
        library = _fresh()
        return list(library.query_devices()), list(library.query_hostapis())


@contextmanager
def steady() -> Iterator[Any]:
    """The sounddevice module, while nobody else lists, opens or closes devices.

    Raises:
        VoicePrepError: PortAudio is missing.
    """
    with _lock:
        yield _load()


def start_stream(stream: Any) -> None:
    """Start a stream that was just opened, and count it until ``close_stream``.

    Raises:
        sounddevice.PortAudioError: The device refuses; the stream is closed.
    """
    with _lock:
        _streams.append(stream)
        try:
            stream.start()
        except Exception:
            close_stream(stream)
            raise


def close_stream(stream: Any) -> None:
    """Stop a stream at once and close it; returns after ``CLOSE_TIMEOUT_S`` at the latest.

    Closing it twice does no harm. Never to be called from one of the stream's own callbacks:
    that hangs.

    WORKAROUND: PortAudio's ALSA part before June 2025 may loop forever when a device vanishes
    (https://github.com/PortAudio/portaudio/issues/1037). Closing then never returns, neither does
    its clean-up at exit, and it writes gigabytes of messages to the standard error stream.
    """
    with _lock:
        if stream not in _streams:
            return
        closer = Thread(target=stream.close, args=(True,), name="voiceprep-close", daemon=True)
        closer.start()
        closer.join(CLOSE_TIMEOUT_S)
        _streams.remove(stream)
        if closer.is_alive():
            _log.error("a sound stream cannot be closed; its device must have vanished")
            _streams.append(None)  # still open: PortAudio must not be initialised again
            _leave_behind()


def _fresh() -> Any:
    """Sounddevice, with a device list of this moment unless a stream is open."""
    library = _load()
    if _streams:
        return library
    try:
        library._terminate()  # noqa: SLF001 - the only way, and what its author recommends
        library._initialize()  # noqa: SLF001
    except library.PortAudioError as error:
        raise VoicePrepError(
            "The sound system cannot be started.",
            f"PortAudio says: {error}.",
            f"Restart the computer's sound service. {_WITHOUT_SOUND}",
        ) from error
    return library


def _load() -> Any:
    try:
        import sounddevice  # noqa: PLC0415 - raises where PortAudio is missing
    except OSError as error:
        raise VoicePrepError(
            "The sound library PortAudio (libportaudio2) is missing.",
            "VoicePrep records and plays through it, and it does not come with Python.",
            "On Debian or Ubuntu run: sudo apt install libportaudio2"
            f" - then start VoicePrep again. {_WITHOUT_SOUND}",
        ) from error
    return sounddevice


def _leave_behind() -> None:
    """Let the process go on, and end, beside a stream that never closes."""
    atexit.unregister(sys.modules["sounddevice"]._exit_handler)  # noqa: SLF001 - it would hang
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
