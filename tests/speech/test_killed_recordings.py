"""However often the app is killed while it records, no more than a second of an answer is lost."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sound import Sound, read_wav, strength, tone, wait_until, write_wav
from voiceprep.speech.wav import repair

REPETITIONS = 50
AT_ONCE = 10
RATE_HZ = 16_000

RECORDS = """
import pathlib, sys, time
from voiceprep.speech.recorder import MicrophoneRecorder
recorder = MicrophoneRecorder()
recorder.start(pathlib.Path(sys.argv[1]))
while True:
    time.sleep(0.01)
    print(recorder.elapsed_s, flush=True)
"""


@pytest.mark.sound
def test_fifty_kills_at_random_moments_cost_at_most_a_second_each(
    sound: Sound, tmp_path: Path
) -> None:
    chance = random.Random(4)  # noqa: S311 - moments, no secrets
    lost = []
    with sound.speaking(write_wav(tmp_path / "said.wav", tone(440, 120.0))):
        for first in range(0, REPETITIONS, AT_ONCE):
            paths = [tmp_path / f"{number}.wav" for number in range(first, first + AT_ONCE)]
            children = [Child(path, chance.uniform(0.0, 1.5)) for path in paths]
            lost += [child.kill_and_measure() for child in children]
    assert len(lost) == REPETITIONS
    assert max(lost) <= 1.0


class Child:
    """Records until it is killed, and tells all the time how much it has heard."""

    def __init__(self, path: Path, kill_at_s: float) -> None:
        self._path = path
        self._kill_at_s = kill_at_s
        self._told = path.with_suffix(".told")
        with self._told.open("wb") as told:
            self._process = subprocess.Popen(
                [sys.executable, "-c", RECORDS, path], stdout=told, env=os.environ
            )

    def kill_and_measure(self) -> float:
        """Seconds of what was heard that are not in the file afterwards."""
        wait_until(lambda: self._heard_s() > self._kill_at_s, patience_s=60)
        self._process.kill()
        self._process.wait()
        heard_s = self._heard_s()
        kept_s = repair(self._path)
        samples, _ = read_wav(self._path)
        assert len(samples) == round(kept_s * RATE_HZ)
        if kept_s > 0.1:
            assert strength(samples[-RATE_HZ // 20 :], RATE_HZ, 440) > 0.4
        return heard_s - kept_s

    def _heard_s(self) -> float:
        whole, _, _ = self._told.read_text().rpartition("\n")
        return float(whole.rpartition("\n")[2] or -1)
