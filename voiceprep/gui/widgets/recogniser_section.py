"""Settings of the recogniser: which one writes down the answers, and how to get a better one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import flow_box, row
from voiceprep.gui.widgets.select import Select
from voiceprep.gui.widgets.setting import CONTROL_WIDTH, Section
from voiceprep.gui.widgets.text import label
from voiceprep.speech.transcribers.importing import import_folder
from voiceprep.speech.transcribers.models import Model, installed

MODEL_PAGE = "https://huggingface.co/Systran/faster-whisper-base.en/tree/main"
_WHAT = (
    "The basic recogniser is built in and works at once, but it only knows clear American English "
    "and writes no punctuation. A Whisper model understands far more, and writes whole sentences."
)
_HOW = (
    "To get one, download all files of faster-whisper-base.en (145 MB) from huggingface.co into "
    "one folder, on any computer, and add that folder here. It is copied; nothing is sent."
)
Chosen = tuple[str, str]
"""Engine and model, as the settings keep them."""


class RecogniserSection(Section):
    """Chooses a recogniser and adds models."""

    def __init__(self, context: Context) -> None:
        super().__init__("Recogniser")
        self._context = context
        self._told_of: VoicePrepError | None = None
        self.choice = Select("Recogniser")
        self.choice.setFixedWidth(CONTROL_WIDTH)
        self.add_row("Turns speech into words", self.choice)
        self._problem = ErrorPanel()
        self._note = ErrorPanel(alert=False)
        self.body.addWidget(self._problem)
        self.body.addWidget(self._note)
        self.body.addWidget(label(_WHAT, "small", "muted", wrap=True))
        self.body.addWidget(label(_HOW, "small", "muted", wrap=True))
        self.add = Button("Add a model folder\u2026", icon="plus")
        self.page = Button("Open the download page", "link", help_text=MODEL_PAGE)
        self.body.addWidget(flow_box(self.add, self.page))
        self.progress = QWidget()
        across = row(self.progress, gap=2)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName("Copying the model")
        across.addWidget(label("Copying the model", "small", "muted"))
        across.addWidget(bar, 1, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(self.progress)
        self.progress.hide()
        self.choice.activated.connect(self._choose)
        self.add.clicked.connect(self._ask)
        self.page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(MODEL_PAGE)))
        context.engines_changed.connect(self._engines_changed)
        self._fill(())

    def load(self) -> None:
        """Look for models in the background."""
        folder = self._context.folders.models
        self._context.jobs.run(self, lambda: installed(folder), self._fill, self._failed)
        self._engines_changed()

    def _fill(self, models: Sequence[Model]) -> None:
        best = f"Whisper {models[0].name}" if models else "basic recogniser"
        entries: list[tuple[str, Chosen]] = [(f"Best there is ({best})", ("auto", ""))]
        entries += [
            (f"Whisper {one.name} ({one.size_bytes / 1e6:.0f} MB)", ("whisper", one.name))
            for one in models
        ]
        entries.append(("Basic recogniser (PocketSphinx)", ("pocketsphinx", "")))
        now = self._now(models)
        if now not in [value for _, value in entries]:
            entries.append((f"Whisper {now[1]}".rstrip() + ", not found", now))
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for text, value in entries:
                self.choice.addItem(text, "|".join(value))
            self.choice.setCurrentIndex(self.choice.findData("|".join(now)))

    def _now(self, models: Sequence[Model]) -> Chosen:
        """The entry that the settings mean."""
        settings = self._context.settings
        names = [one.name for one in models]
        match settings.engine:
            case "pocketsphinx":
                return "pocketsphinx", ""
            case "whisper":
                return "whisper", settings.model or next(iter(names), "")
            case "auto":
                return ("whisper", settings.model) if settings.model in names else ("auto", "")

    def _choose(self) -> None:
        engine, _, model = str(self.choice.currentData()).partition("|")
        self._context.change_settings(engine=engine, model=model)

    # -- adding a model ----------------------------------------------------------------------

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Add a Whisper model")
        if chosen:
            self.import_model(Path(chosen))

    def import_model(self, source: Path) -> None:
        """Copy a model folder into the models folder, in the background."""
        folder = self._context.folders.models
        self._problem.clear()
        self._note.clear()
        self.add.setEnabled(False)
        self.progress.show()
        self._context.jobs.run(
            self, lambda: import_folder(source, folder), self._imported, self._not_imported
        )

    def _imported(self, model: Model) -> None:
        self._copied()
        close = Button("All right", "quiet")
        close.clicked.connect(self._note.clear)
        self._note.tell(
            VoicePrepError(
                f"Whisper {model.name} is added.",
                "",
                "It is used from now on unless you choose another one.",
            ),
            close,
        )
        self.load()
        self._context.rebuild()

    def _not_imported(self, error: Exception) -> None:
        self._copied()
        self._failed(error)

    def _copied(self) -> None:
        self.add.setEnabled(True)
        self.progress.hide()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, VoicePrepError):
            raise error
        self._problem.tell(error)

    def _engines_changed(self) -> None:
        """Say why the chosen recogniser cannot be used, and no longer when it can."""
        engines = self._context.engines
        problem = engines.recogniser_problem or engines.problem
        if problem is not None and problem is not self._told_of:
            self._problem.tell(problem)
        elif problem is None and self._told_of is not None:
            self._problem.clear()
        self._told_of = problem
