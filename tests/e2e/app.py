"""The app as a process of its own, followed by its log."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.sound import wait_until
from voiceprep.store.files import make_private_folder
from voiceprep.store.settings import load_settings, save_settings

ROOT = Path(__file__).parents[2]
_LARGEST_FILE_BYTES = 50_000_000
"""A bound on what it may write, its complaints included: a full disk helps nobody."""

_MARK = "STARTED_BY_TEST_WITH_HOME"
"""In the environment of the app, and of whatever it starts."""


@dataclass
class App:
    """A running VoicePrep.

    Attributes:
        process: It is the leader of its own session, which its children belong to.
        home: Its VOICEPREP_HOME.
        output: What it prints, errors included.
    """

    process: subprocess.Popen[bytes]
    home: Path
    output: Path
    _seen: int = field(default=0, init=False)

    def type(self, line: str) -> None:
        """Type a line where it reads what a person types."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def until(self, message: str, patience_s: float = 60.0) -> None:
        """Wait for a message in the log, behind the one that was waited for last."""

        def came() -> bool:
            news = self.log[self._seen :]
            broken = " ERROR " in news or " CRITICAL " in news
            return message in news or broken or self.process.poll() is not None

        with self.explaining(f"waited for {message!r}"):
            wait_until(came, patience_s)
            self._seen = self.log.index(message, self._seen) + len(message)

    def ended(self, patience_s: float = 30.0) -> int:
        """Wait until it has ended; returns its exit status."""
        with self.explaining("waited for its end"):
            return self.process.wait(patience_s)

    @property
    def log(self) -> str:
        path = self.home / "data" / "voiceprep.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def printed(self) -> str:
        with self.output.open("rb") as file:
            return file.read(20_000).decode(errors="replace")

    @contextmanager
    def explaining(self, what: str) -> Iterator[None]:
        """Whatever fails here is told together with what the app has to say about it."""
        try:
            yield
        except (AssertionError, ValueError, subprocess.SubprocessError) as error:
            story = "\n".join(self.log.splitlines()[-40:])
            raise AssertionError(
                f"{what}: {error}\n-- status {self.process.poll()}, log:\n{story}\n"
                f"-- printed:\n{self.printed}"
            ) from error

    def leaves_nothing_behind(self) -> None:
        """Whatever it has started is gone; init may need a moment to bury orphans."""

        def left() -> list[str]:
            return [
                f"{pid} {name} ({state})"
                for pid, name, state, session in _processes()
                if session == self.process.pid or _has_mark(pid, self.home)
            ]

        with self.explaining("waited for the end of all children"):
            try:
                wait_until(lambda: not left())
            except AssertionError:
                raise AssertionError(f"still there: {left()}") from None


@contextmanager
def a_running_app(
    home: Path,
    *arguments: str,
    root: Path = ROOT,
    checks_sound: bool = False,
    types: bool = False,
    **environment: str,
) -> Iterator[App]:
    """Start it as a user does; it and all of its children are surely gone at the end.

    Args:
        home: Its VOICEPREP_HOME.
        arguments: Of the command line.
        root: The folder of another checkout to start it from.
        checks_sound: Whether the settings are left as they are; otherwise interviews begin at
            once, as they do when the microphone was checked before.
        types: Whether a person can type where it reads lines.
        environment: Added to that of this process.
    """
    if not checks_sound:
        settings = home / "data" / "settings.json"
        make_private_folder(settings.parent)
        save_settings(settings, load_settings(settings).model_copy(update={"sound_check": False}))
    output = home.parent / "printed.txt"
    command = [
        "prlimit", f"--fsize={_LARGEST_FILE_BYTES}", sys.executable, "-m", "voiceprep", *arguments
    ]  # fmt: skip
    with output.open("wb") as printed:
        process = subprocess.Popen(
            command, cwd=root, env=_environment(home) | environment,
            stdin=subprocess.PIPE if types else subprocess.DEVNULL, stdout=printed,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield App(process, home, output)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        if process.stdin is not None:
            process.stdin.close()


def recognisers(app: App) -> list[int]:
    """The process ids of the app's recognisers."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                parent = (entry / "stat").read_text().rpartition(") ")[2].split()[1]
                command = (entry / "cmdline").read_bytes()
                if int(parent) == app.process.pid and b"spawn_main" in command:
                    found.append(int(entry.name))
    return found


def _environment(home: Path) -> dict[str, str]:
    """That of this process, without any display, and without what pytest-qt's tests have set."""
    unwanted = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return kept | {"VOICEPREP_HOME": str(home), _MARK: str(home)}


def _processes() -> Iterator[tuple[int, str, str, int]]:
    """Process id, name, state ("Z" is a zombie) and session id of all processes."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                name, _, rest = (entry / "stat").read_text().partition(" (")[2].rpartition(") ")
                state, _parent, _group, session, *_ = rest.split()
                yield int(entry.name), name, state, int(session)


def _has_mark(pid: int, home: Path) -> bool:
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False
    return f"{_MARK}={home}".encode() in environment
