"""WAV files that a crash cannot take away."""

import stat
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sound import quiet, read_wav, tone, write_wav
from voiceprep.errors import VoicePrepError
from voiceprep.speech.wav import WavFile, repair

RATE_HZ = 16_000


def samples(length_s: float) -> bytes:
    return (tone(440, length_s, rate_hz=RATE_HZ) * 32767).astype("<i2").tobytes()


def test_what_was_flushed_is_readable_without_closing(tmp_path: Path) -> None:
    file = WavFile(tmp_path / "a.wav", RATE_HZ)
    read_wav(file.path)  # even with nothing in it
    for number in range(1, 4):
        file.append(samples(0.5))
        file.flush()
        heard, rate_hz = read_wav(file.path)
        assert (len(heard), rate_hz) == (number * 8_000, RATE_HZ)
    file.close()


def test_what_was_appended_is_what_is_read(tmp_path: Path) -> None:
    file = WavFile(tmp_path / "a.wav", RATE_HZ)
    file.append(samples(0.25))
    file.append(samples(0.25))
    assert file.duration_s == file.waiting_s == 0.5
    file.close()
    assert file.waiting_s == 0
    with wave.open(str(file.path)) as read:
        assert read.getparams()[:4] == (1, 2, RATE_HZ, 8_000)
        assert read.readframes(8_000) == samples(0.25) * 2


def test_folder_and_file_belong_to_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "a.wav"
    WavFile(path, RATE_HZ).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(one.stat().st_mode) for one in list(path.parents)[:2]} == {0o700}


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"kept")
    with pytest.raises(FileExistsError):
        WavFile(tmp_path / "a.wav", RATE_HZ)
    assert (tmp_path / "a.wav").read_bytes() == b"kept"


def test_a_discarded_file_is_gone(tmp_path: Path) -> None:
    file = WavFile(tmp_path / "a.wav", RATE_HZ)
    file.discard()
    assert not file.path.exists()


@given(written=st.integers(0, 400), behind=st.integers(0, 400), odd=st.booleans())
def test_repair_finds_every_whole_sample(
    tmp_path_factory: pytest.TempPathFactory, written: int, behind: int, odd: bool
) -> None:
    path = tmp_path_factory.mktemp("wav") / "a.wav"
    file = WavFile(path, RATE_HZ)
    file.append(bytes(2 * written))
    file.close()
    with path.open("ab") as torn:  # what a crash leaves: samples that the header does not know
        torn.write(bytes(2 * behind + odd))
    before = path.read_bytes()

    assert repair(path) == pytest.approx((written + behind) / RATE_HZ)
    assert len(read_wav(path)[0]) == written + behind
    assert path.read_bytes()[44:] == before[44:]
    assert repair(path) == pytest.approx((written + behind) / RATE_HZ)


def test_repair_leaves_foreign_files_alone(tmp_path: Path) -> None:
    foreign = {
        "text.wav": b"no sound at all, but long enough to hold the header of a file",
        "short.wav": b"RIFF",
        "stereo.wav": stereo(tmp_path),
    }
    for name, content in foreign.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(VoicePrepError, match=f"{name} is no recording of VoicePrep"):
            repair(path)
        assert path.read_bytes() == content


def test_repair_names_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(VoicePrepError, match=r"gone\.wav cannot be repaired"):
        repair(tmp_path / "gone.wav")


def test_repair_takes_recordings_at_any_rate(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", quiet(0.5, 44_100).astype(np.float32), 44_100)
    assert repair(path) == pytest.approx(0.5)


def stereo(folder: Path) -> bytes:
    with wave.open(str(folder / "two.wav"), "wb") as file:
        file.setparams((2, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(bytes(400))
    return (folder / "two.wav").read_bytes()
