"""What the user can mend is shown in place; what we got wrong gets a dialog with a report."""

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from voiceprep import __version__
from voiceprep.errors import VoicePrepError
from voiceprep.gui import icons, theme
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import Ground, column, flow_box, row
from voiceprep.gui.widgets.text import label

_log = logging.getLogger(__name__)


class Mark(QWidget):
    """A small icon in a tone, for example a warning sign."""

    def __init__(self, icon: str, tone: str, size: int = 20) -> None:
        super().__init__()
        self._icon = icon
        self._tone = tone
        self.setFixedSize(size, size)

    def set(self, icon: str, tone: str) -> None:
        """Show another icon."""
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        icons.paint(painter, self._icon, self.rect().toRectF(), theme.color(self._tone))


class ErrorPanel(Ground):
    """Tells an error in place: what happened, why, and what to do, with buttons for that.

    It is hidden while there is nothing to tell.

    Args:
        alert: False for a note that stops nothing.
        low: Whether room is scarce: one button stands beside the words, not below.
    """

    def __init__(self, *, alert: bool = True, low: bool = False) -> None:
        super().__init__(*(("alert_soft", "alert") if alert else ("accent_soft", "accent")))
        self._outer: QHBoxLayout = row(self, margin=2)
        mark = Mark("warning", "alert") if alert else Mark("info", "accent")
        self._outer.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
        words = column(gap=0)
        words.setSpacing(4)
        self._title = label(bold=True, wrap=True)
        self._cause = label(wrap=True)
        self._next = label(wrap=True)
        for one in (self._title, self._cause, self._next):
            one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(one)
        self._low = low
        self.buttons: tuple[QWidget, ...] = ()
        self._words = words
        self._foot = flow_box()
        words.addWidget(self._foot)
        self._outer.addLayout(words, 1)
        self.hide()

    def tell(self, error: VoicePrepError, *actions: QWidget) -> None:
        """Show an error with these buttons; the buttons of an earlier one are removed."""
        self._title.setText(error.title)
        self._cause.setText(error.cause)
        self._cause.setVisible(bool(error.cause))
        self._next.setText(error.next_step)
        self._next.setVisible(bool(error.next_step))
        self.setAccessibleName(str(error))
        beside = self._low and len(actions) == 1
        foot = QWidget() if beside else flow_box(*actions, above=1)
        if beside:
            row(foot, gap=0).addWidget(actions[0])
            self._outer.addWidget(foot, 0, Qt.AlignmentFlag.AlignVCenter)
        else:
            self._words.addWidget(foot)
        self._foot.hide()
        self._foot.deleteLater()
        self._foot, self.buttons = foot, actions
        foot.setVisible(bool(actions))
        self.show()

    def show_problem(self, problem: VoicePrepError | None) -> None:
        """Show what is wrong, or that nothing is any more."""
        if problem is None:
            self.clear()
        else:
            self.tell(problem)

    def clear(self) -> None:
        """Nothing to tell any more."""
        self.hide()


def report(error: BaseException, log: Path) -> str:
    """All that is needed to find out what went wrong; no answers, no recordings."""
    return "\n".join(
        [
            f"VoicePrep {__version__}, Python {platform.python_version()}, Qt {qVersion()}",
            platform.platform(),
            f"Log: {log}",
            "",
            "".join(traceback.format_exception(error)),
        ]
    )


class UnexpectedDialog(QDialog):
    """Something went wrong that should not: says so calmly and offers the report."""

    def __init__(self, error: BaseException, log: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self._report = report(error, log)
        body: QVBoxLayout = column(self, margin=3)
        body.addWidget(label("Something went wrong that should not have.", bold=True))
        body.addWidget(
            label(
                "What you recorded is on your disk. You can go on; if it happens again, start "
                "VoicePrep anew. The report helps us to mend it: it holds no answers.",
                wrap=True,
            )
        )
        details = QPlainTextEdit(self._report)
        details.setReadOnly(True)
        details.setFont(theme.font("small"))
        details.setAccessibleName("Report")
        body.addWidget(details, 1)
        buttons = row(gap=1)
        self._copy = Button("Copy report", icon="copy")
        self._copy.clicked.connect(self.copy)
        close = Button("Go on", "primary")
        close.clicked.connect(self.accept)
        buttons.addStretch(1)
        buttons.addWidget(self._copy)
        buttons.addWidget(close)
        body.addLayout(buttons)
        self.resize(640, 400)
        close.setFocus()

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self._report)
        self._copy.setText("Copied")


class Unexpected:
    """Logs a mistake of ours and shows the dialog, one at a time.

    Args:
        log: Where the log is, told in the report.
    """

    def __init__(self, log: Path) -> None:
        self._log_path = log
        self._dialog: UnexpectedDialog | None = None
        self.window: QWidget | None = None

    def show(self, error: BaseException) -> None:
        """Log and show; from the GUI thread."""
        _log.critical("unexpected: %s", error, exc_info=error)
        if self._dialog is not None:
            return  # one dialog says enough; the log has them all
        self._dialog = UnexpectedDialog(error, self._log_path, self.window)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def _closed(self) -> None:
        self._dialog = None


def install_excepthook(post: Callable[[Callable[[], None]], None], unexpected: Unexpected) -> None:
    """Send whatever nobody caught to the dialog, on the GUI thread."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        post(lambda: unexpected.show(error))

    sys.excepthook = hook
