from pathlib import Path

import pytest

from tests.gui.conftest import Desk
from voiceprep.errors import VoicePrepError
from voiceprep.store.paths import user_folders
from voiceprep.store.settings import load_settings

REFUSED = VoicePrepError("The history cannot be opened.", "It is locked.", "Close the other one.")


def test_a_changed_setting_is_told_and_kept(desk: Desk) -> None:
    told: list[int] = []
    desk.context.settings_changed.connect(lambda: told.append(1))
    desk.context.change_settings(rate_wpm=140)
    assert desk.context.settings.rate_wpm == 140
    assert told == [1]
    path = user_folders().settings
    desk.until(lambda: path.exists() and load_settings(path).rate_wpm == 140)


def test_setting_what_is_already_set_changes_nothing(desk: Desk) -> None:
    told: list[int] = []
    desk.context.settings_changed.connect(lambda: told.append(1))
    desk.context.change_settings(theme=desk.context.settings.theme)
    assert told == []


def test_a_value_that_makes_no_sense_is_refused(desk: Desk) -> None:
    with pytest.raises(ValueError, match="rate_wpm"):
        desk.context.change_settings(rate_wpm=9000)
    assert desk.context.settings.rate_wpm == 165


def test_settings_that_cannot_be_kept_are_told_above_the_page(desk: Desk, home: Path) -> None:
    home.write_text("a file where the folder should be")
    desk.context.change_settings(theme="dark")
    desk.until(desk.window.notice.isVisible)
    assert desk.context.settings.theme == "dark"


def test_other_engines_are_built_when_their_settings_change(desk: Desk) -> None:
    desk.ready()
    before = desk.context.toolbox
    desk.context.change_settings(microphone="Headset (ALSA)")
    desk.until(lambda: desk.context.toolbox is not before and not desk.context.engines.building)
    assert desk.built[-1].microphone == "Headset (ALSA)"
    desk.until(lambda: desk.transcriber.closed)


def test_the_theme_needs_no_other_engines(desk: Desk) -> None:
    desk.ready()
    desk.context.change_settings(theme="dark", read_aloud=False)
    assert len(desk.built) == 1


def test_engines_are_not_exchanged_during_an_interview_but_after_it(desk: Desk) -> None:
    room = desk.interview()
    desk.context.change_settings(voice="another")
    assert len(desk.built) == 1
    room.conductor.finish()
    desk.until(lambda: len(desk.built) == 2)
    assert desk.built[-1].voice == "another"


def test_the_last_of_several_quick_changes_counts(desk: Desk) -> None:
    desk.ready()
    for rate in (100, 120, 140):
        desk.context.change_settings(rate_wpm=rate)
    desk.until(lambda: desk.built[-1].rate_wpm == 140 and not desk.context.engines.building)


def test_engines_that_cannot_be_built_say_why(desk: Desk) -> None:
    desk.refusal = REFUSED
    desk.context.build_toolbox()
    desk.until(lambda: desk.context.engines.problem is REFUSED)
    assert desk.context.toolbox is None


def test_a_mistake_of_ours_while_building_reaches_the_dialog(desk: Desk) -> None:
    desk.refusal = RuntimeError("a bug")
    desk.context.build_toolbox()
    desk.until(lambda: desk.context.engines.problem is not None)
    assert [str(error) for error in desk.unexpected] == ["a bug"]
    desk.unexpected.clear()


def test_a_recogniser_that_cannot_be_loaded_leaves_the_rest_usable(desk: Desk) -> None:
    desk.transcriber.error = VoicePrepError("The model is damaged.", "", "Import it again.")
    desk.ready()
    assert desk.context.engines.recogniser_problem is desk.transcriber.error
    assert desk.context.toolbox is not None
    assert desk.practice.why_not() == ""
