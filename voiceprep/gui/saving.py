"""Saves the report of a session as a file, and offers to open it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.widgets.buttons import Button
from voiceprep.interview.records import SessionRecord

KINDS = {
    ".html": "Web page (*.html)",
    ".md": "Markdown (*.md)",
    ".json": "Data for programs (*.json)",
}


def renderer(path: Path) -> Callable[[SessionRecord], str]:
    """What writes the kind of report that a file's name asks for; a web page where it does not."""
    from voiceprep.report import data, html, markdown  # noqa: PLC0415 - jinja2 when it is needed

    return {".md": markdown.render, ".json": data.render}.get(path.suffix.lower(), html.render)


def write_report(session: SessionRecord, path: Path) -> Path:
    """Write a report; returns where it is.

    Raises:
        VoicePrepError: The file cannot be written.
    """
    if path.suffix.lower() not in KINDS:
        path = path.with_name(f"{path.name}.html")
    text = renderer(path)(session)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise VoicePrepError(
            f"The report could not be saved as {path}.",
            f"{error.strerror or error}.",
            "Choose another folder.",
        ) from error
    return path


class ReportSaver:
    """Asks where, writes in the background, and tells in a panel how it went.

    Args:
        context: For background jobs.
        problem: Where to tell that it did not work.
        note: Where to tell that it did.
    """

    def __init__(self, context: Context, problem: ErrorPanel, note: ErrorPanel) -> None:
        self._context = context
        self._problem = problem
        self._note = note

    def ask(self, session: SessionRecord) -> None:
        """Let the person choose a file, then write it."""
        place = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(place))
        day = session.started_at.partition("T")[0]
        chosen, _ = QFileDialog.getSaveFileName(
            self._note,
            "Save the report",
            str(folder / f"Interview {day}.html"),
            ";;".join(KINDS.values()),
        )
        if chosen:
            self.save(session, Path(chosen))

    def save(self, session: SessionRecord, path: Path) -> None:
        """Write the report to this file."""
        self._problem.clear()
        self._note.clear()
        self._context.jobs.run(
            self._note, lambda: write_report(session, path), self._saved, self._failed
        )

    def _saved(self, path: Path) -> None:
        show = Button("Open")
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
        close = Button("Close", "quiet")
        close.clicked.connect(self._note.clear)
        self._note.tell(VoicePrepError("The report is saved.", str(path)), show, close)
        show.setFocus()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, VoicePrepError):
            raise error
        close = Button("Close", "quiet")
        close.clicked.connect(self._problem.clear)
        self._problem.tell(error, close)
