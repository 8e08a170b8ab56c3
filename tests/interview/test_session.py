from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.interview.desk import BROKEN, AtOnce, Desk, StepByStep
from voiceprep.errors import Cancelled, PlaceError, VoicePrepError
from voiceprep.interview.machine import IllegalMoveError, State
from voiceprep.interview.records import AttemptStatus, Recording, SessionRecord
from voiceprep.interview.session import Interview
from voiceprep.interview.view import View


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Everything happens at once."""
    return Desk(tmp_path, AtOnce())


@pytest.fixture
def thinking(desk: Desk) -> Desk:
    """The first question was asked."""
    desk.interview.begin()
    return desk


@pytest.fixture
def recording(thinking: Desk) -> Desk:
    thinking.interview.start_recording()
    return thinking


@pytest.fixture
def reviewing(recording: Desk) -> Desk:
    recording.interview.stop_recording()
    return recording


# -- asking ----------------------------------------------------------------------------------


def test_the_first_question_is_read_aloud_and_then_it_is_your_turn(thinking: Desk) -> None:
    assert thinking.voice.said == [thinking.bank.questions[0].question]
    assert [view.state for view in thinking.seen] == [State.ASKING, State.THINKING]
    assert thinking.view.question == thinking.bank.questions[0]


def test_the_sitting_is_in_the_history_from_its_beginning(thinking: Desk) -> None:
    assert thinking.history.session(thinking.interview.record.id) == thinking.interview.record
    assert thinking.interview.record.question_ids == ("question-1", "question-2", "question-3")


def test_the_next_question_is_synthesised_ahead(thinking: Desk) -> None:
    assert thinking.voice.prepared == [thinking.bank.questions[1].question]


def test_a_question_can_be_read_again(thinking: Desk) -> None:
    thinking.interview.repeat_question()
    assert thinking.voice.said == [thinking.bank.questions[0].question] * 2
    assert thinking.state is State.THINKING


def test_without_a_voice_questions_are_only_shown(tmp_path: Path) -> None:
    desk = Desk(tmp_path, AtOnce(), silent=True)
    desk.interview.begin()
    assert desk.state is State.THINKING
    assert desk.voice.said == []


@pytest.mark.parametrize("crash", [BROKEN, RuntimeError("segfault")])
def test_a_voice_that_fails_is_noticed_and_the_interview_goes_on(
    desk: Desk, crash: Exception
) -> None:
    desk.voice.crash = crash
    desk.interview.begin()
    assert desk.state is State.THINKING
    assert desk.view.notice is not None
    assert desk.view.notice.next_step
    desk.interview.start_recording()
    assert desk.state is State.RECORDING
    assert desk.view.notice is None


def test_a_voice_that_cannot_prepare_bothers_nobody(desk: Desk) -> None:
    desk.voice.error = BROKEN
    desk.interview.begin()
    assert desk.state is State.THINKING


def test_a_sitting_needs_a_question(desk: Desk) -> None:
    with pytest.raises(VoicePrepError, match="no question"):
        Interview(
            desk.bank,
            (),
            speaker=None,
            recorder=desk.microphone,
            judge=desk.interview._judge,
            executor=AtOnce(),
            post=lambda function: function(),
            on_change=desk.seen.append,
        )


def test_a_sitting_that_cannot_be_kept_does_not_begin(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.history, "save_session", _fail)
    with pytest.raises(VoicePrepError, match="It broke"):
        desk.interview.begin()
    assert desk.state is State.IDLE


def test_the_last_question_is_known_as_the_last(tmp_path: Path) -> None:
    desk = Desk(tmp_path, AtOnce(), questions=1)
    desk.interview.begin()
    assert desk.view.is_last
    desk.interview.next_question()
    assert desk.state is State.FINISHED


# -- answering -------------------------------------------------------------------------------


def test_an_answer_is_recorded_transcribed_scored_and_kept(reviewing: Desk) -> None:
    attempt = reviewing.view.attempt
    assert attempt is not None
    assert attempt.status is AttemptStatus.ASSESSED
    assert reviewing.kept == (attempt,)
    assert reviewing.state is State.REVIEWING
    assert reviewing.view.progress == 1.0


def test_each_question_gets_its_own_attempt(reviewing: Desk) -> None:
    reviewing.interview.next_question()
    reviewing.interview.answer_with_text("the drift makes its predictions worse")
    assert [attempt.position for attempt in reviewing.kept] == [0, 1]
    assert reviewing.interview.view.question == reviewing.bank.questions[1]


def test_a_second_try_keeps_the_first(reviewing: Desk) -> None:
    reviewing.interview.again()
    assert reviewing.view.attempt is None
    reviewing.interview.start_recording()
    reviewing.interview.stop_recording()
    assert reviewing.statuses == [AttemptStatus.ASSESSED] * 2


def test_pausing_and_going_on_stays_one_recording(recording: Desk) -> None:
    recording.interview.pause()
    assert recording.state is State.PAUSED
    recording.interview.resume()
    assert recording.state is State.RECORDING
    recording.interview.pause()
    recording.interview.stop_recording()
    assert recording.statuses == [AttemptStatus.ASSESSED]
    assert len(recording.microphone.started) == 1


def test_a_take_that_was_broken_off_is_set_aside_with_its_recording(recording: Desk) -> None:
    recording.interview.break_off()
    assert recording.state is State.THINKING
    assert recording.view.attempt is None
    (kept,) = recording.kept
    assert kept.status is AttemptStatus.SET_ASIDE
    assert kept.recording is not None
    assert kept.recording.path.exists()
    recording.interview.start_recording()
    assert recording.state is State.RECORDING


def test_an_answer_can_be_typed(thinking: Desk) -> None:
    thinking.interview.answer_with_text("  the drift makes its predictions worse\n")
    (kept,) = thinking.kept
    assert kept.transcript is not None
    assert kept.transcript.text == "the drift makes its predictions worse"
    assert kept.recording is None
    assert kept.assessment is not None


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_an_empty_text_is_no_answer(thinking: Desk, text: str) -> None:
    with pytest.raises(VoicePrepError, match="no text yet"):
        thinking.interview.answer_with_text(text)
    assert thinking.state is State.THINKING


def test_an_answer_can_be_a_file_which_stays_where_it_is(thinking: Desk, tmp_path: Path) -> None:
    file = tmp_path / "answer.wav"
    file.write_bytes(b"sound")
    thinking.interview.answer_with_file(file)
    assert thinking.transcriber.heard == [file]
    (kept,) = thinking.kept
    assert kept.recording is not None
    assert kept.recording.path == file
    assert file.read_bytes() == b"sound"


def test_a_file_that_is_not_there_fails_with_its_name_and_can_be_replaced(
    thinking: Desk, tmp_path: Path
) -> None:
    thinking.interview.answer_with_file(tmp_path / "gone.wav")
    assert thinking.state is State.FAILED
    assert thinking.view.failure is not None
    assert "gone.wav" in thinking.view.failure.title
    thinking.interview.answer_with_text("the drift makes its predictions worse")
    assert thinking.state is State.REVIEWING
    assert thinking.view.failure is None


def test_progress_is_shown_while_transcribing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, AtOnce())
    desk.interview.begin()
    desk.interview.start_recording()
    desk.interview.stop_recording()
    shares = [view.progress for view in desk.seen if view.state is State.TRANSCRIBING]
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert shares == sorted(shares)


def test_an_answer_may_begin_before_the_question_was_read_out(tmp_path: Path) -> None:
    jobs = StepByStep()
    desk = Desk(tmp_path, jobs)
    desk.interview.begin()
    assert desk.state is State.ASKING
    desk.interview.answer_with_text("the drift makes its predictions worse")
    while jobs.waiting:
        jobs.run_one()
    assert desk.voice.said == []
    assert desk.state is State.REVIEWING


def test_what_an_earlier_reading_reports_does_not_end_a_later_one(tmp_path: Path) -> None:
    jobs = StepByStep()
    desk = Desk(tmp_path, jobs)
    desk.interview.begin()
    desk.interview.repeat_question()
    jobs.run_one()
    assert desk.state is State.ASKING
    while jobs.waiting:
        jobs.run_one()
    assert desk.state is State.THINKING
    assert desk.voice.said == [desk.bank.questions[0].question]


# -- what goes wrong -------------------------------------------------------------------------


@pytest.mark.parametrize("error", [BROKEN, OSError("device busy")])
def test_a_microphone_that_does_not_open_is_noticed_and_can_be_tried_again(
    thinking: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(thinking.microphone, "start", _raiser(error))
        thinking.interview.start_recording()
    assert thinking.state is State.THINKING
    assert not thinking.view.starting
    assert thinking.view.notice is not None
    assert thinking.kept == ()
    thinking.interview.start_recording()
    assert thinking.state is State.RECORDING
    assert thinking.view.notice is None


@pytest.mark.parametrize("error", [BROKEN, OSError("device gone")])
def test_a_recorder_that_fails_at_its_end_leaves_the_file_in_the_history(
    recording: Desk, error: Exception
) -> None:
    recording.microphone.stop_error = error
    recording.interview.stop_recording()
    assert recording.state is State.FAILED
    assert recording.view.failure is not None
    assert recording.statuses == [AttemptStatus.FAILED]
    assert recording.kept_recordings() == set(recording.microphone.started)
    recording.microphone.stop_error = None
    recording.interview.retry()
    assert recording.state is State.REVIEWING
    assert recording.statuses == [AttemptStatus.ASSESSED]


@pytest.mark.parametrize("error", [BROKEN, ValueError("a bug"), Cancelled()])
def test_a_recogniser_that_fails_says_so_and_can_be_tried_again(
    recording: Desk, error: Exception
) -> None:
    recording.transcriber.error = error
    recording.interview.stop_recording()
    recording.transcriber.error = None
    assert recording.state is State.FAILED
    assert recording.view.failure is not None
    assert recording.view.attempt is not None
    assert recording.view.attempt.failure == str(recording.view.failure)
    assert recording.kept_recordings() == set(recording.microphone.started)
    recording.interview.retry()
    assert recording.state is State.REVIEWING
    assert recording.view.failure is None


def test_after_a_failure_the_interview_can_go_on(recording: Desk) -> None:
    recording.transcriber.error = BROKEN
    recording.interview.stop_recording()
    recording.interview.next_question()
    assert recording.state is State.THINKING
    assert recording.view.failure is None
    assert recording.view.attempt is None
    assert recording.statuses == [AttemptStatus.FAILED]


def test_a_set_aside_take_whose_end_fails_is_kept_all_the_same(recording: Desk) -> None:
    recording.microphone.stop_error = BROKEN
    recording.interview.break_off()
    assert recording.state is State.THINKING
    assert recording.statuses == [AttemptStatus.FAILED]


# -- the end ---------------------------------------------------------------------------------


def test_the_end_is_kept_with_its_time(reviewing: Desk) -> None:
    reviewing.interview.finish()
    kept = reviewing.history.session(reviewing.interview.record.id)
    assert kept is not None
    assert kept.ended_at
    assert kept.score is not None
    assert reviewing.interview.record.ended_at == kept.ended_at


def test_an_answer_that_is_being_recorded_is_kept_at_the_end(recording: Desk) -> None:
    recording.interview.finish()
    assert recording.state is State.FINISHED
    assert recording.statuses == [AttemptStatus.WAITING]
    assert not recording.microphone.is_open


def test_a_paused_answer_is_kept_at_the_end(recording: Desk) -> None:
    recording.interview.pause()
    recording.interview.finish()
    assert recording.statuses == [AttemptStatus.WAITING]


def test_an_end_that_cannot_be_kept_ends_all_the_same_and_says_so(
    recording: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording.history, "save_session", _fail)
    recording.interview.finish()
    assert recording.state is State.FINISHED
    assert recording.view.notice is BROKEN
    assert recording.statuses == [AttemptStatus.WAITING]


def test_a_result_that_comes_after_the_end_is_kept_and_not_shown(tmp_path: Path) -> None:
    jobs = StepByStep()
    desk = Desk(tmp_path, jobs)
    desk.interview.begin()
    desk.interview.answer_with_text("the drift makes its predictions worse")
    desk.interview.finish()
    while jobs.waiting:
        jobs.run_one()
    assert desk.state is State.FINISHED
    assert desk.statuses == [AttemptStatus.ASSESSED]


def test_finishing_while_transcribing_leaves_the_answer_waiting(tmp_path: Path) -> None:
    jobs = StepByStep()
    desk = Desk(tmp_path, jobs)
    desk.interview.begin()
    desk.interview.start_recording()
    while jobs.waiting:
        jobs.run_one()
    desk.interview.stop_recording()
    desk.interview.finish()
    while jobs.waiting:
        jobs.run_one()
    assert desk.statuses == [AttemptStatus.WAITING]
    assert not desk.microphone.is_open


# -- moves that make no sense ----------------------------------------------------------------

COMMANDS: dict[str, Callable[[Interview], None]] = {
    "begin": Interview.begin,
    "repeat_question": Interview.repeat_question,
    "next_question": Interview.next_question,
    "start_recording": Interview.start_recording,
    "pause": Interview.pause,
    "resume": Interview.resume,
    "stop_recording": Interview.stop_recording,
    "break_off": Interview.break_off,
    "answer_with_text": lambda interview: interview.answer_with_text("some words"),
    "answer_with_file": lambda interview: interview.answer_with_file(Path("some.wav")),
    "again": Interview.again,
    "retry": Interview.retry,
    "finish": Interview.finish,
}

FORBIDDEN = {
    State.IDLE: set(COMMANDS) - {"begin"},
    State.THINKING: {"begin", "pause", "resume", "stop_recording", "break_off", "again", "retry"},
    State.RECORDING: set(COMMANDS) - {"pause", "stop_recording", "break_off", "finish"},
    State.PAUSED: set(COMMANDS) - {"resume", "stop_recording", "break_off", "finish"},
    State.REVIEWING: set(COMMANDS) - {"repeat_question", "next_question", "again", "finish"},
    State.FAILED: {"begin", "start_recording", "pause", "resume", "stop_recording", "break_off"},
    State.FINISHED: set(COMMANDS),
}

WAYS: dict[State, tuple[str, ...]] = {
    State.IDLE: (),
    State.THINKING: ("begin",),
    State.RECORDING: ("begin", "start_recording"),
    State.PAUSED: ("begin", "start_recording", "pause"),
    State.REVIEWING: ("begin", "answer_with_text"),
    State.FAILED: ("begin", "answer_with_file"),
    State.FINISHED: ("begin", "finish"),
}


@pytest.mark.parametrize(
    ("state", "command"),
    [(state, command) for state, commands in FORBIDDEN.items() for command in sorted(commands)],
)
def test_a_command_that_makes_no_sense_raises_and_changes_nothing(
    desk: Desk, state: State, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in WAYS[state]:
        COMMANDS[step](desk.interview)
    before = _everything(desk)
    monkeypatch.setattr(desk.history, "save_session", _fail)
    assert before[0].state is state
    with pytest.raises(IllegalMoveError):
        COMMANDS[command](desk.interview)
    assert _everything(desk) == before


def _everything(desk: Desk) -> tuple[View, tuple[SessionRecord, ...], list[object]]:
    heard = [desk.microphone.is_open, *desk.microphone.presses, *desk.voice.said]
    return desk.view, desk.history.sessions(), [len(desk.seen), *heard]


def _fail(*_: object) -> None:
    raise BROKEN


def _raiser(error: Exception) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


def test_what_the_disk_did_not_take_at_stop_goes_to_another_folder_and_is_judged(
    recording: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[Path] = []
    stop = recording.microphone.stop

    def refuse_first() -> Recording:
        if not places:
            raise PlaceError("The last 5 seconds of your answer are not saved yet.")
        return replace(stop(), path=places[-1])

    monkeypatch.setattr(recording.microphone, "stop", refuse_first)
    monkeypatch.setattr(recording.microphone, "move", lambda path: places.append(_touched(path)))
    recording.interview.stop_recording()
    assert recording.state is State.FAILED

    recording.interview.record_elsewhere(tmp_path / "stick")

    assert recording.state is State.REVIEWING
    [answer] = recording.kept
    assert answer.recording is not None
    assert answer.recording.path == tmp_path / "stick" / f"{answer.id}.wav"
    assert answer.status is AttemptStatus.ASSESSED


def _touched(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path
