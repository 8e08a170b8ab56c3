from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.bank.samples import a_bank
from tests.gui.conftest import Desk
from tests.gui.looks import clipped, nameless, unreachable
from voiceprep.errors import VoicePrepError
from voiceprep.interview.machine import State
from voiceprep.speech import devices

NO_PORTAUDIO = VoicePrepError(
    "The sound library PortAudio is missing.", "It is not installed.", "Install libportaudio2."
)


def click(widget: object) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_the_window_is_there_before_the_engines(desk: Desk) -> None:
    page = desk.practice
    assert page.isVisible()
    assert not page.start.isEnabled()
    assert page.why_not() == "Getting the questions ready\u2026"


def test_a_first_start_leads_to_start_with_everything_chosen(desk: Desk) -> None:
    page = desk.ready().practice
    assert page.start.isEnabled()
    assert page.picker.categories == ("Basics", "Practice")
    assert page.picker.number.value == 4
    assert page.start.accessibleDescription() == "4 questions, about 12 minutes"
    assert page.recent.ring.isHidden() or not page.recent.ring.isVisible()


def test_a_large_bank_is_not_asked_whole(desk: Desk) -> None:
    desk.bank = a_bank(20)
    page = desk.ready().practice
    assert page.picker.number.value == 5
    assert len(page.picker.questions()) == 5


def test_only_chosen_categories_are_asked(desk: Desk) -> None:
    page = desk.ready().practice
    click(page.picker.chips["Practice"])
    assert {one.category for one in page.picker.questions()} == {"Basics"}
    assert page.picker.number.value == 2


def test_the_wanted_number_comes_back_with_the_categories(desk: Desk) -> None:
    desk.bank = a_bank(12)
    page = desk.ready().practice
    page.picker.number.spin.setValue(8)
    click(page.picker.chips["Practice"])
    assert page.picker.number.value == 6
    click(page.picker.chips["Practice"])
    assert page.picker.number.value == 8


def test_in_order_means_the_order_of_the_bank(desk: Desk) -> None:
    page = desk.ready().practice
    page.picker.order.set_value("given")
    assert page.picker.questions() == desk.bank.questions


def test_with_nothing_chosen_start_says_what_is_missing(desk: Desk) -> None:
    page = desk.ready().practice
    click(page.picker.all)
    assert page.picker.questions() == ()
    assert not page.start.isEnabled()
    assert page.start.accessibleDescription() == "Choose at least one category."
    desk.press(Qt.Key.Key_Return)
    assert desk.window.here == "practice"
    click(page.picker.all)
    assert page.start.isEnabled()


def test_enter_starts_the_interview(desk: Desk) -> None:
    desk.ready().practice.entered()
    desk.press(Qt.Key.Key_Return)
    desk.at(State.THINKING)
    assert desk.window.here == "room"
    assert len(desk.room.conductor.view.questions) == 4


def test_questions_can_be_shown_without_being_read(desk: Desk) -> None:
    page = desk.ready().practice
    page.picker.aloud.buttons["shown"].click()
    assert not desk.context.settings.read_aloud
    page.begin()
    desk.at(State.THINKING)
    assert desk.speaker.said == []
    assert not desk.room.thinking.repeat.isVisible()


def test_the_microphone_and_the_recogniser_are_named(desk: Desk) -> None:
    equipment = desk.ready().practice.equipment
    equipment.look()
    desk.until(lambda: equipment.microphone_name == "Desk Microphone")
    assert equipment.recogniser_name == "Basic recogniser"
    assert equipment.better.isVisible()


def test_a_chosen_microphone_that_is_gone_is_told(desk: Desk) -> None:
    desk.ready()
    desk.context.change_settings(microphone="Headset (ALSA)")
    equipment = desk.practice.equipment
    desk.until(lambda: "Headset (ALSA) is not connected" in equipment.remark)
    assert equipment.microphone_name == "Desk Microphone"


def test_without_portaudio_the_page_says_what_to_do_and_goes_on(
    desk: Desk, microphones: list[object]
) -> None:
    microphones.append(NO_PORTAUDIO)
    page = desk.ready().practice
    page.entered()
    desk.until(page.equipment.look_again.isVisible)
    assert page.equipment.microphone_name == NO_PORTAUDIO.title
    assert NO_PORTAUDIO.next_step in page.equipment.remark
    assert page.start.isEnabled()
    microphones.remove(NO_PORTAUDIO)
    click(page.equipment.look_again)
    desk.until(lambda: page.equipment.microphone_name == "Desk Microphone")
    assert not page.equipment.look_again.isVisible()


def test_no_microphone_at_all_is_told(desk: Desk, microphones: list[devices.Device]) -> None:
    microphones.clear()
    page = desk.ready().practice
    page.entered()
    desk.until(page.equipment.look_again.isVisible)
    assert page.equipment.microphone_name == "No microphone was found."


def test_the_sound_can_be_checked_from_here_and_back(desk: Desk) -> None:
    page = desk.ready().practice
    click(page.equipment.check)
    assert desk.window.here == "soundcheck"
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.here == "practice"


def test_engines_that_cannot_be_built_can_be_tried_again(desk: Desk) -> None:
    desk.refusal = VoicePrepError("The history is locked.", "", "Close the other VoicePrep.")
    desk.context.build_toolbox()
    page = desk.practice
    desk.until(page.problem.isVisible)
    assert "Close the other VoicePrep." in page.problem.accessibleName()
    assert not page.start.isEnabled()
    desk.refusal = None
    page.problem.buttons[0].click()
    desk.until(page.start.isEnabled)
    assert not page.problem.isVisible()


def test_who_comes_back_sees_the_last_interview(desk: Desk) -> None:
    room = desk.interview(1)
    room.conductor.answer_with_text("Model drift makes predictions worse.")
    desk.at(State.REVIEWING)
    room.conductor.finish()
    desk.until(lambda: desk.window.here == "summary")
    desk.window.go("practice")
    recent = desk.practice.recent
    desk.until(recent.open.isVisible)
    assert "1 of 1 question answered" in recent.what
    click(recent.open)
    desk.until(lambda: desk.window.here == "summary")


def test_it_fits_into_a_small_window_and_names_everything(desk: Desk) -> None:
    page = desk.ready().practice
    for size in ((1280, 800), (1024, 640)):
        desk.window.resize(*size)
        desk.qtbot.wait(20)
        assert clipped(desk.window) == []
    assert nameless(desk.window) == []
    assert unreachable(page) == []


def test_the_last_interview_lists_what_was_answered(desk: Desk) -> None:
    room = desk.interview(2)
    room.conductor.answer_with_text("Model drift makes predictions worse.")
    desk.at(State.REVIEWING)
    room.conductor.finish()
    desk.until(lambda: desk.window.here == "summary")
    desk.window.go("practice")
    recent = desk.practice.recent
    question = desk.bank.questions[0].question
    desk.until(lambda: recent.answers == [f"{question} 100%"])


def test_enter_starts_as_soon_as_the_questions_are_there(desk: Desk) -> None:
    assert not desk.practice.start.isEnabled()
    desk.ready()
    desk.until(desk.practice.start.hasFocus)
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.here in {"room", "soundcheck"})
