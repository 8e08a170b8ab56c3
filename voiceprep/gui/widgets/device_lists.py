"""The lists of microphones and outputs, which follow what is plugged in and out."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from voiceprep.errors import VoicePrepError
from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.gui.widgets.select import Select
from voiceprep.gui.widgets.watch import Watch
from voiceprep.speech import devices
from voiceprep.speech.devices import Device

_DEFAULT = "The system's default"
_Found = tuple[tuple[Device, ...], tuple[Device, ...]]


class DeviceLists(QObject):
    """Two lists to choose from; what is chosen is kept in the settings at once.

    Args:
        context: For the settings and its jobs.
        parent: Whoever shows the lists.
        may_look: Whether devices may be looked for at this moment.
        free: Lets go of the devices, then calls what it is given: a choice waits for that.
    """

    looked = Signal()
    """The lists are fresh, or it is known why not."""
    problem = Signal(object)
    """What is wrong: a VoicePrepError, or None."""

    def __init__(
        self,
        context: Context,
        parent: QObject,
        may_look: Callable[[], bool] = lambda: True,
        free: Callable[[Callable[[], None]], None] = lambda then: then(),
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._may_look = may_look
        self._free = free
        self._found: _Found | None = None
        self._is_looking = False
        self.microphone = Select("Microphone")
        self.output = Select("Output")
        for one, field in ((self.microphone, "microphone"), (self.output, "output")):
            one.addItem(_DEFAULT, "")
            one.activated.connect(
                lambda _, one=one, field=field: self._choose(field, one.currentData())
            )
        self._watch = Watch(self.microphone, self.look)

    def load(self) -> None:
        """Look for devices in the background, and tell what is wrong."""
        if not self._is_looking:
            self._is_looking = True
            self._context.jobs.run(self, _listed, self._loaded, self._failed)

    def look(self) -> None:
        """Whether something was plugged in or out meanwhile."""
        if not self._is_looking and not self._is_unfolded and self._may_look():
            self._context.jobs.run(self, _listed, self._seen, lambda _: None)

    def _seen(self, found: _Found) -> None:
        if found != self._found and not self._is_unfolded and not self._is_looking:
            self._loaded(found)

    @property
    def _is_unfolded(self) -> bool:
        """Whether a list is open: it must not change under the pointer."""
        return any(one.view().isVisible() for one in (self.microphone, self.output))

    def _loaded(self, found: _Found) -> None:
        self._found = found
        self._is_looking = False
        settings = self._context.settings
        _fill(self.microphone, found[0], settings.microphone)
        _fill(self.output, found[1], settings.output)
        self.looked.emit()
        self.problem.emit(None if found[0] else _NO_MICROPHONE)

    def _failed(self, error: Exception) -> None:
        self._is_looking = False
        problem = foreseen(error)
        self.looked.emit()
        self.problem.emit(problem)

    def _choose(self, field: str, key: str | None) -> None:
        self._free(lambda: self._context.change_settings(**{field: key or ""}))


_NO_MICROPHONE = VoicePrepError(
    "No microphone was found.",
    "The system lists none.",
    "Connect one, or allow VoicePrep to use it, then look again. You can type your answers "
    "meanwhile.",
)


def _listed() -> _Found:
    return devices.microphones(), devices.outputs()


def _fill(where: Select, found: tuple[Device, ...], chosen: str) -> None:
    """List devices; one that was chosen and is gone stays in the list and says so."""
    keys = [one.key for one in found]
    with QSignalBlocker(where):
        where.clear()
        where.addItem(_DEFAULT, "")
        for key in keys:
            where.addItem(key, key)
        if chosen and chosen not in keys:
            where.addItem(f"{chosen}, not connected", chosen)
        where.setCurrentIndex(max(0, where.findData(chosen)))
        where.setToolTip(where.currentText())
