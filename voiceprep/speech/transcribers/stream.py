"""Reads a file from the web block by block, from any byte on, and can be left at any moment."""

import http.client
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Any

import truststore

from voiceprep.errors import Cancelled, VoicePrepError

BLOCK_BYTES = 256 * 1024
_POLL_S = 0.1
_AHEAD = 8  # blocks that wait to be written
_ELSEWHERE = (
    "On a machine without network: get the model's files on another one, and add their folder "
    "(`voiceprep models add FOLDER`, or Settings)."
)


class Interrupted(Exception):  # noqa: N818 - not an error yet: it is tried again
    """The connection broke, stalled, or the server is busy; ``reason`` says it in words."""

    def __init__(self, reason: str, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait_s = wait_s


class UnreachableError(VoicePrepError):
    """There is no way to the server: told at once at first, tried again after it has worked."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a server sends.

    Attributes:
        start_byte: Where it begins in the file: as asked for, or 0 if the server cannot go on.
        total_bytes: The whole file's size, as the server claims; None if it does not say.
        blocks: The bytes; raises Interrupted when the connection breaks or stalls.
    """

    start_byte: int
    total_bytes: int | None
    blocks: Iterator[bytes]


@contextmanager
def opened(url: str, start_byte: int, cancel: Event, patience_s: float) -> Iterator[Body]:
    """Open a file from a byte on.

    The network is read by a thread of its own, so that a stalled connection can be left at once.

    Args:
        url: Where it is; proxies are those of the environment or the system.
        start_byte: The first byte wanted.
        cancel: Leaves, also while waiting.
        patience_s: How long nothing may come.

    Raises:
        Cancelled: ``cancel`` was set.
        Interrupted: It may work when tried again.
        VoicePrepError: It will not, without the user; the message says what to do.
    """
    queue: Queue[Any] = Queue(_AHEAD)
    left = Event()
    Thread(target=_read, args=(url, start_byte, patience_s, queue, left), daemon=True).start()

    def following() -> Any:
        deadline = time.monotonic() + patience_s
        while not cancel.is_set():
            try:
                item = queue.get(timeout=_POLL_S)
            except Empty:
                if time.monotonic() > deadline:
                    raise Interrupted("nothing came any more") from None
                continue
            if isinstance(item, Exception):
                raise _explained(item, url)
            return item
        raise Cancelled

    def blocks() -> Iterator[bytes]:
        while block := following():
            yield block

    try:
        status, headers = following()
        yield Body(*_place(status, headers, start_byte), blocks())
    finally:
        left.set()


def _read(url: str, start_byte: int, patience_s: float, queue: "Queue[Any]", left: Event) -> None:
    """Put status and headers, then blocks, then b"" into the queue; or what went wrong."""

    def put(item: object) -> None:
        while not left.is_set():
            try:
                queue.put(item, timeout=_POLL_S)
            except Full:
                continue
            return

    asked = {"Range": f"bytes={start_byte}-"} if start_byte else {}
    request = urllib.request.Request(  # noqa: S310 - http(s) only: the catalogue's or HF_ENDPOINT
        url, headers={"User-Agent": "voiceprep", "Accept-Encoding": "identity", **asked}
    )
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts what this computer trusts
    try:
        with urllib.request.urlopen(request, timeout=patience_s, context=context) as response:  # noqa: S310
            put((response.status, response.headers))
            while not left.is_set():
                block = response.read1(BLOCK_BYTES)
                put(block)
                if not block:
                    return
    except Exception as error:  # noqa: BLE001 - whoever waits must hear of it
        put(error)


def _place(
    status: int, headers: "http.client.HTTPMessage", start_byte: int
) -> tuple[int, int | None]:
    """Where the body begins, and how long the whole file is."""
    if status == HTTPStatus.PARTIAL_CONTENT:
        unit, _, rest = headers.get("Content-Range", "").partition(" ")
        span, _, total = rest.partition("/")
        first = span.partition("-")[0]
        if unit != "bytes" or first != str(start_byte):
            return 0, -1  # not what was asked for, which the size will tell
        return start_byte, int(total) if total.isdecimal() else None
    length = headers.get("Content-Length", "")
    return 0, int(length) if length.isdecimal() else None


def _explained(error: Exception, url: str) -> Exception:
    """The error to raise for what urllib met."""
    host = urllib.parse.urlsplit(url).hostname or url
    if isinstance(error, urllib.error.HTTPError):
        return _refusal(error, host)
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        return Interrupted("nothing came any more")
    if "Tunnel connection failed" in str(reason):
        return _proxy_refusal(str(reason), host)
    if isinstance(reason, OSError | http.client.HTTPException):
        return _no_way(reason, host) or Interrupted(
            f"the connection broke ({reason or type(reason).__name__})"
        )
    return error


def _no_way(reason: Exception, host: str) -> VoicePrepError | None:
    """What the user has to mend, or None where another attempt may help."""
    match reason:
        case ssl.SSLCertVerificationError():
            return VoicePrepError(
                f"The connection to {host} is not safe.",
                f"Its certificate is not trusted here ({reason.verify_message}). A company's "
                "proxy may sit in between.",
                "Have the company's certificate installed on this computer, or use another "
                f"network. {_ELSEWHERE}",
            )
        case socket.gaierror():
            return UnreachableError(
                f"{host} cannot be found.",
                "This computer seems to be offline, or its network needs a proxy.",
                "Check the connection. Behind a proxy set HTTPS_PROXY=http://proxy:port before "
                f"VoicePrep starts. {_ELSEWHERE}",
            )
        case ConnectionRefusedError() | PermissionError():
            return UnreachableError(
                f"{host} cannot be reached.",
                f"The connection was refused ({reason.strerror}): by a firewall, or by a proxy "
                "that does not run.",
                f"Check the firewall and the proxy ({_proxies()}). {_ELSEWHERE}",
            )
        case _:
            return None


def _refusal(error: urllib.error.HTTPError, host: str) -> Exception:
    code = error.code
    error.close()
    if code == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return _proxy_refusal("407", host)
    if code == HTTPStatus.TOO_MANY_REQUESTS or code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        wait = error.headers.get("Retry-After", "")
        return Interrupted(f"{host} is busy ({code})", float(wait) if wait.isdecimal() else None)
    if code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return Interrupted(f"{host} cannot go on from there")
    return VoicePrepError(
        f"{host} does not give out the model.",
        f"It answered {code} {error.reason}.",
        "The file may have been moved there, or a company's filter keeps it back. Get a newer "
        f"VoicePrep, or another network. {_ELSEWHERE}",
    )


def _proxy_refusal(said: str, host: str) -> VoicePrepError:
    if "407" in said:
        return VoicePrepError(
            "The proxy wants a name and a password.",
            f"It let no connection to {host} through.",
            "Set HTTPS_PROXY=http://name:password@proxy:port before VoicePrep starts.",
        )
    return VoicePrepError(
        f"The proxy lets no connection to {host} through.",
        f"It said: {said}.",
        f"Ask who runs it, or use another network. {_ELSEWHERE}",
    )


def _proxies() -> str:
    """The proxies in use, without names and passwords."""
    found = {
        f"{kind}: {address.rpartition('@')[2]}"
        for kind, address in urllib.request.getproxies().items()
        if kind in {"http", "https"}
    }
    return ", ".join(sorted(found)) or "none is set"
