"""Names interviews, puts them or single answers into the trash and out of it; takes that back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from voiceprep.gui.confirm import Confirm
from voiceprep.gui.context import Context
from voiceprep.gui.phrasing import count
from voiceprep.gui.widgets.toast import Toast
from voiceprep.interview.catalogue import Label
from voiceprep.interview.ports import History

Change = Callable[[History], None]

_LONGEST_TITLE = 48
"""Characters of a question that a toast shows: it stays on one line of the smallest window."""


class Tending(QObject):
    """Changes the history on a worker; the latest change can be taken back.

    Args:
        page: Whose questions and toast they are.
        context: Has the history; told when it has changed.
        toast: Says what was done and offers to take it back.
        failed: Told why something could not be done.
    """

    changed = Signal(str)
    """Done: the id of the interview or answer to choose now, or ""."""
    taken_back = Signal()

    def __init__(
        self, page: QWidget, context: Context, toast: Toast, failed: Callable[[Exception], None]
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._toast = toast
        self._failed = failed
        self._undo: Callable[[], None] | None = None
        toast.acted.connect(self._take_back)

    def name(self, session_id: str, before: Label, after: Label) -> None:
        """Keep name, tags and note."""
        if after != before:
            self._do(lambda history: history.catalogue.set_label(session_id, after))
            self._offer_undo(
                "Name, tags and note are kept.",
                lambda history: history.catalogue.set_label(session_id, before),
            )

    def discard(self, ids: tuple[str, ...], title: str) -> None:
        """Put interviews into the trash; ``title`` is that of the first."""
        one = f"The interview \u201c{title}\u201d is"
        text = f"{len(ids)} interviews are" if len(ids) > 1 else one
        self._do(lambda history: history.catalogue.discard(ids))
        self._offer_undo(
            f"{text} in the trash.", lambda history: history.catalogue.put_back(ids), ids[0]
        )

    def discard_answers(self, ids: tuple[str, ...], question: str) -> None:
        """Put single answers into the trash; ``question`` is that of the first."""
        one = f"The answer to \u201c{_short(question)}\u201d is"
        text = f"{len(ids)} answers are" if len(ids) > 1 else one
        self._do(lambda history: history.catalogue.discard_answers(ids))
        self._offer_undo(
            f"{text} in the trash.", lambda history: history.catalogue.put_back_answers(ids), ids[0]
        )

    def put_back(self, ids: tuple[str, ...]) -> None:
        """Take interviews out of the trash."""
        self._do(lambda history: history.catalogue.put_back(ids))

    def put_back_answers(self, ids: tuple[str, ...]) -> None:
        """Take single answers out of the trash."""
        self._do(lambda history: history.catalogue.put_back_answers(ids))

    def delete(self, ids: tuple[str, ...]) -> None:
        """Delete interviews for good; asks first, as that cannot be taken back."""
        self._ask(
            "interview",
            f"{'Their' if len(ids) > 1 else 'Its'} recordings, transcripts and results are",
            ids,
            lambda history: _each(history.delete_session, ids),
        )

    def delete_answers(self, ids: tuple[str, ...]) -> None:
        """Delete single answers for good; asks first, too."""
        what = (
            "Their recordings, transcripts and results are"
            if len(ids) > 1
            else "Its recording, transcript and result are"
        )
        self._ask("answer", what, ids, lambda history: _each(history.delete_attempt, ids))

    def _ask(self, noun: str, what: str, ids: tuple[str, ...], change: Change) -> None:
        Confirm(
            self._page,
            title=f"Delete {count(len(ids), noun)} for good?",
            text=f"{what} removed from this laptop. This cannot be undone.",
            stay="Keep",
            go="Delete for good",
            agreed=lambda: self._do(change),
        )

    def _do(self, work: Change, chooses: str = "") -> None:
        history = self._context.history
        if history is None:
            return
        self._toast.dismiss()  # what it offers to take back is no longer the latest change

        def done(_: None) -> None:
            self.changed.emit(chooses)
            self._context.history_changed.emit()

        self._context.jobs.run(self, lambda: work(history), done, self._failed)

    def _offer_undo(self, text: str, undo: Change, chooses: str = "") -> None:
        self._toast.show_text(text)
        self._undo = lambda: self._do(undo, chooses)

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()
            self.taken_back.emit()


def _each(delete: Callable[[str], None], ids: tuple[str, ...]) -> None:
    for one in ids:
        delete(one)


def _short(question: str) -> str:
    if len(question) <= _LONGEST_TITLE:
        return question
    return f"{question[:_LONGEST_TITLE].rsplit(' ', 1)[0]}\u2026"
