"""Recordings become small enough to travel, and stay in time."""

from pathlib import Path
from threading import Event

import numpy as np
import pytest

from tests.sound import tone, write_wav
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.speech.audio_file import read_audio
from voiceprep.speech.compact import as_mp3


def test_a_recording_becomes_small_and_every_sound_stays_where_it_was(tmp_path: Path) -> None:
    rate_hz = 48_000
    silence = np.zeros(2 * rate_hz, np.float32)
    samples = np.concatenate([silence, tone(440, 1.0, 0.5, rate_hz), silence])
    original = write_wav(tmp_path / "said.wav", samples, rate_hz)

    small = tmp_path / "small.mp3"
    small.write_bytes(as_mp3(original))

    audio = read_audio(small)
    loud = np.flatnonzero(np.abs(audio.samples[:, 0]) > 0.2) / audio.rate_hz
    assert audio.duration_s == pytest.approx(5.0, abs=0.06)
    assert loud[0] == pytest.approx(2.0, abs=0.05)
    assert loud[-1] == pytest.approx(3.0, abs=0.05)
    assert small.stat().st_size < original.stat().st_size / 10


def test_what_is_no_recording_is_named(tmp_path: Path) -> None:
    with pytest.raises(VoicePrepError, match=r"gone\.wav does not exist"):
        as_mp3(tmp_path / "gone.wav")


def test_packing_can_be_cancelled(tmp_path: Path) -> None:
    cancel = Event()
    cancel.set()
    with pytest.raises(Cancelled):
        as_mp3(write_wav(tmp_path / "said.wav", tone(440, 1.0)), cancel)
