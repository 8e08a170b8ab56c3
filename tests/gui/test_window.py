from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Desk
from tests.gui.looks import clipped, nameless, unreachable
from voiceprep.errors import VoicePrepError
from voiceprep.gui import theme
from voiceprep.gui.confirm import Confirm
from voiceprep.gui.window import PLACES
from voiceprep.interview.machine import State
from voiceprep.interview.records import AttemptStatus

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def dialogs(desk: Desk) -> list[Confirm]:
    return [one for one in desk.window.findChildren(Confirm) if one.isVisible()]


def answered(desk: Desk) -> str:
    """An interview of one typed answer; the id of its session."""
    room = desk.interview(1)
    room.conductor.answer_with_text("Model drift makes predictions worse.")
    desk.at(State.REVIEWING)
    room.conductor.finish()
    desk.until(lambda: desk.window.here == "summary")
    return desk.history.sessions()[0].id


def recording(desk: Desk) -> None:
    desk.interview()
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)


def test_the_four_places_have_keys(desk: Desk) -> None:
    desk.ready()
    for number, place in reversed(list(enumerate(PLACES))):
        desk.press(KEY(KEY.Key_1 + number), CONTROL)
        assert desk.window.here == place.name
        assert desk.window.rail.items[place.name].isChecked()


def test_the_rail_is_used_with_arrows_and_return(desk: Desk) -> None:
    desk.ready()
    desk.window.rail.items["practice"].setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(KEY.Key_Down)
    assert desk.window.rail.items["review"].hasFocus()
    desk.press(KEY.Key_Up)
    desk.press(KEY.Key_Up)
    assert desk.window.rail.items["settings"].hasFocus()
    desk.press(KEY.Key_Up)
    desk.press(KEY.Key_Return)
    assert desk.window.here == "questions"


def test_the_page_s_keys_work_wherever_the_focus_is(desk: Desk) -> None:
    room = desk.interview()
    desk.window.rail.items["practice"].setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(KEY.Key_T)
    assert room.typing.isVisible()


def test_the_theme_is_toggled_and_remembered(desk: Desk) -> None:
    button = desk.window.rail.theme
    assert button.text() == "Dark theme"
    button.click()
    assert theme.tokens() is theme.DARK
    assert desk.context.settings.theme == "dark"
    assert button.text() == "Light theme"
    button.click()
    assert theme.tokens() is theme.LIGHT


def test_a_change_of_the_system_s_theme_is_followed(desk: Desk) -> None:
    hints = QApplication.styleHints()
    desk.context.change_settings(theme="dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens() is theme.DARK
    desk.context.change_settings(theme="system")
    assert theme.tokens() is theme.LIGHT


@pytest.mark.parametrize("place", [place.name for place in PLACES])
@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_every_place_fits_and_names_its_controls(
    desk: Desk, place: str, size: tuple[int, int]
) -> None:
    answered(desk)
    desk.window.resize(*size)
    desk.window.go(place)
    desk.qtbot.wait(100)
    assert (desk.window.width(), desk.window.height()) == size

    def fits() -> None:  # also what comes late from workers, once it is laid out
        assert clipped(desk.window) == []

    desk.qtbot.waitUntil(fits)
    assert nameless(desk.window) == []
    assert unreachable(desk.window) == []


def test_a_past_session_and_its_answers_can_be_opened(desk: Desk) -> None:
    session_id = answered(desk)
    desk.window.go("review")
    desk.context.open_session.emit(session_id)
    desk.until(lambda: desk.window.here == "summary")
    desk.context.open_attempt.emit(desk.history.sessions()[0].attempts[0].id)
    desk.until(lambda: desk.window.here == "result")
    assert desk.window.rail.items["review"].isChecked()
    desk.window.result_page.back.emit()
    assert desk.window.here == "summary"


def test_a_session_that_is_gone_leads_to_the_list(desk: Desk) -> None:
    desk.ready()
    desk.context.open_session.emit("no such session")
    desk.until(lambda: desk.window.here == "review")


def test_an_answer_of_the_past_can_be_given_again(desk: Desk) -> None:
    answered(desk)
    desk.context.open_attempt.emit(desk.history.sessions()[0].attempts[0].id)
    desk.until(lambda: desk.window.here == "result")
    desk.window.result_page.again.emit()
    desk.at(State.THINKING)
    assert desk.window.here == "room"
    assert desk.room.conductor.view.questions == desk.bank.questions[:1]


def test_a_session_can_be_practised_again(desk: Desk) -> None:
    answered(desk)
    desk.window.summary_page.practise_again.emit()
    desk.at(State.THINKING)
    assert desk.room.conductor.view.questions == desk.bank.questions[:1]


def test_practice_leads_back_to_an_interview_under_way(desk: Desk) -> None:
    desk.interview()
    desk.window.go("questions")
    desk.press(KEY.Key_1, CONTROL)
    assert desk.window.here == "room"
    assert desk.room.conductor.state is State.THINKING


def test_the_question_falls_silent_when_one_looks_elsewhere(desk: Desk) -> None:
    desk.interview()
    desk.speaker.duration_s = 60.0
    desk.room.conductor.repeat()
    desk.at(State.ASKING)
    desk.window.go("questions")
    desk.at(State.THINKING)


def test_going_elsewhere_while_recording_asks_first(desk: Desk) -> None:
    recording(desk)
    desk.window.go("review")
    assert desk.window.here == "room"
    assert desk.window.rail.items["practice"].isChecked()
    dialogs(desk)[0].go.click()
    desk.until(lambda: desk.window.here == "review")
    desk.until(lambda: desk.history.sessions()[0].attempts[0].status is AttemptStatus.WAITING)


def test_closing_while_recording_asks_and_keeps_the_take(desk: Desk) -> None:
    recording(desk)
    assert not desk.window.close()
    assert desk.window.isVisible()
    dialogs(desk)[0].go.click()
    desk.until(lambda: not desk.window.isVisible())
    attempt = desk.history.sessions()[0].attempts[0]
    assert attempt.status is AttemptStatus.WAITING
    assert attempt.recording.path.exists()


def test_closing_can_be_taken_back(desk: Desk) -> None:
    recording(desk)
    desk.window.close()
    dialogs(desk)[0].reject()
    desk.at(State.RECORDING)
    assert desk.window.isVisible()


def test_being_killed_gently_asks_nothing_and_keeps_the_take(desk: Desk) -> None:
    recording(desk)
    desk.window.close_without_asking()
    assert not desk.window.isVisible()
    desk.window.finish(5.0)
    attempt = desk.history.sessions()[0].attempts[0]
    assert attempt.status is AttemptStatus.WAITING
    assert Path(attempt.recording.path).stat().st_size > 44


def test_closing_asks_nothing_while_nothing_is_recorded(desk: Desk) -> None:
    desk.interview()
    assert desk.window.close()
    desk.window.finish(5.0)
    assert desk.history.sessions() == ()


def test_answers_that_a_crash_cut_short_are_offered_at_the_start(desk: Desk) -> None:
    room = desk.interview()
    room.conductor.record()
    desk.at(State.RECORDING)
    room.conductor.finish()
    desk.until(lambda: not desk.context.busy)
    [session] = desk.history.sessions()

    crashed = VoicePrepError("VoicePrep ended while you were speaking the last time.")
    desk.window.tell(crashed, session.attempts)
    transcribe, see, later = desk.window.notice.buttons
    assert (transcribe.text(), later.text()) == ("Transcribe it now", "Later")
    see.click()
    assert desk.window.here == "review"
    assert not desk.window.notice.isVisible()
    desk.window.tell(crashed, session.attempts)
    transcribe = desk.window.notice.buttons[0]
    transcribe.click()

    desk.until(lambda: desk.history.sessions()[0].attempts[0].status is AttemptStatus.ASSESSED)
    assert not desk.window.notice.isVisible()
