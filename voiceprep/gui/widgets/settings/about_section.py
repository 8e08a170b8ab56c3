"""Where the user's data lies, and what this app is made of."""

from importlib.metadata import PackageNotFoundError, metadata

from PySide6.QtWidgets import QGridLayout, QWidget

from voiceprep import __version__
from voiceprep.gui import theme
from voiceprep.gui.context import Context
from voiceprep.gui.widgets.settings.setting import Section
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
