"""Words that recognisers mishear, and what they stand for."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from voiceprep.gui.context import Context
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import clear, column, row
from voiceprep.gui.widgets.settings.setting import Section
from voiceprep.gui.widgets.text import label
from voiceprep.scoring.correction import Entry, with_entry, without_entry

LONGEST = 80
"""Characters of an entry's side: a few words."""


class DictionarySection(Section):
    """Adds and removes entries; later transcripts are written with them."""

    def __init__(self, context: Context) -> None:
        super().__init__("Your dictionary")
        self._context = context
        remark = (
            "Terms that are often misheard. Later transcripts have them as you mean them, marked "
            "so that you see what was heard."
        )
        self.body.addWidget(label(remark, "small", "muted", wrap=True))
        self._list = column(gap=0)
        self.body.addLayout(self._list)
        self.heard = _field("Heard as, e.g. rack")
        self.meant = _field("Meant, e.g. RAG")
        self.add = Button("Add")
        self.add.clicked.connect(self._add)
        for field in (self.heard, self.meant):
            field.returnPressed.connect(self._add)
            field.textChanged.connect(self._show_add)
        across = row(gap=1)
        across.addWidget(self.heard, 1)
        across.addWidget(self.meant, 1)
        across.addWidget(self.add)
        self.body.addLayout(across)
        self.removers: list[Button] = []
        self._shown: tuple[Entry, ...] | None = None
        context.settings_changed.connect(self._show)
        self._show()
        self._show_add()

    def _entry(self) -> Entry | None:
        heard, meant = (" ".join(one.text().split()) for one in (self.heard, self.meant))
        return Entry(heard, meant) if heard and meant and heard != meant else None

    def _show_add(self) -> None:
        self.add.setEnabled(self._entry() is not None)

    def _add(self) -> None:
        entry = self._entry()
        if entry is None:
            return
        self._context.change_settings(
            dictionary=with_entry(self._context.settings.dictionary, entry)
        )
        self.heard.clear()
        self.meant.clear()
        self.heard.setFocus()

    def _remove(self, entry: Entry, _checked: bool = False) -> None:
        kept = without_entry(self._context.settings.dictionary, entry.heard)
        self._context.change_settings(dictionary=kept)

    def _show(self) -> None:
        entries = self._context.settings.dictionary
        if entries == self._shown:
            return
        self._shown = entries
        clear(self._list)
        self.removers = []
        for entry in entries:
            line = QWidget()
            across = row(line, gap=1)
            across.addWidget(label(f"{entry.heard} → {entry.meant}", wrap=True), 1)
            remove = Button("Remove", "quiet")
            remove.setAccessibleName(f"Remove {entry.heard}")
            remove.clicked.connect(partial(self._remove, entry))
            across.addWidget(remove)
            self.removers.append(remove)
            self._list.addWidget(line)


def _field(text: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(text)
    made.setAccessibleName(text)
    made.setMaxLength(LONGEST)
    return made
