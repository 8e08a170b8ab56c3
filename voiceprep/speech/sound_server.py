"""What a Linux sound server knows and PortAudio does not tell."""

import os
import shutil
import subprocess
import sys

_TIMEOUT_S = 2.0
_DEFAULT = "Default Source: "


def default_source() -> str:
    """The microphone behind the system's default: a name of PulseAudio's or PipeWire's; blocks.

    PortAudio lists it as "default", whatever is plugged in. "" where nobody tells.
    """
    pactl = shutil.which("pactl") if sys.platform == "linux" else None
    if pactl is None:
        return ""
    try:
        told = subprocess.run(  # noqa: S603 - the path is the system's, the argument ours
            [pactl, "info"],
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
            env=os.environ | {"LC_ALL": "C"},  # it would translate what we look for
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    names = (line.removeprefix(_DEFAULT) for line in told.splitlines() if _DEFAULT in line)
    return next(names, "").strip()
