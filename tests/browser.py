"""A real browser without a window, driven over a pipe (Chrome DevTools Protocol)."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.sound import wait_until

_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Tab:
    """One page in the browser.

    Attributes:
        errors: What the page complained of, refused scripts and loads included.
    """

    to_browser: IO[bytes]
    from_browser: IO[bytes]
    errors: list[str] = field(default_factory=list)
    _session: str = ""
    _last: int = 0
    _unread: bytes = b""
    _loaded: bool = False

    def open(self, path: Path) -> None:
        """Show a file and wait until it is loaded."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self._loaded = False
        self.call("Page.navigate", url=path.absolute().as_uri())
        while not self._loaded:
            self._take(self._read())

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression; promises are awaited."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def click(self, selector: str) -> None:
        """Press the mouse in the middle of an element, as a person does."""
        x, y = self.run(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)});"
            " one.scrollIntoView({block: 'center', behavior: 'instant'});"
            " const box = one.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def until(self, condition: str) -> None:
        """Wait until a JavaScript expression is true."""
        wait_until(lambda: self.run(condition) is True)

    def call(self, method: str, **parameters: object) -> Any:
        """One command and its answer."""
        self._last += 1
        message: dict[str, object] = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self.to_browser.write(json.dumps(message).encode() + b"\0")
        self.to_browser.flush()
        while True:
            answer = self._read()
            if answer.get("id") == self._last:
                assert "error" not in answer, answer
                return answer["result"]
            self._take(answer)

    def _take(self, event: dict[str, Any]) -> None:
        method, found = event.get("method"), event.get("params", {})
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Runtime.exceptionThrown":
            self.errors.append(found["exceptionDetails"]["text"])
        elif method == "Log.entryAdded" and found["entry"]["level"] == "error":
            self.errors.append(found["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            url = found["request"]["url"]
            if not url.startswith(("file:", "data:")):
                self.errors.append(f"asked for {url}")

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            more = os.read(self.from_browser.fileno(), 1 << 20)
            assert more, "the browser has ended"
            self._unread += more
        message, _, self._unread = self._unread.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


@contextmanager
def a_browser(folder: Path) -> Iterator[Tab]:
    """Start a browser with a fresh profile; it is surely gone at the end."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    assert program, "Chromium is missing: tools/setup.sh test installs it"
    its_input, to_browser = os.pipe()
    from_browser, its_output = os.pipe()
    options = (
        "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-dev-shm-usage"
        " --disable-background-networking --mute-audio --remote-debugging-pipe"
    )
    line = f'exec "$0" {options} "--user-data-dir=$1" 3<&{its_input} 4>&{its_output}'
    with (
        os.fdopen(to_browser, "wb") as writing,
        os.fdopen(from_browser, "rb") as reading,
        subprocess.Popen(
            ["bash", "-c", line, program, str(folder / "profile")],
            pass_fds=[its_input, its_output],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process,
    ):
        os.close(its_input)
        os.close(its_output)
        try:
            yield Tab(writing, reading)
        finally:
            os.killpg(process.pid, 9)
