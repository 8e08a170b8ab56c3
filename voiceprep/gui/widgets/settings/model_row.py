"""One Whisper model in Settings: what it is, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from voiceprep.gui.models import Work
from voiceprep.gui.widgets.buttons import Button, Kind
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.small import Tag
from voiceprep.gui.widgets.text import label
from voiceprep.speech.transcribers.overview import Entry


class ModelRow(QWidget):
    """Shows a model, with the buttons that make sense for it.

    Args:
        entry: The model.
        used: Whether it writes down the answers at present.
    """

    pressed = Signal(str)
    """What the person wants: "download", "use", "measure", "delete", "discard" or "leave"."""

    def __init__(self, entry: Entry, *, used: bool) -> None:
        super().__init__()
        self.entry = entry
        self.setAccessibleName(f"Whisper {entry.name}")
        across = row(gap=2)
        words = column(gap=0)
        words.setSpacing(4)
        head = row(gap=1)
        head.addWidget(label(entry.name, bold=True))
        for shown, text in (
            (used, "In use"),
            (entry.recommended, "Recommended here"),
            (entry.begun_bytes > 0, f"Paused at {entry.begun:.0%}"),
        ):
            if shown:
                head.addWidget(Tag(text))
        head.addStretch(1)
        words.addLayout(head)
        self.detail = label(describe(entry), "small", "muted", wrap=True)
        words.addWidget(self.detail)
        across.addLayout(words, 1)
        self.buttons = {
            name: self._button(name, text, kind) for name, text, kind in _actions(entry, used=used)
        }
        for button in self.buttons.values():
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        whole = column(self, gap=1)
        whole.addLayout(across)
        self.progress = WorkProgress()
        self.progress.left.connect(lambda: self.pressed.emit("leave"))
        self.progress.dropped.connect(lambda: self.pressed.emit("discard"))
        whole.addWidget(self.progress)

    def _button(self, name: str, text: str, kind: Kind) -> Button:
        made = Button(text, kind, help_text=f"{text} {self.entry.name}")
        made.setAccessibleName(f"{text} {self.entry.name}")
        made.clicked.connect(lambda: self.pressed.emit(name))
        return made

    def show_work(self, work: Work | None) -> None:
        """Show how far the work on this model is; one piece of work at a time is possible."""
        ours = work if work is not None and work.name == self.entry.name else None
        self.progress.show_work(ours)
        for name, button in self.buttons.items():
            button.setVisible(ours is None)
            button.setEnabled(work is None or name == "use")


class WorkProgress(QWidget):
    """A bar with words, and buttons to leave the work."""

    left = Signal()
    """Pause it, or leave it."""
    dropped = Signal()
    """Give a download up, with all that came of it."""

    def __init__(self) -> None:
        super().__init__()
        outer = column(self, gap=0)
        outer.setSpacing(4)
        self.words = label("", "small", "muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.pause = Button("Pause", "quiet")
        self.cancel = Button("Cancel", "quiet")
        self.pause.clicked.connect(self.left)
        self.cancel.clicked.connect(self._cancel)
        self._dropping = False
        across = row(gap=1)
        across.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(self.pause)
        across.addWidget(self.cancel)
        outer.addLayout(across)
        outer.addWidget(self.words)
        self.hide()

    def show_work(self, work: Work | None) -> None:
        """Show this; None hides it all."""
        self.setVisible(work is not None)
        if work is None:
            return
        self._dropping = work.kind == "download"
        self.pause.setVisible(work.kind == "download")
        self.cancel.setVisible(work.kind != "delete")
        self.words.setText(work.said)
        self.bar.setAccessibleName(f"{work.name}: {work.said}")
        if work.share is None:
            self.bar.setRange(0, 0)
        else:
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(1000 * work.share))

    def _cancel(self) -> None:
        (self.dropped if self._dropping else self.left).emit()


def describe(entry: Entry) -> str:
    """Size, language, accuracy and speed in one line."""
    parts = [
        f"{entry.size_bytes / 1e6:,.0f} MB",
        "English" if entry.english_only else "all languages",
    ]
    if entry.offer is not None:
        parts.append(f"{entry.offer.accuracy} accuracy")
    if entry.speed is not None:
        parts.append(f"a minute of speech takes {entry.speed.minute_s:.1f} s here (measured)")
    elif entry.expected_rtf is not None:
        parts.append(f"a minute of speech takes about {entry.expected_rtf * 60:.0f} s here")
    if entry.model is not None and entry.model.shared:
        parts.append("in the Hugging Face cache")
    return " \u00b7 ".join(parts)


def _actions(entry: Entry, *, used: bool) -> list[tuple[str, str, Kind]]:
    """Name, text and kind of the buttons."""
    if entry.model is None:
        kind: Kind = "primary" if entry.recommended else "plain"
        if entry.begun_bytes:
            return [("discard", "Discard", "quiet"), ("download", "Resume", "primary")]
        return [("download", "Download", kind)]
    found: list[tuple[str, str, Kind]] = []
    if not entry.model.shared:
        found.append(("delete", "Delete", "quiet"))
    found.append(("measure", "Measure again" if entry.speed else "Measure speed", "quiet"))
    if not used:
        found.append(("use", "Use", "plain"))
    return found
