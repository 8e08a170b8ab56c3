"""Asks for a recording or a folder; the window lives on meanwhile."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_AUDIO = (
    "Recordings (*.wav *.mp3 *.m4a *.aac *.flac *.ogg *.oga *.opus *.webm *.mp4 *.mkv *.wma "
    "*.aiff *.aif);;All files (*)"
)


def documents() -> Path:
    """Where files go at first: the documents, or the home folder where there are none."""
    place = QStandardPaths.StandardLocation
    found = Path(QStandardPaths.writableLocation(place.DocumentsLocation))
    home = QStandardPaths.writableLocation(place.HomeLocation)
    return found if found.is_dir() else Path(home)


def choose_recording(parent: QWidget, chosen: Callable[[Path], object]) -> None:
    """Ask for a recording that was made elsewhere; ``chosen`` is not called when none is."""
    dialog = QFileDialog(parent, "Use a recording", "", _AUDIO)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, chosen)


def choose_folder(parent: QWidget, chosen: Callable[[Path], object]) -> None:
    """Ask for a folder that recordings are kept in."""
    dialog = QFileDialog(parent, "Keep recordings in another folder")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    _open(dialog, chosen)


def _open(dialog: QFileDialog, chosen: Callable[[Path], object]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
