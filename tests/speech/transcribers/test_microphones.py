"""Whatever a microphone's rate and channels are, the same words are heard."""

from pathlib import Path
from threading import Event

import numpy as np
import soxr

from tests.sound import wait_until
from tests.speech.transcribers.conftest import TEXT, wrong_words
from voiceprep.speech.audio_file import read_speech
from voiceprep.speech.take import RATE_HZ, Take
from voiceprep.speech.transcribers.transcriber import ChildTranscriber
from voiceprep.speech.wav import WavFile


def recorded(said: Path, rate_hz: int, channels: int, folder: Path) -> Path:
    """The recording of what a microphone of this kind hears."""
    samples = soxr.resample(read_speech(said), RATE_HZ, rate_hz)
    blocks = np.repeat(samples[:, np.newaxis], channels, axis=1)
    path = folder / f"{rate_hz}-{channels}.wav"
    take = Take(WavFile(path, RATE_HZ), "microphone", rate_hz)
    for start in range(0, len(blocks), rate_hz // 20):
        take.feed(blocks[start : start + rate_hz // 20])
    wait_until(lambda: take.wav.duration_s > len(samples) / rate_hz - 0.1)
    take.finish(0.0)
    take.wav.close()
    return path


def test_every_microphone_gives_the_same_transcript(
    sphinx: ChildTranscriber, spoken: Path, tmp_path: Path
) -> None:
    heard = {
        (rate_hz, channels): sphinx.transcribe(
            recorded(spoken, rate_hz, channels, tmp_path), Event()
        ).text
        for rate_hz in (16_000, 44_100, 48_000)
        for channels in (1, 2, 4)
    }
    assert len(set(heard.values())) == 1, heard
    assert wrong_words(TEXT, heard[48_000, 4]) < 0.1
