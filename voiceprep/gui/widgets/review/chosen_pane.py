"""The right side of Review: the interview that is chosen, what to do with several, or nothing."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QStackedWidget

from voiceprep.gui.context import Context
from voiceprep.gui.phrasing import count, size
from voiceprep.gui.retrying import retrying
from voiceprep.gui.widgets.empty import Empty
from voiceprep.gui.widgets.review.history_list import Entry
from voiceprep.gui.widgets.review.session_detail import SessionDetail
from voiceprep.interview.catalogue import Label
from voiceprep.interview.records import SessionRecord

Detail = tuple[SessionRecord, Label, int]


class ChosenPane(QStackedWidget):
    """Reads the chosen interview off the window's thread.

    Args:
        context: Has the history.
        failed: Told why it cannot be read.
    """

    def __init__(self, context: Context, failed: Callable[[Exception], None]) -> None:
        super().__init__()
        self._context = context
        self._failed = failed
        self._chosen: tuple[Entry, ...] = ()
        self.own = Label()
        """Name, tags and note of the interview that is shown."""
        self.detail = SessionDetail(retrying(context))
        self.nothing = Empty("Nothing found", "", "Show everything", drawing=False, kind="plain")
        self.several = Empty("", "", "Delete all", drawing=False, kind="plain")
        for one in (self.detail, self.nothing, self.several):
            self.addWidget(one)

    def show_entries(self, chosen: tuple[Entry, ...], *, in_trash: bool) -> None:
        """Show what is chosen in the list."""
        self._chosen = chosen
        if not chosen:
            self.setCurrentWidget(self.nothing)
        elif len(chosen) > 1:
            self._show_several(chosen, in_trash=in_trash)
        else:
            self.setCurrentWidget(self.detail)
            self._load(chosen[0], in_trash=in_trash)

    def _show_several(self, chosen: tuple[Entry, ...], *, in_trash: bool) -> None:
        noun = "answer" if chosen[0].attempt_id else "interview"
        alone = any(not one.with_session for one in chosen)
        self.several.title.setText(f"{count(len(chosen), noun)} chosen")
        self.several.text.setText(
            "Delete puts them into the trash for 30 days."
            if not in_trash
            else "Delete removes them from this laptop."
            if alone
            else "They are in the trash with their interviews."
        )
        self.several.button.setVisible(alone)
        self.several.button.setText("Delete all for good" if in_trash else "Delete all")
        self.setCurrentWidget(self.several)

    def _load(self, found: Entry, *, in_trash: bool) -> None:
        history = self._context.history
        if history is None:
            return

        def work() -> Detail | None:
            session, catalogue = history.session(found.session_id), history.catalogue
            if session is None:
                return None
            if in_trash and found.attempt_id and not found.with_session:
                alone = history.attempt(found.attempt_id)
                session = replace(session, attempts=(alone,) if alone is not None else ())
            return session, catalogue.label(session.id), catalogue.bytes_used(session.id)

        def show(detail: Detail | None) -> None:
            if detail is not None and self._chosen == (found,):
                self._show_detail(found, *detail, in_trash=in_trash)

        self._context.jobs.run(self, work, show, self._failed)

    def _show_detail(
        self, found: Entry, session: SessionRecord, own: Label, used: int, *, in_trash: bool
    ) -> None:
        self.own = own
        facts = [] if found.attempt_id else [found.place, found.facts]
        facts += [f"{size(used)} of recordings"] if used else []
        self.detail.show_session(
            session,
            title=found.place if found.attempt_id else found.title,
            facts=" · ".join(facts),
            own=own,
            in_trash=in_trash,
            answer_id=found.attempt_id,
            with_session=found.with_session,
        )
        under_way = self._context.busy and not session.ended_at
        self.detail.delete_button.setEnabled(not under_way)
