"""Holds one interview for the room: begins it, passes on what makes sense now, and ends it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from voiceprep.bank.model import Bank, Question
from voiceprep.errors import VoicePrepError
from voiceprep.gui.bridge import Settling
from voiceprep.gui.context import Context
from voiceprep.interview.archiving import archive
from voiceprep.interview.machine import State
from voiceprep.interview.ports import History, Recorder
from voiceprep.interview.session import Interview
from voiceprep.interview.toolbox import Toolbox
from voiceprep.interview.view import View

TAKING = frozenset({State.RECORDING, State.PAUSED})
_SETTLE_S = 10.0
"""How long the end of an interview waits for its last take to be kept."""


@dataclass(frozen=True, slots=True)
class _Held:
    """An interview with all that it runs on."""

    interview: Interview
    toolbox: Toolbox
    work: Settling

    def pack(self) -> None:
        """Pack the recordings of the sitting, once it is over; blocks."""
        session = self.toolbox.judge.history.session(self.interview.record.id)
        if session is not None and self.toolbox.pack is not None:
            archive([session], self.toolbox.pack)

    def conclude(self, timeout_s: float) -> str:
        """Wait until everything is kept; blocks. A sitting without an answer is not kept.

        Returns:
            The id of the session, or "" when nothing was answered.
        """
        self.work.settle(timeout_s)
        history: History = self.toolbox.judge.history
        session_id = self.interview.record.id
        session = history.session(session_id)
        if session is not None and not session.attempts:
            history.delete_session(session_id)
            return ""
        return session_id if session is not None else ""


class Conductor(QObject):
    """What the person does reaches the interview only where its state allows it.

    Two clicks may come before the window has changed; the second is then ignored.
    """

    changed = Signal(object)
    """The View after each change."""
    ended = Signal(str)
    """Everything is kept: the id of the session, or "" when nothing was answered."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._held: _Held | None = None
        self._then: Callable[[], object] | None = None
        self._closing = False

    # -- begin and state ---------------------------------------------------------------------

    def begin(self, bank: Bank, questions: tuple[Question, ...]) -> None:
        """Hold an interview with these questions."""
        toolbox = self._context.toolbox
        if toolbox is None or self.is_live:
            return
        aloud = self._context.settings.read_aloud
        work = Settling(toolbox.executor)
        interview = Interview(
            bank,
            questions,
            speaker=toolbox.speaker if aloud else None,
            recorder=toolbox.recorder,
            judge=toolbox.judge,
            executor=work,
            post=self._context.bridge.post,
            on_change=self._show,
        )
        self._held = _Held(interview, toolbox, work)
        self._then = None
        self._context.set_busy(True)
        try:
            interview.begin()
        except VoicePrepError as error:
            self._wrapped_up("")
            self._context.trouble.emit(error)

    def _show(self, view: View) -> None:
        self.changed.emit(view)
        if view.state is State.FINISHED and not self._closing:
            if view.notice is not None:
                self._context.trouble.emit(view.notice)
            self._wrap_up()

    @property
    def view(self) -> View | None:
        """The interview as it is now."""
        return self._held.interview.view if self._held is not None else None

    @property
    def state(self) -> State:
        """Where the interview is."""
        return self.view.state if self.view is not None else State.IDLE

    @property
    def is_live(self) -> bool:
        """Whether an interview is under way."""
        return self.state not in {State.IDLE, State.FINISHED}

    @property
    def is_recording(self) -> bool:
        """Whether an answer is being recorded, or paused."""
        return self.state in TAKING

    @property
    def may_answer(self) -> bool:
        """Whether an answer can begin: a question is put, and no microphone is opening."""
        view = self.view
        answering = {State.ASKING, State.THINKING}
        return view is not None and view.state in answering and not view.starting

    @property
    def recorder(self) -> Recorder | None:
        """The recorder of the interview that is held."""
        return self._held.toolbox.recorder if self._held is not None else None

    def _at(self, *states: State) -> Interview | None:
        """The interview, if it is in one of these states."""
        return self._held.interview if self._held is not None and self.state in states else None

    # -- what the person does ----------------------------------------------------------------

    def skip_reading(self) -> None:
        """The person has read the question."""
        if interview := self._at(State.ASKING):
            interview.skip_reading()

    def repeat(self) -> None:
        """Read the question once more."""
        if self.may_answer and (interview := self._at(State.THINKING)):
            interview.repeat_question()

    def record(self) -> None:
        """Answer aloud, now."""
        if interview := self._at(State.ASKING, State.THINKING):
            interview.start_recording()

    def think_on(self) -> None:
        """Not aloud after all: close the microphone that is being opened."""
        if self._held is not None:
            self._held.interview.give_up_opening()

    def pause(self) -> None:
        """Pause, or go on."""
        if interview := self._at(State.RECORDING):
            interview.pause()
        elif interview := self._at(State.PAUSED):
            interview.resume()

    def stop_recording(self, ended_by: str = "") -> None:
        """The answer is complete; ``ended_by`` says why where it ended by itself."""
        if interview := self._at(*TAKING):
            interview.stop_recording(ended_by)

    def record_elsewhere(self, folder: Path) -> None:
        """Keep recordings in this folder for the rest of the interview."""
        if self._held is not None and self.is_live:
            self._held.interview.record_elsewhere(folder)

    def start_over(self) -> None:
        """Set this take aside and think again."""
        if interview := self._at(*TAKING):
            interview.break_off()

    def answer_with_text(self, text: str) -> None:
        """Answer with what was typed."""
        if self.may_answer and self._held is not None and text.strip():
            self._held.interview.answer_with_text(text)

    def answer_with_file(self, path: Path) -> None:
        """Answer with a recording that was made elsewhere."""
        if self.may_answer and self._held is not None:
            self._held.interview.answer_with_file(path)

    def retry(self) -> None:
        """Judge the same answer once more."""
        if interview := self._at(State.FAILED):
            interview.retry()

    def answer_again(self) -> None:
        """The same question once more."""
        if interview := self._at(State.REVIEWING, State.FAILED):
            interview.again()

    def go_on(self) -> None:
        """The next question, or the end after the last."""
        ready = self.may_answer or self.state in {State.REVIEWING, State.FAILED}
        if ready and self._held is not None:
            self._held.interview.next_question()

    # -- end ---------------------------------------------------------------------------------

    def finish(self, then: Callable[[], object] | None = None) -> None:
        """End from wherever it is; ``then`` takes the place of ``ended`` once all is kept."""
        if self._held is not None and self.is_live:
            self._then = then
            self._held.interview.finish()

    def _wrap_up(self) -> None:
        held = self._held
        if held is not None:
            self._context.jobs.run(self, lambda: held.conclude(_SETTLE_S), self._wrapped_up)

    def _wrapped_up(self, session_id: str) -> None:
        if self._held is not None:
            self._context.jobs.run(self, self._held.pack)
        self._held = None
        self._context.set_busy(False)
        then, self._then = self._then, None
        if then is None:
            self.ended.emit(session_id)
        else:
            self._context.history_changed.emit()
            then()

    def stop_for_good(self) -> None:
        """The window closes: end at once; ``settle`` waits for the rest."""
        self._closing = True
        self.finish()

    def settle(self, timeout_s: float) -> None:
        """After ``stop_for_good``: wait until the last take is kept; blocks."""
        if self._held is not None:
            self._held.conclude(timeout_s)
