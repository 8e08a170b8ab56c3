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
from voiceprep.interview.background import Turns, problem_of
from voiceprep.interview.judging import Judge
from voiceprep.interview.machine import Event, IllegalMoveError, State, advance, state_after
from voiceprep.interview.ports import Listening, Recorder, Speaker
from voiceprep.interview.records import Attempt, AttemptStatus, Recording, SessionRecord, utc_now
from voiceprep.interview.take import Take
from voiceprep.interview.view import View
from voiceprep.scoring.transcript import Transcript

Post = Callable[[Callable[[], None]], None]
"""Runs a function on the thread that owns the interview, soon."""


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
        self._speaker = speaker
        self._recorder = recorder
        self._judge = judge
        self._executor = executor
        self._sound = Turns(executor)  # what speaks or listens: never two at once
        self._post = post
        self._on_change = on_change
        self._silence = Flag()
        self._stop_judging = Flag()
        self._take: Take | None = None
        self._unsaved: Take | None = None  # stopped, but the disk did not take all of it
        self._place: Path | None = None
        self._listening: Listening | None = None
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
        self._silence.set()

    def _ask(self, event: Event, position: int, reason: str = "") -> None:
        self._move(event, reason, position=position, attempt=None, failure=None, notice=None)
        self._silence.set()
        question = self.view.question
        self._executor.submit(
            problem_of, lambda: self._judge.prepare(question), "The scorer is not ready yet.", ""
        )
        speaker, silence = self._speaker, Flag()
        self._silence = silence
        if speaker is None:
            self._asked(silence, None)
            return
        text = self.view.question.question

        def read_aloud() -> None:
            problem = None
            if not silence.is_set():
                problem = problem_of(
                    lambda: speaker.say(text, silence),
                    "The question could not be read aloud.",
                    "Read it on the screen and answer as usual.",
                )
            self._post(lambda: self._asked(silence, problem))

        self._sound.submit(read_aloud)
        if not self.view.is_last:
            following = self.view.questions[position + 1].question
            self._executor.submit(
                problem_of,
                lambda: speaker.prepare(following),
                "The next question was not synthesised ahead.",
                "",
            )

    def _asked(self, silence: Flag, problem: VoicePrepError | None) -> None:
        if self.view.state is State.ASKING and silence is self._silence:
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
        take = self._take = Take(attempt, self._recorder, self._judge.history, self._place)
        listening = self._listening = self._judge.listen(
            lambda heard: self._post(lambda: self._captioned(attempt, heard))
        )
        self._show(starting=True, notice=None, caption=None)

        def open_microphone() -> None:
            problem = problem_of(
                lambda: take.open(listening.feed),
                "The recording could not be started.",
                "Try again, or type your answer.",
            )
            self._post(lambda: self._opened(take, problem))

        self._sound.submit(open_microphone)

    def _opened(self, take: Take, problem: VoicePrepError | None) -> None:
        if take is not self._take:
            return  # it was given up
        if problem is None:
            self._move(Event.RECORD, attempt=take.attempt)
        else:
            self._take = None
            self._stop_listening()
            self._show(starting=False, notice=problem)

    def _captioned(self, attempt: Attempt, heard: Transcript) -> None:
        """Show a caption, unless its answer is not the one at hand any more."""
        at_hand = self.view.attempt
        if at_hand is not None and at_hand.id == attempt.id and self._listening is not None:
            self._show(caption=heard)

    def _stop_listening(self) -> None:
        """Nobody waits for the words of this answer any more."""
        listening, self._listening = self._listening, None
        if listening is not None:
            listening.give_up()

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

    def stop_recording(self) -> None:
        """The answer is complete: keep, transcribe, score."""
        self._move(Event.STOP, progress=0.0)
        take = self._unsaved = self._taken()
        self._judge_in_background(
            take.attempt, lambda: take.close(AttemptStatus.WAITING), self._listening
        )

    def record_elsewhere(self, folder: Path) -> None:
        """Keep recordings in this folder from now on, for the rest of the sitting.

        What is being recorded moves there at once, and so does what the disk did not take at
        Stop; that is judged then.
        """
        self._place = folder
        take = self._take if self.view.state in {State.RECORDING, State.PAUSED} else self._unsaved
        if take is None:
            self._show(notice=None)
            return

        def move() -> None:
            problem = problem_of(
                lambda: take.move(folder), "The folder cannot be used.", "Choose another folder."
            )
            self._post(lambda: self._moved(take, problem))

        self._sound.submit(move)

    def _moved(self, take: Take, problem: VoicePrepError | None) -> None:
        if problem is not None:
            self._show(notice=problem)
        elif take is self._take:
            self._show(attempt=take.attempt, notice=None)
        elif take is self._unsaved and self.view.state is State.FAILED:
            self._show(attempt=take.attempt, notice=None)
            self.retry()

    def break_off(self) -> None:
        """Stop recording and set the take aside; it can be transcribed later from the history."""
        self._stop_listening()
        self._move(Event.BREAK_OFF, "by the person", attempt=None, caption=None)
        self._close_in_turn(self._taken(), AttemptStatus.SET_ASIDE)

    def _taken(self) -> Take:
        """The take at hand, which is at hand no more."""
        take, self._take = self._take, None
        if take is None:
            raise IllegalMoveError("no recording is open")
        return take

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
        take = self._unsaved
        unsaved = take if take is not None and take.attempt.id == attempt.id else None
        self._judge_in_background(
            attempt, (lambda: unsaved.close(AttemptStatus.WAITING)) if unsaved else None
        )

    def finish(self) -> None:
        """End the sitting from wherever it is; what was recorded is kept."""
        state = self.view.state
        state_after(state, Event.FINISH)
        self._silence.set()
        self._stop_judging.set()
        if state in {State.RECORDING, State.PAUSED}:
            self._close_in_turn(self._taken(), AttemptStatus.WAITING)
        self._stop_listening()
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
        self._stop_listening()
        if not isinstance(problem, PlaceError):
            self._unsaved = None
        if self.view.state is not State.TRANSCRIBING:
            return  # the sitting was finished; the history has it
        if problem is None:
            self._move(Event.JUDGED, attempt=attempt, progress=1.0, caption=None)
        else:
            failed = replace(attempt, status=AttemptStatus.FAILED, failure=str(problem))
            self._move(Event.FAIL, problem.title, attempt=failed, failure=problem, caption=None)

    # -- small things ------------------------------------------------------------------------

    def _close_in_turn(self, take: Take, status: AttemptStatus) -> None:
        self._sound.submit(
            lambda: problem_of(
                lambda: take.close(status), "A recording did not end well.", "It is kept."
            )
        )

    def _leave_asking(self) -> None:
        if self.view.state is State.ASKING:
            self._silence.set()
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
            self._give_up_starting()
        self._show(state=state, starting=False, **changes)

    def _give_up_starting(self) -> None:
        """Something else was chosen while the microphone was being opened."""
        take = self._taken()
        self._stop_listening()
        if take.give_up():
            self._close_in_turn(take, AttemptStatus.SET_ASIDE)

    def _show(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]
        self._on_change(self.view)
