"""The Whisper models in Settings: those that are here, the recommended one, and all others."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from voiceprep.gui.confirm import Confirm
from voiceprep.gui.context import Context
from voiceprep.gui.models import ModelWork
from voiceprep.gui.widgets.layout import column, line
from voiceprep.gui.widgets.settings.model_row import ModelRow, WorkProgress
from voiceprep.gui.widgets.small import Fold
from voiceprep.speech.transcribers.overview import Entry


class ModelsList(QWidget):
    """Rows of models; what a person wants of them goes to ``work``."""

    def __init__(self, context: Context, work: ModelWork) -> None:
        super().__init__()
        self._context = context
        self._work = work
        self._discard_next: Entry | None = None
        self._shown: tuple[Sequence[Entry], str] | None = None
        self.rows: list[ModelRow] = []
        self.body = column(self, gap=2)
        self.copying = WorkProgress()
        self.copying.left.connect(work.leave)
        self.body.addWidget(self.copying)
        self._first = QWidget()
        self.others = Fold("All models", QWidget(), is_open=False)
        self.body.addWidget(self._first)
        self.body.addWidget(self.others)
        work.changed.connect(self._show_work)
        work.finished.connect(lambda _: self._discard_if_wanted())

    def fill(self, entries: Sequence[Entry], used: str) -> None:
        """Show these; ``used`` is the name of the one in use, or ""."""
        if (entries, used) == self._shown:
            return
        self._shown = (entries, used)
        self.rows = []
        first = [one for one in entries if one.model or one.recommended or one.begun_bytes]
        made = self._column(first, used)
        self.body.replaceWidget(self._first, made)
        self._first.deleteLater()
        self._first = made
        others = [one for one in entries if one not in first]
        self.others.set_content(self._column(others, used))
        self.others.set_title(f"All models ({len(others)} more)")
        self.others.setVisible(bool(others))
        self._show_work()

    def _column(self, entries: Sequence[Entry], used: str) -> QWidget:
        holder = QWidget()
        body = column(holder, gap=2)
        for number, entry in enumerate(entries):
            if number:
                body.addWidget(line())
            made = ModelRow(entry, used=entry.name == used)
            made.pressed.connect(lambda action, one=entry: self._act(action, one))
            body.addWidget(made)
            self.rows.append(made)
        return holder

    def _show_work(self) -> None:
        work = self._work.work
        for one in self.rows:
            one.show_work(work)
        named = work is not None and any(one.entry.name == work.name for one in self.rows)
        self.copying.show_work(None if named else work)

    def _act(self, action: str, entry: Entry) -> None:
        match action:
            case "download" if entry.offer is not None:
                self._work.fetch(entry.offer)
            case "leave":
                self._work.leave()
            case "discard" if self._work.work is not None:
                self._discard_next = entry
                self._work.leave()
            case "discard" if entry.offer is not None:
                self._work.discard(entry.offer)
            case "use":
                self._context.change_settings(engine="whisper", model=entry.name)
            case "measure" if entry.model is not None:
                self._work.measure(entry.model)
            case "delete":
                self._ask_to_delete(entry)

    def _discard_if_wanted(self) -> None:
        """Once a download that is to be given up has let go of its files."""
        entry, self._discard_next = self._discard_next, None
        if entry is not None and entry.offer is not None:
            self._work.discard(entry.offer)

    def _ask_to_delete(self, entry: Entry) -> None:
        model = entry.model
        if model is not None:
            Confirm(
                self,
                title=f"Delete Whisper {entry.name}?",
                text=f"It frees {entry.size_bytes / 1e6:,.0f} MB. Your recordings and results "
                "stay; the model can be downloaded or added again.",
                stay="Keep it",
                go="Delete",
                agreed=lambda: self._work.delete(model),
            )
