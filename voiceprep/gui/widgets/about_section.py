"""Where the user's data lies, and what this app is made of."""

from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QWidget

from voiceprep import __version__
from voiceprep.errors import VoicePrepError
from voiceprep.gui import theme
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.setting import Section
from voiceprep.gui.widgets.small import Fold
from voiceprep.gui.widgets.text import label

COMPONENTS = (
    "PySide6-Essentials",
    "faster-whisper",
    "ctranslate2",
    "onnxruntime",
    "tokenizers",
    "pocketsphinx",
    "pyttsx3",
    "espeakng-loader",
    "sounddevice",
    "soxr",
    "av",
    "numpy",
    "pydantic",
    "PyYAML",
    "snowballstemmer",
    "rapidfuzz",
    "jellyfish",
    "jinja2",
    "platformdirs",
    "truststore",
    "typer",
    "rich",
)
_UNSAID = {"espeakng-loader": "GPL-3.0-or-later (eSpeak NG)"}
"""Where a package's own record does not say."""
_OFFLINE = (
    "Everything works offline. Nothing that you say or type leaves this laptop; there is no "
    "account and no tracking."
)
_RECONSTRUCTED = (
    "The source of the built-in questions gives only hints. The question texts were reconstructed "
    "to fit them, and the checklists were written for VoicePrep."
)


class DataSection(Section):
    """The folder that holds everything that was said."""

    def __init__(self, context: Context) -> None:
        super().__init__("Your data")
        self._context = context
        text = (
            "Recordings, transcripts and results are kept in this folder on your laptop, and "
            "nowhere else. Deleting an interview in Review deletes its recordings, too."
        )
        self.body.addWidget(label(text, "small", "muted", wrap=True))
        self.path = label(str(context.folders.data), wrap=True)
        self.path.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.path.setAccessibleName(f"Data folder: {context.folders.data}")
        self.body.addWidget(self.path)
        self._problem = ErrorPanel()
        self.body.addWidget(self._problem)
        self.open = Button("Open folder", icon="file")
        self.open.clicked.connect(self._open)
        self.body.addWidget(self.open, alignment=Qt.AlignmentFlag.AlignLeft)

    def _open(self) -> None:
        folder = self._context.folders.data

        def make() -> Path:
            try:
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            except OSError as error:
                raise VoicePrepError(
                    f"The folder {folder} cannot be made.",
                    f"{error.strerror or error}.",
                    "Check your permissions there.",
                ) from error
            return folder

        self._context.jobs.run(self, make, self._show, self._failed)

    def _show(self, folder: Path) -> None:
        self._problem.clear()
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._problem.tell(
                VoicePrepError(
                    "The folder could not be opened.",
                    "The desktop knows no program for folders.",
                    f"It is {folder}",
                )
            )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, VoicePrepError):
            raise error
        self._problem.tell(error)


class AboutSection(Section):
    """Version, promises, licences."""

    def __init__(self, context: Context) -> None:
        super().__init__("About")
        self._context = context
        self.body.addWidget(label(f"VoicePrep {__version__}, MIT licence"))
        for text in (_OFFLINE, _RECONSTRUCTED):
            self.body.addWidget(label(text, "small", "muted", wrap=True))
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * theme.GRID)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        self.licences = Fold("Made with", self._table, is_open=False)
        self.licences.head.toggled.connect(self._fill)
        self.body.addWidget(self.licences)

    def _fill(self, is_open: bool) -> None:
        if is_open and not self._grid.count():
            self._context.jobs.run(self, components, self._show)

    def _show(self, found: tuple[tuple[str, str, str], ...]) -> None:
        for number, (name, version, licence) in enumerate(found):
            self._grid.addWidget(label(name, "small"), number, 0)
            self._grid.addWidget(label(version, "small", "muted"), number, 1)
            self._grid.addWidget(label(licence, "small", "muted", wrap=True), number, 2)


def components() -> tuple[tuple[str, str, str], ...]:
    """Name, version and licence of what the app is built on, as installed here."""
    found = []
    for name in COMPONENTS:
        try:
            record = metadata(name)
        except PackageNotFoundError:
            continue
        classifiers = record.get_all("Classifier") or []
        named = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License ::")]
        short = (record["License"] or "").partition("\n")[0]
        licence = (
            record["License-Expression"]
            or _UNSAID.get(name)
            or (named[0] if named else "")
            or short
            or "see its package"
        )
        found.append((record["Name"], record["Version"], licence))
    return tuple(found)
