"""One sitting: puts the questions, takes the answers, keeps everything.

``Interview`` is driven by whoever owns it (the window, the terminal, the demo) from one thread.
What blocks runs on the executor and comes back through ``post`` to that thread, so that the
interview's own state is only ever touched there. After each change ``on_change`` gets a View.

A command that makes no sense in the present state raises IllegalMoveError and changes nothing.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Flag
from uuid import uuid4

from voiceprep.bank.model import Bank, Question
from voiceprep.errors import PlaceError, VoicePrepError
from voiceprep.interview.asking import Asking
from voiceprep.interview.background import Post, Turns, problem_of
from voiceprep.interview.judging import Judge
from voiceprep.interview.machine import Event, IllegalMoveError, State, advance, state_after
from voiceprep.interview.ports import Listening, Recorder, Speaker
from voiceprep.interview.records import Attempt, AttemptStatus, Recording, SessionRecord, utc_now
from voiceprep.interview.take import Take
from voiceprep.interview.takes import Takes
from voiceprep.interview.view import View
from voiceprep.scoring.transcript import Transcript


def new_id() -> str:
    """An id that sorts by time: the second, then chance."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid4().hex[:8]}"


class Interview:
    """One sitting from its first question to its summary."""

    def __init__(
        self,
        bank: Bank,
        questions: tuple[Question, ...],
        *,
        speaker: Speaker | None,
        recorder: Recorder,
        judge: Judge,
        executor: Executor,
        post: Post,
        on_change: Callable[[View], None],
    ) -> None:
        """Prepare; nothing happens before ``begin``. ``speaker`` None: questions are only shown.

        Raises:
            VoicePrepError: There is no question.
        """
        if not questions:
            raise VoicePrepError(
                "There is no question to ask.", "None was chosen.", "Choose at least one."
            )
        self._judge = judge
        self._recorder = recorder
        self._executor = executor
        self._sound = Turns(executor)  # what speaks or listens: never two at once
        self._asking = Asking(speaker, self._sound, executor, post)
        self._takes = Takes(recorder, judge, self._sound, post)
        self._post = post
        self._on_change = on_change
        self._stop_judging = Flag()
        self.view = View(State.IDLE, 0, questions)
        self.record = SessionRecord(
            id=new_id(),
            bank_id=bank.id,
            bank_title=bank.title,
            started_at=utc_now(),
            question_ids=tuple(question.id for question in questions),
        )

    # -- asking ------------------------------------------------------------------------------

    def begin(self) -> None:
        """Keep the session's row and put the first question.

        Raises:
            VoicePrepError: The history cannot be written; nothing has begun.
        """
        state_after(self.view.state, Event.BEGIN)
        self._judge.history.save_session(self.record)
        self._ask(Event.BEGIN, 0)

    def repeat_question(self) -> None:
        """Read the question once more."""
        self._ask(Event.ASK, self.view.position, "repeat")

    def next_question(self) -> None:
        """Put the next question, or finish after the last."""
        if self.view.is_last:
            state_after(self.view.state, Event.ASK)
            self.finish()
        else:
            self._ask(Event.ASK, self.view.position + 1, "next")

    def skip_reading(self) -> None:
        """Fall silent; the person starts to think."""
        self._asking.hush()

    def _ask(self, event: Event, position: int, reason: str = "") -> None:
        self._move(event, reason, position=position, attempt=None, failure=None, notice=None)
        question = self.view.question
        self._executor.submit(
            problem_of, lambda: self._judge.prepare(question), "The scorer is not ready yet.", ""
        )
        self._asking.ask(question.question, self._asked)
        if not self.view.is_last:
            self._asking.prepare(self.view.questions[position + 1].question)

    def _asked(self, problem: VoicePrepError | None) -> None:
        if self.view.state is State.ASKING:
            self._move(Event.ASKED, notice=problem)

    # -- recording ---------------------------------------------------------------------------

    def start_recording(self) -> None:
        """Open the microphone; once it delivers, the state is RECORDING.

        Until then it may be pressed again without effect, and whatever else is chosen meanwhile
        (the next question, typing, the end) closes the microphone again. The question's own
        sound never gets in: speech is stopped and waited for first.
        """
        if self.view.starting:
            return
        self._leave_asking()
        state_after(self.view.state, Event.RECORD)
        attempt = self._new_attempt(AttemptStatus.RECORDING)
        self._takes.prepare(
            attempt, lambda heard: self._post(lambda: self._captioned(attempt, heard))
        )
        self._show(starting=True, notice=None, caption=None, ended_by="")
        self._takes.open(self._opened)

    def give_up_opening(self) -> None:
        """Close the microphone that is being opened; what it may have heard is set aside."""
        if self.view.starting:
            self._takes.give_up()
            self._show(starting=False)

    def _opened(self, take: Take, problem: VoicePrepError | None) -> None:
        if take is not self._takes.at_hand:
            return  # it was given up
        if problem is None:
            self._move(Event.RECORD, attempt=take.attempt)
        else:
            self._takes.drop()
            self._show(starting=False, notice=problem)

    def _captioned(self, attempt: Attempt, heard: Transcript) -> None:
        """Show a caption, unless its answer is not the one at hand any more."""
        at_hand = self.view.attempt
        if at_hand is not None and at_hand.id == attempt.id and self._takes.listening:
            self._show(caption=heard)

    def pause(self) -> None:
        """Stop listening for a while."""
        state_after(self.view.state, Event.PAUSE)
        self._recorder.pause()
        self._move(Event.PAUSE)

    def resume(self) -> None:
        """Listen again, into the same recording."""
        state_after(self.view.state, Event.RESUME)
        self._recorder.resume()
        self._move(Event.RESUME)

    def stop_recording(self, ended_by: str = "") -> None:
        """The answer is complete: keep, transcribe, score.

        Args:
            ended_by: Why it ended by itself, in words.
        """
        self._move(Event.STOP, ended_by, progress=0.0, ended_by=ended_by)
        take = self._takes.complete()
        self._judge_in_background(
            take.attempt, lambda: take.close(AttemptStatus.WAITING), self._takes.listening
        )

    def record_elsewhere(self, folder: Path) -> None:
        """Keep recordings in this folder from now on, for the rest of the sitting.

        What is being recorded moves there at once, and so does what the disk did not take at
        Stop; that is judged then.
        """
        is_open = self.view.state in {State.RECORDING, State.PAUSED}
        if not self._takes.move(folder, self._moved, is_open=is_open):
            self._show(notice=None)

    def _moved(self, take: Take, problem: VoicePrepError | None) -> None:
        if problem is not None:
            self._show(notice=problem)
        elif take is self._takes.at_hand:
            self._show(attempt=take.attempt, notice=None)
        elif take is self._takes.unsaved and self.view.state is State.FAILED:
            self._show(attempt=take.attempt, notice=None)
            self.retry()

    def break_off(self) -> None:
        """Stop recording and set the take aside; it can be transcribed later from the history."""
        self._takes.stop_listening()
        self._move(Event.BREAK_OFF, "by the person", attempt=None, caption=None)
        self._takes.close(AttemptStatus.SET_ASIDE)

    # -- answering in other ways -------------------------------------------------------------

    def answer_with_text(self, text: str) -> None:
        """Answer by typing.

        Raises:
            VoicePrepError: There is no text.
        """
        if not text.strip():
            raise VoicePrepError("There is no text yet.", "", "Type your answer first.")
        attempt = self._new_attempt(AttemptStatus.WAITING)
        self._submit("typed", replace(attempt, transcript=Transcript.typed(text.strip())))

    def answer_with_file(self, path: Path) -> None:
        """Answer with a recording made elsewhere; the file itself stays where it is."""
        attempt = self._new_attempt(AttemptStatus.WAITING)
        recording = Recording(path, 0.0, 0, device=path.name)
        self._submit("file", replace(attempt, recording=recording))

    def again(self) -> None:
        """Answer the same question once more; the attempt at hand is kept."""
        self._move(Event.AGAIN, attempt=None, failure=None, notice=None)

    def retry(self) -> None:
        """After a failure: bring the recording to the disk if needed, and transcribe it again."""
        attempt = self.view.attempt
        if attempt is None:
            raise IllegalMoveError("there is no answer to try again")
        self._move(Event.RETRY, progress=0.0, failure=None)
        unsaved = self._takes.unsaved_of(attempt)
        self._judge_in_background(
            attempt, (lambda: unsaved.close(AttemptStatus.WAITING)) if unsaved else None
        )

    def finish(self) -> None:
        """End the sitting from wherever it is; what was recorded is kept."""
        state = self.view.state
        state_after(state, Event.FINISH)
        self._asking.hush()
        self._stop_judging.set()
        if state in {State.RECORDING, State.PAUSED}:
            self._takes.close(AttemptStatus.WAITING)
        self._takes.stop_listening()
        self.record = replace(self.record, ended_at=utc_now())
        problem: VoicePrepError | None = None
        try:
            self._judge.history.save_session(self.record)
        except VoicePrepError as error:  # the sitting ends all the same
            problem = error
        self._move(Event.FINISH, f"while {state}", notice=problem, caption=None)

    def _submit(self, reason: str, attempt: Attempt) -> None:
        self._leave_asking()
        self._move(Event.SUBMIT, reason, attempt=attempt, progress=0.0, failure=None, notice=None)
        self._judge_in_background(attempt)

    # -- judging -----------------------------------------------------------------------------

    def _judge_in_background(
        self,
        attempt: Attempt,
        close: Callable[[], Attempt] | None = None,
        listening: Listening | None = None,
    ) -> None:
        """Judge an attempt, after its recording was closed if there is one to close.

        ``listening`` has heard it while it was recorded.
        """
        cancel = self._stop_judging = Flag()

        def work() -> None:
            kept = attempt

            def judge() -> None:
                nonlocal kept
                kept = close() if close else attempt
                kept = self._judge.judge(kept, cancel, self._report_progress, listening)

            problem = problem_of(
                judge,
                "The answer could not be judged.",
                "It is kept. Try again, or go on with the next question.",
            )
            self._post(lambda: self._judged(kept, problem))

        self._executor.submit(work)

    def _report_progress(self, share: float) -> None:
        def show() -> None:
            if self.view.state is State.TRANSCRIBING:
                self._show(progress=share)

        self._post(show)

    def _judged(self, attempt: Attempt, problem: VoicePrepError | None) -> None:
        self._takes.stop_listening()
        if not isinstance(problem, PlaceError):
            self._takes.unsaved = None
        if self.view.state is not State.TRANSCRIBING:
            return  # the sitting was finished; the history has it
        if problem is None:
            self._move(Event.JUDGED, attempt=attempt, progress=1.0, caption=None)
        else:
            failed = replace(attempt, status=AttemptStatus.FAILED, failure=str(problem))
            self._move(Event.FAIL, problem.title, attempt=failed, failure=problem, caption=None)

    # -- small things ------------------------------------------------------------------------

    def _leave_asking(self) -> None:
        if self.view.state is State.ASKING:
            self._asking.hush()
            self._move(Event.ASKED, "answered early")

    def _new_attempt(self, status: AttemptStatus) -> Attempt:
        return Attempt(
            id=new_id(),
            session_id=self.record.id,
            position=self.view.position,
            bank_id=self.record.bank_id,
            question=self.view.question,
            started_at=utc_now(),
            status=status,
        )

    def _move(self, event: Event, reason: str = "", **changes: object) -> None:
        state = advance(self.view.state, event, reason)
        if self.view.starting and event is not Event.RECORD:
            self._takes.give_up()  # something else was chosen while it was being opened
        self._show(state=state, starting=False, **changes)

    def _show(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]
        self._on_change(self.view)
