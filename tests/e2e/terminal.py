"""A terminal of the test's own, in which somebody types."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.app import ROOT

_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


@dataclass
class Terminal:
    """What a program has printed, and a keyboard for it."""

    process: subprocess.Popen[bytes]
    keyboard: int
    printed: str = ""
    _seen: int = field(default=0, init=False)

    def type(self, text: str) -> None:
        os.write(self.keyboard, text.encode())

    def until(self, text: str, patience_s: float = 60.0) -> None:
        """Wait until something is printed, behind what was waited for last."""
        give_up_s = time.monotonic() + patience_s
        while text not in self.printed[self._seen :]:
            assert self.process.poll() is None, f"it ended:\n{self.printed[-2000:]}"
            assert time.monotonic() < give_up_s, f"no {text!r} in:\n{self.printed[-2000:]}"
            self._read()
        self._seen = self.printed.index(text, self._seen) + len(text)

    def ended(self, patience_s: float = 30.0) -> int:
        """Its exit status, once it has ended."""
        give_up_s = time.monotonic() + patience_s
        while self.process.poll() is None:
            assert time.monotonic() < give_up_s, f"it goes on:\n{self.printed[-2000:]}"
            self._read()
        return self.process.returncode

    def _read(self) -> None:
        if select.select([self.keyboard], [], [], 0.1)[0]:
            with suppress(OSError):  # the program has ended
                read = os.read(self.keyboard, 65_536).decode(errors="replace")
                self.printed += _CONTROL.sub("", read)


@contextmanager
def a_terminal(home: Path, *arguments: str) -> Iterator[Terminal]:
    """Run ``voiceprep ARGS`` in it; it is surely gone at the end."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "voiceprep", *arguments], cwd=ROOT, start_new_session=True,
        env=os.environ | {"VOICEPREP_HOME": str(home), "TERM": "xterm", "COLUMNS": "100"},
        stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        process.kill()
        process.wait(10)
        os.close(ours)
