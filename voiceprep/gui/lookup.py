"""Looks up in the history what the window is asked to show; off its thread."""

from PySide6.QtCore import QObject, Signal

from voiceprep.gui.context import Context
from voiceprep.interview.comparison import comparable
from voiceprep.interview.records import Attempt


class Lookup(QObject):
    """Asked by id; answers by signal, with None for what was deleted meanwhile.

    Goes with ``owner``, who shows what was found.
    """

    session = Signal(object)
    """A SessionRecord, or None."""
    attempt = Signal(object)
    """An Attempt, or None."""
    attempts = Signal(object, object)
    """An Attempt, or None, and a tuple of all at its question, the oldest first."""

    def __init__(self, context: Context, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context

    def find_session(self, session_id: str) -> None:
        """Look up a session."""
        history = self._context.history
        if history is not None:
            self._context.jobs.run(self, lambda: history.session(session_id), self.session.emit)

    def find_attempt(self, attempt_id: str) -> None:
        """Look up an attempt that is going to be shown; a scored one is reviewed by that."""
        history = self._context.history
        if history is None:
            return

        def find() -> Attempt | None:
            found = history.attempt(attempt_id)
            if found is not None and found.assessment is not None:
                history.mark_reviewed(attempt_id)
            return found

        self._context.jobs.run(self, find, self.attempt.emit)

    def find_attempts_like(self, attempt_id: str) -> None:
        """Look up an attempt and all others at its question, without those that are unusable."""
        history = self._context.history
        if history is None:
            return

        def find() -> tuple[Attempt | None, tuple[Attempt, ...]]:
            one = history.attempt(attempt_id)
            alike = history.attempts_at(one.bank_id, one.question.id) if one else ()
            return one, comparable(alike)

        self._context.jobs.run(self, find, lambda found: self.attempts.emit(*found))
