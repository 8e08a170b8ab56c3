"""A microphone that hears what a test lets it hear, and each fault that one can have."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import NamedTuple

import numpy as np

from tests.fakes import FakeRecorder
from tests.sound import write_wav
from tests.speech.transcribers.voices import Samples, say, silence
from voiceprep.interview.ports import Hear
from voiceprep.interview.records import Recording
from voiceprep.speech.levels import to_dbfs
from voiceprep.speech.soundcheck import SENTENCE, Verdict


class Microphone(FakeRecorder):
    """Hears what a test lets it hear, as soon as it is stopped."""

    def __init__(self, samples: Samples, clips: int = 0) -> None:
        super().__init__(length_s=2.0)
        self.samples = samples
        self.clips = clips
        self.paths: list[Path] = []
        self.may_open = Event()
        self.may_open.set()

    def start(self, path: Path, hear: Hear | None = None) -> None:
        self.may_open.wait(10)
        super().start(path, hear)
        self.paths.append(path)

    def stop(self) -> Recording:
        made = super().stop()
        write_wav(made.path, self.samples, 16_000)
        peak_dbfs = to_dbfs(float(np.abs(self.samples).max(initial=0)))
        return Recording(made.path, 6.0, 16_000, "mic", 0, peak_dbfs, clips=self.clips)


def a_voice(level: float = 0.5) -> Samples:
    """The sentence, at a level of about -28 dBFS unless told otherwise, in a quiet room."""
    said = np.concatenate([silence(0.5), say(SENTENCE), silence(1.0)]) * np.float32(level)
    return said + noise(-70, len(said))


def noise(level_dbfs: float, length: int = 96_000) -> Samples:
    return np.random.default_rng(3).normal(0, 10 ** (level_dbfs / 20), length).astype(np.float32)


class Fault(NamedTuple):
    """What a microphone hears, how often that is cut off, and what is told of it."""

    heard: Callable[[], Samples]
    clips: int
    verdict: Verdict
    said: str


FAULTS = (
    Fault(a_voice, 0, Verdict.GOOD, "You are heard well."),
    Fault(lambda: a_voice(0.01), 0, Verdict.TOO_QUIET, "Move closer"),
    Fault(lambda: np.clip(a_voice(20), -1, 1), 40, Verdict.CLIPPING, "Move back"),
    Fault(lambda: a_voice() + noise(-40, len(a_voice())), 0, Verdict.NOISY, "use a headset"),
    Fault(lambda: noise(-50), 0, Verdict.NO_VOICE, "no voice in it"),
    Fault(lambda: noise(-80), 0, Verdict.SILENT, "switched off"),
    Fault(lambda: silence(4.0), 0, Verdict.MUTED, "pavucontrol"),
)
