from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from tests.fakes import FakeRecorder, spoken
from tests.gui.conftest import Desk
from tests.gui.looks import clipped, nameless, unreachable
from voiceprep.errors import PlaceError, VoicePrepError
from voiceprep.gui.confirm import Confirm
from voiceprep.interview.machine import State
from voiceprep.interview.ports import Hear
from voiceprep.interview.records import AttemptStatus

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
BUSY = VoicePrepError("The microphone is busy.", "Another app uses it.", "Close that app.")
DEAF = VoicePrepError("The recogniser gave up.", "Its model is damaged.", "Import it again.")


def dialog(desk: Desk) -> Confirm:
    found = [one for one in desk.window.findChildren(Confirm) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def last_attempt(desk: Desk):
    return desk.history.sessions()[0].attempts[-1]


def drop(desk: Desk, *paths: Path) -> bool:
    """Drag files over the room and let go; says whether the room offered to take them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    usual = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), *usual, none)
    enter.ignore()
    QApplication.sendEvent(desk.room, enter)
    offered = desk.room.drop_hint.isVisible()
    QApplication.sendEvent(desk.room, QDropEvent(QPointF(300, 300), *usual, none))
    return offered


# -- a whole interview -----------------------------------------------------------------------


def test_a_whole_interview_needs_only_the_keyboard(desk: Desk) -> None:
    desk.transcriber.transcript = spoken("model drift makes predictions worse over time")
    desk.ready().practice.entered()
    desk.practice.picker.order.set_value("given")
    desk.practice.picker.number.spin.setValue(2)
    desk.press(KEY.Key_Return)
    for position in range(2):
        desk.at(State.THINKING)
        assert desk.room.conductor.view.position == position
        assert desk.room.question.text == desk.bank.questions[position].question
        desk.press(KEY.Key_Space)
        desk.at(State.RECORDING)
        desk.press(KEY.Key_Space)
        desk.at(State.REVIEWING)
        desk.press(KEY.Key_Return)
    desk.until(lambda: desk.window.here == "summary")
    session = desk.history.sessions()[0]
    assert [one.status for one in session.attempts] == [AttemptStatus.ASSESSED] * 2
    assert session.ended_at
    assert session.score == 100


def test_the_room_says_where_one_is(desk: Desk) -> None:
    room = desk.interview(4)
    assert room.progress.place == "1 of 4"
    desk.press(KEY.Key_N)
    desk.until(lambda: room.progress.place == "2 of 4")
    assert room.progress.category == "Practice"


def test_the_question_is_read_and_can_be_read_again(desk: Desk) -> None:
    desk.interview()
    first = desk.bank.questions[0].question
    assert desk.speaker.said == [first]
    desk.press(KEY.Key_R)
    desk.until(lambda: desk.speaker.said == [first, first])
    desk.at(State.THINKING)


@pytest.mark.parametrize(
    ("key", "state"), [(KEY.Key_S, State.THINKING), (KEY.Key_Space, State.RECORDING)]
)
def test_the_reading_can_be_cut_short(desk: Desk, key: Qt.Key, state: State) -> None:
    desk.interview()
    desk.speaker.duration_s = 60.0
    desk.press(KEY.Key_R)
    desk.at(State.ASKING)
    desk.press(key)
    desk.at(state)


def test_space_on_a_focused_button_presses_that_button(desk: Desk) -> None:
    room = desk.interview()
    room.thinking.type.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(KEY.Key_Space)
    assert room.typing.isVisible()
    assert room.conductor.state is State.THINKING


# -- recording -------------------------------------------------------------------------------


def test_while_recording_level_and_time_move(desk: Desk) -> None:
    room = desk.interview()
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)
    desk.until(lambda: len(room.recording.wave.levels) > 3)
    assert room.recording.stop.hasFocus()
    desk.until(lambda: room.recording.time.elapsed_s > 0.1)


def test_a_pause_is_no_answer_and_goes_on_in_the_same_take(desk: Desk) -> None:
    room = desk.interview()
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)
    desk.press(KEY.Key_P)
    desk.at(State.PAUSED)
    assert room.recording.pause.text() == "Go on"
    heard = len(room.recording.wave.levels)
    desk.qtbot.wait(120)
    assert len(room.recording.wave.levels) == heard
    desk.press(KEY.Key_P)
    desk.at(State.RECORDING)
    desk.press(KEY.Key_Space)
    desk.at(State.REVIEWING)
    assert len(desk.history.sessions()[0].attempts) == 1


def test_starting_over_sets_the_take_aside_and_keeps_it(desk: Desk) -> None:
    desk.interview()
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)
    desk.press(KEY.Key_R, CONTROL)
    desk.at(State.THINKING)
    desk.until(lambda: last_attempt(desk).status is AttemptStatus.SET_ASIDE)
    assert last_attempt(desk).recording.path.exists()


def test_a_microphone_that_refuses_is_told_and_typing_is_left(desk: Desk) -> None:
    room = desk.interview()
    desk.recorder.refusal = BUSY
    desk.press(KEY.Key_Space)
    desk.until(room.notice.isVisible)
    assert "Close that app." in room.notice.accessibleName()
    desk.press(KEY.Key_T)
    desk.type("Model drift makes predictions worse.")
    desk.press(KEY.Key_Return, CONTROL)
    desk.at(State.REVIEWING)


class SlowRecorder(FakeRecorder):
    """Opens when it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may_open = Event()

    def start(self, path: Path, hear: Hear | None = None) -> None:
        """Wait first."""
        self.may_open.wait(5)
        super().start(path, hear)


@pytest.mark.parametrize("key", [KEY.Key_T, KEY.Key_Escape])
def test_while_the_microphone_opens_one_can_type_instead_or_think_on(
    desk: Desk, key: Qt.Key
) -> None:
    desk.recorder = recorder = SlowRecorder()
    room = desk.interview()
    desk.press(KEY.Key_Space)
    desk.until(lambda: room.conductor.view.starting)
    assert room.thinking.type.isEnabled()
    desk.press(key)
    assert not room.conductor.view.starting
    recorder.may_open.set()
    assert room.conductor.state is State.THINKING
    assert room.typing.isVisible() == (key == KEY.Key_T)
    assert desk.window.here == "room"


def test_tab_leads_from_a_notice_to_the_microphone(desk: Desk) -> None:
    desk.interview()
    show_notice(desk)
    desk.room.notice.buttons[-1].setFocus()
    desk.press(KEY.Key_Tab)
    assert desk.room.thinking.record.hasFocus()
    desk.press(KEY.Key_Backtab)
    assert desk.room.notice.buttons[-1].hasFocus()
    desk.press(KEY.Key_Return)
    assert not desk.room.notice.isVisible()
    assert desk.room.thinking.record.hasFocus()


def test_a_microphone_that_is_unplugged_is_told_and_the_take_is_used(desk: Desk) -> None:
    desk.recorder = FakeRecorder()
    room = desk.interview()
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)
    desk.recorder.problem = VoicePrepError("The microphone is gone.", "", "Press Stop.")
    desk.until(room.recording.problem.isVisible)
    desk.press(KEY.Key_Space)
    desk.at(State.REVIEWING)
    assert last_attempt(desk).recording.problem == "The microphone is gone."


# -- typing ----------------------------------------------------------------------------------


def test_a_typed_answer_is_counted_submitted_and_scored(desk: Desk) -> None:
    room = desk.interview()
    desk.press(KEY.Key_T)
    assert room.typing.editor.hasFocus()
    assert not room.typing.submit.isEnabled()
    desk.type("Model drift makes predictions worse.")
    assert room.typing.words == "5 words"
    desk.press(KEY.Key_Return, CONTROL)
    desk.at(State.REVIEWING)
    assert last_attempt(desk).transcript.text == "Model drift makes predictions worse."
    assert last_attempt(desk).recording is None


def test_an_empty_text_is_not_submitted(desk: Desk) -> None:
    desk.interview()
    desk.press(KEY.Key_T)
    desk.type("   ")
    desk.press(KEY.Key_Return, CONTROL)
    assert desk.room.conductor.state is State.THINKING


def test_esc_leaves_the_editor_and_the_draft_is_there_again(desk: Desk) -> None:
    room = desk.interview()
    desk.press(KEY.Key_T)
    desk.type("space r t n")
    desk.press(KEY.Key_Escape)
    assert room.thinking.isVisible()
    assert room.conductor.state is State.THINKING
    assert room.conductor.view.position == 0
    desk.press(KEY.Key_T)
    assert room.typing.draft == "space r t n"


def test_the_draft_outlives_a_visit_to_the_settings(desk: Desk) -> None:
    room = desk.interview()
    desk.press(KEY.Key_T)
    desk.type("half an answer")
    desk.window.go("questions")
    desk.window.go("practice")
    assert desk.window.here == "room"
    assert room.typing.isVisible()
    assert room.typing.draft == "half an answer"
    assert room.typing.editor.hasFocus()


def test_every_question_has_a_draft_of_its_own(desk: Desk) -> None:
    room = desk.interview()
    desk.press(KEY.Key_T)
    desk.type("for the first")
    desk.press(KEY.Key_Escape)
    desk.press(KEY.Key_N)
    desk.until(lambda: room.conductor.view.position == 1)
    desk.at(State.THINKING)
    desk.press(KEY.Key_T)
    assert room.typing.draft == ""


# -- files -----------------------------------------------------------------------------------


def test_a_dropped_recording_is_the_answer(desk: Desk, tmp_path: Path) -> None:
    desk.interview()
    take = tmp_path / "answer.wav"
    FakeRecorder().start(take)
    assert drop(desk, take)
    desk.at(State.REVIEWING)
    assert desk.transcriber.heard == [take]
    assert not desk.room.drop_hint.isVisible()


def test_a_file_that_is_no_recording_says_so_and_loses_nothing(desk: Desk, tmp_path: Path) -> None:
    room = desk.interview()
    desk.transcriber.error = VoicePrepError("notes.pdf is no recording.", "", "Choose a sound.")
    drop(desk, tmp_path / "notes.pdf")
    desk.at(State.FAILED)
    assert "notes.pdf is no recording." in room.failed.panel.accessibleName()
    desk.press(KEY.Key_R)
    desk.at(State.THINKING)


def test_several_files_at_once_are_not_taken(desk: Desk, tmp_path: Path) -> None:
    desk.interview()
    assert not drop(desk, tmp_path / "one.wav", tmp_path / "two.wav")
    assert desk.room.conductor.state is State.THINKING


def test_while_recording_nothing_can_be_dropped(desk: Desk, tmp_path: Path) -> None:
    desk.interview()
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)
    assert not drop(desk, tmp_path / "one.wav")
    assert desk.room.conductor.state is State.RECORDING


# -- failing ---------------------------------------------------------------------------------


def test_a_failed_transcript_can_be_tried_again(desk: Desk) -> None:
    room = desk.interview()
    desk.transcriber.error = DEAF
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)
    desk.press(KEY.Key_Space)
    desk.at(State.FAILED)
    assert room.failed.isVisible()
    assert "Import it again." in room.failed.panel.accessibleName()
    desk.transcriber.error = None
    desk.press(KEY.Key_Space)
    desk.at(State.REVIEWING)
    assert len(desk.history.sessions()[0].attempts) == 1


def test_after_a_failure_one_can_go_on(desk: Desk) -> None:
    room = desk.interview()
    desk.transcriber.error = DEAF
    room.conductor.answer_with_file(Path("answer.wav"))
    desk.at(State.FAILED)
    desk.press(KEY.Key_N)
    desk.until(lambda: room.conductor.view.position == 1)


def test_a_voice_that_fails_does_not_stop_the_interview(desk: Desk) -> None:
    desk.speaker.error = VoicePrepError("There is no voice.", "", "Install eSpeak.")
    room = desk.interview()
    assert room.notice.isVisible()
    assert "Install eSpeak." in room.notice.accessibleName()
    room.notice.buttons[0].click()
    assert not room.notice.isVisible()


# -- leaving ---------------------------------------------------------------------------------


def test_esc_before_anything_was_said_just_leaves(desk: Desk) -> None:
    desk.interview()
    desk.press(KEY.Key_Escape)
    desk.until(lambda: desk.window.here == "practice")
    assert desk.history.sessions() == ()
    assert not desk.context.busy


def test_esc_while_recording_asks_and_can_be_taken_back(desk: Desk) -> None:
    desk.interview()
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)
    desk.press(KEY.Key_Escape)
    desk.at(State.PAUSED)
    dialog(desk).reject()
    desk.at(State.RECORDING)


def test_leaving_while_recording_keeps_the_take(desk: Desk) -> None:
    desk.interview()
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)
    desk.press(KEY.Key_Escape)
    dialog(desk).go.click()
    desk.until(lambda: desk.window.here == "summary")
    assert last_attempt(desk).status is AttemptStatus.WAITING
    assert last_attempt(desk).recording.path.exists()


def test_a_paused_recording_stays_paused_when_leaving_is_taken_back(desk: Desk) -> None:
    desk.interview()
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)
    desk.press(KEY.Key_P)
    desk.press(KEY.Key_Escape)
    dialog(desk).reject()
    assert desk.room.conductor.state is State.PAUSED


def test_ending_after_an_answer_asks_and_shows_what_came_of_it(desk: Desk) -> None:
    room = desk.interview()
    room.conductor.answer_with_text("Model drift.")
    desk.at(State.REVIEWING)
    desk.press(KEY.Key_Escape)
    dialog(desk).go.click()
    desk.until(lambda: desk.window.here == "summary")


def test_an_interview_cannot_begin_without_a_history(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_session: object) -> None:
        raise VoicePrepError("The disk is full.", "", "Make room.")

    desk.ready()
    monkeypatch.setattr(desk.history, "save_session", refuse)
    desk.window.practise(desk.bank, desk.bank.questions)
    desk.until(desk.window.notice.isVisible)
    assert not desk.context.busy
    assert desk.window.here == "practice"


# -- looks -----------------------------------------------------------------------------------


def show_thinking(_desk: Desk) -> None: ...


def show_recording(desk: Desk) -> None:
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)


def show_unplugged(desk: Desk) -> None:
    show_recording(desk)
    desk.recorder.problem = VoicePrepError("The microphone is gone.", "Unplugged.", "Press Stop.")
    desk.until(desk.room.recording.problem.isVisible)


def show_typing(desk: Desk) -> None:
    desk.press(KEY.Key_T)


def show_notice(desk: Desk) -> None:
    desk.recorder.refusal = BUSY
    desk.press(KEY.Key_Space)
    desk.until(desk.room.notice.isVisible)


def show_asking(desk: Desk) -> None:
    desk.speaker.duration_s = 60.0
    desk.press(KEY.Key_R)
    desk.at(State.ASKING)


def show_failed(desk: Desk) -> None:
    desk.transcriber.error = DEAF
    desk.room.conductor.answer_with_file(Path("answer.wav"))
    desk.at(State.FAILED)


@pytest.mark.parametrize(
    "show",
    [
        show_thinking,
        show_asking,
        show_recording,
        show_unplugged,
        show_typing,
        show_notice,
        show_failed,
    ],
)
def test_every_state_fits_and_names_its_controls(desk: Desk, show) -> None:
    room = desk.interview()
    show(desk)
    for size in ((1280, 800), (1024, 640)):
        desk.window.resize(*size)
        desk.qtbot.wait(20)
        assert clipped(desk.window) == []
    assert nameless(room) == []
    assert unreachable(room) == []


def test_a_notice_leaves_room_for_the_question_in_a_small_window(desk: Desk) -> None:
    desk.window.resize(1024, 640)
    question = desk.bank.questions[0].model_copy(
        update={
            "question": "Your CEO wants an AI chatbot to replace the whole support team by year "
            "end. You think that's a mistake. How do you make your case?"
        }
    )
    desk.ready()
    desk.window.practise(desk.bank, (question,))
    desk.at(State.THINKING)
    show_notice(desk)
    desk.until(lambda: desk.room.question.verticalScrollBar().maximum() == 0)
    assert clipped(desk.room) == []


def test_a_very_long_question_scrolls_instead_of_pushing_the_rest_away(desk: Desk) -> None:
    room = desk.interview()
    desk.window.resize(1024, 640)
    room.question.set_text("What would you do, and why, and what then? " * 14)
    desk.until(lambda: room.question.verticalScrollBar().maximum() > 0)
    assert room.thinking.record.isVisible()
    skip = room.thinking.skip
    desk.until(lambda: skip.visibleRegion().boundingRect().height() == skip.height())


def test_a_disk_that_refuses_has_a_way_out_while_one_speaks(desk: Desk, tmp_path: Path) -> None:
    room = desk.interview()
    room.conductor.record()
    desk.at(State.RECORDING)
    desk.recorder.problem = PlaceError("The recording cannot be written to the disk.")
    desk.until(room.recording.problem.isVisible)
    [elsewhere] = room.recording.problem.buttons
    assert elsewhere.text() == "Choose another folder\u2026"

    room.conductor.record_elsewhere(tmp_path / "stick")

    desk.until(lambda: not room.recording.problem.isVisible())
    room.conductor.stop_recording()
    desk.at(State.REVIEWING)
    [answer] = desk.history.sessions()[0].attempts
    assert answer.recording is not None
    assert answer.recording.path.parent == tmp_path / "stick"


def test_a_folder_that_cannot_be_used_is_said_before_one_speaks(desk: Desk, tmp_path: Path) -> None:
    room = desk.interview()
    desk.recorder.refusal = PlaceError("The disk is nearly full.")
    room.conductor.record()
    desk.until(room.notice.isVisible)
    assert [one.text() for one in room.notice.buttons] == [
        "Choose another folder\u2026",
        "All right",
    ]
    desk.recorder.refusal = None
    room.conductor.record_elsewhere(tmp_path / "stick")
    desk.until(lambda: not room.notice.isVisible())
    room.conductor.record()
    desk.at(State.RECORDING)
    assert list((tmp_path / "stick").glob("*.wav"))


def test_what_is_wrong_with_the_sound_is_shown_while_one_speaks(desk: Desk) -> None:
    room = desk.interview()
    room.conductor.record()
    desk.at(State.RECORDING)
    desk.recorder.warning = "Too loud: your voice is cut off. Move back a little."
    desk.until(lambda: room.recording.warning.text() == desk.recorder.warning)


def test_a_silence_ends_the_answer_with_a_countdown_where_that_is_wished(desk: Desk) -> None:
    desk.context.change_settings(auto_stop=True)
    room = desk.interview()
    room.conductor.record()
    desk.at(State.RECORDING)
    desk.recorder.quiet_s = 3.5
    desk.until(lambda: room.recording.moment.text() == "Stops in 3 s. Speak to go on.")
    desk.recorder.quiet_s = 0.0  # a word cancels it
    desk.until(lambda: room.recording.moment.text() == "")
    assert room.conductor.state is State.RECORDING
    desk.recorder.quiet_s = 6.0
    desk.at(State.REVIEWING)


def test_the_time_limit_ends_an_answer_in_which_nobody_spoke_and_says_so(desk: Desk) -> None:
    desk.context.change_settings(limit_s=60)
    desk.transcriber.error = VoicePrepError("Nothing was heard in this recording.", "It is mute.")
    room = desk.interview()
    desk.recorder.length_s, desk.recorder.quiet_s = 59.0, None
    room.conductor.record()
    desk.at(State.RECORDING)
    desk.until(lambda: room.recording.moment.text() == "1 s left.")
    desk.recorder.length_s = 60.0
    desk.at(State.FAILED)
    told = room.failed.panel.accessibleName()
    assert "Stopped: the time is up, and no voice was heard. It is mute." in told


def test_the_time_to_think_runs_out_and_the_recording_begins(desk: Desk) -> None:
    desk.context.change_settings(thinking_s=15)
    room = desk.interview()
    room.thinking._seconds.setInterval(5)
    room.thinking.count_down(15)
    desk.at(State.RECORDING)


def test_who_types_is_not_recorded_when_the_time_to_think_is_over(desk: Desk) -> None:
    desk.context.change_settings(thinking_s=15)
    room = desk.interview()
    assert room.thinking._seconds.isActive()
    room.type_answer()
    desk.until(lambda: not room.thinking._seconds.isActive())


# -- while an answer is heard ----------------------------------------------------------------


def test_keys_pressed_once_more_after_an_answer_do_not_ask_to_end_the_interview(desk: Desk) -> None:
    desk.transcriber.duration_s = 60
    room = desk.interview(1)
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)
    desk.press(KEY.Key_Space)
    desk.at(State.TRANSCRIBING)
    desk.until(lambda: QApplication.focusWidget() is room.stages.current)
    desk.press(KEY.Key_Space)
    desk.press(KEY.Key_Return)
    assert not [one for one in desk.window.findChildren(Confirm) if one.isVisible()]


def test_an_answer_that_is_being_heard_does_not_count_as_unanswered(desk: Desk) -> None:
    desk.transcriber.duration_s = 60
    desk.interview(1)
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)
    desk.press(KEY.Key_Space)
    desk.at(State.TRANSCRIBING)
    desk.press(KEY.Key_Escape)
    says = " ".join(one.text() for one in dialog(desk).findChildren(QLabel))
    assert "Your last answer has no result yet" in says
    assert "unanswered" not in says
    dialog(desk).reject()
