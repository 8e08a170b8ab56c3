"""The user's data: where it lies, how long audio is kept, backup, restore, deleting it all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.gui.bridge import foreseen
from voiceprep.gui.confirm import Confirm
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.file_dialogs import documents
from voiceprep.gui.phrasing import count, size
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import flow_box
from voiceprep.gui.widgets.select import Select
from voiceprep.gui.widgets.settings.setting import Section
from voiceprep.gui.widgets.text import label
from voiceprep.logs import log_nowhere
from voiceprep.store.backup import Progress, back_up, restore
from voiceprep.store.erasing import erase
from voiceprep.store.files import make_private_folder
from voiceprep.store.merging import Contents
from voiceprep.store.settings import Settings
from voiceprep.store.tidying import due, tidy

_KEEP: tuple[tuple[str, dict[str, object]], ...] = (
    ("For ever", {"keep_audio": "forever"}),
    ("7 days", {"keep_audio": "days", "keep_audio_days": 7}),
    ("30 days", {"keep_audio": "days", "keep_audio_days": 30}),
    ("90 days", {"keep_audio": "days", "keep_audio_days": 90}),
    ("One year", {"keep_audio": "days", "keep_audio_days": 365}),
    ("Until I have opened the result in Review", {"keep_audio": "reviewed"}),
    ("Not at all", {"keep_audio": "never"}),
)
_WHAT = "VoicePrep backup (*.zip)"
Work = Callable[[Path, Progress, Event], Contents]


class _Keep(Select):
    """Arrow keys open the list: each step through it would ask at once what to remove."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list, or what lists do."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.showPopup()
        else:
            super().keyPressEvent(event)


class DataSection(Section):
    """The folder that holds everything that was said, and what becomes of it."""

    def __init__(self, context: Context) -> None:
        super().__init__("Your data")
        self._context = context
        self._cancel: Event | None = None
        self._began: Button | None = None
        text = (
            "Recordings, transcripts and results are kept in this folder on your laptop, readable "
            "by you only, and nowhere else. What you delete in Review lies in the trash for 30 "
            "days, then it is gone with its recordings."
        )
        self.body.addWidget(label(text, "small", "muted", wrap=True))
        self.path = label(str(context.folders.data), wrap=True)
        self.path.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.path.setAccessibleName(f"Data folder: {context.folders.data}")
        self.body.addWidget(self.path)
        self.used = label("", "small", "muted")
        self.body.addWidget(self.used)
        self._problem = ErrorPanel()
        self._note = ErrorPanel(alert=False)
        self.keep = _Keep("Keep recordings")
        for words, values in _KEEP:
            self.keep.addItem(words, values)
        self.keep.activated.connect(lambda _: self._keep_chosen())
        self.add_row(
            "Keep recordings",
            self.keep,
            "Once they are transcribed. Transcripts and results stay in any case.",
        )
        self.body.addWidget(self._problem)
        self.body.addWidget(self._note)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.body.addWidget(self.bar)
        self.open = Button("Open folder", icon="file")
        self.back_up_button = Button("Back up", help_text="The whole history as one file")
        self.restore_button = Button("Restore", help_text="Add what is in a backup")
        self.cancel_button = Button("Cancel")
        self.erase_button = Button("Delete everything about me", "alert")
        self.open.clicked.connect(self._open)
        self.back_up_button.clicked.connect(self._ask_back_up)
        self.restore_button.clicked.connect(self._ask_restore)
        self.cancel_button.clicked.connect(self.cancel)
        self.erase_button.clicked.connect(self._ask_erase)
        self.body.addWidget(
            flow_box(
                self.open,
                self.back_up_button,
                self.restore_button,
                self.cancel_button,
                self.erase_button,
            )
        )
        context.settings_changed.connect(self._show_kept)
        context.busy_changed.connect(self._show_running)
        self._show_kept()
        self._show_running()

    def load(self) -> None:
        """Measure how much disk it takes."""
        folder = self._context.folders.data

        def measure() -> int:
            return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())

        self._context.jobs.run(
            self, measure, lambda used: self.used.setText(f"{size(used)} on this disk")
        )

    # -- how long ----------------------------------------------------------------------------

    def _show_kept(self) -> None:
        settings = self._context.settings
        for number, (_, values) in enumerate(_KEEP):
            if all(getattr(settings, name) == value for name, value in values.items()):
                self.keep.setCurrentIndex(number)
                return
        self.keep.setItemText(1, f"{settings.keep_audio_days} days")
        self.keep.setItemData(
            1, {"keep_audio": "days", "keep_audio_days": settings.keep_audio_days}
        )
        self.keep.setCurrentIndex(1)

    def _keep_chosen(self) -> None:
        """Say first what goes at once."""
        values = dict(self.keep.currentData())
        folders = self._context.folders
        settings = Settings.model_validate(self._context.settings.model_dump() | values)

        def ask(found: tuple[int, int]) -> None:
            number, used = found
            if not number:
                self._context.change_settings(**values)
                return
            Confirm(
                self,
                title=f"Remove {count(number, 'recording')} now?",
                text=f"{size(used)} of audio that is older than you want to keep it is removed for "
                "good. The transcripts and results stay.",
                stay="Keep",
                go="Remove",
                agreed=lambda: self._keep_agreed(values),
                kept=self._show_kept,
            )

        self._context.jobs.run(self, lambda: due(folders, settings), ask, self._failed)

    def _keep_agreed(self, values: dict[str, object]) -> None:
        self._context.change_settings(**values)
        folders, settings = self._context.folders, self._context.settings
        self._context.jobs.run(
            self, lambda: tidy(folders, settings), lambda _: self._changed(), self._failed
        )

    def _changed(self) -> None:
        self.load()
        self._context.history_changed.emit()

    # -- backup ------------------------------------------------------------------------------

    def _ask_back_up(self) -> None:
        name = f"VoicePrep backup {date.today().isoformat()}.zip"  # noqa: DTZ011 - the user's day
        chosen, _ = QFileDialog.getSaveFileName(self, "Back up", str(documents() / name), _WHAT)
        if chosen:
            folders = self._context.folders
            self._run(
                Path(chosen),
                lambda path, progress, cancel: back_up(folders, path, progress, cancel),
                lambda made: (
                    f"{count(made.sessions, 'interview')} with "
                    f"{count(made.recordings, 'recording')} are in {chosen}"
                ),
                "The backup is written.",
            )

    def _ask_restore(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Restore", str(documents()), _WHAT)
        if chosen:
            folders = self._context.folders
            self._run(
                Path(chosen),
                lambda path, progress, cancel: restore(folders, path, progress, cancel),
                lambda found: (
                    f"{count(found.sessions, 'interview')} with {count(found.answers, 'answer')} "
                    f"came back; {count(found.known, 'answer')} had been here already."
                ),
                "The backup is restored.",
            )

    def _run(self, path: Path, work: Work, tell: Callable[[Contents], str], title: str) -> None:
        cancel = self._cancel = Event()
        bridge = self._context.bridge
        self._problem.clear()
        self._note.clear()
        self._show_running()

        def show(share: float) -> None:
            bridge.post(lambda: self.bar.setValue(round(1000 * share)))

        def done(found: Contents) -> None:
            self._cancel = None
            self._show_running()
            self._tell(VoicePrepError(title, tell(found)))
            self._changed()

        def failed(error: Exception) -> None:
            self._cancel = None
            self._show_running()
            if not isinstance(error, Cancelled):
                self._failed(error)

        self._context.jobs.run(self, lambda: work(path, show, cancel), done, failed)

    def cancel(self) -> None:
        """Stop writing or reading a backup; nothing of it stays."""
        if self._cancel is not None:
            self._cancel.set()

    def _show_running(self) -> None:
        """The keyboard goes from the button that began it to Cancel, and back at the end."""
        running, busy = self._cancel is not None, self._context.busy
        self.bar.setVisible(running)
        self.bar.setValue(0)
        buttons = (self.back_up_button, self.restore_button, self.erase_button)
        if running:
            self._began = next((one for one in buttons if one.hasFocus()), None)
            self.cancel_button.show()
            if self._began is not None:
                self.cancel_button.setFocus()
        for button in buttons:
            button.setEnabled(not running and not busy)
        if not running:
            if self._began is not None and self.cancel_button.hasFocus():
                self._began.setFocus()
            self.cancel_button.hide()

    # -- the end -----------------------------------------------------------------------------

    def _ask_erase(self) -> None:
        Confirm(
            self,
            title="Delete everything about you?",
            text="All interviews, recordings, transcripts, results and notes, the trash, your "
            "settings and the log are removed from this laptop for good. Only downloaded models "
            "and files that you saved elsewhere stay. This cannot be undone.",
            stay="Keep everything",
            go="Delete everything",
            agreed=self._erase,
        )

    def _erase(self) -> None:
        context = self._context
        toolbox, folders = context.toolbox, context.folders
        close = getattr(toolbox.judge.history, "close", None) if toolbox is not None else None

        def work() -> None:
            log_nowhere()
            if close is not None:
                close()  # it opens again when it is next asked
            erase(folders)

        def done(_: None) -> None:
            context.change_settings(**Settings().model_dump())
            self._tell(VoicePrepError("Everything about you is deleted.", ""))
            self._changed()

        context.jobs.run(self, work, done, self._failed)

    # -- folder and notes --------------------------------------------------------------------

    def _open(self) -> None:
        folder = self._context.folders.data

        def make() -> Path:
            make_private_folder(folder)
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

    def _tell(self, note: VoicePrepError) -> None:
        close = Button("Close", "quiet")
        close.clicked.connect(self._note.clear)
        self._note.tell(note, close)

    def _failed(self, error: Exception) -> None:
        self._show_kept()
        self._problem.tell(foreseen(error))
