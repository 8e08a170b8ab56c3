"""One sitting: puts the questions, takes the answers, keeps everything.

``Interview`` is driven by whoever owns it (the window, the terminal, the demo) from one thread.
What blocks runs on the executor and comes back through ``post`` to that thread, so that the
interview's own state is only ever touched there. After each change ``on_change`` gets a View.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Flag
from uuid import uuid4

from voiceprep.bank.model import Bank, Question
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.judging import Judge
from voiceprep.interview.machine import Event, State, advance
from voiceprep.interview.ports import Recorder, Speaker
from voiceprep.interview.records import Attempt, AttemptStatus, Recording, SessionRecord
from voiceprep.scoring.transcript import Transcript

_log = logging.getLogger(__name__)

Post = Callable[[Callable[[], None]], None]
"""Runs a function on the thread that owns the interview, soon."""


def utc_now() -> str:
    """The time as the records keep it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def new_id() -> str:
    """An id that sorts by time: the second, then chance."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid4().hex[:8]}"


@dataclass(frozen=True, slots=True)
class View:
    """All that a screen needs to draw the interview.

    Attributes:
        state: Where the interview is.
        position: Index of the question, from 0.
        questions: All questions of this sitting.
        attempt: The attempt at hand: being recorded, transcribed or reviewed.
        progress: Share of the transcribing that is done, 0 to 1.
        failure: Why the state is FAILED.
        notice: Something that went wrong without stopping the interview (no voice, say).
        starting: The microphone is being opened.
    """

    state: State
    position: int
    questions: tuple[Question, ...]
    attempt: Attempt | None = None
    progress: float = 0.0
    failure: VoicePrepError | None = None
    notice: VoicePrepError | None = None
    starting: bool = False

    @property
    def question(self) -> Question:
        """The question at hand."""
        return self.questions[self.position]

    @property
    def is_last(self) -> bool:
        """Whether no question follows."""
        return self.position + 1 >= len(self.questions)


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
        """Prepare; nothing happens before ``begin``. ``speaker`` None: questions are only shown."""
        self._speaker = speaker
        self._recorder = recorder
        self._judge = judge
        self._executor = executor
        self._post = post
        self._on_change = on_change
        self._silence = Flag()
        self._stop_judging = Flag()
        self._speech: Future[None] | None = None
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
        """Keep the session's row and put the first question."""
        self._judge.history.save_session(self.record)
        self._ask(0, "begin")

    def repeat_question(self) -> None:
        """Read the question once more."""
        self._ask(self.view.position, "repeat")

    def next_question(self) -> None:
        """Put the next question, or finish after the last."""
        if self.view.is_last:
            self.finish()
        else:
            self._ask(self.view.position + 1, "next")

    def skip_reading(self) -> None:
        """Fall silent; the person starts to think."""
        self._silence.set()

    def _ask(self, position: int, reason: str) -> None:
        self._move(Event.ASK, reason, position=position, attempt=None, failure=None, notice=None)
        text = self.view.question.question
        silence = self._silence = Flag()
        speaker = self._speaker
        if speaker is None:
            self._asked(None)
            return

        def read_aloud() -> None:
            problem = None
            try:
                speaker.say(text, silence)
            except VoicePrepError as error:
                problem = error
            except Exception:  # noqa: BLE001 - a worker must report, never vanish
                _log.exception("the question could not be read aloud")
                problem = VoicePrepError(
                    "The question could not be read aloud.",
                    "The voice failed unexpectedly; the log has the details.",
                    "Read it on the screen and answer as usual.",
                )
            self._post(lambda: self._asked(problem))

        self._speech = self._executor.submit(read_aloud)
        if not self.view.is_last:
            self._executor.submit(self._prepare, self.view.questions[position + 1].question)

    def _asked(self, problem: VoicePrepError | None) -> None:
        if self.view.state is State.ASKING:
            self._move(Event.ASKED, notice=problem)

    def _prepare(self, text: str) -> None:
        if self._speaker is not None:
            try:
                self._speaker.prepare(text)
            except VoicePrepError as error:
                _log.info("the next question was not synthesised ahead: %s", error)

    # -- answering ---------------------------------------------------------------------------

    def start_recording(self) -> None:
        """Open the microphone; once it delivers, the state is RECORDING.

        The question's own sound never gets in: speech is stopped and waited for first.
        """
        if self.view.starting or self.view.state not in {State.THINKING, State.ASKING}:
            return
        self._silence.set()
        if self.view.state is State.ASKING:
            self._move(Event.ASKED, "answered early")
        self._show(starting=True, notice=None)
        attempt = self._new_attempt(AttemptStatus.RECORDING)
        speech = self._speech

        def open_microphone() -> None:
            problem: VoicePrepError | None = None
            kept = attempt
            try:
                if speech is not None:
                    speech.result()
                path = self._judge.history.new_recording_path(attempt.id)
                kept = replace(attempt, recording=Recording(path, 0.0, 0))
                self._recorder.start(path)
                self._judge.history.save_attempt(kept)
            except VoicePrepError as error:
                problem = error
            except Exception:  # noqa: BLE001 - a worker must report, never vanish
                _log.exception("recording could not be started")
                problem = _unexpected("The recording could not be started.")
            self._post(lambda: self._recording_started(kept, problem))

        self._executor.submit(open_microphone)

    def _recording_started(self, attempt: Attempt, problem: VoicePrepError | None) -> None:
        if self.view.state is State.FINISHED:
            if problem is None:
                self._executor.submit(self._keep_take, attempt, AttemptStatus.SET_ASIDE)
            return
        if problem is not None:
            self._show(starting=False, notice=problem)
            return
        self._move(Event.RECORD, attempt=attempt, starting=False)

    def pause(self) -> None:
        """Stop listening for a while."""
        self._move(Event.PAUSE)
        self._recorder.pause()

    def resume(self) -> None:
        """Listen again, into the same recording."""
        self._recorder.resume()
        self._move(Event.RESUME)

    def stop_recording(self) -> None:
        """The answer is complete: keep, transcribe, score."""
        attempt = self._attempt()
        self._move(Event.SUBMIT, "stopped", progress=0.0)
        self._judge_in_background(attempt, recorded=True)

    def break_off(self) -> None:
        """Stop recording and set the take aside; it can be transcribed later from the history."""
        attempt = self._attempt()
        self._move(Event.BREAK_OFF, "by the person", attempt=None)
        self._executor.submit(self._keep_take, attempt, AttemptStatus.SET_ASIDE)

    def answer_with_text(self, text: str) -> None:
        """Answer by typing."""
        if not text.strip():
            raise VoicePrepError("There is no text yet.", "", "Type your answer first.")
        self._leave_asking()
        attempt = replace(
            self._new_attempt(AttemptStatus.WAITING), transcript=Transcript.typed(text.strip())
        )
        self._move(Event.SUBMIT, "typed", attempt=attempt, progress=0.0, notice=None)
        self._judge_in_background(attempt)

    def answer_with_file(self, path: Path) -> None:
        """Answer with a recording made elsewhere; the file itself stays where it is."""
        self._leave_asking()
        recording = Recording(path, 0.0, 0, device=path.name)
        attempt = replace(self._new_attempt(AttemptStatus.WAITING), recording=recording)
        self._move(Event.SUBMIT, "file", attempt=attempt, progress=0.0, notice=None)
        self._judge_in_background(attempt)

    def again(self) -> None:
        """Answer the same question once more; the attempt at hand is kept."""
        self._move(Event.AGAIN, attempt=None, failure=None, notice=None)

    def retry(self) -> None:
        """After a failure: transcribe the kept recording again."""
        attempt = self._attempt()
        self._move(Event.SUBMIT, "tried again", progress=0.0, failure=None)
        self._judge_in_background(attempt)

    def finish(self) -> None:
        """End the sitting from wherever it is; what was recorded is kept."""
        self._silence.set()
        self._stop_judging.set()
        state, attempt = self.view.state, self.view.attempt
        if state in {State.RECORDING, State.PAUSED} and attempt is not None:
            self._executor.submit(self._keep_take, attempt, AttemptStatus.WAITING)
        self._judge.history.save_session(replace(self.record, ended_at=utc_now()))
        self._move(Event.FINISH, f"while {state}")

    # -- judging -----------------------------------------------------------------------------

    def _judge_in_background(self, attempt: Attempt, *, recorded: bool = False) -> None:
        cancel = self._stop_judging = Flag()

        def work() -> None:
            kept = attempt
            try:
                if recorded:
                    kept = replace(attempt, recording=self._recorder.stop())
                judged = self._judge.judge(kept, cancel, self._report_progress)
            except Cancelled:
                return
            except VoicePrepError as error:
                problem = error
            except Exception:  # noqa: BLE001 - a worker must report, never vanish
                _log.exception("the answer could not be judged")
                problem = _unexpected("The answer could not be transcribed.")
            else:
                self._post(lambda: self._judged(judged))
                return
            self._post(lambda: self._not_judged(kept, problem))

        self._executor.submit(work)

    def _report_progress(self, share: float) -> None:
        def show() -> None:
            if self.view.state is State.TRANSCRIBING:
                self._show(progress=share)

        self._post(show)

    def _judged(self, attempt: Attempt) -> None:
        if self.view.state is State.TRANSCRIBING:
            self._move(Event.JUDGED, attempt=attempt, progress=1.0)

    def _not_judged(self, attempt: Attempt, problem: VoicePrepError) -> None:
        if self.view.state is State.TRANSCRIBING:
            self._move(Event.FAIL, problem.title, attempt=attempt, failure=problem)

    def _keep_take(self, attempt: Attempt, status: AttemptStatus) -> None:
        try:
            recording = self._recorder.stop()
            self._judge.history.save_attempt(replace(attempt, status=status, recording=recording))
        except VoicePrepError as error:
            _log.warning("a take that was set aside could not be kept: %s", error)

    # -- small things ------------------------------------------------------------------------

    def _leave_asking(self) -> None:
        self._silence.set()
        if self.view.state is State.ASKING:
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

    def _attempt(self) -> Attempt:
        if self.view.attempt is None:
            raise VoicePrepError(
                "There is no answer yet.", "", "Record, type or drop a recording first."
            )
        return self.view.attempt

    def _move(self, event: Event, reason: str = "", **changes: object) -> None:
        self._show(state=advance(self.view.state, event, reason), **changes)

    def _show(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]
        self._on_change(self.view)


def _unexpected(title: str) -> VoicePrepError:
    return VoicePrepError(
        title,
        "Something unexpected happened; the log has the details.",
        "Your recording is kept. Try again, or go on with the next question.",
    )
