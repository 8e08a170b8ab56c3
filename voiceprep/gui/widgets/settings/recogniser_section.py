"""Settings of the recogniser: which one writes down the answers, and how to get a better one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from voiceprep.errors import VoicePrepError
from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.models import ModelWork
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import flow_box
from voiceprep.gui.widgets.select import Select
from voiceprep.gui.widgets.settings.models_list import ModelsList
from voiceprep.gui.widgets.settings.setting import CONTROL_WIDTH, Section
from voiceprep.gui.widgets.text import label
from voiceprep.speech.transcribers.models import Model
from voiceprep.speech.transcribers.overview import Entry, overview

MODEL_PAGE = "https://huggingface.co/Systran/faster-whisper-base.en/tree/main"
_WHAT = (
    "The basic recogniser is built in and works at once, but it only knows clear American English "
    "and writes no punctuation. A Whisper model understands far more, and writes whole sentences."
)
_HOW = (
    "Downloading is the only thing VoicePrep uses the network for, and only when you press the "
    "button. On a computer without network, add a folder with the files of a model, or a Hugging "
    "Face cache, that was filled elsewhere: it is copied."
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
        self.work = ModelWork(context)
        self.models = ModelsList(context, self.work)
        self.body.addWidget(self.models)
        self.body.addWidget(label(_HOW, "small", "muted", wrap=True))
        self.add = Button("Add a model folder\u2026", icon="plus")
        self.page = Button("Open the download page", "link", help_text=MODEL_PAGE)
        self.body.addWidget(flow_box(self.add, self.page))
        self.choice.activated.connect(self._choose)
        self.add.clicked.connect(self._ask)
        self.page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(MODEL_PAGE)))
        self.work.changed.connect(self._work_changed)
        self.work.finished.connect(self._finished)
        self.work.failed.connect(self._not_done)
        context.engines_changed.connect(self._engines_changed)
        context.settings_changed.connect(self._show)
        self._entries: tuple[Entry, ...] = ()
        self._show()

    def load(self) -> None:
        """Look for models in the background."""
        folder = self._context.folders.models
        self._context.jobs.run(self, lambda: overview(folder), self._fill, self._failed)
        self._engines_changed()

    def _fill(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        self._show()

    def _show(self) -> None:
        models = [one.model for one in self._entries if one.model is not None]
        self._show_choice(models)
        self.models.fill(self._entries, self._used(models))

    def _used(self, models: Sequence[Model]) -> str:
        """The name of the model in use, or "" for the basic recogniser."""
        engine, name = self._now(models)
        return models[0].name if engine == "auto" and models else name

    def _show_choice(self, models: Sequence[Model]) -> None:
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
        self._problem.clear()
        self._note.clear()
        self.work.copy(source)

    def _work_changed(self) -> None:
        self.add.setEnabled(self.work.work is None)
        if self.work.work is not None:
            self._problem.clear()  # that of the last attempt

    def _finished(self, said: VoicePrepError | None) -> None:
        self._problem.clear()
        if said is not None:
            close = Button("All right", "quiet")
            close.clicked.connect(self._note.clear)
            self._note.tell(said, close)
        self.load()

    def _not_done(self, error: VoicePrepError) -> None:
        self._problem.tell(error)
        self.load()

    def _failed(self, error: Exception) -> None:
        self._problem.tell(foreseen(error))

    def _engines_changed(self) -> None:
        """Say why the chosen recogniser cannot be used, and no longer when it can."""
        engines = self._context.engines
        problem = engines.recogniser_problem or engines.problem
        if problem is not None and problem is not self._told_of:
            self._problem.tell(problem)
        elif problem is None and self._told_of is not None:
            self._problem.clear()
        self._told_of = problem
