"""Starts the child process that synthesises, waits for its answer, and ends it when asked to."""

import json
import logging
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Event
from typing import Any

from voiceprep.errors import Cancelled, VoicePrepError

_log = logging.getLogger(__name__)

_POLL_S = 0.02

_ADVICE = {
    "linux": "Install the system's own voice (on Debian or Ubuntu: sudo apt install espeak-ng),"
    " or read the question on the screen; everything else works without a voice.",
}
_TITLE = "The question cannot be read aloud."
_OTHER_ADVICE = (
    "Choose another voice in the settings, or read the question on the screen;"
    " everything else works without a voice."
)


class _EndedError(VoicePrepError):
    """The child died, hung, or its answer is none."""


def ask(request: dict[str, Any], timeout_s: float, cancel: Event) -> dict[str, Any]:
    """Send a request to a child process of its own and return its answer.

    A child that dies, hangs or answers with nonsense is replaced once.

    A plain subprocess rather than multiprocessing: it starts in a third of the time, because it
    does not import the app's main module again, and works under any main module.

    Raises:
        VoicePrepError: The engine failed, or took longer than ``timeout_s`` twice.
        Cancelled: ``cancel`` was set; the child has ended.
    """
    try:
        return _ask_once(request, timeout_s, cancel)
    except _EndedError as error:
        _log.warning("the voice is started again: %s", error.cause)
    return _ask_once(request, timeout_s, cancel)


def _ask_once(request: dict[str, Any], timeout_s: float, cancel: Event) -> dict[str, Any]:
    give_up_s = time.monotonic() + timeout_s
    with _start() as child:
        message: str | None = json.dumps(request)
        try:
            while True:
                try:
                    answer, errors = child.communicate(message, _POLL_S)
                    break
                except subprocess.TimeoutExpired:
                    message = None
                if cancel.is_set():
                    raise Cancelled
                if time.monotonic() > give_up_s:
                    raise _ended(f"The voice did not finish within {timeout_s:.0f} seconds.")
        finally:
            child.kill()
    return _understood(answer, errors, child.returncode)


def _start() -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        # The child finds the packages that we find, wherever it is started.
        "PYTHONPATH": os.pathsep.join(str(Path(folder).absolute()) for folder in sys.path),
        "PYTHONIOENCODING": "utf-8",
    }
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "voiceprep.speech.tts_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
        start_new_session=True,  # Ctrl+C in a terminal is ours to handle
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _understood(answer: str, errors: str, status: int) -> dict[str, Any]:
    """The child's answer.

    Raises:
        VoicePrepError: It is an error, or none at all.
    """
    try:
        understood = json.loads(answer)
    except ValueError:
        understood = None
    if not isinstance(understood, dict):
        last_words = (errors.strip().splitlines() or [f"exit status {status}"])[-1]
        raise _ended(f"The voice's process ended early ({last_words}).")
    if "error" in understood:
        raise _failed(f"The voice engine says: {understood['error']}.")
    return understood


def _failed(cause: str) -> VoicePrepError:
    return VoicePrepError(_TITLE, cause, _ADVICE.get(sys.platform, _OTHER_ADVICE))


def _ended(cause: str) -> _EndedError:
    return _EndedError(_TITLE, cause, _ADVICE.get(sys.platform, _OTHER_ADVICE))
