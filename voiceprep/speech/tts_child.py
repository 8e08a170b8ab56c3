"""The child process that synthesises: one utterance, then it ends.

pyttsx3's engines hang, speak only once, or take their process down with them, each on another
system. In a process of its own an engine can be killed, and starts fresh for every text. This
file runs as a script (``python -m voiceprep.speech.tts_child``) and imports nothing of VoicePrep:
it takes a request as JSON on stdin and answers with JSON on stdout, so that no text shows up in
the list of processes.
"""

import contextlib
import ctypes
import faulthandler
import json
import os
import signal
import sys
import time
import wave
from pathlib import Path
from typing import Any

_POLL_S = 0.005
_LONGEST_S = 20.0  # to list the voices

_PR_SET_PDEATHSIG = 1

_WAV_HEADER_BYTES = 44
"""Of the plainest file; others have more."""


def main() -> None:
    """Answer one request and leave without a clean-up: eSpeak may crash in its own."""
    os.umask(0o077)
    if sys.platform == "linux":  # the thread that waits for it is its parent, see prctl(2)
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # What native code prints is no answer.
    answering = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    request = json.load(sys.stdin)
    # Nobody waits longer; it ends even when an engine hangs in native code and the app is gone.
    faulthandler.dump_traceback_later(request.get("timeout_s", _LONGEST_S), exit=True)
    with contextlib.redirect_stdout(sys.stderr):  # pyttsx3 prints
        try:
            answer = _speak(request) if "text" in request else _voices()
        except Exception as error:  # noqa: BLE001 - whatever an engine raises is the answer
            answer = {"error": f"{type(error).__name__}: {error}"}
    json.dump(answer, answering)
    answering.flush()
    os._exit(0)


def default_voice(voices: list[dict[str, str]], current: str, platform: str) -> str:
    """The id of the voice for questions in English.

    The system's own choice, if it is English: on macOS the list begins with joke voices. eSpeak
    has no such choice, it always begins with British English; there it is American English.
    """
    english = [voice["id"] for voice in voices if voice["language"].startswith("en")]
    american = [voice["id"] for voice in voices if voice["language"] in {"en", "en-us"}]
    if platform in {"darwin", "win32"} and current in english:
        return current
    return next(iter(american or english), current)


def is_complete(path: Path) -> bool:
    """Whether a sound file has frames, all that its header promises."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
        if head[:4] == b"FORM":  # macOS writes AIFF, whatever the name says
            return 0 < int.from_bytes(head[4:], "big") <= size - len(head)
        with wave.open(str(path)) as sound:
            data_bytes: int = sound.getnframes() * sound.getsampwidth() * sound.getnchannels()
            return 0 < data_bytes <= size - _WAV_HEADER_BYTES
    except (OSError, EOFError, wave.Error):
        return False


def _speak(request: dict[str, Any]) -> dict[str, Any]:
    """Synthesise ``text`` into the file ``path``."""
    deadline_s = time.monotonic() + request["timeout_s"]
    engine = _engine()
    failures: list[Exception] = []
    engine.connect("error", lambda name, exception: failures.append(exception))  # noqa: ARG005
    voice = _choose(engine, request["voice"])
    if voice:
        engine.setProperty("voice", voice)
    engine.setProperty("rate", request["rate_wpm"])
    engine.save_to_file(request["text"], request["path"])
    engine.runAndWait()
    # With eSpeak this returns while the text is still being synthesised on another thread.
    while not is_complete(Path(request["path"])):
        if failures:
            raise failures[0]
        if time.monotonic() > deadline_s:
            raise TimeoutError("the voice did not finish")
        time.sleep(_POLL_S)
    return {"voice": voice}


def _voices() -> dict[str, Any]:
    return {"voices": _listed(_engine())}


def _engine() -> Any:
    if sys.platform.startswith("linux"):
        _provide_espeak()
    import pyttsx3  # noqa: PLC0415 - eSpeak must be there first

    engine = pyttsx3.init()
    if espeak := sys.modules.get("pyttsx3.drivers._espeak"):
        _tell_true_size(espeak)
    return engine


def _provide_espeak() -> None:
    """Without eSpeak on the system, load the one in the wheel, under the name pyttsx3 asks for."""
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        with contextlib.suppress(OSError):
            ctypes.CDLL(name)
            return
    import espeakng_loader  # noqa: PLC0415 - Linux only

    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()


def _tell_true_size(espeak: Any) -> None:
    """WORKAROUND: pyttsx3 2.99 tells eSpeak that a text is ten times as long as it is.

    eSpeak copies that much, and a long text so ends the process (signal 11).
    """
    synthesise = espeak.cSynth

    def with_true_size(text: bytes, _size: int, *rest: Any) -> Any:
        return synthesise(text, len(text) + 1, *rest)

    espeak.cSynth = with_true_size


def _choose(engine: Any, wanted: str) -> str:
    """The wanted voice if it is still there, else the default one."""
    voices = _listed(engine)
    if any(voice["id"] == wanted for voice in voices):
        return wanted
    return default_voice(voices, engine.getProperty("voice") or "", sys.platform)


def _listed(engine: Any) -> list[dict[str, str]]:
    found = []
    for voice in engine.getProperty("voices"):
        if voice.id.startswith("mb/"):  # MBROLA's rates differ from what pyttsx3 writes
            continue
        language = str((voice.languages or [""])[0]).lower().replace("_", "-")
        found.append({"id": voice.id, "name": voice.name, "language": language})
    return found


if __name__ == "__main__":
    main()
