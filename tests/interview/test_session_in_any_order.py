"""Whatever is pressed whenever, and whatever breaks: what was said is kept."""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.interview.desk import BROKEN, AtOnce, Desk, StepByStep
from voiceprep.errors import VoicePrepError
from voiceprep.interview.machine import IllegalMoveError, State
from voiceprep.interview.records import AttemptStatus
from voiceprep.interview.session import Interview

TEXT = "the drift makes its predictions worse"
LISTENING = {State.RECORDING, State.PAUSED}
SETTLED = set(State) - {State.ASKING, State.TRANSCRIBING}

PRESSES: dict[str, Callable[[Interview, Path], None]] = {
    "begin": lambda interview, _: interview.begin(),
    "repeat": lambda interview, _: interview.repeat_question(),
    "next": lambda interview, _: interview.next_question(),
    "skip": lambda interview, _: interview.skip_reading(),
    "record": lambda interview, _: interview.start_recording(),
    "pause": lambda interview, _: interview.pause(),
    "resume": lambda interview, _: interview.resume(),
    "stop": lambda interview, _: interview.stop_recording(),
    "break off": lambda interview, _: interview.break_off(),
    "type": lambda interview, _: interview.answer_with_text(TEXT),
    "drop": lambda interview, file: interview.answer_with_file(file),
    "again": lambda interview, _: interview.again(),
    "retry": lambda interview, _: interview.retry(),
    "finish": lambda interview, _: interview.finish(),
}

IN_ITS_STATE: dict[str, set[State]] = {
    "begin": {State.IDLE},
    "repeat": {State.ASKING, State.THINKING, State.REVIEWING, State.FAILED},
    "next": {State.ASKING, State.THINKING, State.REVIEWING, State.FAILED},
    "skip": set(State),
    "record": {State.ASKING, State.THINKING},
    "pause": {State.RECORDING},
    "resume": {State.PAUSED},
    "stop": LISTENING,
    "break off": LISTENING,
    "type": {State.ASKING, State.THINKING, State.FAILED},
    "drop": {State.ASKING, State.THINKING, State.FAILED},
    "again": {State.REVIEWING, State.FAILED},
    "retry": {State.FAILED},
    "finish": set(State) - {State.IDLE, State.FINISHED},
}


def check_that_nothing_is_lost(desk: Desk, handed_in: int) -> None:
    """Every file that was begun and every answer that was handed in is in the history."""
    assert set(desk.microphone.started) <= desk.kept_recordings()
    assert len(desk.kept) == len(desk.microphone.started) + handed_in
    assert not desk.room.overheard


def check_the_end(desk: Desk) -> None:
    """Once all work is done, only what is still being recorded counts as that."""
    assert desk.state in SETTLED
    assert not desk.view.starting
    assert desk.microphone.is_open == (desk.state in LISTENING)
    recording = [one for one in desk.kept if one.status is AttemptStatus.RECORDING]
    assert len(recording) == (desk.state in LISTENING)
    if desk.state is State.FAILED:
        assert desk.view.failure is not None
    if desk.state is State.REVIEWING:
        assert desk.view.attempt is not None
        assert desk.view.attempt in desk.kept
        assert desk.view.attempt.assessment is not None


class AnyOrder(RuleBasedStateMachine):
    """Work and its results come when they like; each may fail."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.file = Path(self.folder.name) / "dropped.wav"
        self.file.write_bytes(b"sound")
        self.jobs = StepByStep()
        self.posts: deque[Callable[[], None]] = deque()
        self.handed_in = 0
        self.desk = self.make_desk()

    def make_desk(self) -> Desk:
        return Desk(Path(self.folder.name), self.jobs, self.posts.append)

    @rule(name=st.sampled_from(sorted(PRESSES)))
    def press(self, name: str) -> None:
        interview, before = self.desk.interview, self.desk.view
        try:
            PRESSES[name](interview, self.file)
        except IllegalMoveError:
            assert before.state not in IN_ITS_STATE[name]
            assert self.desk.view is before
        else:
            assert before.state in IN_ITS_STATE[name] or (name == "record" and before.starting)
            self.handed_in += name in {"type", "drop"}

    @rule()
    def work_is_done(self) -> None:
        if self.jobs.waiting:
            self.jobs.run_one()

    @rule()
    def a_result_arrives(self) -> None:
        if self.posts:
            self.posts.popleft()()

    @rule(broken=st.booleans())
    def the_voice_changes(self, broken: bool) -> None:
        self.desk.voice.crash = RuntimeError("no voice") if broken else None

    @rule(broken=st.booleans())
    def the_microphone_changes(self, broken: bool) -> None:
        self.desk.microphone.refusal = BROKEN if broken else None

    @rule(error=st.sampled_from([None, BROKEN, OSError("gone")]))
    def the_recorders_end_changes(self, error: Exception | None) -> None:
        self.desk.microphone.stop_error = error

    @rule(error=st.sampled_from([None, BROKEN]))
    def the_recogniser_changes(self, error: VoicePrepError | None) -> None:
        self.desk.transcriber.error = error

    @invariant()
    def nothing_is_lost(self) -> None:
        started = set(self.desk.microphone.started)
        assert started <= self.desk.kept_recordings()
        assert not self.desk.room.overheard

    @invariant()
    def it_listens_while_it_says_so(self) -> None:
        if self.desk.state in LISTENING:
            assert self.desk.microphone.is_open

    def teardown(self) -> None:
        while self.jobs.waiting or self.posts:
            self.work_is_done()
            self.a_result_arrives()
        check_that_nothing_is_lost(self.desk, self.handed_in)
        check_the_end(self.desk)
        self.folder.cleanup()


class AtOnceInAnyOrder(AnyOrder):
    """All work is done while a button is pressed."""

    def make_desk(self) -> Desk:
        return Desk(Path(self.folder.name), AtOnce())

    @invariant()
    def everything_is_settled(self) -> None:
        check_the_end(self.desk)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestAtOnce = AtOnceInAnyOrder.TestCase
TestAtOnce.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
