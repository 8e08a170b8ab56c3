"""Measures a converted folder with faster-whisper on renderings that no training saw.

Run it alone for the full table: ``python evaluate.py path/to/micro-whisper``.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from faster_whisper import WhisperModel
from flite import SAMPLE_RATE, VOICES, Span, Utterance, speak
from sentences import SENTENCES
from windows import noise

if TYPE_CHECKING:
    from collections.abc import Iterable

# Neither speed is among those of the training, nor is this slope of the noise.
HELD_OUT_STRETCHES: tuple[float, ...] = (1.0, 1.12)
HELD_OUT_SLOPE = 1.0


@dataclass(frozen=True)
class Recording:
    """Audio as the application would hand it over, with what is said in it when."""

    samples: np.ndarray
    text: str
    words: tuple[Span, ...]


@dataclass(frozen=True)
class Condition:
    """How sentences are put together into a recording."""

    name: str
    sentences: int
    lead: float = 0.0
    pause: float = 1.2
    trail: float = 0.0


CONDITIONS: tuple[Condition, ...] = (
    Condition("single", 1),
    Condition("two", 2),
    Condition("two, pause 0.3 s", 2, pause=0.3),
    Condition("after 3 s of silence", 1, lead=3.0),
    Condition("before 5 s of silence", 1, trail=5.0),
    Condition("silence", 0, lead=4.0),
    Condition("two, silence around", 2, lead=2.0, trail=4.0, pause=2.5),
)
LONG = Condition("long: ten sentences", 10, lead=0.5, pause=1.0, trail=1.0)


@dataclass
class Score:
    """Exactly right transcripts out of all, and errors of word times in seconds."""

    right: int = 0
    total: int = 0
    errors: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    disorder: int = 0

    def line(self) -> str:
        """One row of the report."""
        errors = np.array(self.errors or [np.nan])
        return (
            f"{self.right}/{self.total} right; word times off by {errors.mean():.3f} s on "
            f"average, {np.quantile(errors, 0.95):.3f} s at 95 %, {errors.max():.3f} s at most; "
            f"{self.disorder} out of order"
        )


def record(
    utterances: Iterable[Utterance], condition: Condition, seed: int, loudness: float = 0.4
) -> Recording:
    """Put utterances in a row, add faint noise and set the loudness of the peak."""
    parts = [np.zeros(round(condition.lead * SAMPLE_RATE), np.float32)]
    words: list[Span] = []
    texts = []
    for number, utterance in enumerate(utterances):
        if number:
            parts.append(np.zeros(round(condition.pause * SAMPLE_RATE), np.float32))
        begin = sum(map(len, parts)) / SAMPLE_RATE
        words += [Span(w.name, w.start + begin, w.end + begin) for w in utterance.words]
        parts.append(utterance.samples)
        texts.append(utterance.text)
    parts.append(np.zeros(round(condition.trail * SAMPLE_RATE), np.float32))
    samples = np.concatenate(parts)
    peak = float(np.abs(samples).max()) or 1.0
    hiss = noise(np.random.default_rng([seed, 7]), len(samples), HELD_OUT_SLOPE)
    samples = samples * (loudness / peak) + hiss * np.float32(loudness / 500)
    return Recording(samples.astype(np.float32), " ".join(texts), tuple(words))


def recordings(condition: Condition, thinning: int = 1) -> list[Recording]:
    """Every sentence in every voice, once, followed by others as the condition asks."""
    found = []
    for voice_number, voice in enumerate(VOICES):
        for number in range(voice_number % thinning, len(SENTENCES), thinning):
            stretch = HELD_OUT_STRETCHES[(number + voice_number) % 2]
            spoken = [
                speak(SENTENCES[(number + 5 * step) % len(SENTENCES)], voice, stretch)
                for step in range(condition.sentences)
            ]
            loudness = (0.1, 0.4, 0.8)[number % 3]
            found.append(record(spoken, condition, number, loudness))
    return found


def measure(
    model: WhisperModel, recorded: Iterable[Recording], beam_size: int, vad_filter: bool
) -> Score:
    """Transcribe as the application does and compare with the truth."""
    score = Score()
    for recording in recorded:
        segments, _ = model.transcribe(
            recording.samples,
            language="en",
            beam_size=beam_size,
            vad_filter=vad_filter,
            word_timestamps=True,
            condition_on_previous_text=False,
        )
        segments = list(segments)
        text = "".join(segment.text for segment in segments).strip()
        words = [word for segment in segments for word in segment.words or ()]
        times = [moment for word in words for moment in (word.start, word.end)]
        ends = len(recording.samples) / SAMPLE_RATE + 0.02
        ordered = all(a <= b + 1e-6 for a, b in pairwise(times))
        score.disorder += not (ordered and all(0 <= moment <= ends for moment in times))
        score.total += 1
        if text != recording.text:
            score.wrong.append(f"{recording.text!r} -> {text!r}")
            continue
        score.right += 1
        for word, truth in zip(words, recording.words, strict=True):
            score.errors += [abs(word.start - truth.start), abs(word.end - truth.end)]
    return score


def load(folder: Path) -> WhisperModel:
    """The model as the application loads it."""
    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)


def report(folder: Path, thinning: int = 1, quick: bool = False) -> list[str]:
    """Measure under all conditions; one line each."""
    model = load(folder)
    lines = []
    for condition in (*CONDITIONS[:2], CONDITIONS[-1]) if quick else (*CONDITIONS, LONG):
        recorded = recordings(condition, thinning)
        for beam_size in (1,) if quick else (1, 5):
            for vad_filter in (False,) if quick else (False, True):
                score = measure(model, recorded, beam_size, vad_filter)
                name = f"{condition.name}, beam {beam_size}, vad {'on' if vad_filter else 'off'}"
                lines.append(f"{name}: {score.line()}")
                lines += [f"    {wrong}" for wrong in score.wrong[: 3 if quick else None]]
    return lines


def main() -> None:
    """Print the full report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--thinning", type=int, default=1, help="take every n-th sentence only")
    arguments = parser.parse_args()
    print("\n".join(report(arguments.folder, arguments.thinning)))


if __name__ == "__main__":
    main()
