import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from voiceprep.gui import icons, theme
from voiceprep.gui.widgets.buttons import Button, Chip, Choice
from voiceprep.gui.widgets.layout import flow_box
from voiceprep.gui.widgets.picker import Stepper
from voiceprep.gui.widgets.ring import Ring
from voiceprep.gui.widgets.room.timer import AnswerTimer
from voiceprep.gui.widgets.soundcheck.level import LevelMeter
from voiceprep.gui.widgets.waveform import LiveWaveform, loudness
from voiceprep.interview.sound import SoundLevels
from voiceprep.resources import asset


def shown(qtbot: QtBot, widget: QWidget, width: int = 400, height: int = 100) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
        widget.activateWindow()
    return widget


def share_of(widget: QWidget, token: str) -> float:
    """How much of a widget is painted in a colour of the theme."""
    picture = widget.grab().toImage()
    wanted = QColor(getattr(theme.tokens(), token))
    pixels = [
        picture.pixelColor(x, y) == wanted
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    ]
    return sum(pixels) / len(pixels)


# -- ring ------------------------------------------------------------------------------------


def test_a_ring_says_its_number(qtbot: QtBot) -> None:
    ring = Ring()
    shown(qtbot, ring)
    ring.set_value(62.4)
    assert ring.accessibleName() == "Coverage: 62 per cent"
    qtbot.waitUntil(lambda: ring.shown == 62.4)


def test_a_ring_without_a_score_says_so_and_invents_none(qtbot: QtBot) -> None:
    ring = Ring()
    shown(qtbot, ring)
    ring.set_value(None)
    assert ring.accessibleName() == "Coverage: not scored"
    assert share_of(ring, "accent") == 0


def test_a_fuller_ring_is_drawn_fuller(qtbot: QtBot) -> None:
    ring = Ring()
    shown(qtbot, ring)
    shares = []
    for value in (10, 50, 100):
        ring.set_value(value, animate=False)
        shares.append(share_of(ring, "accent"))
    assert shares == sorted(shares)
    assert shares[0] > 0


# -- sound -----------------------------------------------------------------------------------


@given(st.floats(-200, 50))
def test_loudness_is_a_share(level_dbfs: float) -> None:
    assert 0 <= loudness(level_dbfs) <= 1


def test_silence_is_flat_and_full_scale_is_full() -> None:
    assert loudness(-90) == 0
    assert loudness(0) == 1


def test_a_live_waveform_draws_what_it_hears(qtbot: QtBot) -> None:
    wave = LiveWaveform()
    shown(qtbot, wave)
    assert share_of(wave, "accent") == 0
    for _ in range(200):
        wave.add_level(-6)
    assert share_of(wave, "accent") > 0.1
    wave.set_asleep(asleep=True)
    assert share_of(wave, "accent") == 0
    wave.clear()
    assert wave.levels == ()


def test_a_meter_lights_up_and_warns_when_it_is_too_loud(qtbot: QtBot) -> None:
    meter = LevelMeter()
    shown(qtbot, meter, 640, 70)
    dark = share_of(meter, "accent")
    meter.set_level(-30)
    assert share_of(meter, "accent") > dark
    assert share_of(meter, "alert") == 0
    meter.set_level(0)
    assert share_of(meter, "alert") > 0
    meter.clear()
    assert share_of(meter, "accent") == dark


def test_a_meter_shows_where_voice_and_room_are(qtbot: QtBot) -> None:
    meter = LevelMeter()
    shown(qtbot, meter, 640, 70)
    dark = share_of(meter, "accent")
    meter.show_result(SoundLevels(5.0, 4.0, speech_dbfs=-24.4, noise_dbfs=-62.0))
    assert meter.accessibleDescription() == "room \u221262 dB, your voice \u221224 dB"
    assert share_of(meter, "accent") > dark
    assert share_of(meter, "alert") == 0
    meter.show_result(SoundLevels(5.0, 0.0, speech_dbfs=-90.0, noise_dbfs=-90.0))
    assert meter.accessibleDescription() == "room \u221290 dB"
    meter.clear()
    assert meter.accessibleDescription() == ""


def test_the_timer_tells_its_time_and_stays_inside_its_bar(qtbot: QtBot) -> None:
    timer = AnswerTimer()
    shown(qtbot, timer)
    timer.set_target(60, 120)
    timer.set_elapsed(75, recording=True)
    assert timer.accessibleDescription() == "1:15"
    half = share_of(timer, "accent")
    timer.set_elapsed(600, recording=True)
    assert share_of(timer, "accent") > half
    assert share_of(timer, "alert") > 0
    timer.set_elapsed(600, recording=False)
    assert share_of(timer, "alert") == 0


# -- controls --------------------------------------------------------------------------------


def test_return_presses_a_button_as_space_does(qtbot: QtBot) -> None:
    button = Button("Go", key="G")
    shown(qtbot, button)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert pressed == [1, 1]


def test_a_button_names_its_key_and_follows_its_text(qtbot: QtBot) -> None:
    button = Button("Pause", icon="pause", key="P", help_text="Pause for a while")
    shown(qtbot, button)
    assert button.toolTip() == "Pause for a while (P)"
    button.setText("Go on")
    assert button.accessibleName() == "Go on"
    assert button.toolTip() == "Go on (P)"


def test_focus_is_seen_once_the_keyboard_is_used(qtbot: QtBot) -> None:
    box = flow_box(Button("One"), Button("Two"))
    shown(qtbot, box)
    first, second = box.findChildren(Button)
    before = share_of(second, "text")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second
    assert share_of(second, "text") > before


def test_a_chip_is_chosen_by_keyboard_and_says_its_count(qtbot: QtBot) -> None:
    chip = Chip("Basics", 1)
    shown(qtbot, chip)
    assert chip.accessibleName() == "Basics, 1 question"
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert chip.isChecked()


def test_a_choice_has_one_value_and_tells_only_the_person_s(qtbot: QtBot) -> None:
    choice = Choice("Order", [("a", "First"), ("b", "Second")], "a")
    shown(qtbot, choice)
    told: list[str] = []
    choice.changed.connect(told.append)
    choice.set_value("b")
    assert (choice.value, told) == ("b", [])
    choice.buttons["a"].click()
    assert (choice.value, told) == ("a", ["a"])
    assert choice.buttons["b"].accessibleName() == "Order: Second"


def test_a_stepper_stops_at_its_ends(qtbot: QtBot) -> None:
    stepper = Stepper("How many", "One less", "One more")
    shown(qtbot, stepper)
    stepper.set_most(2)
    less, more = stepper.findChildren(Button)
    assert stepper.value == 2
    assert not more.isEnabled()
    QTest.mouseClick(less, Qt.MouseButton.LeftButton)
    assert stepper.value == 1
    assert not less.isEnabled()
    QTest.keyClick(stepper.spin, Qt.Key.Key_Up)
    assert stepper.value == 2


def test_chips_wrap_when_there_is_no_room(qtbot: QtBot) -> None:
    box = flow_box(*(Chip(f"Category {number}", number) for number in range(6)))
    shown(qtbot, box, 1200)
    wide = box.layout().heightForWidth(1200)
    narrow = box.layout().heightForWidth(200)
    assert narrow > 3 * wide


# -- icons -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in asset("icons").glob("*.svg")), ids=str
)
def test_every_icon_draws_something_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    assert qapp
    picture = QImage(48, 48, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    icons.paint(painter, name, QRectF(0, 0, 48, 48), QColor("#0b6b5f"))
    painter.end()
    colours = {picture.pixelColor(x, y).name() for x in range(48) for y in range(48)}
    assert "#0b6b5f" in colours


def test_the_app_has_an_icon_in_the_usual_sizes(desk: Desk) -> None:
    assert desk
    sizes = {size.width() for size in icons.app_icon().availableSizes()}
    assert {16, 32, 48, 256} <= sizes
