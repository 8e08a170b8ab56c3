"""Whatever ends the app in the middle of an answer, the answer is kept and nothing runs on."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.app import App, a_running_app, recognisers
from tests.e2e.ears import RATE_HZ, assert_begins_with_silence, read, seconds_loud
from tests.e2e.person import ANSWER, flite, look_up_question
from tests.e2e.screen import Screen
from tests.sound import Samples, Sound, quiet, read_wav, wait_until
from voiceprep.interview.records import Attempt, AttemptStatus
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders


def ctrl_c(app: App) -> None:
    """A terminal sends it to the app and to all of its children."""
    os.killpg(app.process.pid, signal.SIGINT)


def terminate(app: App) -> None:
    """As the desktop does at the end of its session."""
    app.process.send_signal(signal.SIGTERM)


@pytest.mark.window
@pytest.mark.sound
@pytest.mark.parametrize("end", [ctrl_c, terminate])
def test_an_answer_that_is_cut_short_is_kept(
    end: Callable[[App], None], screen: Screen, sound: Sound, home: Path, tmp_path: Path
):
    with a_running_app(home, DISPLAY=screen.display) as app:
        with answering(app, screen, sound, flite(ANSWER, tmp_path / "answer.wav")):
            end(app)
            assert app.ended() == 0
        app.leaves_nothing_behind()

    assert "Traceback" not in app.printed + app.log
    attempt = the_attempt()
    assert attempt.status is AttemptStatus.WAITING
    assert attempt.recording is not None
    assert attempt.recording.duration_s > 1.5
    assert_begins_with_silence(read(attempt.recording.path))


@pytest.mark.window
@pytest.mark.sound
def test_an_answer_that_a_crash_cut_short_is_there_at_the_next_start(
    screen: Screen, sound: Sound, home: Path, tmp_path: Path
):
    with a_running_app(home, DISPLAY=screen.display) as app:
        with answering(app, screen, sound, flite(ANSWER, tmp_path / "answer.wav")):
            app.process.kill()
            app.ended()
        app.leaves_nothing_behind()
    assert the_attempt().status is AttemptStatus.RECORDING

    with a_running_app(home, DISPLAY=screen.display) as app:
        app.until("was cut short by a crash; now waiting")
        app.until("the engines are built")
        screen.wait_for_window("VoicePrep")
        screen.keep(tmp_path / "next start.png")
        screen.press("ctrl+q")
        assert app.ended() == 0
    assert the_attempt().status is AttemptStatus.WAITING


def kill(app: App) -> None:
    """As when memory runs out, or a person has had enough."""
    app.process.kill()


@pytest.mark.window
@pytest.mark.usefixtures("no_sound")
@pytest.mark.parametrize("end", [ctrl_c, terminate, kill])
def test_a_recogniser_that_was_stopped_does_not_stay_behind(
    end: Callable[[App], None], screen: Screen, home: Path
):
    with a_running_app(home, DISPLAY=screen.display) as app:
        app.until("the engines are built")
        with app.explaining("waited for the recogniser"):
            wait_until(lambda: [threads(pid) > 2 for pid in recognisers(app)] == [True])
        [child] = recognisers(app)
        os.kill(child, signal.SIGSTOP)
        end(app)
        assert app.ended() == (-signal.SIGKILL if end is kill else 0)
        app.leaves_nothing_behind()
    assert "Traceback" not in app.printed + app.log


def threads(pid: int) -> int:
    """How many a process has; a recogniser has three from its first line on."""
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


@contextmanager
def answering(app: App, screen: Screen, sound: Sound, answer: Path) -> Iterator[None]:
    """Cut in on the question; some of the answer is recorded then."""
    asked = answer.with_name("asked.wav")
    sound.echo()
    look_up_question(app, screen)
    with sound.listening(asked):
        screen.press("Return")
        with app.explaining("waited for the question to be heard"):
            wait_until(lambda: seconds_loud(newest_samples(asked)) > 0.3)
        screen.press("space")
        app.until("asking --asked--> thinking (answered early)")
        app.until("thinking --record--> recording")
    with sound.speaking(answer):
        with app.explaining("waited for the answer in the recording"):
            wait_until(lambda: seconds_loud(*recorded()) > 1.5)
        yield


def the_attempt() -> Attempt:
    with closing(SqliteHistory(user_folders())) as history:
        [session] = history.sessions()
    [attempt] = session.attempts
    return attempt


def recorded() -> tuple[Samples, int]:
    """The one recording, which must be readable at any moment once it is there."""
    paths = list(user_folders().recordings.glob("*.wav"))
    return read_wav(paths[0]) if paths else (quiet(0), RATE_HZ)


def newest_samples(wav: Path) -> Samples:
    """What a file holds while it is written: its header is behind."""
    content = wav.read_bytes()[44:]
    return np.frombuffer(content[: len(content) // 2 * 2], "<i2").astype(np.float32) / 32768
