"""Before the first answer: the person is heard, told one thing to mend, and goes on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.fakes import FakePlayer
from tests.gui.conftest import MICROPHONE, Desk
from tests.gui.looks import clipped, nameless, unreachable
from tests.microphone import FAULTS, Fault, Microphone, a_voice
from tests.speech.transcribers.voices import silence
from voiceprep.errors import VoicePrepError
from voiceprep.gui.pages.soundcheck import SoundCheckPage
from voiceprep.gui.soundcheck import Phase
from voiceprep.interview.machine import State
from voiceprep.interview.soundcheck import Checked
from voiceprep.speech import devices
from voiceprep.speech.soundcheck import Verdict
from voiceprep.store.settings import load_settings

KEY = Qt.Key
HEADSET = devices.Device("Headset", "ALSA", 1, 48_000, is_default=False)


@pytest.fixture
def microphone(desk: Desk) -> Microphone:
    """What the desk's microphone hears; its window asks for a check."""
    desk.recorder = made = Microphone(a_voice())
    desk.ready()
    desk.context.change_settings(sound_check=True)
    return made


def before_an_interview(desk: Desk) -> SoundCheckPage:
    """Begin an interview and wait for the check."""
    desk.window.practise(desk.bank, desk.bank.questions[:2])
    desk.until(lambda: desk.window.here == "soundcheck")
    return desk.window.soundcheck_page


def record(desk: Desk, page: SoundCheckPage) -> None:
    """Press Space, and Space again, and wait for the advice."""
    desk.press(KEY.Key_Space)
    desk.until(lambda: page.check.phase is Phase.LISTENING)
    desk.press(KEY.Key_Space)
    desk.until(lambda: page.check.phase is Phase.DONE)


def kept(desk: Desk) -> tuple[Checked, ...]:
    return load_settings(desk.context.folders.settings).checked


def left_over(microphone: Microphone) -> list[Path]:
    return [path for path in microphone.paths if path.parent.exists()]


# -- when it is shown ------------------------------------------------------------------------


def test_the_first_time_with_a_microphone_it_comes_before_the_first_question(
    desk: Desk, microphone: Microphone
) -> None:
    page = before_an_interview(desk)
    assert desk.room.conductor.state is State.IDLE
    record(desk, page)
    assert page.check.checkup.verdict is Verdict.GOOD
    desk.press(KEY.Key_Return)
    desk.at(State.THINKING)
    assert desk.window.here == "room"
    desk.until(lambda: [one.microphone for one in kept(desk)] == [MICROPHONE.key])
    assert kept(desk)[0].good
    assert left_over(microphone) == []


@pytest.mark.usefixtures("microphone")
def test_afterwards_the_interview_begins_at_once(desk: Desk) -> None:
    now = datetime.now(UTC).isoformat()
    desk.context.change_settings(checked=(Checked(MICROPHONE.key, now, good=True),))
    desk.window.practise(desk.bank, desk.bank.questions[:2])
    desk.at(State.THINKING)
    assert desk.window.here == "room"


@pytest.mark.usefixtures("microphone")
@pytest.mark.parametrize(("days", "good"), [(20, True), (2, False)])
def test_an_old_check_is_done_again(desk: Desk, days: int, good: bool) -> None:
    then = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    desk.context.change_settings(checked=(Checked(MICROPHONE.key, then, good),))
    before_an_interview(desk)


@pytest.mark.usefixtures("microphone")
def test_another_microphone_is_checked_again(desk: Desk, microphones: list[devices.Device]) -> None:
    microphones.append(HEADSET)
    now = datetime.now(UTC).isoformat()
    desk.context.change_settings(
        checked=(Checked(MICROPHONE.key, now, good=True),), microphone=HEADSET.key
    )
    desk.until(lambda: not desk.context.engines.building)
    before_an_interview(desk)


@pytest.mark.usefixtures("microphone")
def test_who_typed_the_last_interview_is_not_asked(desk: Desk) -> None:
    desk.context.change_settings(sound_check=False)
    room = desk.interview(1)
    room.conductor.answer_with_text("Model drift makes predictions worse.")
    desk.at(State.REVIEWING)
    room.conductor.finish()
    desk.until(lambda: desk.window.here == "summary")
    desk.context.change_settings(sound_check=True)
    desk.window.practise(desk.bank, desk.bank.questions[:2])
    desk.at(State.THINKING)
    assert desk.window.here == "room"


@pytest.mark.usefixtures("microphone")
def test_where_there_is_no_microphone_the_interview_begins(
    desk: Desk, microphones: list[devices.Device]
) -> None:
    microphones.clear()
    desk.window.practise(desk.bank, desk.bank.questions[:2])
    desk.at(State.THINKING)


@pytest.mark.usefixtures("microphone")
def test_it_is_skipped_with_a_key_and_leaves_one_in_peace_for_today(desk: Desk) -> None:
    before_an_interview(desk)
    desk.press(KEY.Key_S)
    desk.at(State.THINKING)
    desk.until(lambda: [one.good for one in kept(desk)] == [False])
    desk.room.conductor.finish()
    desk.at(State.IDLE)
    desk.window.practise(desk.bank, desk.bank.questions[:2])
    desk.at(State.THINKING)


@pytest.mark.usefixtures("microphone")
def test_who_types_goes_on_with_a_key(desk: Desk) -> None:
    before_an_interview(desk)
    desk.press(KEY.Key_T)
    desk.at(State.THINKING)
    assert kept(desk) == ()


# -- what it finds ---------------------------------------------------------------------------


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.verdict.value)
def test_one_piece_of_advice_is_given(desk: Desk, microphone: Microphone, fault: Fault) -> None:
    microphone.samples, microphone.clips = fault.heard(), fault.clips
    page = before_an_interview(desk)
    record(desk, page)
    assert page.check.checkup.verdict is fault.verdict
    assert fault.said in page.card.result.says
    assert page.go.text() == (
        "Start the interview" if fault.verdict is Verdict.GOOD else "Start anyway"
    )
    for size in ((1280, 800), (1024, 640)):
        desk.window.resize(*size)
        QApplication.processEvents()
        assert clipped(desk.window) == []
    assert nameless(desk.window) == []
    assert unreachable(page) == []


def test_whoever_starts_in_spite_of_the_advice_is_asked_again_tomorrow(
    desk: Desk, microphone: Microphone
) -> None:
    microphone.samples = a_voice(0.01)
    page = before_an_interview(desk)
    record(desk, page)
    desk.press(KEY.Key_Return)
    desk.at(State.THINKING)
    desk.until(lambda: [one.good for one in kept(desk)] == [False])


def test_recorded_again_the_first_try_is_thrown_away(desk: Desk, microphone: Microphone) -> None:
    microphone.samples = silence(4.0)
    page = before_an_interview(desk)
    record(desk, page)
    microphone.samples = a_voice()
    desk.press(KEY.Key_R)
    desk.until(lambda: page.check.phase is Phase.LISTENING)
    assert not microphone.paths[0].parent.exists()
    desk.press(KEY.Key_Space)
    desk.until(lambda: page.check.phase is Phase.DONE)
    assert page.check.checkup.verdict is Verdict.GOOD


def test_an_impatient_second_press_does_nothing(desk: Desk, microphone: Microphone) -> None:
    microphone.may_open.clear()
    page = before_an_interview(desk)
    for _ in range(3):
        desk.press(KEY.Key_Space)
    assert page.check.phase is Phase.OPENING
    microphone.may_open.set()
    desk.until(lambda: page.check.phase is Phase.LISTENING)
    assert len(microphone.paths) == 1


def test_it_ends_by_itself_once_the_sentence_was_read(desk: Desk, microphone: Microphone) -> None:
    page = before_an_interview(desk)
    desk.press(KEY.Key_Space)
    desk.until(lambda: page.check.phase is Phase.LISTENING)
    microphone.length_s, microphone.quiet_s = 5.0, 2.0
    desk.until(lambda: page.check.phase is Phase.DONE)


def test_what_is_wrong_is_told_while_one_speaks(desk: Desk, microphone: Microphone) -> None:
    microphone.warning = "Too loud: your voice is cut off."
    page = before_an_interview(desk)
    desk.press(KEY.Key_Space)
    desk.until(lambda: page.card.warning == microphone.warning)
    desk.press(KEY.Key_Space)
    desk.until(lambda: page.check.phase is Phase.DONE)
    assert page.card.warning == ""


# -- hearing oneself, and devices ------------------------------------------------------------


def test_one_hears_oneself_with_space(desk: Desk, microphone: Microphone) -> None:
    desk.player.duration_s = 60
    page = before_an_interview(desk)
    record(desk, page)
    desk.press(KEY.Key_Space)
    desk.until(lambda: [path for path, *_ in desk.player.played] == microphone.paths)
    assert page.card.result.hear.text() == "Stop"
    desk.press(KEY.Key_Escape)
    assert page.card.result.hear.text() == "Hear yourself"
    assert desk.window.here == "soundcheck"
    assert "choose another output" in page.card.result.question


def test_an_output_that_fails_is_told_in_place(desk: Desk, microphone: Microphone) -> None:
    class Broken(FakePlayer):
        def play(self, *_args: object, **_named: object) -> None:
            raise VoicePrepError("The output is not connected.", "", "Choose another.")

    desk.player = Broken()
    desk.context.rebuild()
    desk.until(lambda: not desk.context.engines.building)
    page = before_an_interview(desk)
    record(desk, page)
    desk.press(KEY.Key_Space)
    desk.until(page.card.problem.isVisible)
    assert "The output is not connected." in page.card.problem.accessibleName()
    assert len(microphone.paths) == 1


def test_another_microphone_is_chosen_here_and_is_the_one_that_is_remembered(
    desk: Desk, microphone: Microphone, microphones: list[devices.Device]
) -> None:
    microphones.append(HEADSET)
    page = before_an_interview(desk)
    select = page.card.lists.microphone
    desk.until(lambda: select.count() == 3)
    record(desk, page)
    select.setCurrentIndex(select.findData(HEADSET.key))
    select.activated.emit(select.currentIndex())
    assert page.check.phase is Phase.READY
    desk.until(lambda: not desk.context.engines.building and page.card.record.hasFocus())
    assert desk.context.settings.microphone == HEADSET.key
    record(desk, page)
    desk.until(lambda: [one.microphone for one in kept(desk)] == [HEADSET.key, MICROPHONE.key])
    assert not microphone.paths[0].parent.exists()


def test_a_microphone_that_is_plugged_in_appears(
    desk: Desk, microphone: Microphone, microphones: list[devices.Device]
) -> None:
    page = before_an_interview(desk)
    desk.until(lambda: page.card.lists.microphone.count() == 2)
    microphones.append(HEADSET)
    page.card.lists.look()
    desk.until(lambda: page.card.lists.microphone.count() == 3)
    assert microphone.paths == []


def test_a_microphone_that_refuses_is_told_and_typing_is_left(
    desk: Desk, microphone: Microphone
) -> None:
    microphone.refusal = VoicePrepError("The microphone is busy.", "", "Close the other app.")
    page = before_an_interview(desk)
    desk.press(KEY.Key_Space)
    desk.until(page.card.problem.isVisible)
    assert "Close the other app." in page.card.problem.accessibleName()
    assert page.check.phase is Phase.READY
    desk.press(KEY.Key_T)
    desk.at(State.THINKING)


def test_a_microphone_that_goes_away_is_told(desk: Desk, microphone: Microphone) -> None:
    page = before_an_interview(desk)
    desk.press(KEY.Key_Space)
    desk.until(lambda: page.check.phase is Phase.LISTENING)
    microphone.problem = VoicePrepError("The microphone went away.", "", "Connect it again.")
    desk.until(page.card.problem.isVisible)
    assert page.check.phase is Phase.READY
    desk.until(lambda: left_over(microphone) == [])


# -- leaving ---------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [Phase.OPENING, Phase.LISTENING, Phase.DONE])
def test_leaving_at_any_moment_leaves_no_sound_and_no_open_microphone(
    desk: Desk, microphone: Microphone, at: Phase
) -> None:
    if at is Phase.OPENING:
        microphone.may_open.clear()
    page = before_an_interview(desk)
    desk.press(KEY.Key_Space)
    desk.until(lambda: page.check.phase in {at, Phase.LISTENING})
    if at is Phase.DONE:
        desk.press(KEY.Key_Space)
        desk.until(lambda: page.check.phase is at)
    desk.window.go("questions")
    assert page.check.phase is Phase.READY
    microphone.may_open.set()
    desk.until(lambda: microphone.paths and left_over(microphone) == [])


def test_esc_stops_listening_first_and_then_goes_back(desk: Desk, microphone: Microphone) -> None:
    page = before_an_interview(desk)
    desk.press(KEY.Key_Space)
    desk.until(lambda: page.check.phase is Phase.LISTENING)
    desk.press(KEY.Key_Escape)
    assert page.check.phase is Phase.READY
    desk.press(KEY.Key_Escape)
    assert desk.window.here == "practice"
    desk.until(lambda: left_over(microphone) == [])


@pytest.mark.usefixtures("microphone")
def test_enter_pressed_twice_still_leads_back(desk: Desk) -> None:
    desk.window.practise(desk.bank, desk.bank.questions[:2])
    before_an_interview(desk)
    desk.qtbot.wait(50)
    desk.press(KEY.Key_Escape)
    assert desk.window.here == "practice"


@pytest.mark.usefixtures("microphone")
def test_tried_out_from_the_settings_it_leads_back_to_them(desk: Desk) -> None:
    desk.window.go("settings")
    desk.window.go("soundcheck")
    page = desk.window.soundcheck_page
    assert not page.skip.isVisible()
    assert not page.type.isVisible()
    record(desk, page)
    assert page.go.text() == "Done"
    desk.press(KEY.Key_Return)
    assert desk.window.here == "settings"
    assert not desk.context.busy


def test_an_interview_that_was_left_alone_is_not_begun_later(
    desk: Desk, microphone: Microphone
) -> None:
    before_an_interview(desk)
    desk.window.go("settings")
    desk.window.go("soundcheck")
    page = desk.window.soundcheck_page
    record(desk, page)
    desk.press(KEY.Key_Return)
    assert desk.window.here == "settings"
    assert not desk.context.busy
    assert len(microphone.paths) == 1
