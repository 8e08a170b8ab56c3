"""What stands below the question while it is asked, thought about, and judged."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.phrasing import clock
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.room.captions import Captions
from voiceprep.gui.widgets.speaking import RoundButton, Speaking
from voiceprep.gui.widgets.text import label

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class Stage(QWidget):
    """A centred column; ``first`` is the control that gets the keyboard."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.first: QPushButton | None = None
        self.body: QVBoxLayout = column(self, gap=2)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)

    def add_row(self, *widgets: QWidget) -> None:
        """Widgets side by side in the middle."""
        line: QHBoxLayout = row(gap=1)
        line.addStretch(1)
        for widget in widgets:
            line.addWidget(widget)
        line.addStretch(1)
        self.body.addLayout(line)


class AskingStage(Stage):
    """The question is being read aloud."""

    def __init__(self) -> None:
        super().__init__("The question is being read aloud")
        self.body.addWidget(Speaking(), alignment=_CENTRE)
        self.body.addWidget(label("Listen to the question"), alignment=_CENTRE)
        self.answer = Button("Answer now", "primary", icon="mic", key="Space")
        self.skip = Button("Skip the reading", key="S")
        self.first = self.answer
        self.add_row(self.answer, self.skip)


class ThinkingStage(Stage):
    """The person thinks and then answers in one of three ways."""

    time_up = Signal()
    """The time to think is over."""

    def __init__(self) -> None:
        super().__init__("Ready for your answer")
        self.record = RoundButton("Record your answer", "mic", "Space")
        self.first = self.record
        self.body.addWidget(self.record, alignment=_CENTRE)
        self._says = label()
        self.body.addWidget(self._says, alignment=_CENTRE)
        self.type = Button("Type instead", icon="type", key="T")
        self.file = Button("Use a recording\u2026", icon="file", key="Ctrl+O")
        self.repeat = Button("Read again", icon="speaker", key="R")
        self.add_row(self.type, self.file, self.repeat)
        self.skip = Button("Skip this question", "quiet", key="N")
        self.add_row(self.skip)
        self._left_s = 0
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self._count)
        self.show_starting(starting=False)

    def count_down(self, seconds: int) -> None:
        """Begin to count; ``time_up`` comes at the end unless something else is done first."""
        self._left_s = seconds
        self._seconds.start()
        self._tell()

    def stop_counting(self) -> None:
        """The person decides now."""
        self._left_s = 0
        self._seconds.stop()
        self._tell()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody is recorded who is not here."""
        super().hideEvent(event)
        self.stop_counting()

    def _count(self) -> None:
        self._left_s -= 1
        if self._left_s > 0:
            self._tell()
        else:
            self.stop_counting()
            self.time_up.emit()

    def _tell(self) -> None:
        self._says.setText(
            f"Think: recording begins in {clock(self._left_s)}. Press Space to begin now"
            if self._left_s
            else "Take a moment to think, then press Space and answer aloud"
        )

    def show_starting(self, *, starting: bool) -> None:
        """The microphone is being opened: all that can be chosen instead is to type, or Esc.

        The big button keeps the keyboard meanwhile; pressing it again does nothing.
        """
        if starting:
            self.stop_counting()
            self._says.setText("Opening the microphone\u2026")
        else:
            self._tell()
        for button in (self.file, self.repeat, self.skip):
            button.setEnabled(not starting)


class WaitingStage(Stage):
    """Something runs that the person need not do anything about."""

    def __init__(self) -> None:
        super().__init__("Transcribing")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(360)
        self._bar.setAccessibleName("Transcribing")
        self._says = label(bold=True)
        self._note = label("", "small", "muted")
        self.body.addSpacing(32)
        self.body.addWidget(self._says, alignment=_CENTRE)
        self.body.addWidget(self._bar, alignment=_CENTRE)
        self.body.addWidget(self._note, alignment=_CENTRE)
        self.captions = Captions()
        self.captions.hide()
        self.body.addWidget(self.captions)

    def tell(self, text: str, note: str, share: float) -> None:
        """What runs, a remark, and the share that is done (0: not known yet)."""
        self._says.setText(text)
        self._note.setText(note)
        self._bar.setRange(0, 100 if share > 0 else 0)
        self._bar.setValue(round(100 * share))


class FailedStage(Stage):
    """It did not work: says what, why, and the ways on."""

    again = Signal()
    retry = Signal()
    go_on = Signal()

    def __init__(self) -> None:
        super().__init__("Something went wrong")
        self.panel = ErrorPanel()
        self.body.addWidget(self.panel)

    def tell(self, failure: VoicePrepError, next_label: str, *actions: Button) -> None:
        """Show it, with further ways on; the answer itself is kept."""
        retry = Button("Try again", "primary", key="Space")
        retry.clicked.connect(self.retry)
        again = Button("Answer again", key="R")
        again.clicked.connect(self.again)
        go_on = Button(next_label, key="N")
        go_on.clicked.connect(self.go_on)
        self.panel.tell(failure, retry, *actions, again, go_on)
        self.first = retry
