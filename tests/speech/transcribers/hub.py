"""A model hub on this computer that can be told to break, stall, lie and send wrong bytes."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from voiceprep.speech.transcribers.catalogue import Offer, PinnedFile

FILES = ("config.json", "tokenizer.json", "vocabulary.json", "model.bin")
MICRO_WHISPER = Path(__file__).parents[2] / "data" / "micro-whisper"


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request.

    Attributes:
        after: So many bytes are sent before it goes wrong.
        stalls: Then nothing more comes; else the connection is cut.
        status: Refuse with this status instead.
        headers: Of the refusal.
        claims: Claim that the file has so many bytes.
        wrong: Send other bytes of the same number.
        no_range: Send everything from the start, whatever was asked for.
        slow: Seconds between two blocks of 64 KiB.
    """

    after: int | None = None
    stalls: bool = False
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    claims: int | None = None
    wrong: bool = False
    no_range: bool = False
    slow: float = 0.0


@dataclass
class Hub:
    """The server's state; faults are used up one a request for model.bin."""

    endpoint: str
    faults: list[Fault] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and Range of each request."""
    closing: Event = field(default_factory=Event)
    stalled: Event = field(default_factory=Event)

    def ranges(self) -> list[str]:
        """What was asked for of model.bin."""
        return [span for path, span in self.asked if path.endswith("/model.bin")]


def micro_offer(name: str = "micro.en") -> Offer:
    """The micro-Whisper of the tests as a model to download."""
    files = tuple(
        PinnedFile(
            file,
            (MICRO_WHISPER / file).stat().st_size,
            hashlib.sha256((MICRO_WHISPER / file).read_bytes()).hexdigest(),
        )
        for file in FILES
    )
    return Offer(name, f"Tests/faster-whisper-{name}", "0123456789abcdef" * 2, files, "fair", 1)


@contextmanager
def a_hub() -> Iterator[Hub]:
    """Serve the micro-Whisper under any repository and revision."""
    hub = Hub("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: _Handler(hub, *args))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    hub.endpoint = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        hub.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, hub: Hub, *args: Any) -> None:
        self._hub = hub
        super().__init__(*args)

    def log_message(self, *_args: object) -> None:
        pass

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        span = self.headers.get("Range", "")
        self._hub.asked.append((self.path, span))
        faults = self._hub.faults
        fault = faults.pop(0) if name == "model.bin" and faults else Fault()
        if fault.status:
            self._refuse(fault)
            return
        content = (MICRO_WHISPER / name).read_bytes()
        start = 0 if fault.no_range or not span else int(span[len("bytes=") : -1])
        self._answer(start, len(content) if fault.claims is None else fault.claims)
        with suppress(ConnectionError):
            self._send(bytes(len(content)) if fault.wrong else content, start, fault)
        self.close_connection = True

    def _refuse(self, fault: Fault) -> None:
        self.send_response(fault.status)
        for key, value in fault.headers:
            self.send_header(key, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, start: int, total: int) -> None:
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        self.send_header("Content-Length", str(total - start))
        self.end_headers()

    def _send(self, content: bytes, start: int, fault: Fault) -> None:
        end = len(content) if fault.after is None else start + fault.after
        for at in range(start, end, 65536):
            self.wfile.write(content[at : min(at + 65536, end)])
            if fault.slow and self._hub.closing.wait(fault.slow):
                return
        if fault.stalls:
            self._hub.stalled.set()
            self._hub.closing.wait(30)
