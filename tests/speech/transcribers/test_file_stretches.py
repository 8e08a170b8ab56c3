"""Files of any length are cut while they are read, as answers are cut while they are spoken."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.speech.transcribers.voices import say, silence, write_flac
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.speech import audio_file
from voiceprep.speech.audio_file import read_speech, told_length_s
from voiceprep.speech.stretches import Cutter
from voiceprep.speech.transcribers import file_stretches
from voiceprep.speech.transcribers.file_stretches import FileStretches

Samples = NDArray[np.float32]


def nothing(_: float) -> None:
    """Nobody listens."""


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """Two sentences with a long pause between them, 25 seconds."""
    parts = [silence(12.0), say("We measure drift every week."), silence(9.0), say("Then we act.")]
    return write_flac(tmp_path / "answer.flac", np.concatenate(parts))


def test_a_file_has_the_stretches_that_it_would_have_had_live(answer: Path) -> None:
    samples = read_speech(answer)
    cutter = Cutter()
    live = [*cutter.feed(samples), *cutter.finish()]
    file = FileStretches(answer, nothing)
    found = list(file)
    assert len(found) == len(live) == 2
    for one, other in zip(found, live, strict=True):
        assert one.start_s == other.start_s
        np.testing.assert_array_equal(one.samples, other.samples)
    assert file.length_s == pytest.approx(len(samples) / 16_000)
    assert told_length_s(answer) == pytest.approx(file.length_s, abs=0.01)


def test_what_is_too_long_for_memory_is_read_piece_by_piece(
    answer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audio_file, "LONGEST_S", 1.0)
    with pytest.raises(VoicePrepError, match="too long"):
        read_speech(answer)
    pieces: list[int] = []

    def looked_at(samples: Samples) -> float:
        pieces.append(len(samples))
        return 0.0

    monkeypatch.setattr(file_stretches, "loudest_dbfs", looked_at)
    assert len(list(FileStretches(answer, nothing))) == 2
    assert len(pieces) == 3
    assert max(pieces) < 11 * 16_000


def test_the_first_stretch_comes_before_the_file_is_read_to_its_end(answer: Path) -> None:
    file = FileStretches(answer, nothing)
    next(iter(file))
    assert file.length_s < 21


def test_reading_can_be_left(answer: Path) -> None:
    def leave(_: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        next(iter(FileStretches(answer, leave)))


def test_noise_that_is_too_soft_for_a_voice_is_not_transcribed(tmp_path: Path) -> None:
    soft = write_flac(tmp_path / "soft.flac", say("We measure drift every week.") * 0.0005)
    with pytest.raises(VoicePrepError, match="Nothing was heard"):
        list(FileStretches(soft, nothing))


def test_a_file_that_says_nothing_of_its_length_is_no_problem(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam")
    assert told_length_s(letter) == 0
    assert told_length_s(tmp_path / "gone.wav") == 0
