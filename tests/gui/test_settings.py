from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider

from tests.gui.conftest import MICROPHONE, Desk
from tests.gui.looks import clipped, nameless, texts, unreachable
from voiceprep.errors import VoicePrepError
from voiceprep.gui import theme
from voiceprep.gui.pages.settings import SettingsPage
from voiceprep.gui.widgets.settings.about_section import COMPONENTS, components
from voiceprep.gui.widgets.settings.voice_section import SAMPLE
from voiceprep.speech import devices, speaker
from voiceprep.speech.speaker import Voice
from voiceprep.speech.transcribers import overview
from voiceprep.speech.transcribers.models import Model
from voiceprep.store.settings import load_settings

KEY = Qt.Key
OUTPUT = devices.Device("Headphones", "ALSA", 2, 48_000, is_default=True)
VOICES = (Voice("de", "German", "de"), Voice("en-gb", "English (Great Britain)", "en-gb"))
NO_PORTAUDIO = VoicePrepError("PortAudio is missing.", "", "Install libportaudio2.")
NOT_WHOLE = VoicePrepError("It is no whole model.", "model.bin is missing.", "Get it again.")


def a_model(name: str, folder: Path) -> Model:
    return Model(name, folder / name, 145_000_000)


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> list[Model]:
    """The models that are installed; a test may add to them."""
    found: list[Model] = []
    monkeypatch.setattr(overview, "installed", lambda _folder: tuple(found))
    return found


@pytest.fixture
def page(desk: Desk, models: list[Model], monkeypatch: pytest.MonkeyPatch) -> SettingsPage:  # noqa: ARG001 - no real ones
    """The settings with all its lists loaded."""
    monkeypatch.setattr(devices, "outputs", lambda: (OUTPUT,))
    monkeypatch.setattr(speaker, "voices", lambda: VOICES)
    return opened(desk)


def opened(desk: Desk) -> SettingsPage:
    desk.ready().window.go("settings")
    page = desk.window.settings_page
    desk.until(lambda: page.voice.voice.count() > 1 and page.sound.refresh.isEnabled())
    return page


def kept(desk: Desk):
    """The settings as a new start of the app would find them."""
    return load_settings(desk.context.folders.settings)


def choose(select, text: str) -> None:
    """Choose an entry as a person does."""
    select.setCurrentIndex(select.findText(text))
    select.activated.emit(select.currentIndex())


def entries(select) -> list[str]:
    return [select.itemText(number) for number in range(select.count())]


# -- looks and lengths -----------------------------------------------------------------------


def test_the_theme_changes_at_once_and_is_kept(desk: Desk, page: SettingsPage) -> None:
    dark = next(
        one for one in page.appearance.theme.children() if getattr(one, "text", str)() == "Dark"
    )
    QTest.mouseClick(dark, Qt.MouseButton.LeftButton)
    assert theme.tokens() is theme.DARK
    desk.until(lambda: kept(desk).theme == "dark")
    desk.context.change_settings(theme="light")  # with the button of the rail
    assert page.appearance.theme.value == "light"


def test_the_band_of_lengths_never_turns_over(desk: Desk, page: SettingsPage) -> None:
    page.length.least.spin.setValue(200)
    assert page.length.most.value == 210
    desk.until(lambda: (kept(desk).target_min_s, kept(desk).target_max_s) == (200, 210))
    page.length.most.spin.setValue(100)
    assert page.length.least.value == 90
    desk.until(lambda: (kept(desk).target_min_s, kept(desk).target_max_s) == (90, 100))


# -- voice -----------------------------------------------------------------------------------


def test_a_voice_is_chosen_from_those_of_this_machine(desk: Desk, page: SettingsPage) -> None:
    names = entries(page.voice.voice)
    assert names == ["Default English voice", "English (Great Britain) · en-gb", "German · de"]
    choose(page.voice.voice, names[1])
    assert desk.context.settings.voice == "en-gb"
    desk.until(lambda: kept(desk).voice == "en-gb")


def test_the_speed_is_shown_and_kept_when_the_slider_rests(desk: Desk, page: SettingsPage) -> None:
    page.voice.rate.setFocus()
    built = len(desk.built)
    for _ in range(3):
        desk.press(KEY.Key_Right)
    assert "180 wpm" in texts(page)
    assert desk.context.settings.rate_wpm == 165
    desk.until(lambda: kept(desk).rate_wpm == 180)
    desk.until(lambda: len(desk.built) == built + 1)


def test_the_test_speaks_with_the_voice_as_it_is_now(desk: Desk, page: SettingsPage) -> None:
    page.voice.rate.setValue(200)
    QTest.mouseClick(page.voice.test, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.speaker.said == [SAMPLE])
    assert desk.built[-1].rate_wpm == 200
    desk.until(lambda: page.voice.test.text() == "Test the voice")


def test_the_test_can_be_stopped(desk: Desk, page: SettingsPage) -> None:
    desk.speaker.duration_s = 60
    QTest.mouseClick(page.voice.test, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.speaker.said)
    assert page.voice.test.text() == "Stop"
    QTest.mouseClick(page.voice.test, Qt.MouseButton.LeftButton)
    assert page.voice.test.text() == "Test the voice"
    QTest.mouseClick(page.voice.test, Qt.MouseButton.LeftButton)
    desk.until(lambda: len(desk.speaker.said) == 2)
    desk.window.go("review")
    assert page.voice.test.text() == "Test the voice"


def test_a_voice_that_fails_says_why(desk: Desk, page: SettingsPage) -> None:
    desk.speaker.error = VoicePrepError("No voice was found.", "", "Install eSpeak.")
    QTest.mouseClick(page.voice.test, Qt.MouseButton.LeftButton)
    desk.until(lambda: "No voice was found." in texts(page))
    assert page.voice.test.text() == "Test the voice"


def test_reading_aloud_is_switched_off(desk: Desk, page: SettingsPage) -> None:
    off = next(one for one in page.voice.aloud.children() if getattr(one, "text", str)() == "Off")
    QTest.mouseClick(off, Qt.MouseButton.LeftButton)
    desk.until(lambda: kept(desk).read_aloud is False)


# -- devices ---------------------------------------------------------------------------------


def test_microphone_and_output_are_remembered_by_name(desk: Desk, page: SettingsPage) -> None:
    assert entries(page.sound.microphone) == ["The system's default", "Desk Microphone (ALSA)"]
    choose(page.sound.microphone, "Desk Microphone (ALSA)")
    choose(page.sound.output, "Headphones (ALSA)")
    desk.until(lambda: kept(desk).microphone == MICROPHONE.key)
    desk.until(lambda: kept(desk).output == OUTPUT.key)


def test_a_microphone_that_is_gone_stays_chosen_and_says_so(
    desk: Desk, page: SettingsPage, microphones: list[devices.Device]
) -> None:
    choose(page.sound.microphone, "Desk Microphone (ALSA)")
    microphones.clear()
    QTest.mouseClick(page.sound.refresh, Qt.MouseButton.LeftButton)
    desk.until(lambda: "No microphone was found." in texts(page))
    assert page.sound.microphone.currentText() == "Desk Microphone (ALSA), not connected"
    microphones.append(MICROPHONE)
    QTest.mouseClick(page.sound.refresh, Qt.MouseButton.LeftButton)
    desk.until(lambda: "No microphone was found." not in texts(page))
    assert page.sound.microphone.currentText() == "Desk Microphone (ALSA)"


def test_without_portaudio_the_page_says_what_to_install(
    desk: Desk, page: SettingsPage, microphones: list
) -> None:
    microphones[:] = [NO_PORTAUDIO]
    QTest.mouseClick(page.sound.refresh, Qt.MouseButton.LeftButton)
    desk.until(lambda: "Install libportaudio2." in texts(page))
    assert page.sound.refresh.isEnabled()


def test_the_sound_can_be_checked_from_here_and_back(desk: Desk, page: SettingsPage) -> None:
    QTest.mouseClick(page.sound.check, Qt.MouseButton.LeftButton)
    assert desk.window.here == "soundcheck"
    desk.press(KEY.Key_Escape)
    assert desk.window.here == "settings"


def test_the_check_before_an_interview_is_switched_off(desk: Desk, page: SettingsPage) -> None:
    desk.context.change_settings(sound_check=True)
    assert page.sound.checks.value == "on"
    page.sound.checks.buttons["off"].click()
    desk.until(lambda: kept(desk).sound_check is False)


# -- recogniser ------------------------------------------------------------------------------


def test_without_a_model_the_basic_recogniser_is_explained(page: SettingsPage) -> None:
    assert entries(page.recogniser.choice) == [
        "Best there is (basic recogniser)",
        "Basic recogniser (PocketSphinx)",
    ]
    said = texts(page)
    assert "The basic recogniser is built in and works at once" in said
    assert "only when you press the button" in said


def test_a_model_is_chosen(
    desk: Desk, page: SettingsPage, models: list[Model], tmp_path: Path
) -> None:
    models.append(a_model("base.en", tmp_path))
    page.recogniser.load()
    desk.until(lambda: page.recogniser.choice.count() == 3)
    assert page.recogniser.choice.currentText() == "Best there is (Whisper base.en)"
    choose(page.recogniser.choice, "Whisper base.en (145 MB)")
    desk.until(lambda: (kept(desk).engine, kept(desk).model) == ("whisper", "base.en"))
    choose(page.recogniser.choice, "Basic recogniser (PocketSphinx)")
    desk.until(lambda: (kept(desk).engine, kept(desk).model) == ("pocketsphinx", ""))


def test_a_model_that_is_gone_stays_chosen_and_says_so(desk: Desk, page: SettingsPage) -> None:
    desk.context.change_settings(engine="whisper", model="base.en")
    page.recogniser.load()
    gone = "Whisper base.en, not found"
    desk.until(lambda: page.recogniser.choice.currentText() == gone)


def test_a_folder_that_is_no_model_says_what_is_missing(
    desk: Desk, page: SettingsPage, tmp_path: Path
) -> None:
    page.recogniser.import_model(tmp_path)  # the real import, of an empty folder
    desk.until(lambda: f"{tmp_path} is no complete Whisper model." in texts(page))
    assert "model.bin" in texts(page)
    assert page.recogniser.add.isEnabled()
    assert not page.recogniser.models.copying.isVisible()


def test_a_recogniser_that_does_not_load_says_why(desk: Desk, page: SettingsPage) -> None:
    desk.transcriber.error = NOT_WHOLE
    desk.context.rebuild()
    desk.until(lambda: "It is no whole model." in texts(page))
    desk.transcriber.error = None
    desk.context.rebuild()
    desk.until(lambda: "It is no whole model." not in texts(page))


# -- data and about --------------------------------------------------------------------------


def test_the_data_folder_is_shown_and_opened(
    desk: Desk, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()) or True
    )
    folder = desk.context.folders.data
    assert str(folder) in texts(page)
    QTest.mouseClick(page.data.open, Qt.MouseButton.LeftButton)
    desk.until(lambda: shown == [str(folder)])
    assert folder.is_dir()


def test_a_desktop_without_a_file_manager_is_told_where_to_look(
    desk: Desk, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    QTest.mouseClick(page.data.open, Qt.MouseButton.LeftButton)
    desk.until(lambda: "The folder could not be opened." in texts(page))


def test_about_names_version_promise_and_licences(desk: Desk, page: SettingsPage) -> None:
    said = texts(page)
    assert "VoicePrep 0." in said
    assert "Everything works offline." in said
    assert "reconstructed" in said
    page.about.licences.set_open(True)
    desk.until(lambda: "ctranslate2" in texts(page))
    assert "GPL-3.0-or-later (eSpeak NG)" in texts(page)


def test_every_component_has_a_version_and_a_licence() -> None:
    found = components()
    assert len(found) == len(COMPONENTS)
    assert all(version and licence for _, version, licence in found)
    assert "see its package" not in [licence for _, _, licence in found]


# -- as a whole ------------------------------------------------------------------------------


def test_during_an_interview_the_page_says_when_changes_count(
    desk: Desk, page: SettingsPage
) -> None:
    assert "An interview is under way" not in texts(page)
    desk.context.set_busy(True)
    assert "An interview is under way" in texts(page)
    desk.context.set_busy(False)


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640), (960, 600)])
def test_nothing_is_cut_off(desk: Desk, page: SettingsPage, size: tuple[int, int]) -> None:
    desk.window.resize(*size)
    page.about.licences.set_open(True)
    desk.until(lambda: "ctranslate2" in texts(page))
    desk.qtbot.wait(50)
    assert clipped(page) == []
    assert nameless(page) == []
    assert unreachable(page) == []


def test_a_microphone_that_is_plugged_in_appears_by_itself(
    desk: Desk, page: SettingsPage, microphones: list[devices.Device]
) -> None:
    headset = devices.Device("Headset", "ALSA", 1, 48_000, is_default=False)
    microphones.append(headset)
    page.sound.lists._watch.timer.setInterval(20)
    desk.until(lambda: page.sound.microphone.findData(headset.key) > 0)


def test_a_value_that_was_written_into_the_file_by_hand_is_left_alone(desk: Desk) -> None:
    desk.context.change_settings(limit_s=75)
    page = opened(desk)
    assert page.moment.limit.value == ""
    QTest.mouseClick(page.moment.limit.buttons["120"], Qt.MouseButton.LeftButton)
    assert desk.context.settings.limit_s == 120
    assert page.moment.limit.value == "120"


@pytest.mark.parametrize(("button", "section"), [("change", "sound"), ("better", "recogniser")])
def test_the_practice_page_leads_to_the_section_that_it_speaks_of(
    desk: Desk, models: list[Model], button: str, section: str
) -> None:
    desk.ready()
    desk.window.resize(1024, 640)
    practice = desk.practice
    practice.entered()
    lead = getattr(practice.equipment, button)
    desk.until(lead.isVisible)
    lead.click()
    page = desk.window.settings_page
    wanted = getattr(page, section)
    desk.until(lambda: 0 <= wanted.mapTo(page, wanted.rect().topLeft()).y() < 40)
    models.append(a_model("base.en", Path("/models")))  # lists grow and push it about
    page.recogniser.load()
    desk.until(lambda: page.recogniser.choice.count() > 2)
    desk.until(lambda: 0 <= wanted.mapTo(page, wanted.rect().topLeft()).y() < 40)
    page.area.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
    page.recogniser.load()
    assert page.area.verticalScrollBar().value() == 0
