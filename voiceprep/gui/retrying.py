"""Transcribes kept recordings later, in the background, for whichever page asked."""

import logging
from threading import Event

from PySide6.QtCore import QCoreApplication, QObject, Signal

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.widgets.buttons import Button
from voiceprep.interview.records import Attempt

_log = logging.getLogger(__name__)


class Retrying(QObject):
    """Runs "Transcribe now"; one for the whole window, see ``retrying``."""

    progressed = Signal(str, float)
    """An attempt's id and the share that is done, 0 to 1."""
    ended = Signal(str, object)
    """An attempt's id, and the judged Attempt, the VoicePrepError, or None: cancelled."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.context = context
        self._running: dict[str, tuple[Event, float]] = {}
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.cancel_all)

    def share_of(self, attempt_id: str) -> float | None:
        """How far an attempt is, 0 to 1; None when it is not being transcribed."""
        running = self._running.get(attempt_id)
        return None if running is None else running[1]

    def start(self, attempt: Attempt) -> None:
        """Transcribe, score and keep an attempt; does nothing while that is under way."""
        toolbox = self.context.toolbox
        if attempt.id in self._running:
            return
        if toolbox is None:
            self.ended.emit(
                attempt.id,
                VoicePrepError(
                    "The recogniser is not ready yet.",
                    "VoicePrep is still getting its parts ready.",
                    "Try again in a moment.",
                ),
            )
            return
        cancel = Event()
        self._running[attempt.id] = (cancel, 0.0)

        def report(share: float) -> None:
            self.context.bridge.post(lambda: self._progressed(attempt.id, share))

        self.context.jobs.run(
            self,
            lambda: toolbox.judge.judge(attempt, cancel, report),
            lambda judged: self._over(attempt.id, judged),
            lambda error: self._failed(attempt.id, error),
        )
        self.progressed.emit(attempt.id, 0.0)

    def cancel(self, attempt_id: str) -> None:
        """Stop; the attempt goes on waiting."""
        running = self._running.get(attempt_id)
        if running is not None:
            running[0].set()

    def cancel_all(self) -> None:
        """Stop everything: the window closes."""
        for cancel, _ in self._running.values():
            cancel.set()

    def _progressed(self, attempt_id: str, share: float) -> None:
        if attempt_id in self._running:
            self._running[attempt_id] = (self._running[attempt_id][0], share)
            self.progressed.emit(attempt_id, share)

    def _failed(self, attempt_id: str, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._over(attempt_id, None)
        elif isinstance(error, VoicePrepError):
            self._over(attempt_id, error)
        else:
            self._over(attempt_id, None)
            raise error

    def _over(self, attempt_id: str, outcome: Attempt | VoicePrepError | None) -> None:
        self._running.pop(attempt_id, None)
        self.ended.emit(attempt_id, outcome)
        self.context.history_changed.emit()


def retrying(context: Context) -> Retrying:
    """The one that all pages share."""
    found = context.findChild(Retrying)
    return found if isinstance(found, Retrying) else Retrying(context)


class TranscribeButton(Button):
    """Offers to transcribe kept answers and then shows the first; ready when the engines are."""

    def __init__(self, context: Context, attempts: tuple[Attempt, ...]) -> None:
        super().__init__(
            "Transcribe it now" if len(attempts) == 1 else "Transcribe them now", "primary"
        )
        self._context = context
        self._attempts = attempts
        self.clicked.connect(self._start)
        context.engines_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._context.toolbox is not None)

    def _start(self) -> None:
        for attempt in self._attempts:
            retrying(self._context).start(attempt)
        self._context.open_attempt.emit(self._attempts[0].id)
