"""Words appear while one speaks, and a recogniser that dies meanwhile costs none of them."""

import os
import re
import signal
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.app import a_running_app, recognisers
from tests.e2e.person import ANSWER, finish_and_quit, flite, look_up_question
from tests.e2e.screen import Screen
from tests.e2e.test_spoken_interview import assert_transcript, assert_verdicts
from tests.sound import Sound, quiet, read_wav, wait_until, write_wav
from voiceprep.interview.records import AttemptStatus
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders

pytestmark = [pytest.mark.window, pytest.mark.sound]


def test_words_appear_while_one_speaks_also_when_the_recogniser_is_killed(
    screen: Screen, sound: Sound, home: Path, tmp_path: Path
):
    sentences = re.findall(r"[^.]+\.", ANSWER)
    spoken = [with_a_pause(flite(text, tmp_path / "said.wav")) for text in sentences]
    with a_running_app(home, DISPLAY=screen.display) as app:
        look_up_question(app, screen)
        screen.press("Return")
        app.until("asking --asked--> thinking")
        screen.press("space")
        app.until("thinking --record--> recording")
        before = dark_pixels(screen)
        sound.speak_into_microphone(spoken[0])
        app.until("while it is spoken")
        with app.explaining("waited for the caption on the screen"):
            wait_until(lambda: dark_pixels(screen) > before + 300)
        screen.keep(tmp_path / "captions.png")
        [recogniser] = recognisers(app)
        os.kill(recogniser, signal.SIGKILL)
        sound.speak_into_microphone(spoken[1])
        app.until("while it is spoken")
        sound.speak_into_microphone(spoken[2])
        screen.press("space")
        app.until("recording --stop--> transcribing")
        app.until("transcribing --judged--> reviewing")
        finish_and_quit(app, screen)

    assert "Traceback" not in app.log
    [session] = SqliteHistory(user_folders()).sessions()
    [attempt] = session.attempts
    assert attempt.status is AttemptStatus.ASSESSED
    assert_transcript(attempt)
    assert_verdicts(attempt)


def with_a_pause(wav: Path) -> Path:
    """The same with two seconds of silence behind it, in a file of its own."""
    samples, rate_hz = read_wav(wav)
    path = wav.with_name(f"{len(samples)}.wav")
    return write_wav(path, np.concatenate([samples, quiet(2.0, rate_hz)]), rate_hz)


def dark_pixels(screen: Screen) -> int:
    """How much text is in the lower half of the window, where the captions are."""
    part = screen.colours()[300:620, 300:1200]
    return int(np.count_nonzero((part & 0xFF) < 0x60))
