"""A screen of the test's own: an X server without hardware, with keys that are really pressed."""

import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

_SIZE = "1366x768x24"
"""That of many laptops."""


@dataclass(frozen=True)
class Screen:
    """An X server that nobody else uses."""

    display: str
    folder: Path

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as X calls them ("space", "ctrl+f")."""
        self._xdotool("key", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._xdotool("type", "--delay", "4", text)

    def click(self, place: tuple[int, int], times: int = 1) -> None:
        """Press the mouse's left button at a place."""
        x, y = map(str, place)
        self._xdotool("mousemove", x, y, "click", "--repeat", str(times), "--delay", "80", "1")

    def wait_for_window(self, name: str) -> None:
        """Return once a window of this name is shown; it has the keyboard then."""
        self._xdotool("search", "--sync", "--onlyvisible", "--name", name, "windowfocus", "--sync")

    def has_window(self, name: str) -> bool:
        """Whether a window of this name is shown."""
        search = ["xdotool", "search", "--onlyvisible", "--name", name]
        environment = os.environ | {"DISPLAY": self.display}
        found = subprocess.run(
            search, env=environment, check=False, capture_output=True, timeout=30
        )
        return found.returncode == 0

    def keep(self, path: Path) -> None:
        """Keep what is on the screen as a PNG."""
        colours = self.colours()
        height, width = colours.shape
        image = QImage(colours.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32)
        assert image.save(str(path))

    def colours(self) -> NDArray[np.uint32]:
        """What is on the screen: 0xRRGGBB, row by row."""
        content = (self.folder / "Xvfb_screen0").read_bytes()
        header = struct.unpack(">25I", content[:100])  # XWDFileHeader of X11/XWDFile.h
        size, width, height, bytes_per_line, palette = (header[at] for at in (0, 4, 5, 12, 19))
        pixels = np.frombuffer(content, "<u4", offset=size + 12 * palette)
        return pixels.reshape(height, bytes_per_line // 4)[:, :width] & 0xFFFFFF

    def _xdotool(self, *command: str) -> None:
        environment = os.environ | {"DISPLAY": self.display}
        subprocess.run(["xdotool", *command], env=environment, check=True, timeout=30)


@contextmanager
def a_screen(folder: Path, size: str = _SIZE) -> Iterator[Screen]:
    """Start an X server at a free display; it is surely gone at the end."""
    reading, writing = os.pipe()
    command = [
        "Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-fbdir", str(folder),
        "-nolisten", "tcp", "-noreset",
    ]  # fmt: skip
    silent = subprocess.DEVNULL
    with (
        os.fdopen(reading) as answer,
        subprocess.Popen(command, pass_fds=[writing], stdout=silent, stderr=silent) as server,
    ):
        os.close(writing)
        try:
            number = answer.readline().strip()  # comes once it listens, or never
            assert number, "Xvfb did not start"
            yield Screen(f":{number}", folder)
        finally:
            server.kill()
