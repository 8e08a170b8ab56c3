"""Changes a kept answer in the background: verdicts, a corrected transcript, a new score."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from voiceprep.errors import VoicePrepError
from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.interview.judging import Judge
from voiceprep.interview.records import Attempt
from voiceprep.interview.rescoring import is_outdated, rescore


class Revising(QObject):
    """One for each page that shows an answer; goes with ``owner``."""

    begun = Signal()
    revised = Signal(object, object)
    """An Attempt was corrected or scored again, and is kept: as it was, and as it is now."""
    failed = Signal(object)
    """Why it could not be: a VoicePrepError, or None where the dialog for our mistakes says it."""

    def __init__(self, context: Context, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context

    def keep(self, attempt: Attempt) -> bool:
        """Write an attempt in the background; whether there is a history to write to."""
        history = self._context.history
        if history is not None:
            self._context.jobs.run(
                self,
                lambda: history.save_attempt(attempt),
                lambda _: self._context.history_changed.emit(),
                self._not_kept,
            )
        return history is not None

    def _not_kept(self, error: Exception) -> None:
        self._context.trouble.emit(foreseen(error))

    def correct(self, before: Attempt, text: str) -> None:
        """Take ``text`` for what was said, and score that."""
        self._revise(lambda judge: judge.correct(before, text), before)

    def rescore(self, before: Attempt) -> None:
        """Score the same words with what the scorer and the checklist are by now."""
        banks = self._context.toolbox.banks if self._context.toolbox else ()
        self._revise(lambda judge: rescore(before, judge, banks), before)

    def score_anyway(self, before: Attempt) -> None:
        """Score an answer although its sound is unusable."""
        self._revise(lambda judge: judge.score_anyway(before), before)

    def is_outdated(self, attempt: Attempt) -> bool:
        """Whether the scorer or the checklist has changed since."""
        toolbox = self._context.toolbox
        return toolbox is not None and is_outdated(attempt, toolbox.judge, toolbox.banks)

    def _revise(self, work: Callable[[Judge], Attempt], before: Attempt) -> None:
        toolbox = self._context.toolbox
        if toolbox is None:
            return
        self.begun.emit()
        self._context.jobs.run(
            self,
            lambda: work(toolbox.judge),
            lambda revised: self._done(before, revised),
            self._not_revised,
        )

    def _done(self, before: Attempt, revised: Attempt) -> None:
        self._context.history_changed.emit()
        self.revised.emit(before, revised)

    def _not_revised(self, error: Exception) -> None:
        is_foreseen = isinstance(error, VoicePrepError)
        self.failed.emit(error if is_foreseen else None)
        if not is_foreseen:
            raise error
