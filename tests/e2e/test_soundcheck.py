"""The check before the first question, with real sound: each fault of a microphone is told."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from tests.e2e.app import a_running_app
from tests.e2e.ears import RATE_HZ, read
from tests.e2e.person import flite, look_up_question
from tests.e2e.screen import Screen
from tests.e2e.terminal import a_terminal
from tests.sound import Samples, Sound, find_in, wait_until, write_wav
from voiceprep.gui import theme
from voiceprep.speech.soundcheck import SENTENCE
from voiceprep.store.settings import load_settings

pytestmark = [pytest.mark.window, pytest.mark.sound]


class Case(NamedTuple):
    """What is said into the microphone, and what the app should make of it."""

    verdict: str
    said: Samples
    muted: bool = False


def decibels(level_db: float) -> np.float32:
    return np.float32(10 ** (level_db / 20))


def cases(voice: Samples) -> tuple[Case, ...]:
    """The voice as it comes from Flite has about -21 dBFS."""
    room = np.random.default_rng(11).normal(0, 1, len(voice)).astype(np.float32)
    return (
        Case("too quiet", voice * decibels(-28) + room * decibels(-85)),
        Case("clipping", np.clip(voice * decibels(24), -1, 1)),
        Case("noisy", voice + room * decibels(-30)),
        Case("no voice", room * decibels(-45)),
        Case("silent", room * decibels(-80)),
        Case("muted", voice, muted=True),
        Case("good", voice + room * decibels(-65)),
    )


@pytest.fixture
def voice(tmp_path: Path) -> Samples:
    """The sentence, with a moment before and behind it."""
    said = read(flite(SENTENCE, tmp_path / "voice.wav"))
    around = np.zeros(RATE_HZ // 2, np.float32)
    return np.concatenate([around, said, around, around, around, around])


def test_every_fault_of_a_microphone_is_told_and_the_interview_begins_once_all_is_well(
    screen: Screen, sound: Sound, home: Path, tmp_path: Path, voice: Samples
) -> None:
    heard = tmp_path / "heard.wav"
    with a_running_app(home, checks_sound=True, DISPLAY=screen.display) as app:
        look_up_question(app, screen)
        screen.press("Return")
        app.until("sound check: before an interview")
        key = "space"
        for case in cases(voice):
            sound.mute(muted=case.muted)
            screen.press(key)
            app.until("--> listening")
            with sound.speaking(write_wav(tmp_path / "said.wav", case.said)):
                app.until(f"measuring --> done, {case.verdict}:")
            wait_until(lambda good=case.verdict == "good": told(screen) is good)
            screen.keep(tmp_path / f"{case.verdict}.png".replace(" ", "-"))
            key = "r"
        with sound.listening(heard):
            screen.press("space")
            wait_until(lambda: loud(heard), 20)
            wait_until(lambda: not loud(heard, last_s=0.5), 20)
        screen.press("Return")
        app.until("idle --begin--> asking")
        screen.press("ctrl+q")
        assert app.ended() == 0
        app.leaves_nothing_behind()
    assert "ERROR" not in app.log
    assert sounds_like(read(heard), voice)
    [checked] = load_settings(home / "data" / "settings.json").checked
    assert checked.good
    assert list(home.rglob("*.wav")) == []


def test_the_terminal_listens_before_the_first_question(
    sound: Sound, home: Path, tmp_path: Path, voice: Samples
) -> None:
    spoken = write_wav(tmp_path / "said.wav", voice)
    with a_terminal(home, "practice", "--count", "1", "--silent") as terminal:
        terminal.until("skip:")
        terminal.type("\n")
        terminal.until("Read it now")
        with sound.speaking(spoken):
            terminal.until("You are heard well.")
        terminal.until("go on:")
        terminal.type("\n")
        terminal.until("Question 1 of 1")
        terminal.until("quit:")
        terminal.type("q\n")
        assert terminal.ended() == 0
    [checked] = load_settings(home / "data" / "settings.json").checked
    assert checked.good
    assert list(home.rglob("*.wav")) == []


def sounds_like(heard: Samples, voice: Samples) -> bool:
    """Whether one hears oneself; a busy machine leaves gaps, so that one second of it is enough."""
    said = voice[RATE_HZ // 2 : -2 * RATE_HZ]
    pieces = [said[at : at + RATE_HZ] for at in range(0, len(said) - RATE_HZ, RATE_HZ // 2)]
    return max(find_in(heard, piece)[0] for piece in pieces) > 0.9


def told(screen: Screen) -> bool | None:
    """Whether the screen says that all is well: by a warning sign, or by the way on in accent."""
    colours = screen.colours()
    if np.count_nonzero(colours[380:480] == int(theme.LIGHT.alert[1:], 16)) > 30:
        return False
    way_on = np.count_nonzero(colours[660:] == int(theme.LIGHT.accent[1:], 16)) > 5000
    return True if way_on else None


def loud(path: Path, last_s: float | None = None) -> bool:
    """Whether something is to be heard in a growing file, at its end or anywhere."""
    if not path.exists():
        return False
    raw = np.fromfile(path, "<i2", offset=44)
    part = raw if last_s is None else raw[-round(last_s * RATE_HZ) :]
    return bool(len(part)) and int(np.abs(part).max()) > 300
