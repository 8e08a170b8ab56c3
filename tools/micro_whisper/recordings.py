"""Writes the few recordings that the tests feed to the model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import soundfile
from evaluate import Condition, Recording, record
from flite import SAMPLE_RATE, Utterance, speak
from sentences import SENTENCES
from windows import noise

if TYPE_CHECKING:
    from pathlib import Path


def _spoken(*numbers: int, voice: str, stretch: float) -> list[Utterance]:
    return [speak(SENTENCES[number], voice, stretch) for number in numbers]


def _recordings() -> dict[str, Recording]:
    silence = noise(np.random.default_rng(4), 4 * SAMPLE_RATE, 1.0) * np.float32(1e-4)
    return {
        "single.flac": record(_spoken(0, voice="slt", stretch=1.0), Condition("single", 1), seed=1),
        "two.flac": record(
            _spoken(2, 4, voice="rms", stretch=1.12), Condition("two", 2, pause=1.5), seed=2
        ),
        "after_silence.flac": record(
            _spoken(1, voice="slt", stretch=1.1), Condition("late", 1, lead=3.0), seed=3
        ),
        "fillers.flac": record(
            _spoken(8, voice="awb", stretch=1.0), Condition("single", 1, trail=2.0), seed=4
        ),
        # The first window's 30 seconds end within a pause, and the pauses are too short for a
        # voice activity filter to cut, so that they do with it as well.
        "long.flac": record(
            _spoken(7, 9, 8, 5, 11, 1, 2, voice="awb", stretch=1.12),
            Condition("long", 7, lead=0.4, pause=0.5, trail=0.6),
            seed=5,
        ),
        "silence.flac": Recording(silence, "", ()),
    }


def write_recordings(folder: Path) -> None:
    """Write the recordings, what is said in them, and when."""
    folder.mkdir(parents=True, exist_ok=True)
    made = _recordings()
    for name, recording in made.items():
        soundfile.write(folder / name, recording.samples, SAMPLE_RATE, subtype="PCM_16")
    texts = {name: recording.text for name, recording in made.items()}
    times = {
        name: [[word.name, round(word.start, 3), round(word.end, 3)] for word in recording.words]
        for name, recording in made.items()
    }
    (folder / "expected.json").write_text(json.dumps(texts, indent=2) + "\n", encoding="utf-8")
    lines = [f"  {json.dumps(name)}: {json.dumps(words)}" for name, words in times.items()]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (folder / "word_times.json").write_text(text, encoding="utf-8")
