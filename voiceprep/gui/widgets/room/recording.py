"""What stands below the question while an answer is recorded or typed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from voiceprep.errors import PlaceError, VoicePrepError
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.phrasing import count
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import row
from voiceprep.gui.widgets.room.captions import Captions
from voiceprep.gui.widgets.room.stages import Stage
from voiceprep.gui.widgets.room.timer import AnswerTimer
from voiceprep.gui.widgets.text import label, set_tone
from voiceprep.gui.widgets.waveform import LiveWaveform
from voiceprep.interview.moments import Pace, moment
from voiceprep.interview.ports import Recorder

_TICK_MS = 50
"""Twenty times a second: smooth to the eye and next to nothing for the processor."""


class RecordingStage(Stage):
    """The waveform and the timer move as long as they are seen."""

    ended = Signal(str)
    """The answer is to end by itself, as the settings have it, and why."""

    def __init__(self) -> None:
        super().__init__("Recording")
        self._recorder: Recorder | None = None
        self._paused = False
        self._told: VoicePrepError | None = None
        self._pace = Pace()
        self._has_ended = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

        self.time = AnswerTimer()
        self.wave = LiveWaveform()
        self.captions = Captions()
        self.problem = ErrorPanel()
        self.moment = label("", bold=True)
        self.warning = label()
        set_tone(self.warning, "alert")
        self.moment.hide()
        self.warning.hide()
        self.stop = Button("Stop", "primary", icon="stop", key="Space")
        self.pause = Button("Pause", icon="pause", key="P")
        self.over = Button("Start over", "quiet", icon="again", key="Ctrl+R")
        self.first = self.stop
        self.body.addWidget(self.wave)
        self.body.addWidget(self.time)
        self.body.addWidget(self.moment, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(self.warning, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(self.captions)
        self.body.addWidget(self.problem)
        self.add_row(self.stop, self.pause, self.over)

    def begin(
        self,
        recorder: Recorder,
        target_s: tuple[float, float],
        folder_button: Callable[[], Button],
        pace: Pace = Pace(),  # noqa: B008 - frozen
    ) -> None:
        """A new take: watch this recorder.

        Args:
            recorder: What is watched.
            target_s: The band to aim for, in seconds.
            folder_button: Makes the way out where the disk refuses.
            pace: What may end the answer by itself; then ``ended`` is emitted, once.
        """
        self._recorder = recorder
        self._pace = pace
        self._has_ended = False
        self._folder_button = folder_button
        self._told = None
        self.problem.clear()
        self.wave.clear()
        self.captions.show_text("")
        self.time.set_target(*target_s)
        self.show_paused(paused=False)

    def show_caption(self, text: str | None) -> None:
        """Show what was heard so far; None: no captions are wanted.

        They make room for what needs to be done about a problem.
        """
        self.captions.setVisible(text is not None and self._told is None)
        self.captions.show_text(text or "")

    def show_paused(self, *, paused: bool) -> None:
        """Recording rests, or goes on."""
        self._paused = paused
        self.wave.set_asleep(asleep=paused)
        self.pause.set_icon("mic" if paused else "pause")
        self.pause.setText("Go on" if paused else "Pause")
        self.setAccessibleName("Recording is paused" if paused else "Recording")
        self._tick()

    def _tick(self) -> None:
        if self._recorder is None:
            return
        self.time.set_elapsed(self._recorder.elapsed_s, recording=not self._paused)
        if not self._paused:
            self.wave.add_level(self._recorder.level_dbfs)
        self._count_down(self._recorder)
        _tell(self.warning, "" if self._paused else self._recorder.warning)
        problem = self._recorder.problem
        if problem is self._told:
            return
        self._told = problem
        if problem is None:
            self.problem.clear()
            return
        self.captions.hide()
        if isinstance(problem, PlaceError):
            self.problem.tell(problem, self._folder_button())
        else:
            self.problem.tell(problem)

    def _count_down(self, recorder: Recorder) -> None:
        """Tell of the end that comes by itself, and end."""
        now = moment(self._pace, recorder.elapsed_s, recorder.quiet_s)
        _tell(self.moment, "" if self._paused else now.says)
        if now.stop and not self._paused and not self._has_ended:
            self._has_ended = True
            self.ended.emit(now.says)

    def showEvent(self, event: QShowEvent) -> None:
        """Move."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._timer.stop()


def _tell(line: QLabel, text: str) -> None:
    """Show a text; an empty line takes no room."""
    line.setText(text)
    line.setVisible(bool(text))


class _Editor(QPlainTextEdit):
    """Ctrl+Enter submits; Tab goes on to the next control."""

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # a dropped recording belongs to the page
        self.setAccessibleName("Your answer")
        self.setPlaceholderText("Type your answer as you would say it\u2026")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send, leave, or write."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class TypingStage(Stage):
    """A typed answer: as good as a spoken one, but for the delivery."""

    submitted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Type your answer")
        self.editor = _Editor()
        self.editor.setMinimumHeight(120)
        self._words = label("", "small", "muted")
        self.submit = Button("Submit", "primary", key="Ctrl+Enter")
        self.back = Button("Back", "quiet", key="Esc", help_text="Back; the draft is kept")
        self.body.setAlignment(Qt.AlignmentFlag(0))
        self.body.addWidget(self.editor, 1)
        foot = row(gap=1)
        foot.addWidget(self._words, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.submit)
        self.body.addLayout(foot)
        self.editor.textChanged.connect(self._count)
        self.editor.submitted.connect(self._submit)
        self.submit.clicked.connect(self._submit)
        self._count()

    @property
    def draft(self) -> str:
        """What has been typed so far."""
        return self.editor.toPlainText()

    @property
    def words(self) -> str:
        """How long the draft is, in words."""
        return self._words.text()

    def begin(self, draft: str) -> None:
        """Go on with a draft."""
        self.editor.setPlainText(draft)
        self.editor.moveCursor(self.editor.textCursor().MoveOperation.End)
        self.editor.setFocus()

    def _count(self) -> None:
        words = len(self.draft.split())
        self._words.setText(count(words, "word") if words else "No words yet")
        self.submit.setEnabled(words > 0)

    def _submit(self) -> None:
        if self.draft.strip():
            self.submitted.emit(self.draft)
