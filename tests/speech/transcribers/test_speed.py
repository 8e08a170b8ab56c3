"""A model's speed is measured for real and remembered."""

from pathlib import Path
from threading import Event

import pytest

from tests.speech.transcribers.conftest import MICRO_WHISPER
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.speech.audio_file import read_audio
from voiceprep.speech.transcribers.speed import Speed, known_speeds, measure, remember, sample


def test_a_model_is_timed_on_a_recording() -> None:
    found = measure(MICRO_WHISPER, MICRO_WHISPER / "audio" / "two.flac", Event())
    assert found.rtf > 0
    assert found.load_s > 0
    assert found.minute_s == pytest.approx(60 * found.rtf)


def test_the_recording_that_ships_is_long_enough_to_be_fair() -> None:
    assert 30 < read_audio(sample()).duration_s < 60


def test_measuring_can_be_left() -> None:
    leave = Event()
    leave.set()
    with pytest.raises(Cancelled):
        measure(MICRO_WHISPER, MICRO_WHISPER / "audio" / "two.flac", leave)


def test_speeds_are_kept_and_forgotten_by_name(tmp_path: Path) -> None:
    assert known_speeds(tmp_path) == {}
    remember(tmp_path / "models", "base.en", Speed(0.1, 1.0))
    remember(tmp_path / "models", "tiny.en", Speed(0.05, 0.5))
    remember(tmp_path / "models", "gone", None)
    remember(tmp_path / "models", "tiny.en", None)
    assert known_speeds(tmp_path / "models") == {"base.en": Speed(0.1, 1.0)}


@pytest.mark.parametrize("content", ["{", "[1]", '{"base.en": 3}', '{"base.en": {"rtf": "x"}}'])
def test_a_damaged_file_is_measured_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / ".speeds.json").write_text(content)
    assert known_speeds(tmp_path) == {}
    remember(tmp_path, "base.en", Speed(0.1, 1.0))
    assert known_speeds(tmp_path) == {"base.en": Speed(0.1, 1.0)}


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("in the way")
    with pytest.raises(VoicePrepError, match="could not be kept"):
        remember(tmp_path / "models", "base.en", Speed(0.1, 1.0))
