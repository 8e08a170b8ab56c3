"""What is being done with a Whisper model: fetched, copied, measured or deleted, one at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Literal, TypeVar

from PySide6.QtCore import QObject, Signal

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.gui.phrasing import length
from voiceprep.speech.transcribers.catalogue import Offer
from voiceprep.speech.transcribers.download import Progress, discard, download
from voiceprep.speech.transcribers.importing import delete, import_folder, models_in
from voiceprep.speech.transcribers.models import Model
from voiceprep.speech.transcribers.speed import measure, remember, sample

Kind = Literal["download", "copy", "measure", "delete"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Work:
    """What is under way.

    Attributes:
        kind: What is done.
        name: The model's name; "" where it is not known yet.
        share: How much is done, 0 to 1; None where it cannot be told.
        said: The same in words, with speed and time left.
    """

    kind: Kind
    name: str
    share: float | None = None
    said: str = ""


class ModelWork(QObject):
    """Does the work on the window's workers, and goes on when the page is left.

    Args:
        context: The window's.
    """

    changed = Signal()
    """``work`` is another one, or has come further."""
    finished = Signal(object)
    """It is done, or was left: a VoicePrepError that says so, or None where nothing is to say."""
    failed = Signal(object)
    """A VoicePrepError."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._leave = Event()
        self.work: Work | None = None

    @property
    def _folder(self) -> Path:
        return self._context.folders.models

    def fetch(self, offer: Offer) -> None:
        """Download a model, or the rest of it, then measure it."""
        what = Work("download", offer.name, None, "Connecting\u2026")

        def report(got: Progress) -> None:
            self._context.bridge.post(lambda: self._tell("download", *_words(offer.name, got)))

        self._begin(
            what,
            lambda leave: download(offer, self._folder, leave, report),
            lambda model: self._came(model, "downloaded"),
        )

    def copy(self, source: Path) -> None:
        """Copy the models that a folder holds, then measure the last of them."""

        def work(leave: Event) -> Model:
            model: Model | None = None
            for folder in models_in(source):
                model = import_folder(folder, self._folder, leave, report)
            assert model is not None  # noqa: S101 - models_in gives one at least
            return model

        def report(done: int, total: int) -> None:
            words = ("", done / total, f"{done / total:.0%} of {total / 1e6:.0f} MB")
            self._context.bridge.post(lambda: self._tell("copy", *words))

        self._begin(Work("copy", ""), work, lambda model: self._came(model, "added"))

    def measure(self, model: Model) -> None:
        """Time a model on this computer."""

        def work(leave: Event) -> None:
            remember(self._folder, model.name, measure(model.path, sample(), leave))

        what = Work("measure", model.name, None, "Measuring its speed on this computer\u2026")
        self._begin(what, work, lambda _: self._end(None))

    def delete(self, model: Model) -> None:
        """Delete a model for good."""

        def work(_leave: Event) -> None:
            delete(model)
            remember(self._folder, model.name, None)

        self._begin(
            Work("delete", model.name, None, "Deleting\u2026"), work, lambda _: self._deleted(model)
        )

    def discard(self, offer: Offer) -> None:
        """Throw away what came of a download."""
        self._begin(
            Work("delete", offer.name, None, "Deleting\u2026"),
            lambda _: discard(offer, self._folder),
            lambda _: self._end(None),
        )

    def leave(self) -> None:
        """Pause a download, give up a copy or a measurement."""
        self._leave.set()

    # -- inside ------------------------------------------------------------------------------

    def _begin(self, what: Work, work: Callable[[Event], T], done: Callable[[T], None]) -> None:
        if self.work is not None:
            return
        leave = self._leave = Event()
        self._context.jobs.set_at_close(leave)
        self.work = what
        self.changed.emit()
        self._context.jobs.run(self, lambda: work(leave), done, self._failed)

    def _tell(self, kind: Kind, name: str, share: float, said: str) -> None:
        if self.work is not None and self.work.kind == kind:  # not a word that came too late
            self.work = Work(kind, name, share, said)
            self.changed.emit()

    def _came(self, model: Model, how: str) -> None:
        chosen = self._context.settings.model or "auto"
        if chosen in {"auto", model.name}:
            use = "It is used from now on unless you choose another one."
        else:
            use = f"{chosen} stays in use until you choose another one."
        self._end(VoicePrepError(f"Whisper {model.name} is {how}.", "", use))
        self._context.rebuild()
        if not self._context.busy:  # an interview has the processor for itself
            self.measure(model)

    def _deleted(self, model: Model) -> None:
        if self._context.settings.model == model.name:
            self._context.change_settings(engine="auto", model="")
        self._end(None)
        self._context.rebuild()

    def _end(self, said: VoicePrepError | None) -> None:
        self.work = None
        self.changed.emit()
        self.finished.emit(said)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._end(None)
            return
        self.work = None
        self.changed.emit()
        self.failed.emit(foreseen(error))


def _words(name: str, got: Progress) -> tuple[str, float, str]:
    """A download's progress for its bar and in words."""
    share = got.done_bytes / got.total_bytes
    if got.trouble:
        said = got.trouble[:1].upper() + got.trouble[1:].rstrip(".")
        return name, share, f"{share:.0%} \u00b7 {said}. Trying again\u2026"
    parts = [f"{share:.0%} of {got.total_bytes / 1e6:.0f} MB"]
    if got.bytes_per_s:
        parts.append(f"{got.bytes_per_s / 1e6:.1f} MB/s")
    if got.left_s is not None:
        parts.append(f"{length(max(got.left_s, 1))} left")
    return name, share, " \u00b7 ".join(parts)
