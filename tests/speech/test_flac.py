"""Recordings take half of the room and lose nothing."""

import stat
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sound import sweep, write_wav
from tests.speech.test_recorder import full_disk
from voiceprep.errors import VoicePrepError
from voiceprep.speech import flac
from voiceprep.speech.audio_file import read_audio

RATE_HZ = 16_000


def recording(folder: Path, length_s: float = 3.0) -> tuple[Path, bytes]:
    path = write_wav(folder / "answer.wav", sweep(length_s, RATE_HZ), RATE_HZ)
    return path, frames(path)


def frames(path: Path) -> bytes:
    with wave.open(str(path)) as read:
        return read.readframes(read.getnframes())


def unpacked(path: Path) -> bytes:
    with av.open(str(path)) as container:
        return b"".join(one.to_ndarray().astype("<i2").tobytes() for one in container.decode())


def test_a_packed_recording_is_smaller_private_and_the_same(tmp_path: Path) -> None:
    path, samples = recording(tmp_path)
    size = path.stat().st_size

    packed = flac.pack(path)

    assert packed == tmp_path / "answer.flac"
    assert list(tmp_path.iterdir()) == [packed]
    assert packed.stat().st_size < 0.7 * size
    assert stat.S_IMODE(packed.stat().st_mode) == 0o600
    assert unpacked(packed) == samples


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 150_000), st.integers(0, 2**32 - 1))
def test_every_sample_comes_back(
    tmp_path_factory: pytest.TempPathFactory, length: int, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("flac")
    noise = np.random.default_rng(seed).integers(-32768, 32768, length).astype("<i2")
    with wave.open(str(folder / "a.wav"), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(noise.tobytes())
    assert unpacked(flac.pack(folder / "a.wav")) == noise.tobytes()


def test_who_has_the_first_name_still_finds_it(tmp_path: Path) -> None:
    path, _ = recording(tmp_path)
    before = read_audio(path)
    flac.pack(path)
    assert np.array_equal(read_audio(path).samples, before.samples)


def test_a_recording_that_a_crash_cut_short_is_repaired_first(tmp_path: Path) -> None:
    path, samples = recording(tmp_path)
    with path.open("ab") as torn:
        torn.write(b"\x01\x02" * 800 + b"\x03")
    assert unpacked(flac.pack(path)) == samples + b"\x01\x02" * 800


def test_a_full_disk_leaves_the_recording(tmp_path: Path) -> None:
    path, samples = recording(tmp_path)
    with full_disk(after_bytes=20_000), pytest.raises(VoicePrepError, match="could not be packed"):
        flac.pack(path)
    assert list(tmp_path.iterdir()) == [path]
    assert frames(path) == samples


def test_what_does_not_come_back_whole_is_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, samples = recording(tmp_path)
    whole = flac._decoded

    def damaged(packed: Path) -> object:
        for block, rate_hz in whole(packed):
            yield block[:-2] + b"\x07\x07", rate_hz

    monkeypatch.setattr(flac, "_decoded", damaged)
    with pytest.raises(VoicePrepError, match="did not give back every sample"):
        flac.pack(path)
    assert list(tmp_path.iterdir()) == [path]
    assert frames(path) == samples


def test_foreign_files_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "note.wav").write_bytes(b"no sound in here")
    with pytest.raises(VoicePrepError, match="is no recording of VoicePrep"):
        flac.pack(tmp_path / "note.wav")
    assert (tmp_path / "note.wav").read_bytes() == b"no sound in here"
