"""Downloads a Whisper model: goes on where it was left, and takes nothing but the pinned bytes.

What has come so far lies in a hidden folder beside the models, so that a pause, a broken
connection or the end of the app loses nothing. The model appears among the others when all of its
files are whole.
"""

import errno
import hashlib
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import BinaryIO

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.speech.transcribers.catalogue import Offer, PinnedFile
from voiceprep.speech.transcribers.locks import locked
from voiceprep.speech.transcribers.models import Model, check_folder, file_bytes
from voiceprep.speech.transcribers.stream import Body, Interrupted, UnreachableError, opened

PATIENCE_S = 20.0
WAITS_S = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Before each further attempt while nothing comes; half a minute is a router's restart."""

_SPARE_BYTES = 50_000_000
"""What the disk keeps for recordings meanwhile."""

_WINDOW_S = 5.0  # over which the speed is taken
_REPORT_S = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is.

    Attributes:
        done_bytes: On disk so far.
        total_bytes: Of the whole model.
        bytes_per_s: Lately; None at the start and while it waits.
        trouble: Why it waits to try again, or "".
    """

    done_bytes: int
    total_bytes: int
    bytes_per_s: float | None = None
    trouble: str = ""

    @property
    def left_s(self) -> float | None:
        """Seconds left at the present speed."""
        if not self.bytes_per_s:
            return None
        return (self.total_bytes - self.done_bytes) / self.bytes_per_s


Report = Callable[[Progress], None]


def begun_bytes(offer: Offer, models_folder: Path) -> int:
    """What an unfinished download has got so far; 0 if there is none."""
    staging = _staging(offer, models_folder)
    return sum(map(file_bytes, staging.glob("*"))) if staging.is_dir() else 0


def discard(offer: Offer, models_folder: Path) -> None:
    """Throw an unfinished download away.

    Raises:
        VoicePrepError: It is running, or cannot be deleted.
    """
    staging = _staging(offer, models_folder)
    if staging.exists():
        with _alone(offer, models_folder), _disk(offer, models_folder):
            shutil.rmtree(staging)


def download(
    offer: Offer,
    models_folder: Path,
    cancel: Event,
    report: Report | None = None,
    *,
    patience_s: float = PATIENCE_S,
    waits_s: tuple[float, ...] = WAITS_S,
) -> Model:
    """Get a model, or the rest of it; blocks.

    Args:
        offer: The model.
        models_folder: VoicePrep's own.
        cancel: Pauses: what has come is kept, and the next call goes on from there.
        report: Told how far it is, about ten times a second.
        patience_s: How long nothing may come before a connection is given up.
        waits_s: Before each further attempt; the first bytes of one start the count again.

    Raises:
        VoicePrepError: No network, no room, wrong bytes; the message says what to do.
        Cancelled: ``cancel`` was set.
    """
    target = models_folder / offer.name
    if target.exists():
        raise VoicePrepError(
            f"There is a model {offer.name} already.",
            f"It is in {target}.",
            f"Delete it first (`voiceprep models delete {offer.name}`) to get it again.",
        )
    staging = _staging(offer, models_folder)
    with _disk(offer, models_folder):
        staging.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(offer, models_folder), _disk(offer, models_folder):
        _check_room(offer, models_folder)
        meter = _Meter(begun_bytes(offer, models_folder), offer.size_bytes, report)
        for file in offer.files:
            if not (staging / file.name).exists():
                _Fetch(offer, file, staging, cancel, meter, patience_s, waits_s).run()
        check_folder(staging)
        staging.rename(target)
    return Model(offer.name, target, offer.size_bytes)


class _Meter:
    """Adds up what comes, and tells it with the speed."""

    def __init__(self, done_bytes: int, total_bytes: int, report: Report | None) -> None:
        self._done = done_bytes
        self._total = total_bytes
        self._report = report
        self._marks: deque[tuple[float, int]] = deque()
        self._told_at = 0.0
        self.add(0)

    def add(self, size_bytes: int) -> None:
        """So much more, or less where something is thrown away."""
        self._done += size_bytes
        now = time.monotonic()
        if size_bytes < 0:
            self._marks.clear()
        self._marks.append((now, self._done))
        while now - self._marks[0][0] > _WINDOW_S:
            self._marks.popleft()
        if now - self._told_at >= _REPORT_S:
            self._told_at = now
            since, before = self._marks[0]
            came = self._done - before
            self._tell(Progress(self._done, self._total, came / (now - since) if came else None))

    def wait(self, trouble: str) -> None:
        """Nothing comes at the moment."""
        self._marks.clear()
        self._tell(Progress(self._done, self._total, trouble=trouble))

    def _tell(self, progress: Progress) -> None:
        if self._report is not None:
            self._report(progress)


@dataclass
class _Fetch:
    """One file on its way from the web into the staging folder."""

    offer: Offer
    file: PinnedFile
    staging: Path
    cancel: Event
    meter: _Meter
    patience_s: float
    waits_s: tuple[float, ...]

    @property
    def part(self) -> Path:
        return self.staging / f"{self.file.name}.part"

    def run(self) -> None:
        """Try until the file is whole; a part that turns out wrong is thrown away."""
        failures, came_once, resumed = 0, False, self.part.exists()
        while True:
            before = self._size()
            try:
                if before < self.file.size_bytes:
                    self._continue()
                self._check()
            except Wrong as wrong:
                self._throw_away()
                if not resumed:
                    raise wrong.error from None
                resumed = False  # what was left from the last time may be to blame
                continue
            except (Interrupted, UnreachableError) as trouble:
                came_once = came_once or self._size() > before
                failures = 0 if self._size() > before else failures + 1
                self._wait(trouble, failures, came_once=came_once)
                continue
            self.part.rename(self.staging / self.file.name)
            return

    def _size(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def _continue(self) -> None:
        """Append what comes until the connection ends."""
        url = self.offer.url(self.file)
        with (
            opened(url, self._size(), self.cancel, self.patience_s) as body,
            self.part.open("ab") as part,
        ):
            self._begin(body, part)
            for block in body.blocks:
                part.write(block)
                self.meter.add(len(block))
                if part.tell() > self.file.size_bytes:
                    raise Wrong(self._wrong(f"More than its {self.file.size_bytes} bytes came."))
            size = part.tell()
        if size < self.file.size_bytes:
            raise Interrupted("the connection broke off")

    def _begin(self, body: Body, part: BinaryIO) -> None:
        if body.total_bytes not in {None, self.file.size_bytes}:
            raise Wrong(
                self._wrong(
                    f"The server offers {max(body.total_bytes or 0, 0)} bytes, "
                    f"the model has {self.file.size_bytes}."
                )
            )
        if body.start_byte < part.tell():  # this server sends everything again
            self.meter.add(body.start_byte - part.tell())
            part.truncate(body.start_byte)
            part.seek(body.start_byte)

    def _check(self) -> None:
        with self.part.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != self.file.sha256:
            raise Wrong(self._wrong("Its checksum (SHA-256) is not that of the real file."))

    def _throw_away(self) -> None:
        self.meter.add(-self._size())
        self.part.unlink(missing_ok=True)

    def _wait(
        self, trouble: Interrupted | UnreachableError, failures: int, *, came_once: bool
    ) -> None:
        """Wait before the next attempt, or give up."""
        if isinstance(trouble, UnreachableError) and not came_once:
            raise trouble  # most likely offline from the start: waiting does not help
        if failures > len(self.waits_s):
            if isinstance(trouble, UnreachableError):
                raise trouble
            raise VoicePrepError(
                f"The download of {self.offer.name} broke off.",
                f"After {failures} attempts: {trouble.reason}.",
                "What has come is kept. Check the connection and download it again: it goes on "
                "from there.",
            ) from trouble
        reason = trouble.title if isinstance(trouble, UnreachableError) else trouble.reason
        self.meter.wait(reason)
        wait_s = self.waits_s[max(failures - 1, 0)] if self.waits_s else 0.0
        if isinstance(trouble, Interrupted) and trouble.wait_s is not None:
            wait_s = min(trouble.wait_s, 60.0)
        if self.cancel.wait(wait_s):
            raise Cancelled

    def _wrong(self, how: str) -> VoicePrepError:
        return VoicePrepError(
            f"What came is not {self.file.name} of the model {self.offer.name}.",
            f"{how} A login page of the network, a proxy or a changed file may be to blame.",
            "Nothing of it was kept. Try again in another network.",
        )


class Wrong(Exception):  # noqa: N818 - carries the error that is raised in the end
    """These are not the pinned bytes."""

    def __init__(self, error: VoicePrepError) -> None:
        super().__init__(str(error))
        self.error = error


def _staging(offer: Offer, models_folder: Path) -> Path:
    return models_folder / f".download-{offer.name}-{offer.revision[:12]}"


def _check_room(offer: Offer, models_folder: Path) -> None:
    needed = offer.size_bytes - begun_bytes(offer, models_folder) + _SPARE_BYTES
    free = shutil.disk_usage(models_folder).free
    if free < needed:
        raise VoicePrepError(
            f"There is not enough room for {offer.name}.",
            f"It needs {needed / 1e6:.0f} MB more, and {free / 1e6:.0f} MB are free where "
            f"{models_folder} is.",
            "Free some space, or choose a smaller model.",
        )


@contextmanager
def _alone(offer: Offer, models_folder: Path) -> Iterator[None]:
    """Keep a second VoicePrep from writing to the same files."""
    lock = models_folder / f"{_staging(offer, models_folder).name}.lock"
    with locked(lock) as ours:
        if not ours:
            raise VoicePrepError(
                f"{offer.name} is being downloaded already.",
                "Another VoicePrep on this computer is at it.",
                "Wait until it is done, or pause it there.",
            )
        yield


@contextmanager
def _disk(offer: Offer, models_folder: Path) -> Iterator[None]:
    """What the operating system says about the disk, in words."""
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
        raise VoicePrepError(
            f"The model {offer.name} cannot be kept in {models_folder}.",
            "The disk is full." if full else f"{error.strerror or error}.",
            "Free some space and download it again: it goes on from there."
            if full
            else "Check the folder and your permissions there.",
        ) from error
