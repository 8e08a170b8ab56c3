"""Headphones and microphones that go away in the middle of an interview do not end it."""

from pathlib import Path

import numpy as np
import pytest

from tests.e2e.app import App, a_running_app
from tests.e2e.ears import seconds_loud
from tests.e2e.person import (
    ANSWER,
    answer_aloud,
    finish_and_quit,
    flite,
    look_up_question,
    wait_for_result,
)
from tests.e2e.screen import Screen
from tests.e2e.test_breaking_off import newest_samples
from tests.sound import Sound, read_wav, wait_until
from voiceprep.gui import theme
from voiceprep.interview.records import AttemptStatus
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders
from voiceprep.store.settings import Settings, save_settings

pytestmark = pytest.mark.sound

WENT_AWAY = "The sound output Headphones went away."


@pytest.fixture
def headphones(sound: Sound) -> Sound:
    """Headphones beside the loudspeaker, chosen in the settings."""
    sound.connect("headphones")
    sound.name_devices(Headphones="headphones")
    save_settings(user_folders().settings, Settings(output="Headphones (ALSA)"))
    return sound


def pull_out_while_they_speak(headphones: Sound, app: App, heard: Path) -> None:
    """Wait until the question is heard, and unplug."""
    with headphones.listening(heard, "headphones"):
        app.until("--> asking")
        with app.explaining("waited for the question to be heard"):
            wait_until(lambda: seconds_loud(newest_samples(heard)) > 0.3)
        headphones.disconnect("headphones")
        app.until(WENT_AWAY)
        app.until("asking --asked--> thinking")


@pytest.mark.window
def test_headphones_that_are_pulled_out_while_a_question_is_read(
    screen: Screen, headphones: Sound, home: Path, tmp_path: Path
):
    with a_running_app(home, DISPLAY=screen.display) as app:
        look_up_question(app, screen)
        screen.press("Return")
        pull_out_while_they_speak(headphones, app, tmp_path / "asked.wav")
        screen.keep(tmp_path / "told.png")
        with headphones.listening(tmp_path / "again.wav"):
            screen.press("r")
            app.until("thinking --ask--> asking (repeat)")
            app.until("asking --asked--> thinking")
        answer_aloud(app, screen, headphones, flite(ANSWER, tmp_path / "answer.wav"))
        app.until("transcribing --judged--> reviewing")
        wait_for_result(app, screen)
        finish_and_quit(app, screen)

    assert "Traceback" not in app.log
    assert seconds_loud(*read_wav(tmp_path / "again.wav")) > 2.0  # on the loudspeaker, whole
    assert the_status() is AttemptStatus.ASSESSED


@pytest.mark.window
def test_headphones_that_are_pulled_out_while_a_recording_is_played(
    screen: Screen, headphones: Sound, home: Path, tmp_path: Path
):
    with a_running_app(home, DISPLAY=screen.display) as app:
        look_up_question(app, screen)
        screen.press("Return")
        app.until("asking --asked--> thinking")
        answer_aloud(app, screen, headphones, flite(ANSWER, tmp_path / "answer.wav"))
        app.until("transcribing --judged--> reviewing")
        wait_for_result(app, screen)
        with headphones.listening(tmp_path / "heard.wav", "headphones"):
            screen.press("p")
            with app.explaining("waited for the recording to be heard"):
                wait_until(lambda: seconds_loud(newest_samples(tmp_path / "heard.wav")) > 0.3)
            before = screen.colours()
            headphones.disconnect("headphones")
            with app.explaining("waited for the message"):
                wait_until(lambda: alerts(screen.colours()) > alerts(before) + 2000)
        screen.keep(tmp_path / "told.png")
        with headphones.listening(tmp_path / "again.wav"):
            screen.press("p")
            with app.explaining("waited for the recording on the loudspeaker"):
                wait_until(lambda: seconds_loud(newest_samples(tmp_path / "again.wav")) > 2.0)
        screen.press("ctrl+q")
        assert app.ended() == 0
        app.leaves_nothing_behind()
    assert "Traceback" not in app.log


def test_headphones_that_are_pulled_out_in_the_terminal(
    headphones: Sound, home: Path, tmp_path: Path
):
    questions = ("--question", "beginner-01", "--question", "beginner-02")
    with a_running_app(home, "practice", *questions, types=True) as app:
        pull_out_while_they_speak(headphones, app, tmp_path / "asked.wav")
        with headphones.listening(tmp_path / "next.wav"):
            app.type("n")
            app.until("thinking --ask--> asking (next)")
            app.until("asking --asked--> thinking")
        app.type("t")
        app.type(ANSWER)
        app.type("")
        app.until("transcribing --judged--> reviewing")
        app.type("")
        assert app.ended() == 0
        app.leaves_nothing_behind()

    printed = " ".join(app.printed.split())
    assert printed.count(WENT_AWAY) == 1
    assert "Read the question on the screen and answer as usual." in printed
    assert "Question 2 of 2" in printed
    assert seconds_loud(*read_wav(tmp_path / "next.wav")) > 2.0  # on the loudspeaker
    assert the_status() is AttemptStatus.ASSESSED


def the_status() -> AttemptStatus:
    [session] = SqliteHistory(user_folders()).sessions()
    [attempt] = session.attempts
    return attempt.status


def alerts(colours: np.ndarray) -> int:
    """How much of the screen is in the ground of an alarming message."""
    return int(np.count_nonzero(colours == int(theme.LIGHT.alert_soft[1:], 16)))
