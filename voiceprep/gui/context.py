"""What every page is given: settings, engines, background jobs, and ways to other pages."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, Signal

from voiceprep.errors import VoicePrepError
from voiceprep.gui.bridge import Bridge, Jobs
from voiceprep.interview.archiving import archive, over
from voiceprep.interview.ports import History
from voiceprep.interview.toolbox import Toolbox
from voiceprep.store.paths import Folders
from voiceprep.store.settings import Settings, save_settings
from voiceprep.store.tidying import tidy

_log = logging.getLogger(__name__)

Build = Callable[[Settings], Toolbox]

ENGINE_FIELDS = frozenset({"voice", "rate_wpm", "microphone", "output", "engine", "model"})
"""The settings that the engines are built from."""


@dataclass(frozen=True, slots=True)
class Engines:
    """How far the engines have come.

    Attributes:
        building: The toolbox is being built (at the start, and after a change of settings).
        warming: The recogniser is being loaded; everything can be used meanwhile.
        problem: Why there is no toolbox.
        recogniser_problem: Why the recogniser cannot be loaded.
    """

    building: bool = True
    warming: bool = False
    problem: VoicePrepError | None = None
    recogniser_problem: VoicePrepError | None = None


class Context(QObject):
    """Shared by all pages; lives on the GUI thread.

    Args:
        build: Makes the toolbox; slow, runs on a worker.
        folders: The user's folders.
        settings: As they were read at the start.
        unexpected: Shows an error that is a mistake of ours.
    """

    engines_changed = Signal()
    """``engines`` or ``toolbox`` changed."""
    settings_changed = Signal()
    history_changed = Signal()
    """An attempt or a session was added, changed or removed."""
    busy_changed = Signal()
    trouble = Signal(object)
    """A VoicePrepError that concerns no page in particular."""

    go = Signal(str)
    """Show the page of this name: "practice", "review", "questions", "settings"."""
    set_up = Signal(str)
    """Show a section of the settings: "sound" or "recogniser"."""
    practise = Signal(object, object)
    """Begin an interview: a Bank, and a tuple of its questions."""
    open_session = Signal(str)
    """Show the summary of the session with this id."""
    open_attempt = Signal(str)
    """Show the result of the attempt with this id."""
    discard = Signal(object)
    """Put this Attempt into the trash; that can be taken back."""
    compare = Signal(str)
    """Show the attempt with this id beside all others at its question."""

    def __init__(
        self,
        build: Build,
        folders: Folders,
        settings: Settings,
        unexpected: Callable[[BaseException], None],
    ) -> None:
        super().__init__()
        self.folders = folders
        self.settings = settings
        self.toolbox: Toolbox | None = None
        self.engines = Engines()
        self.bridge = Bridge()
        self.jobs = Jobs(self.bridge, unexpected)
        self._build = build
        self._unexpected = unexpected
        self._outdated = False
        self._busy = False
        self._saving = Lock()

    @property
    def history(self) -> History | None:
        """The answers that are kept; None while the engines are not there."""
        return None if self.toolbox is None else self.toolbox.judge.history

    @property
    def busy(self) -> bool:
        """Whether an interview is under way; the engines are not exchanged meanwhile."""
        return self._busy

    def tidy(self) -> None:
        """Empty old trash and remove the recordings that the user does not want to keep."""
        settings, folders = self.settings, self.folders
        if not self._busy:
            self.jobs.run(self, lambda: tidy(folders, settings), failed=self._not_saved)

    def set_busy(self, busy: bool) -> None:
        """Told by the interview room."""
        if busy == self._busy:
            return
        self._busy = busy
        self.busy_changed.emit()
        if not busy:
            self.tidy()
        if not busy and self._outdated and not self.engines.building:
            self.build_toolbox()

    def change_settings(self, **changes: object) -> None:
        """Take over and keep some settings.

        Engines are rebuilt when they depend on them: at once, or after the interview.

        Raises:
            ValueError: A value is not one that the field takes (pydantic's ValidationError).
        """
        before = self.settings
        self.settings = Settings.model_validate(before.model_dump() | changes)
        if self.settings == before:
            return
        self.jobs.run(self, self._save_settings, failed=self._not_saved)
        self.settings_changed.emit()
        if any(getattr(before, name) != getattr(self.settings, name) for name in ENGINE_FIELDS):
            self.rebuild()

    def rebuild(self) -> None:
        """Build the engines anew, e.g. because a model was added; now or after the interview."""
        self._outdated = True
        if not self._busy and not self.engines.building:
            self.build_toolbox()

    def _save_settings(self) -> None:
        with self._saving:  # whoever comes last writes the latest
            save_settings(self.folders.settings, self.settings)

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, VoicePrepError):
            self.trouble.emit(error)
        else:
            self._unexpected(error)

    # -- engines -----------------------------------------------------------------------------

    def build_toolbox(self) -> None:
        """Build the toolbox on a worker; the pages hear of it by ``engines_changed``."""
        self._outdated = False
        settings = self.settings
        self._show(Engines(building=True))
        self.jobs.run(self, lambda: self._build(settings), self._built, self._not_built)

    def _built(self, toolbox: Toolbox) -> None:
        self._exchange(toolbox)
        if self._outdated and not self._busy:
            self.build_toolbox()
            return
        self._show(Engines(building=False, warming=True))
        _log.info("the engines are built")
        self.jobs.run(self, lambda: _pack_leftovers(toolbox, self.folders.recordings))
        self.jobs.run(
            self,
            toolbox.judge.transcriber.warm_up,
            lambda _: self._warmed(toolbox, None),
            lambda error: self._warmed(toolbox, error),
        )

    def _exchange(self, toolbox: Toolbox | None) -> None:
        old, self.toolbox = self.toolbox, toolbox
        if old is not None:
            self.jobs.run(self, old.close)

    def _not_built(self, error: Exception) -> None:
        _log.error("the engines could not be built: %s", error, exc_info=error)
        if isinstance(error, VoicePrepError):
            problem = error
        else:
            self._unexpected(error)
            problem = VoicePrepError(
                "VoicePrep could not get its parts ready.",
                "Something unexpected happened; the log has the details.",
                "Try again, or change the engine in Settings.",
            )
        self._show(Engines(building=False, problem=problem))

    def _warmed(self, toolbox: Toolbox, error: Exception | None) -> None:
        if toolbox is not self.toolbox:
            return  # it was exchanged meanwhile
        problem: VoicePrepError | None = None
        if isinstance(error, VoicePrepError):
            problem = error
        elif error is not None:
            _log.error("the recogniser could not be loaded: %s", error, exc_info=error)
            problem = VoicePrepError(
                "The recogniser could not be loaded.",
                "Something unexpected happened; the log has the details.",
                "Choose another one in Settings. Typed answers work without it.",
            )
        self._show(Engines(building=False, recogniser_problem=problem))

    def _show(self, engines: Engines) -> None:
        self.engines = engines
        self.engines_changed.emit()


def _pack_leftovers(toolbox: Toolbox, recordings: Path) -> None:
    """Pack what an earlier run did not come to; blocks. One that fails is tried another time.

    Only the sessions with such a file are read: a long history would keep the window waiting.
    """
    if toolbox.pack is not None:
        with suppress(VoicePrepError):  # a history that cannot be read is told of by its pages
            history = toolbox.judge.history
            attempts = (history.attempt(path.stem) for path in recordings.glob("*.wav"))
            ids = {one.session_id for one in attempts if one is not None}
            sessions = (history.session(one) for one in sorted(ids))
            archive(over(one for one in sessions if one is not None), toolbox.pack)
