"""The interview room: shows the interview's state and takes what the person does."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from voiceprep.bank.model import Bank, Question
from voiceprep.errors import PlaceError
from voiceprep.gui.conductor import Conductor
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.file_dialogs import choose_folder, choose_recording
from voiceprep.gui.leaving import ask_to_end, ask_to_leave
from voiceprep.gui.pages.page import Page
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import centred, column
from voiceprep.gui.widgets.result_head import shown_verdicts
from voiceprep.gui.widgets.room.drop import DropTarget
from voiceprep.gui.widgets.room.question import Progress, QuestionText
from voiceprep.gui.widgets.room.room_stages import RoomStages, next_label
from voiceprep.interview.machine import State
from voiceprep.interview.records import Attempt
from voiceprep.interview.view import View

if TYPE_CHECKING:
    from voiceprep.gui.pages.result import ResultPage

WIDTH = 760
"""Of question and stage: a line of the question is no longer than the eye takes in at once."""


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
        self.notice = ErrorPanel(alert=False, low=True)
        self.stages = RoomStages(context, self.conductor)
        self.asking, self.thinking = self.stages.asking, self.stages.thinking
        self.recording, self.typing = self.stages.recording, self.stages.typing
        self.failed, self.rating = self.stages.failed, self.stages.rating
        middle = QWidget()
        body = column(middle, gap=2)
        body.addWidget(self.question, 2)
        body.addWidget(self.notice)
        body.addWidget(self.stages, 3)
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
        self.stages.folder_wanted.connect(self.choose_folder)

    @property
    def parts(self) -> tuple[Callable[[], object], ...]:
        """The result."""
        return (lambda: self.result,)

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
        if view.state is State.REVIEWING:
            if came is not State.REVIEWING and view.attempt is not None:
                self._show_reviewing(view.attempt)
            return
        if self._typing and view.state in {State.ASKING, State.THINKING}:
            self.stages.setCurrentWidget(self.typing)
        else:
            self.stages.show_view(view, came)
        self._body.setCurrentIndex(0)

    def _show_reviewing(self, attempt: Attempt) -> None:
        if self.context.settings.rate_myself and shown_verdicts(attempt):
            self.stages.ask_for_rating()
            self._body.setCurrentIndex(0)
        else:
            self._show_result(attempt)

    def _rated(self, points: int | None) -> None:
        view, history = self.conductor.view, self.context.history
        if view is None or view.attempt is None or view.state is not State.REVIEWING:
            return
        attempt = replace(view.attempt, self_rating=points)
        self._show_result(attempt)
        if points is not None and history is not None:
            self.context.jobs.run(self, lambda: history.save_attempt(attempt))

    def _show_result(self, attempt: Attempt) -> None:
        view = self.conductor.view
        if view is not None:
            self.result.show_attempt(attempt, next_label=next_label(view))
            self._body.setCurrentWidget(self.result)
            self.result.entered()

    def _show_notice(self, view: View) -> None:
        if view.notice is None:
            self.notice.clear()
            return
        understood = Button("All right")
        understood.clicked.connect(self.notice.clear)
        if isinstance(view.notice, PlaceError):
            self.notice.tell(view.notice, self.stages.folder_button(), understood)
        else:
            self.notice.tell(view.notice, understood)

    def choose_folder(self) -> None:
        """Keep recordings elsewhere for the rest of the interview; a running one goes on."""
        choose_folder(self, self.conductor.record_elsewhere)

    def _take_focus(self) -> None:
        """Put the keyboard where the next step is, unless the person is on another page."""
        stage = self.stages.current
        if not self.isVisible() or self._body.currentIndex() != 0:
            return
        if stage is self.typing:
            self.typing.editor.setFocus()
        elif stage is not None:  # a second Space or Enter must not end what has just begun
            (stage.first or stage).setFocus()

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
        self.conductor.think_on()
        view = self.conductor.view
        if view is None or not self.conductor.may_answer:
            return
        self._typing = True
        self.conductor.skip_reading()
        self.typing.begin(self._drafts.get(view.question.id, ""))
        self.stages.setCurrentWidget(self.typing)
        self._body.setCurrentIndex(0)
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
        choose_recording(self, self.conductor.answer_with_file)

    def _take_file(self, path: Path) -> None:
        self._keep_draft()
        self.conductor.answer_with_file(path)

    # -- leaving -----------------------------------------------------------------------------

    def go_back(self) -> bool:
        """Leave the editor, or the interview; asks where something would be cut short."""
        view = self.conductor.view
        if view is None or not self.conductor.is_live:
            return False
        if view.starting:
            self.conductor.think_on()
        elif self._typing:
            self._keep_draft()
            self._typing = False
            self._show_state(view, view.state)
            self._take_focus()
        elif self.is_recording:
            self.ask_to_leave()
        elif self._nothing_to_lose(view):
            self.conductor.finish()
        else:
            ask_to_end(self, self.conductor, view)
        return True

    def _nothing_to_lose(self, view: View) -> bool:
        draft = self._drafts.get(view.question.id, "").strip()
        if view.state is State.REVIEWING and view.is_last:
            return True
        return not draft and not self._answered

    def ask_to_leave(self, then: Callable[[], object] | None = None) -> None:
        """While recording: rest, ask, and either go on or keep the take and do ``then``."""
        ask_to_leave(self, self.conductor, then)

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
            case State.REVIEWING if self.stages.current is self.rating:
                return partial(self.rating.choose, key)
        return None
