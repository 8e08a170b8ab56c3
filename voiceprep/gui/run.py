"""Starts the window and ends it cleanly."""

import logging
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from voiceprep.errors import VoicePrepError
from voiceprep.gui import icons, theme
from voiceprep.gui.context import Build, Context
from voiceprep.gui.errors import Unexpected, install_excepthook
from voiceprep.gui.garbage import collect_on_this_thread
from voiceprep.gui.window import Window
from voiceprep.interview.records import Attempt
from voiceprep.store.paths import Folders
from voiceprep.store.settings import read_settings

_log = logging.getLogger(__name__)

SETTLE_S = 4.0
"""How long the end waits for a take to be closed: the recorder needs half a second, a device that
hangs must not keep the app alive."""

_TURN_S = 0.0005
"""How long a worker's Python runs before the window's may go on."""


def run(
    build: Build,
    folders: Folders,
    notice: VoicePrepError | None = None,
    unfinished: tuple[Attempt, ...] = (),
) -> int:
    """Show the window and return the exit status when it was closed.

    The window is there before anything heavy is imported; ``build`` runs on a worker. A
    ``notice`` is what the user should be told at the start; ``unfinished`` answers are offered to
    be transcribed with it.
    """
    started = time.perf_counter()
    app = application()
    keep_lively(app)
    settings, broken = read_settings(folders.settings)
    theme.wear(app, settings.theme)
    unexpected = Unexpected(folders.log)
    context = Context(build, folders, settings, unexpected.show)
    install_excepthook(context.bridge.post, unexpected)
    window = Window(context)
    unexpected.window = window
    window.show()
    _log.info("window shown after %.0f ms", 1000 * (time.perf_counter() - started))
    QTimer.singleShot(0, context.build_toolbox)
    QTimer.singleShot(0, context.tidy)
    told = notice or broken
    if told is not None:
        window.tell(told, unfinished)
    with _interrupts(window):
        status = app.exec()
    window.finish(SETTLE_S)
    if context.toolbox is not None:
        context.toolbox.close()
    context.jobs.close()
    sys.excepthook = sys.__excepthook__
    return status


def application() -> QApplication:
    """The one QApplication, named so that desktops find its icon."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # So that labels follow the palette when the theme changes: under a sheet they do not.
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_UseStyleSheetPropagationInWidgetStyles)
        app = QApplication(sys.argv[:1])
    app.setApplicationName("voiceprep")
    app.setApplicationDisplayName("VoicePrep")
    app.setDesktopFileName("voiceprep")
    app.setStyle("Fusion")
    app.setWindowIcon(icons.app_icon())
    return app


def keep_lively(app: QApplication) -> None:
    """See that what workers compute does not hold up the window's thread, nor destroy its widgets.

    Qt gives the interpreter up in many of its calls, and a worker that computes keeps it for 5 ms
    then: with hundreds of calls to build a page the window would stand still.
    """
    sys.setswitchinterval(_TURN_S)
    collect_on_this_thread(app)


@contextmanager
def _interrupts(window: Window) -> Iterator[None]:
    """Ctrl-C and SIGTERM close the window without a question; the take is kept.

    Python runs its signal handlers only between its own instructions, and Qt's loop has none:
    a socket that the signal writes to wakes it.
    """
    reading, writing = socket.socketpair()
    reading.setblocking(False)  # noqa: FBT003 - the standard library's own order
    writing.setblocking(False)  # noqa: FBT003 - the standard library's own order
    before_fd = signal.set_wakeup_fd(writing.fileno())
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read, QObject(window))
    notifier.activated.connect(lambda: reading.recv(64))
    before = {
        which: signal.signal(which, lambda *_: window.close_without_asking())
        for which in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(before_fd)
        for which, handler in before.items():
            signal.signal(which, handler)
        reading.close()
        writing.close()
