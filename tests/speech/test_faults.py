"""Whatever goes away while somebody speaks, what was said is kept and the recording goes on."""

import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.sound import Sound, find_in, quiet, read_wav, sweep, tone, wait_until, write_wav
from tests.speech.test_recorder import full_disk
from voiceprep.errors import PlaceError
from voiceprep.speech import recorder as recording
from voiceprep.speech.recorder import MicrophoneRecorder
from voiceprep.speech.take import Take
from voiceprep.speech.wav import WavFile

RATE_HZ = 16_000


@pytest.mark.sound
def test_another_microphone_goes_on_with_the_second_part_of_the_answer(
    sound: Sound, tmp_path: Path
) -> None:
    recorder = MicrophoneRecorder()
    recorder.start(tmp_path / "answer.wav")
    sound.speak_into_microphone(write_wav(tmp_path / "first.wav", sweep(0.8)))
    sound.unplug()
    wait_until(lambda: recorder.problem is not None)
    assert recorder.problem is not None
    assert "goes on by itself" in recorder.problem.next_step
    before_s = recorder.elapsed_s

    sound.plug()
    wait_until(lambda: recorder.elapsed_s > before_s + 0.2, patience_s=20)
    assert "second part of the same answer" in recorder.problem.cause
    sound.speak_into_microphone(write_wav(tmp_path / "second.wav", sweep(0.5)))
    answer = recorder.stop()

    heard, _ = read_wav(answer.path)
    first, _ = find_in(heard, sweep(0.8, RATE_HZ))
    second, _ = find_in(heard[int(before_s * RATE_HZ) :], sweep(0.5, RATE_HZ))
    assert min(first, second) > 0.95
    assert [one.start_s for one in answer.parts] == [0.0, pytest.approx(before_s, abs=0.1)]
    assert "second part" in answer.problem


@pytest.mark.sound
def test_the_next_microphone_of_another_name_goes_on_in_the_same_answer(
    sound: Sound, tmp_path: Path
) -> None:
    sound.connect("headset")
    sound.name_devices(Headset="headset.monitor")
    recorder = MicrophoneRecorder("Headset (ALSA)")
    recorder.start(tmp_path / "answer.wav")
    sound.speak_into_microphone(write_wav(tmp_path / "first.wav", sweep(0.8)), "headset")
    sound.disconnect("headset")
    wait_until(lambda: recorder.problem is not None and "goes on from" in recorder.problem.cause)
    sound.speak_into_microphone(write_wav(tmp_path / "second.wav", sweep(0.5)))
    answer = recorder.stop()

    heard, _ = read_wav(answer.path)
    parted = round(answer.parts[1].start_s * RATE_HZ)
    assert find_in(heard[:parted], sweep(0.8, RATE_HZ))[0] > 0.95
    assert find_in(heard[parted:], sweep(0.5, RATE_HZ))[0] > 0.95
    assert [one.device for one in answer.parts] == ["Headset", "default"]
    assert "The microphone Headset went away. The system's default" in answer.problem


@pytest.mark.sound
def test_a_folder_that_is_deleted_meanwhile_is_made_again_with_the_whole_answer(
    sound: Sound, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    recorder = MicrophoneRecorder()
    recorder.start(folder / "answer.wav")
    sound.speak_into_microphone(write_wav(tmp_path / "said.wav", sweep(0.8)))
    shutil.rmtree(folder)
    answer = recorder.stop()
    likeness, _ = find_in(read_wav(answer.path)[0], sweep(0.8, RATE_HZ))
    assert likeness > 0.95


@pytest.mark.sound
def test_while_the_disk_is_full_another_place_takes_the_whole_answer(
    sound: Sound, tmp_path: Path
) -> None:
    recorder = MicrophoneRecorder()
    recorder.start(tmp_path / "full" / "answer.wav")
    said = write_wav(tmp_path / "said.wav", np.concatenate((sweep(0.6), quiet(5.0))))
    with sound.speaking(said), full_disk(after_bytes=10_000):
        wait_until(lambda: recorder.elapsed_s > 1.0)
        assert isinstance(recorder.problem, PlaceError)
        with pytest.raises(PlaceError, match="another folder"):
            recorder.move(tmp_path / "full too" / "answer.wav")
        with pytest.raises(PlaceError, match="choose another folder"):
            recorder.stop()
    recorder.move(tmp_path / "stick" / "answer.wav")
    answer = recorder.stop()
    assert answer.path == tmp_path / "stick" / "answer.wav"
    assert not (tmp_path / "full" / "answer.wav").exists()
    assert find_in(read_wav(answer.path)[0], sweep(0.6, RATE_HZ))[0] > 0.98
    assert stat.S_IMODE(answer.path.stat().st_mode) == 0o600


@pytest.mark.sound
def test_on_a_disk_that_is_really_full_nothing_is_lost(
    sound: Sound, small_disk: Path, tmp_path: Path
) -> None:
    recorder = MicrophoneRecorder()
    recorder.start(small_disk / "recordings" / "answer.wav")
    said = write_wav(tmp_path / "said.wav", np.concatenate((sweep(0.6), quiet(5.0))))
    filling = small_disk / "other.bin"
    with filling.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    with sound.speaking(said):
        wait_until(lambda: recorder.elapsed_s > 1.0)
        assert isinstance(recorder.problem, PlaceError)
        assert "No space left on device" in recorder.problem.cause
        with pytest.raises(PlaceError, match="are not saved yet"):
            recorder.stop()
    with pytest.raises(PlaceError, match="not saved"):
        recorder.stop()
    recorder.move(tmp_path / "stick" / "answer.wav")
    answer = recorder.stop()
    assert find_in(read_wav(answer.path)[0], sweep(0.6, RATE_HZ))[0] > 0.98
    with pytest.raises(PlaceError, match="nearly full"):
        MicrophoneRecorder().start(small_disk / "recordings" / "next.wav")
    assert list((small_disk / "recordings").iterdir()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 5 MB in memory; only root may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, timeout=10)


@pytest.mark.sound
@pytest.mark.usefixtures("sound")
def test_a_nearly_full_disk_is_said_before_anybody_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "LEAST_FREE_BYTES", 1 << 60)
    with pytest.raises(PlaceError, match=r"nearly full.*choose another folder"):
        MicrophoneRecorder().start(tmp_path / "answer.wav")
    assert list(tmp_path.glob("*.wav")) == []


def test_a_file_moves_with_all_that_it_holds(tmp_path: Path) -> None:
    file = WavFile(tmp_path / "a.wav", RATE_HZ)
    file.append(bytes(3200))
    file.flush()
    file.append(bytes(1600))
    with pytest.raises(OSError, match="exists"):
        file.move(write_wav(tmp_path / "taken.wav", tone(440, 0.1)))
    file.move(tmp_path / "new" / "b.wav")
    file.append(bytes(1600))
    file.close()
    assert len(read_wav(tmp_path / "new" / "b.wav")[0]) == 3200
    assert not (tmp_path / "a.wav").exists()


@pytest.mark.parametrize("channels", [1, 2, 4])
@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
def test_every_kind_of_microphone_gives_the_same_recording(
    rate_hz: int, channels: int, tmp_path: Path
) -> None:
    said = sweep(2.0, rate_hz)
    take = Take(WavFile(tmp_path / "a.wav", RATE_HZ), "microphone", rate_hz)
    blocks = np.repeat(said[:, np.newaxis], channels, axis=1)
    for start, end in pairwise([*range(0, len(said), 1234), len(said)]):
        take.feed(blocks[start:end])
    wait_until(lambda: take.wav.duration_s > 1.9)
    take.finish(0.0)
    take.wav.close()
    heard, _ = read_wav(tmp_path / "a.wav")
    assert len(heard) == pytest.approx(2.0 * RATE_HZ, abs=2)
    assert find_in(heard, sweep(2.0, RATE_HZ))[0] > 0.999
