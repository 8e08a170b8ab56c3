"""The recorder on a real sound device."""

import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.sound import (
    Sound,
    find_in,
    quiet,
    read_wav,
    strength,
    sweep,
    tone,
    wait_until,
    write_wav,
)
from voiceprep.errors import VoicePrepError
from voiceprep.speech.recorder import MicrophoneRecorder
from voiceprep.speech.wav import repair

RATE_HZ = 16_000

pytestmark = pytest.mark.sound


def test_what_is_said_is_in_the_recording(sound: Sound, tmp_path: Path) -> None:
    said = write_wav(tmp_path / "said.wav", sweep(1.0))
    recorder = MicrophoneRecorder()
    recorder.start(tmp_path / "answers" / "answer.wav")
    sound.speak_into_microphone(said)
    recording = recorder.stop()

    heard, rate_hz = read_wav(recording.path)
    likeness, _ = find_in(heard, sweep(1.0, rate_hz))
    assert rate_hz == recording.rate_hz == RATE_HZ
    assert likeness > 0.98
    assert recording.duration_s == pytest.approx(len(heard) / RATE_HZ, abs=0.001)
    assert recording.peak_dbfs == pytest.approx(-6.0, abs=0.5)
    assert recording.device == "default"
    assert recording.overflows == 0
    assert recording.problem == ""


def test_the_half_second_after_stop_is_kept(sound: Sound, tmp_path: Path) -> None:
    recorder = MicrophoneRecorder()
    recorder.start(tmp_path / "answer.wav")
    with sound.speaking(write_wav(tmp_path / "said.wav", tone(440, 5.0))):
        wait_until(lambda: recorder.level_dbfs > -20)
        before_s, begin_s = recorder.elapsed_s, time.monotonic()
        recording = recorder.stop()
        took_s = time.monotonic() - begin_s

    heard, _ = read_wav(recording.path)
    assert 0.5 <= took_s < 0.8
    assert recording.duration_s - before_s >= 0.5
    assert strength(heard[-RATE_HZ // 20 :], RATE_HZ, 440) > 0.4


def test_what_is_said_while_paused_is_dropped(sound: Sound, tmp_path: Path) -> None:
    part = {hz: write_wav(tmp_path / f"{hz}.wav", np.concatenate((tone(hz, 0.3), quiet(0.2))))
            for hz in (440, 880, 1320)}  # fmt: skip
    recorder = MicrophoneRecorder()
    recorder.start(tmp_path / "answer.wav")
    sound.speak_into_microphone(part[440])
    recorder.pause()
    sound.speak_into_microphone(part[880])
    paused_level_dbfs = recorder.level_dbfs
    recorder.resume()
    sound.speak_into_microphone(part[1320])
    recording = recorder.stop()

    heard, _ = read_wav(recording.path)
    assert strength(heard, RATE_HZ, 440) > 0.4
    assert strength(heard, RATE_HZ, 880) < 0.02
    assert strength(heard, RATE_HZ, 1320) > 0.4
    assert paused_level_dbfs == -90.0


@pytest.mark.usefixtures("sound")
def test_a_paused_recording_stops_at_once(tmp_path: Path) -> None:
    recorder = MicrophoneRecorder()
    recorder.start(tmp_path / "answer.wav")
    wait_until(lambda: recorder.elapsed_s > 0.2)
    recorder.pause()
    begin_s = time.monotonic()
    recorder.stop()
    assert time.monotonic() - begin_s < 2


def test_the_level_follows_the_voice(sound: Sound, tmp_path: Path) -> None:
    recorder = MicrophoneRecorder()
    assert recorder.level_dbfs == -90.0
    recorder.start(tmp_path / "answer.wav")
    with sound.speaking(write_wav(tmp_path / "said.wav", tone(440, 5.0, amplitude=0.5))):
        wait_until(lambda: recorder.level_dbfs == pytest.approx(-9.03, abs=0.2))
    recorder.stop()
    assert recorder.level_dbfs == -90.0


def test_a_killed_recording_is_still_readable(sound: Sound, tmp_path: Path) -> None:
    answer = tmp_path / "answer.wav"
    code = (
        "import sys, time, pathlib\n"
        "from voiceprep.speech.recorder import MicrophoneRecorder\n"
        "recorder = MicrophoneRecorder()\n"
        "recorder.start(pathlib.Path(sys.argv[1]))\n"
        "print('recording', flush=True)\n"
        "time.sleep(60)\n"
    )
    with (
        sound.speaking(write_wav(tmp_path / "said.wav", tone(440, 10.0))),
        subprocess.Popen([sys.executable, "-c", code, answer], stdout=subprocess.PIPE) as child,
    ):
        assert child.stdout is not None
        assert child.stdout.readline() == b"recording\n"
        begin_s = time.monotonic()
        wait_until(lambda: time.monotonic() - begin_s > 1.5)
        child.send_signal(signal.SIGKILL)
        spoken_s = time.monotonic() - begin_s

    heard, _ = read_wav(answer)
    assert len(heard) / RATE_HZ > spoken_s - 0.6  # the promise is one second
    assert strength(heard[-RATE_HZ // 20 :], RATE_HZ, 440) > 0.4
    assert repair(answer) >= len(heard) / RATE_HZ


@pytest.mark.parametrize("what", ["unplug", "freeze"])
def test_a_microphone_that_goes_away_leaves_what_was_said(
    what: str, sound: Sound, tmp_path: Path
) -> None:
    recorder = MicrophoneRecorder()
    recorder.start(tmp_path / "answer.wav")
    sound.speak_into_microphone(write_wav(tmp_path / "said.wav", sweep(0.8)))
    wait_until(lambda: recorder.elapsed_s > 1.0)
    assert recorder.problem is None
    getattr(sound, what)()
    wait_until(lambda: recorder.problem is not None, patience_s=1.5)
    begin_s = time.monotonic()
    recording = recorder.stop()
    took_s = time.monotonic() - begin_s

    heard, _ = read_wav(recording.path)
    likeness, _ = find_in(heard, sweep(0.8, RATE_HZ))
    assert likeness > 0.95
    assert recorder.problem is not None
    assert "went away" in recorder.problem.title
    assert "went away" in recording.problem
    assert took_s < 0.3


@pytest.mark.usefixtures("sound")
def test_a_muted_microphone_is_reported(tmp_path: Path) -> None:
    recorder = MicrophoneRecorder()
    recorder.start(tmp_path / "answer.wav")
    recording = recorder.stop()
    assert recording.problem.startswith("Silence only")
    assert recording.peak_dbfs == -90.0


@pytest.mark.usefixtures("sound")
def test_another_microphone_steps_in_for_one_that_is_gone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = MicrophoneRecorder("Studio Pro (ALSA)")
    recorder.start(tmp_path / "answer.wav")
    assert recorder.stop().device == "default"
    assert "Studio Pro" in caplog.text


@pytest.mark.usefixtures("sound")
def test_a_recording_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "recordings"
    recorder = MicrophoneRecorder()
    recorder.start(folder / "answer.wav")
    recorder.stop()
    for path, mode in ((folder / "answer.wav", 0o600), (folder, 0o700), (folder.parent, 0o700)):
        assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.usefixtures("sound")
def test_a_recording_is_never_overwritten(tmp_path: Path) -> None:
    kept = tmp_path / "answer.wav"
    kept.write_bytes(b"an answer")
    with pytest.raises(VoicePrepError, match=r"already a recording answer\.wav"):
        MicrophoneRecorder().start(kept)
    assert kept.read_bytes() == b"an answer"


@pytest.mark.usefixtures("sound")
def test_starting_twice_is_refused_and_harms_nothing(tmp_path: Path) -> None:
    recorder = MicrophoneRecorder()
    recorder.start(tmp_path / "first.wav")
    with pytest.raises(VoicePrepError, match="still recording"):
        recorder.start(tmp_path / "second.wav")
    assert recorder.stop().path == tmp_path / "first.wav"
    assert not (tmp_path / "second.wav").exists()


def test_a_full_disk_costs_nothing_once_there_is_space(sound: Sound, tmp_path: Path) -> None:
    said = write_wav(tmp_path / "said.wav", np.concatenate((sweep(0.6), quiet(5.0))))
    recorder = MicrophoneRecorder()
    recorder.start(tmp_path / "answer.wav")
    with sound.speaking(said), full_disk(after_bytes=10_000):
        wait_until(lambda: recorder.elapsed_s > 1.0)
        problem = recorder.problem
    wait_until(lambda: recorder.problem is None)
    recording = recorder.stop()

    assert problem is not None
    assert "cannot be written" in problem.title
    likeness, _ = find_in(read_wav(recording.path)[0], sweep(0.6, RATE_HZ))
    assert likeness > 0.98
    assert recording.problem == ""


def test_an_answer_waits_in_memory_until_the_disk_takes_it(sound: Sound, tmp_path: Path) -> None:
    said = write_wav(tmp_path / "said.wav", np.concatenate((sweep(0.6), quiet(5.0))))
    recorder = MicrophoneRecorder()
    recorder.start(tmp_path / "answer.wav")
    with sound.speaking(said), full_disk(after_bytes=10_000):
        wait_until(lambda: recorder.elapsed_s > 1.0)
        with pytest.raises(VoicePrepError, match=r"are not saved yet.*Free some space"):
            recorder.stop()
        with pytest.raises(VoicePrepError, match="are not saved yet"):
            recorder.start(tmp_path / "next.wav")
    recording = recorder.stop()

    likeness, _ = find_in(read_wav(recording.path)[0], sweep(0.6, RATE_HZ))
    assert likeness > 0.98
    assert not (tmp_path / "next.wav").exists()


@pytest.mark.usefixtures("sound")
def test_no_space_from_the_start_is_said_before_the_microphone_opens(tmp_path: Path) -> None:
    with full_disk(after_bytes=0), pytest.raises(VoicePrepError, match="cannot be written"):
        MicrophoneRecorder().start(tmp_path / "answer.wav")
    assert not (tmp_path / "answer.wav").exists()


@pytest.mark.usefixtures("no_sound")
def test_without_any_microphone_it_says_what_else_works(tmp_path: Path) -> None:
    with pytest.raises(VoicePrepError, match=r"No microphone was found\..*type your answer"):
        MicrophoneRecorder().start(tmp_path / "answer.wav")
    assert list(tmp_path.glob("*.wav")) == []


def test_a_microphone_that_cannot_be_opened_is_named(sound: Sound, tmp_path: Path) -> None:
    sound.unplug()
    with pytest.raises(VoicePrepError, match=r"The system's default microphone .*type your answer"):
        MicrophoneRecorder().start(tmp_path / "answer.wav")
    assert not (tmp_path / "answer.wav").exists()


@contextmanager
def full_disk(after_bytes: int) -> Iterator[None]:
    """No file of this process can grow beyond ``after_bytes``."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (after_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
