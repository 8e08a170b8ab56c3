"""What the interview relies on, checked on the real parts and on their fakes alike."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread, Timer

import pytest

from tests.fakes import FakePlayer, FakeRecorder, FakeSpeaker
from tests.sound import Sound, quiet, read_wav, tone, wait_until, write_wav
from voiceprep.errors import VoicePrepError
from voiceprep.interview.ports import Player, Recorder, Speaker
from voiceprep.speech.player import SoundPlayer
from voiceprep.speech.recorder import MicrophoneRecorder
from voiceprep.speech.speaker import PyttsxSpeaker

SOUND_S = 0.6
QUESTION = "What is a model?"

pytestmark = [pytest.mark.sound, pytest.mark.usefixtures("sound")]


@pytest.fixture(params=["real", "fake"])
def recorder(request: pytest.FixtureRequest, sound: Sound, tmp_path: Path) -> Iterator[Recorder]:
    if request.param == "fake":
        yield FakeRecorder()
        return
    with sound.speaking(write_wav(tmp_path / "said.wav", tone(440, 30.0))):
        yield MicrophoneRecorder()


@pytest.fixture(params=["real", "fake"])
def player(request: pytest.FixtureRequest) -> Player:
    if request.param == "fake":
        return FakePlayer(SOUND_S)
    request.getfixturevalue("sound")
    return SoundPlayer()


@pytest.fixture(params=["real", "fake"])
def speaker(request: pytest.FixtureRequest, tmp_path: Path) -> Speaker:
    if request.param == "fake":
        return FakeSpeaker(SOUND_S)
    request.getfixturevalue("sound")
    return PyttsxSpeaker(SoundPlayer(), tmp_path / "cache")


@pytest.fixture
def said(tmp_path: Path) -> Path:
    return write_wav(tmp_path / "played.wav", quiet(SOUND_S))


def took_s(work: Callable[[], object]) -> float:
    begin_s = time.monotonic()
    work()
    return time.monotonic() - begin_s


# -- Recorder ------------------------------------------------------------------------------------


def test_a_recording_is_what_its_record_says(recorder: Recorder, tmp_path: Path) -> None:
    path = tmp_path / "new" / "answer.wav"
    recorder.start(path)
    read_wav(path)  # readable from its first moment on
    wait_until(lambda: recorder.elapsed_s > 0.3)
    assert recorder.problem is None
    recording = recorder.stop()
    samples, rate_hz = read_wav(path)
    assert recording.path == path
    assert recording.rate_hz == rate_hz
    assert recording.duration_s == pytest.approx(len(samples) / rate_hz, abs=0.01)
    assert recording.duration_s > 0.3
    assert recording.problem == ""
    assert recording.device


def test_a_pause_stands_still(recorder: Recorder, tmp_path: Path) -> None:
    recorder.start(tmp_path / "answer.wav")
    wait_until(lambda: recorder.elapsed_s > 0.2)
    wait_until(lambda: -20 < recorder.level_dbfs <= 0)
    assert took_s(recorder.pause) < 0.05
    wait_until(lambda: recorder.level_dbfs == -90)
    before_s = recorder.elapsed_s
    time.sleep(0.2)
    assert recorder.elapsed_s == before_s
    assert took_s(recorder.resume) < 0.05
    wait_until(lambda: recorder.elapsed_s > before_s + 0.1)
    assert recorder.stop().duration_s > before_s


def test_a_recorder_is_used_again(recorder: Recorder, tmp_path: Path) -> None:
    for name in ("first.wav", "second.wav"):
        recorder.start(tmp_path / name)
        wait_until(lambda: recorder.elapsed_s > 0.1)
        assert recorder.stop().path == tmp_path / name
        assert recorder.level_dbfs == -90


def test_stop_needs_a_start(recorder: Recorder) -> None:
    with pytest.raises(VoicePrepError, match="Nothing is being recorded"):
        recorder.stop()


# -- Player --------------------------------------------------------------------------------------


def test_play_returns_when_the_end_is_reached(player: Player, said: Path) -> None:
    assert player.position_s is None
    player.play(said, Event(), 0.5)  # the first time loads libraries
    assert SOUND_S - 0.02 <= took_s(lambda: player.play(said, Event())) < SOUND_S + 0.5
    assert player.position_s is None


def test_play_returns_soon_after_cancel(player: Player, said: Path) -> None:
    cancel = Event()
    player.play(said, Event(), 0.5)
    Timer(0.2, cancel.set).start()
    assert took_s(lambda: player.play(said, cancel)) < 0.4


def test_the_position_is_in_the_file(player: Player, said: Path) -> None:
    cancel = Event()
    thread = Thread(target=player.play, args=(said, cancel, 0.4))
    thread.start()
    wait_until(lambda: player.position_s is not None)
    assert player.position_s is not None
    assert 0.4 <= player.position_s < SOUND_S
    cancel.set()
    thread.join()


def test_a_missing_file_is_named(player: Player, tmp_path: Path) -> None:
    with pytest.raises(VoicePrepError, match=r"gone\.wav"):
        player.play(tmp_path / "gone.wav", Event())


# -- Speaker -------------------------------------------------------------------------------------


def test_say_returns_when_all_was_said(speaker: Speaker) -> None:
    assert took_s(lambda: speaker.say(QUESTION, Event())) >= SOUND_S


def test_say_returns_soon_after_cancel(speaker: Speaker) -> None:
    cancel = Event()
    speaker.prepare(QUESTION)
    Timer(0.2, cancel.set).start()
    assert took_s(lambda: speaker.say(QUESTION, cancel)) < 0.4


def test_say_does_not_begin_when_cancelled_before(speaker: Speaker) -> None:
    cancel = Event()
    cancel.set()
    assert took_s(lambda: speaker.say(QUESTION, cancel)) < 0.3
