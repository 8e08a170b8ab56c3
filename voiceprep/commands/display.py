"""Whether a window can be shown, known before Qt would end the process."""

import os
import re
import sys
from pathlib import Path

from voiceprep.errors import VoicePrepError

_X11_SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108 - where X servers put them


def display_problem() -> VoicePrepError | None:
    """Why no window can be shown, or None."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if os.environ.get("WAYLAND_DISPLAY"):
        return None
    display = os.environ.get("DISPLAY", "")
    if not display:
        return _problem("Neither DISPLAY nor WAYLAND_DISPLAY is set.")
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if local and not (_X11_SOCKETS / f"X{local[1]}").exists():
        return _problem(f"DISPLAY is {display}, but no X server listens there.")
    return None


def _problem(cause: str) -> VoicePrepError:
    return VoicePrepError(
        "There is no display, so no window can be shown.",
        cause,
        "In the terminal: `voiceprep demo`, `voiceprep practice`, `voiceprep score`, "
        "`voiceprep history`; `voiceprep --help` lists all.",
    )
