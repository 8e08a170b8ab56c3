"""Training windows: takes placed on a timeline, made noisy, with the scripts to be written.

A window is what faster-whisper hands to the encoder: log-mel frames of up to 30 seconds of
audio, padded with zeros.  A script is what the decoder should write for it, with the place
in the audio where each token is heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from faster_whisper.feature_extractor import FeatureExtractor
from flite import SAMPLE_RATE
from torch import Tensor
from torch.nn import functional
from torch.utils.data import Dataset
from vocabulary import SECONDS_PER_STEP, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus import Corpus, Take

IGNORED = -100
NOISE_LENGTH = 2**21
FRAMES_PER_SECOND = 100
POSITIONS_PER_SECOND = 50
# The decoding rules allow no later beginning of the first segment than this.
LATEST_BEGINNING = 1.0

Place = tuple[float, float]


@dataclass(frozen=True)
class Plan:
    """What the windows of one training phase are like."""

    seconds: int
    batch: int
    counts: tuple[float, ...]
    """Probabilities of 1, 2, 3 ... takes in a window that is not silent."""
    shifted: float
    """How often the windows of a batch begin at a later position than 0."""
    prompted: float
    """How often a transcript follows a prompt."""


@dataclass(frozen=True)
class Batch:
    """Tensors of some windows.

    Each window has a script with timestamps; those of the first half of the windows without
    timestamps come after them.
    """

    mels: Tensor
    offset: int
    phones: Tensor
    inputs: Tensor
    targets: Tensor
    heard: Tensor
    """First and last position (exclusive) of each target; 0, 0 where it has no place."""
    came_from: Tensor
    """The same for each input."""


@dataclass
class Script:
    """Tokens of one sequence with their places in the audio."""

    tokens: list[int]
    places: list[Place | None]
    targets_from: int
    """Index of the first token that is a target; what stands before it is given."""

    def add(self, token: int, place: Place | None = None) -> None:
        """Append one token."""
        self.tokens.append(token)
        self.places.append(place)


def noise(rng: np.random.Generator, length: int, slope: float) -> np.ndarray:
    """Noise of unit power whose spectrum falls with ``frequency ** -slope``."""
    white = rng.standard_normal(length, dtype=np.float32)
    if slope == 0:
        return white
    spectrum = np.fft.rfft(white)
    frequencies = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    spectrum *= np.maximum(frequencies, 40.0) ** (-slope / 2)
    shaped = np.fft.irfft(spectrum, length)
    return (shaped / (shaped.std() + 1e-9)).astype(np.float32)


def _varied(take: Take, rng: np.random.Generator) -> tuple[np.ndarray, float]:
    """The take at another pitch, loudness and colour, and how much longer it became."""
    factor = float(rng.uniform(0.93, 1.08))
    length = int(len(take.samples) * factor)
    samples = np.interp(
        np.arange(length) / factor, np.arange(len(take.samples)), take.samples
    ).astype(np.float32)
    samples[1:] += float(rng.uniform(-0.4, 0.4)) * samples[:-1]
    return samples * 10 ** float(rng.uniform(-0.2, 0.2)), factor


class LogMel:
    """The features of faster-whisper, computed five times as fast."""

    def __init__(self) -> None:
        self.filters = torch.from_numpy(FeatureExtractor().mel_filters)
        self.window = torch.hann_window(400)

    def __call__(self, samples: np.ndarray) -> Tensor:
        """Log-mel frames (80, frames) of ``samples`` as the encoder gets them."""
        padded = functional.pad(torch.from_numpy(samples), (0, 160))
        bins = torch.stft(padded, 400, 160, window=self.window, return_complex=True)
        power = torch.view_as_real(bins[:, :-2]).square().sum(-1)
        logs = (self.filters @ power).clamp(min=1e-10).log10()
        return (logs.clamp(min=float(logs.max()) - 8.0) + 4.0) / 4.0


@dataclass
class Timeline:
    """The audio of a window and what is spoken in it when."""

    samples: np.ndarray
    spoken: list[tuple[Take, float, float]]
    """Takes that are wholly inside, with their offset in seconds and their stretch."""
    cut: tuple[Take, float, float] | None

    def followed(self) -> Iterator[tuple[tuple[Take, float, float], float | None]]:
        """What is spoken, each with the moment when the next take's first word begins."""
        everything = [*self.spoken, *filter(None, [self.cut])]
        begins = [at + take.start * factor for take, at, factor in everything]
        for index, spoken in enumerate(self.spoken):
            yield spoken, begins[index + 1] if index + 1 < len(begins) else None


def add_take(script: Script, take: Take, at: float, factor: float, following: float | None) -> None:
    """Append a take's tokens.

    The closing mark is heard until the next take begins: faster-whisper would otherwise
    count the pause to the next word.
    """
    for token in take.tokens:
        end = at + token.end * factor
        if token is take.tokens[-1] and following is not None:
            end = following
        script.add(token.ident, (at + token.start * factor, end))


class Windows(Dataset[Batch]):
    """Batches by number; the same number always gives the same batch."""

    def __init__(self, corpus: Corpus, vocabulary: Vocabulary, plan: Plan, seed: int) -> None:
        self.corpus = corpus
        self.vocabulary = vocabulary
        self.plan = plan
        self.seed = seed
        self.features = LogMel()
        rng = np.random.default_rng([seed, 2])
        self.noises = {slope: noise(rng, NOISE_LENGTH, slope) for slope in (0.0, 2.0)}
        self.texts = [[token.ident for token in take.tokens] for take in corpus.sentences]

    def __getitem__(self, number: int) -> Batch:
        rng = np.random.default_rng([self.seed, self.plan.seconds, number])
        offset = 0
        if rng.random() < self.plan.shifted:
            offset = int(rng.integers(0, POSITIONS_PER_SECOND * (30 - self.plan.seconds)))
        timelines = [self._timeline(rng) for _ in range(self.plan.batch)]
        begin = offset / POSITIONS_PER_SECOND
        scripts = [self._with_times(timeline, begin, rng) for timeline in timelines]
        half = timelines[: len(timelines) // 2]
        scripts += [self._without_times(timeline, rng) for timeline in half]
        return self._collate(timelines, scripts, offset)

    def _pick(self, rng: np.random.Generator) -> Take:
        takes = self.corpus.sentences if rng.random() < 0.7 else self.corpus.others
        return takes[rng.integers(len(takes))]

    def _timeline(self, rng: np.random.Generator) -> Timeline:
        seconds = self.plan.seconds
        audio = np.zeros(seconds * SAMPLE_RATE, np.float32)
        spoken: list[tuple[Take, float, float]] = []
        cut = None
        count = 0
        if rng.random() >= 0.06:
            count = 1 + int(rng.choice(len(self.plan.counts), p=self.plan.counts))
        longest_lead = (0.3, 0.3, 1.5, 6.0)[rng.integers(4)]
        at = float(rng.uniform(0, min(longest_lead, seconds / 4)))
        for _ in range(count):
            take = self._pick(rng)
            samples, factor = _varied(take, rng)
            first = int(at * SAMPLE_RATE)
            if first + len(samples) > len(audio):
                if spoken and rng.random() < 0.5 and at + take.start < seconds - 0.2:
                    audio[first:] += samples[: len(audio) - first]
                    cut = (take, at, factor)
                break
            audio[first : first + len(samples)] += samples
            spoken.append((take, at, factor))
            at = (first + len(samples)) / SAMPLE_RATE
            at += float(rng.uniform(0, 0.8) if rng.random() < 0.6 else rng.uniform(0.8, 3))
        if cut is None:
            end = spoken[-1][1] + len(spoken[-1][0].samples) * 1.08 / SAMPLE_RATE if spoken else 0.5
            tail = float(rng.uniform(0, 1.0) if rng.random() < 0.5 else rng.uniform(1.0, seconds))
            audio = audio[: int(min(end + tail, seconds) * SAMPLE_RATE)]
        return Timeline(self._recorded(audio, bool(spoken), rng), spoken, cut)

    def _recorded(self, audio: np.ndarray, speech: bool, rng: np.random.Generator) -> np.ndarray:
        """Add noise and set the level."""
        kind = rng.random()
        first = int(rng.integers(NOISE_LENGTH - len(audio)))
        hiss = self.noises[0.0 if kind < 0.65 else 2.0][first : first + len(audio)]
        if speech:
            power = float(np.sqrt(np.mean(audio[np.abs(audio) > 1e-3] ** 2)))
            level = power * 10 ** (-float(rng.uniform(12, 45)) / 20)
            audio = audio if kind < 0.25 else audio + level * hiss
            peak = 10 ** float(rng.uniform(-1.3, -0.05))
            return audio * (peak / float(np.abs(audio).max()))
        return audio if kind < 0.2 else hiss * np.float32(10 ** rng.uniform(-5, -1.5))

    def _opening(self, rng: np.random.Generator) -> Script:
        """The start of a transcript, sometimes after a prompt."""
        vocabulary = self.vocabulary
        script = Script([], [], 0)
        if rng.random() < self.plan.prompted:
            script.add(vocabulary.special("startofprev"))
            if rng.random() < 0.3:
                words = rng.integers(0, vocabulary.special("endoftext"), int(rng.integers(1, 30)))
                prompt = [int(token) for token in words]
            else:
                prompt = []
                for _ in range(int(rng.integers(1, 4))):
                    begin = float(rng.uniform(0, 20))
                    prompt.append(vocabulary.timestamp(begin))
                    prompt += self.texts[rng.integers(len(self.texts))]
                    prompt.append(vocabulary.timestamp(begin + 4))
                if rng.random() < 0.5:
                    prompt = [t for t in prompt if t < vocabulary.timestamp_begin]
            for token in prompt:
                script.add(token)
        script.add(vocabulary.special("startoftranscript"))
        script.targets_from = len(script.tokens)
        return script

    def _with_times(self, timeline: Timeline, begin: float, rng: np.random.Generator) -> Script:
        """What Whisper writes: every segment between its two timestamps."""
        vocabulary = self.vocabulary
        script = self._opening(rng)

        def moment(seconds: float) -> None:
            shown = begin + seconds
            if len(script.tokens) == script.targets_from:
                shown = min(shown, LATEST_BEGINNING)
            script.add(vocabulary.timestamp(shown), (seconds - 0.1, seconds + 0.1))

        if not timeline.spoken:
            script.add(vocabulary.timestamp(0))
        end = 0.0
        for (take, at, factor), following in timeline.followed():
            moment(at + take.start * factor)
            add_take(script, take, at, factor, following)
            end = at + take.end * factor
            moment(end)
        if timeline.cut is not None:
            take, at, factor = timeline.cut
            moment(at + take.start * factor)
        script.add(vocabulary.special("endoftext"), (end + 0.1, end + 0.5))
        return script

    def _without_times(self, timeline: Timeline, rng: np.random.Generator) -> Script:
        """The form in which faster-whisper asks where the words are."""
        vocabulary = self.vocabulary
        script = self._opening(rng)
        script.add(vocabulary.special("notimestamps"))
        script.targets_from += 1
        end = 0.0
        for (take, at, factor), following in timeline.followed():
            add_take(script, take, at, factor, following)
            end = at + take.end * factor
        script.add(vocabulary.special("endoftext"), (end + 0.2, end + 0.5))
        return script

    def _collate(self, timelines: list[Timeline], scripts: list[Script], offset: int) -> Batch:
        frames = self.plan.seconds * FRAMES_PER_SECOND
        positions = self.plan.seconds * POSITIONS_PER_SECOND
        count, length = len(scripts), max(len(script.tokens) for script in scripts) - 1
        mels = torch.zeros(len(timelines), 80, frames)
        phones = np.full((len(timelines), positions), self.corpus.phones.index("pau"))
        inputs = np.full((count, length), self.vocabulary.special("endoftext"))
        targets = np.full((count, length), IGNORED)
        heard = np.zeros((count, length, 2), int)
        came_from = np.zeros((count, length, 2), int)
        for row, timeline in enumerate(timelines):
            seen = self.features(timeline.samples)[:, :frames]
            mels[row, :, : seen.shape[1]] = seen
            for take, at, factor in [*timeline.spoken, *filter(None, [timeline.cut])]:
                for phone in take.phones:
                    first, last = at + phone.start * factor, at + phone.end * factor
                    phones[row, round(first * 50) : round(last * 50)] = phone.ident
        for row, script in enumerate(scripts):
            size = len(script.tokens) - 1
            inputs[row, :size] = script.tokens[:-1]
            first = script.targets_from - 1
            targets[row, first:size] = script.tokens[first + 1 :]
            for index in range(first, size):
                heard[row, index] = _positions(script.places[index + 1], positions)
                came_from[row, index] = _positions(script.places[index], positions)
            if not timelines[row % len(timelines)].spoken:
                start = script.tokens.index(self.vocabulary.special("startoftranscript"))
                targets[row, start] = self.vocabulary.special("nocaptions")
                heard[row] = 0
        return Batch(
            mels,
            offset,
            torch.from_numpy(phones),
            torch.from_numpy(inputs),
            torch.from_numpy(targets),
            torch.from_numpy(heard),
            torch.from_numpy(came_from),
        )


def _positions(place: Place | None, limit: int) -> tuple[int, int]:
    """The encoder positions of a stretch of time, at least two; none if it lies outside."""
    if place is None:
        return 0, 0
    first = max(round(place[0] / SECONDS_PER_STEP), 0)
    last = min(max(round(place[1] / SECONDS_PER_STEP), first + 2), limit)
    return (first, last) if last - first >= 2 else (0, 0)
