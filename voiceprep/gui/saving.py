"""Saves the report of a session: asks what and where, shows how far it is, offers to open it."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QProgressBar

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.file_dialogs import documents
from voiceprep.gui.save_dialog import FORMS, SaveDialog
from voiceprep.gui.widgets.buttons import Button
from voiceprep.interview.records import SessionRecord
from voiceprep.report.options import Form, Options


class ReportSaver:
    """Saves reports for one page.

    Args:
        context: Runs the work in the background.
        problem: Where to tell that it did not work.
        note: Where to tell how far it is, and that it worked.
    """

    def __init__(self, context: Context, problem: ErrorPanel, note: ErrorPanel) -> None:
        self._context = context
        self._problem = problem
        self._note = note

    def ask(self, session: SessionRecord) -> SaveDialog:
        """Let the person choose what it is to be, then where it goes."""
        return SaveDialog(self._note, session, lambda options: self._ask_where(session, options))

    def _ask_where(self, session: SessionRecord, options: Options) -> None:
        day = session.started_at.partition("T")[0]
        path = ask_for_file(
            self._note, "Save the report", f"Interview {day}.{options.form}", FORMS[options.form][0]
        )
        if path is not None:
            self.save(session, path, options)

    def save(self, session: SessionRecord, path: Path, options: Options | None = None) -> None:
        """Write the report to this file; without options as its name asks for."""
        options = options or Options(Form.of(path) or Form.HTML)
        if Form.of(path) is not options.form:
            path = path.with_name(f"{path.name}.{options.form}")
        self._problem.clear()
        tell, cancel = show_progress(
            self._context, self._note, VoicePrepError("Saving the report\u2026", str(path))
        )

        def work() -> tuple[Path, ...]:
            # jinja2, Qt's printing and FFmpeg are loaded when they are needed
            from voiceprep.gui.printing.tools import report_tools  # noqa: PLC0415
            from voiceprep.report.export import write_report  # noqa: PLC0415

            return write_report(session, path, options, report_tools(), tell, cancel)

        self._context.jobs.run(self._note, work, self._saved, self._failed)

    def _saved(self, paths: tuple[Path, ...]) -> None:
        folder = paths[0].parent
        show = Button("Open")
        show.clicked.connect(lambda: _open(paths[0]))
        others = Button("Show the folder", "quiet")
        others.clicked.connect(lambda: _open(folder))
        close = Button("Close", "quiet")
        close.clicked.connect(self._note.clear)
        title = "The report is saved."
        if all(Form.of(one) in {Form.SRT, Form.VTT} for one in paths) and len(paths) > 1:
            title = f"The subtitles are saved in {len(paths)} files."
        self._note.tell(VoicePrepError(title, str(paths[0])), show, others, close)
        show.show()  # added to a panel that is seen already, it would be shown a moment later
        show.setFocus()

    def _failed(self, error: Exception) -> None:
        self._note.clear()
        if isinstance(error, Cancelled):
            return
        close = Button("Close", "quiet")
        close.clicked.connect(self._problem.clear)
        self._problem.tell(foreseen(error), close)


def show_progress(
    context: Context, note: ErrorPanel, what: VoicePrepError
) -> tuple[Callable[[float], None], Event]:
    """Tell what is being done, with a bar and a way to stop it.

    Returns:
        Takes the share that is done, 0 to 1, from any thread; and the event that is set to stop.
    """
    cancel = Event()
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setFixedWidth(160)
    bar.setRange(0, 1000)
    bar.setAccessibleName(what.title.strip("\u2026"))
    stop = Button("Cancel")
    stop.clicked.connect(cancel.set)
    note.tell(what, bar, stop)

    def show(share: float) -> None:
        if bar in note.buttons:
            bar.setValue(round(1000 * share))

    return lambda share: context.bridge.post(lambda: show(share)), cancel


def ask_for_file(parent: ErrorPanel, title: str, name: str, kind: str) -> Path | None:
    """Let the person choose a file to write, in their documents at first."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent, title, str(documents() / name), f"{kind} (*{Path(name).suffix})"
    )
    return Path(chosen) if chosen else None


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
