"""A loud room, with real sound: noise alone gets no score, a voice in noise a doubtful one."""

from pathlib import Path

import numpy as np
import pytest

from tests.e2e.app import a_running_app
from tests.e2e.ears import RATE_HZ
from tests.e2e.person import ANSWER, answer_aloud, finish_and_quit, flite, look_up_question
from tests.e2e.screen import Screen
from tests.sound import Samples, Sound, wait_until, write_wav
from voiceprep.gui import theme
from voiceprep.interview.records import Attempt, AttemptStatus
from voiceprep.interview.sound_verdict import Grade
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders

pytestmark = [pytest.mark.window, pytest.mark.sound]

LOUD_DBFS = -40.0
"""Some 21 dB below Flite's voice, once the microphone has left out what is above 8 kHz."""


def fan(level_dbfs: float, length_s: float = 60.0) -> Samples:
    """Pink noise."""
    count = round(length_s * RATE_HZ)
    spectrum = np.fft.rfft(np.random.default_rng(3).normal(size=count))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 1))
    noise = np.fft.irfft(spectrum, count)
    return (noise / np.std(noise) * 10 ** (level_dbfs / 20)).astype(np.float32)


def warned(screen: Screen, tone: str) -> bool:
    """Whether the sign and its words are on the screen, where the card of the sound is."""
    colours = screen.colours()[200:420, 200:800]
    return np.count_nonzero(colours == int(getattr(theme.LIGHT, tone)[1:], 16)) > 100


def assert_noise(attempt: Attempt) -> None:
    assert attempt.sound is not None
    assert attempt.sound.grade is Grade.UNUSABLE
    assert attempt.sound.reason == "No voice was heard, only the room."
    assert attempt.status is AttemptStatus.ASSESSED
    assert attempt.standing is None
    assert attempt.recording is not None
    assert attempt.recording.path.is_file()


def test_noise_alone_has_no_score_and_a_voice_in_noise_a_doubtful_one(
    screen: Screen, sound: Sound, home: Path, tmp_path: Path
) -> None:
    noise = write_wav(tmp_path / "fan.wav", fan(LOUD_DBFS))
    alone = write_wav(tmp_path / "alone.wav", fan(LOUD_DBFS, 4.0))
    spoken = flite(ANSWER, tmp_path / "answer.wav")
    with a_running_app(home, DISPLAY=screen.display) as app:
        look_up_question(app, screen)
        screen.press("Return")
        app.until("asking --asked--> thinking")
        answer_aloud(app, screen, sound, alone)
        app.until("transcribing --judged--> reviewing")
        with app.explaining("waited for the warning"):
            wait_until(lambda: warned(screen, "alert"), 20)
        screen.keep(tmp_path / "unusable.png")
        screen.press("r")
        app.until("reviewing --again--> thinking")
        with sound.speaking(noise):
            answer_aloud(app, screen, sound, spoken)
        app.until("transcribing --judged--> reviewing")
        with app.explaining("waited for the mark"):
            wait_until(lambda: warned(screen, "partial"), 20)
        screen.keep(tmp_path / "doubtful.png")
        finish_and_quit(app, screen)

    assert "ERROR" not in app.log
    history = SqliteHistory(user_folders())
    [session] = history.sessions()
    first, second = session.attempts
    assert_noise(first)
    assert second.sound is not None
    assert second.sound.grade is Grade.DOUBTFUL, second.sound
    assert second.sound.snr_db == pytest.approx(20, abs=5)
    assert second.standing is not None
    assert session.score == second.standing.score
    assert session.doubtful == 1
    assert history.attempt_counts() == {(second.bank_id, second.question.id): 1}
