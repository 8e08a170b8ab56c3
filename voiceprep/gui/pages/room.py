"""The interview room: shows the interview's state and takes what the person does."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from voiceprep.bank.model import Bank, Question
from voiceprep.errors import PlaceError
from voiceprep.gui.conductor import TAKING, Conductor
from voiceprep.gui.confirm import Confirm
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.pages.page import Page
from voiceprep.gui.phrasing import count
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.drop import DropTarget
from voiceprep.gui.widgets.layout import centred, column
from voiceprep.gui.widgets.question import Progress, QuestionText
from voiceprep.gui.widgets.rating import RatingStage
from voiceprep.gui.widgets.recording import RecordingStage, TypingStage
from voiceprep.gui.widgets.result_head import shown_verdicts
from voiceprep.gui.widgets.stages import (
    AskingStage,
    FailedStage,
    Stage,
    ThinkingStage,
    WaitingStage,
)
from voiceprep.interview.agreement import explain_calibrations
from voiceprep.interview.machine import State
from voiceprep.interview.moments import Pace
from voiceprep.interview.records import Attempt
from voiceprep.interview.view import View

if TYPE_CHECKING:
    from voiceprep.gui.pages.result import ResultPage

WIDTH = 760
"""Of question and stage: a line of the question is no longer than the eye takes in at once."""
_AUDIO = (
    "Recordings (*.wav *.mp3 *.m4a *.aac *.flac *.ogg *.oga *.opus *.webm *.mp4 *.mkv *.wma "
    "*.aiff *.aif);;All files (*)"
)


class RoomPage(Page):
    """One interview at a time; ``conductor`` holds it."""

    ended = Signal(str)
    """The interview is over: the id of its session, or "" when nothing was answered."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.conductor = Conductor(context)
        self.conductor.changed.connect(self._render)
        self.conductor.ended.connect(self.ended)
        self._view: View | None = None
        self._typing = False
        self._answered = False
        self._drafts: dict[str, str] = {}

        self.progress = Progress()
        self.question = QuestionText()
        self.notice = ErrorPanel(alert=False)
        self.asking = AskingStage()
        self.thinking = ThinkingStage()
        self.recording = RecordingStage()
        self.typing = TypingStage()
        self.waiting = WaitingStage()
        self.failed = FailedStage()
        self.rating = RatingStage()
        self._stages = QStackedWidget()
        for stage in (self.asking, self.thinking, self.recording, self.typing):
            self._stages.addWidget(stage)
        self._stages.addWidget(self.waiting)
        self._stages.addWidget(self.failed)
        self._stages.addWidget(self.rating)
        middle = QWidget()
        body = column(middle, gap=2)
        body.addWidget(self.question, 2)
        body.addWidget(self.notice)
        body.addWidget(self._stages, 3)
        asked = QWidget()
        around = column(asked, gap=0)
        around.setContentsMargins(40, 24, 40, 24)
        around.addLayout(centred(middle, WIDTH))
        self._body = QStackedWidget()
        self._body.addWidget(asked)
        outer = column(self, gap=0)
        outer.addWidget(self.progress)
        outer.addWidget(self._body, 1)
        self.drop_hint = DropTarget(self, lambda: self.conductor.may_answer)
        self.drop_hint.dropped.connect(self._take_file)
        self._connect()

    def _connect(self) -> None:
        act = self.conductor
        for button, action in (
            (self.progress.end, self.go_back),
            (self.asking.answer, act.record),
            (self.asking.skip, act.skip_reading),
            (self.thinking.record, act.record),
            (self.thinking.type, self.type_answer),
            (self.thinking.file, self.choose_file),
            (self.thinking.repeat, act.repeat),
            (self.thinking.skip, act.go_on),
            (self.recording.stop, act.stop_recording),
            (self.recording.pause, act.pause),
            (self.recording.over, act.start_over),
            (self.typing.back, self.go_back),
        ):
            button.clicked.connect(lambda _on=False, action=action: action())
        self.typing.submitted.connect(self.submit_text)
        self.thinking.time_up.connect(act.record)
        self.recording.ended.connect(act.stop_recording)
        self.failed.retry.connect(act.retry)
        self.failed.again.connect(act.answer_again)
        self.failed.go_on.connect(act.go_on)
        self.rating.rated.connect(self._rated)

    @cached_property
    def result(self) -> "ResultPage":
        """The result of an answer, inside the room."""
        from voiceprep.gui.pages.result import ResultPage  # noqa: PLC0415 - at the first result

        page = ResultPage(self.context)
        page.again.connect(self.conductor.answer_again)
        page.next_requested.connect(self.conductor.go_on)
        page.back.connect(self.go_back)
        self._body.addWidget(page)
        return page

    def begin(self, bank: Bank, questions: tuple[Question, ...]) -> None:
        """Hold an interview with these questions."""
        self._view = None
        self._typing = self._answered = False
        self._drafts = {}
        self.thinking.repeat.setVisible(self.context.settings.read_aloud)
        self.conductor.begin(bank, questions)

    @property
    def is_recording(self) -> bool:
        """Whether an answer is being recorded, or paused."""
        return self.conductor.is_recording

    # -- what is shown -----------------------------------------------------------------------

    def _render(self, view: View) -> None:
        before, self._view = self._view, view
        came = before.state if before is not None else State.IDLE
        self._answered = self._answered or view.attempt is not None
        self.progress.show_place(view.position, len(view.questions), view.question.category)
        self.question.set_text(view.question.question)
        if before is None or before.notice is not view.notice:
            self._show_notice(view)
        if view.state not in {State.ASKING, State.THINKING}:
            self._typing = False
        if came is State.REVIEWING and view.state is not State.REVIEWING:
            self.result.left()
        self._show_state(view, came)
        if came is not view.state:
            self._take_focus()

    def _show_state(self, view: View, came: State) -> None:
        match view.state:
            case State.ASKING | State.THINKING if self._typing:
                self._show(self.typing)
            case State.ASKING:
                self._show(self.asking)
            case State.THINKING:
                self._show_thinking(view, counts=came is State.ASKING)
            case State.RECORDING | State.PAUSED:
                self._show_recording(view, fresh=came not in TAKING)
            case State.TRANSCRIBING:
                self._show_waiting(view)
            case State.FAILED if view.failure is not None:
                elsewhere = isinstance(view.failure, PlaceError)
                actions = (self._folder_button(),) if elsewhere else ()
                self.failed.tell(view.failure, next_label(view), *actions)
                self._show(self.failed)
            case State.REVIEWING if came is not State.REVIEWING and view.attempt is not None:
                if self.context.settings.rate_myself and shown_verdicts(view.attempt):
                    self._ask_for_rating()
                else:
                    self._show_result(view.attempt)
            case State.FINISHED:
                self.waiting.tell("Keeping your answers", "", 0.0)
                self.waiting.captions.hide()
                self._show(self.waiting)

    def _show_thinking(self, view: View, *, counts: bool) -> None:
        self.thinking.show_starting(starting=view.starting)
        self._show(self.thinking)
        if counts and not view.starting and self.context.settings.thinking_s:
            self.thinking.count_down(self.context.settings.thinking_s)

    def _ask_for_rating(self) -> None:
        """Before the result; earlier ratings come from the history meanwhile."""
        toolbox = self.context.toolbox
        self.rating.tell("")
        self._show(self.rating)
        if toolbox is not None:
            self.context.jobs.run(self, toolbox.judge.history.ratings, self._tell_calibration)

    def _tell_calibration(self, ratings: tuple[tuple[int, float], ...]) -> None:
        self.rating.tell(explain_calibrations(ratings))

    def _rated(self, points: int | None) -> None:
        view, toolbox = self.conductor.view, self.context.toolbox
        if view is None or view.attempt is None or view.state is not State.REVIEWING:
            return
        attempt = replace(view.attempt, self_rating=points)
        self._show_result(attempt)
        if points is not None and toolbox is not None:
            history = toolbox.judge.history
            self.context.jobs.run(self, lambda: history.save_attempt(attempt))

    def _show_result(self, attempt: Attempt) -> None:
        view = self.conductor.view
        if view is not None:
            self.result.show_attempt(attempt, next_label=next_label(view))
            self._body.setCurrentWidget(self.result)
            self.result.entered()

    def _show(self, stage: Stage) -> None:
        self._body.setCurrentIndex(0)
        self._stages.setCurrentWidget(stage)

    def _show_recording(self, view: View, *, fresh: bool) -> None:
        recorder = self.conductor.recorder
        if fresh and recorder is not None:
            settings = self.context.settings
            target_s = (float(settings.target_min_s), float(settings.target_max_s))
            pace = Pace(
                silence_s=settings.auto_stop_s if settings.auto_stop else None,
                limit_s=settings.limit_s or None,
            )
            self.recording.begin(recorder, target_s, self._folder_button, pace)
        self.recording.show_caption(caption(view) if self.context.settings.captions else None)
        self.recording.show_paused(paused=view.state is State.PAUSED)
        self._show(self.recording)

    def _show_waiting(self, view: View) -> None:
        if view.attempt is not None and view.attempt.transcript is not None:
            self.waiting.tell("Scoring your answer", "", view.progress)
        else:
            kept = "Your recording is kept, whatever happens."
            self.waiting.tell("Transcribing your answer", kept, view.progress)
        self.waiting.captions.setVisible(self.context.settings.captions and bool(caption(view)))
        self.waiting.captions.show_text(caption(view))
        self._show(self.waiting)

    def _show_notice(self, view: View) -> None:
        if view.notice is None:
            self.notice.clear()
            return
        understood = Button("All right")
        understood.clicked.connect(self.notice.clear)
        if isinstance(view.notice, PlaceError):
            self.notice.tell(view.notice, self._folder_button(), understood)
        else:
            self.notice.tell(view.notice, understood)

    def _folder_button(self) -> Button:
        """The way out where the disk refuses."""
        button = Button("Choose another folder\u2026", icon="file")
        button.clicked.connect(self.choose_folder)
        return button

    def choose_folder(self) -> None:
        """Keep recordings elsewhere for the rest of the interview; a running one goes on."""
        dialog = QFileDialog(self, "Keep recordings in another folder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.conductor.record_elsewhere(Path(name)))
        dialog.open()

    def _take_focus(self) -> None:
        """Put the keyboard where the next step is, unless the person is on another page."""
        stage = self._stages.currentWidget()
        if not self.isVisible() or self._body.currentIndex() != 0:
            return
        if stage is self.typing:
            self.typing.editor.setFocus()
        elif isinstance(stage, Stage) and stage.first is not None:
            stage.first.setFocus()
        else:
            self.progress.end.setFocus()

    def entered(self) -> None:
        """Go on where one was."""
        self._take_focus()

    def left(self) -> None:
        """Nobody listens to the question any more."""
        self._keep_draft()
        self.conductor.skip_reading()

    # -- typing, files -----------------------------------------------------------------------

    def type_answer(self) -> None:
        """Write the answer; the reading stops."""
        view = self.conductor.view
        if view is None or not self.conductor.may_answer:
            return
        self._typing = True
        self.conductor.skip_reading()
        self.typing.begin(self._drafts.get(view.question.id, ""))
        self._show(self.typing)
        self._take_focus()

    def _keep_draft(self) -> None:
        view = self.conductor.view
        if self._typing and view is not None:
            self._drafts[view.question.id] = self.typing.draft

    def submit_text(self, text: str) -> None:
        """Answer with what was typed."""
        view = self.conductor.view
        if view is not None and self.conductor.may_answer:
            self._drafts.pop(view.question.id, None)
            self._typing = False
            self.conductor.answer_with_text(text)

    def choose_file(self) -> None:
        """Answer with a recording that was made elsewhere."""
        if not self.conductor.may_answer:
            return
        self.conductor.skip_reading()
        self.thinking.stop_counting()
        dialog = QFileDialog(self, "Use a recording", "", _AUDIO)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.conductor.answer_with_file(Path(name)))
        dialog.open()

    def _take_file(self, path: Path) -> None:
        self._keep_draft()
        self.conductor.answer_with_file(path)

    # -- leaving -----------------------------------------------------------------------------

    def go_back(self) -> bool:
        """Leave the editor, or the interview; asks where something would be cut short."""
        view = self.conductor.view
        if view is None or not self.conductor.is_live or view.starting:
            return False
        if self._typing:
            self._keep_draft()
            self._typing = False
            self._show_state(view, view.state)
            self._take_focus()
        elif self.is_recording:
            self.ask_to_leave()
        elif self._nothing_to_lose(view):
            self.conductor.finish()
        else:
            self._ask_to_end(view)
        return True

    def _nothing_to_lose(self, view: View) -> bool:
        draft = self._drafts.get(view.question.id, "").strip()
        if view.state is State.REVIEWING and view.is_last:
            return True
        return not draft and not self._answered

    def _ask_to_end(self, view: View) -> None:
        left = len(view.questions) - view.position - (view.state is State.REVIEWING)
        Confirm(
            self,
            title="End the interview here?",
            text=f"{count(left, 'question')} would stay unanswered. Your answers are kept.",
            stay="Go on",
            go="End interview",
            agreed=self.conductor.finish,
        )

    def ask_to_leave(self, then: Callable[[], object] | None = None) -> None:
        """While recording: rest, ask, and either go on or keep the take and do ``then``."""
        was_running = self.conductor.state is State.RECORDING
        if was_running:
            self.conductor.pause()
        Confirm(
            self,
            title="Stop recording and leave?",
            text="Your answer so far is kept. You can transcribe it later under Review.",
            stay="Keep recording" if was_running else "Stay",
            go="Stop and leave",
            agreed=partial(self.conductor.finish, then),
            kept=self.conductor.pause if was_running else None,
        )

    # -- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that the buttons name."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        action = None if event.isAutoRepeat() else self._action(Qt.Key(event.key()), control)
        if action is not None:
            action()
        else:
            super().keyPressEvent(event)

    def _action(self, key: Qt.Key, control: bool) -> Callable[[], object] | None:
        act, keys = self.conductor, Qt.Key
        if control:
            return {
                (keys.Key_O, False): self.choose_file,
                (keys.Key_R, True): act.start_over,
            }.get((key, act.is_recording))
        match act.state:
            case State.ASKING | State.THINKING:
                return {
                    keys.Key_Space: act.record,
                    keys.Key_S: act.skip_reading,
                    keys.Key_T: self.type_answer,
                    keys.Key_R: act.repeat if self.context.settings.read_aloud else None,
                    keys.Key_N: act.go_on,
                }.get(key)
            case State.RECORDING | State.PAUSED:
                return {keys.Key_Space: act.stop_recording, keys.Key_P: act.pause}.get(key)
            case State.FAILED:
                return {
                    keys.Key_Space: act.retry,
                    keys.Key_R: act.answer_again,
                    keys.Key_N: act.go_on,
                }.get(key)
            case State.REVIEWING if self._stages.currentWidget() is self.rating:
                return partial(self.rating.choose, key)
        return None


def next_label(view: View) -> str:
    """What comes after this question."""
    return "See the summary" if view.is_last else "Next question"


def caption(view: View) -> str:
    """What was heard so far of the answer at hand."""
    return view.caption.text if view.caption is not None else ""
