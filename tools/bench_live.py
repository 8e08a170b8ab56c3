"""Measures how long one waits after Stop: all of it transcribed then, or live.

Both on the same two minutes of speech, in the same run, by Whisper in the shape of base.en. The
weights are random, so the number of tokens is bounded as that of real speech would be. Ours is the
real app: window, microphone (a PulseAudio of its own), recogniser's child, scorer, history.
"""
# Children import this file, so what only the window needs is imported where it is used.
# ruff: noqa: E402, PLC0415

import argparse
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np

from tests.sound import Sound, write_wav
from voiceprep.resources import asset
from voiceprep.speech.audio_file import SPEECH_RATE_HZ, read_speech
from voiceprep.speech.transcribers import child
from voiceprep.speech.transcribers.child import main as real_child

LENGTH_S = 120.0
TOKENS_PER_S = 4.0
"""English at 150 words a minute, 1.4 tokens a word, and a little more."""

_TICK_MS = 5


def bounded_child(*arguments: Any) -> None:
    """The recogniser's child, with as many tokens as speech would have."""
    _bound_tokens()
    real_child(*arguments)


def _bound_tokens() -> None:
    """Make answers as long as speech, and end them with a timestamp as a trained Whisper does.

    Without that, faster-whisper listens again from where the last word seems to end, which random
    attention puts anywhere: each stretch would be encoded two to four times.
    """
    from faster_whisper import WhisperModel

    transcribe = WhisperModel.transcribe
    split = WhisperModel._split_segments_by_timestamps  # noqa: SLF001 - for timing only

    def bounded(self: Any, samples: Any, **options: Any) -> Any:
        window_s = min(len(samples) / SPEECH_RATE_HZ, 30.0)
        tokens = max(8, round(TOKENS_PER_S * window_s))
        return transcribe(self, samples, **options, max_new_tokens=tokens, temperature=0.0)

    def ended(self: Any, tokenizer: Any, tokens: list[int], **where: Any) -> Any:
        steps = round(where["segment_duration"] / self.time_precision)
        return split(self, tokenizer, [*tokens, tokenizer.timestamp_begin + steps], **where)

    WhisperModel.transcribe = bounded
    WhisperModel._split_segments_by_timestamps = ended  # noqa: SLF001


def _score_all() -> None:
    """Random weights are never sure of a word: score what they hear as if they were."""
    from dataclasses import replace

    from voiceprep.interview import hearing
    from voiceprep.interview.sound_verdict import Grade

    judged = hearing.sound_verdict
    hearing.sound_verdict = lambda *given: replace(judged(*given), grade=Grade.GOOD)


def batch(folder: Path, audio: Path, runs: int, answer: Any) -> None:
    """As other apps do it: a loaded model gets the whole file after Stop. A process's target."""
    _bound_tokens()
    from faster_whisper import WhisperModel

    from voiceprep.speech.transcribers.messages import EngineChoice

    threads = EngineChoice("whisper").threads
    whisper = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        found, _ = whisper.transcribe(
            read_speech(audio),
            language="en",
            word_timestamps=True,
            vad_filter=True,
            condition_on_previous_text=False,
        )
        list(found)
        taken.append(time.perf_counter() - started)
    answer.send(taken)


@dataclass
class Run:
    """What was measured while and after one answer was given.

    Attributes:
        wait_s: From Stop to the scored result.
        stall_s: The longest time in which the window could not react.
        overflows: How often the device lost samples.
        memory_bytes: Most memory of the app and its children together.
    """

    wait_s: float
    stall_s: float
    overflows: int
    memory_bytes: int


class Desk:
    """The real window and engines, in a home of their own."""

    def __init__(self, models: Path, home: Path) -> None:
        from voiceprep.app import build_toolbox
        from voiceprep.gui.context import Context
        from voiceprep.gui.run import application
        from voiceprep.gui.window import Window
        from voiceprep.store.paths import Folders
        from voiceprep.store.settings import Settings

        child.main = bounded_child
        _score_all()
        self.app = application()
        folders = Folders(home / "data", home / "cache")
        self.context = Context(
            lambda settings: build_toolbox(settings, folders, models=models),
            folders,
            Settings(read_aloud=False, sound_check=False, engine="whisper"),
            _fail,
        )
        self.window = Window(self.context)
        self.window.show()
        self.context.build_toolbox()
        self.until(lambda: self.context.toolbox is not None)
        self.context.toolbox.judge.transcriber.warm_up()

    def until(self, condition: Callable[[], bool], patience_s: float = 60.0) -> None:
        """Run the window until this holds."""
        started = time.monotonic()
        while not condition():
            self.app.processEvents()
            time.sleep(0.001)
            if time.monotonic() - started > patience_s:
                raise TimeoutError

    def answer(self, audio: Path, sound: Sound) -> Run:
        """Answer a question with a recording that is played into the microphone."""
        from PySide6.QtCore import Qt, QTimer

        from voiceprep.interview.machine import State

        conductor = self.window.room_page.conductor
        bank = self.context.toolbox.banks[0]
        self.window.practise(bank, bank.questions[:1])
        self.until(lambda: conductor.state is State.THINKING)
        conductor.record()
        self.until(lambda: conductor.state is State.RECORDING)
        ticks: list[float] = []
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
        timer.start(_TICK_MS)
        with _memory() as sizes:
            begun = time.monotonic()
            with sound.speaking(audio):
                self.until(lambda: time.monotonic() - begun > LENGTH_S, 2 * LENGTH_S)
            stopped = time.perf_counter()
            conductor.stop_recording()
            self.until(lambda: conductor.state is State.REVIEWING)
            wait_s = time.perf_counter() - stopped
        timer.stop()
        recording = conductor.view.attempt.recording
        if conductor.view.attempt.assessment is None:
            raise RuntimeError("the answer was not scored, so the wait tells nothing")
        conductor.finish()
        self.until(lambda: not self.context.busy)
        stall_s = max(later - earlier for earlier, later in pairwise(ticks)) - _TICK_MS / 1000
        return Run(wait_s, stall_s, recording.overflows, max(sizes))

    def close(self) -> None:
        """End all of it."""
        self.window.close_without_asking()
        self.context.toolbox.close()
        self.context.jobs.close()


def live(models: Path, audio: Path, folder: Path, runs: int) -> list[Run]:
    """Answer in the real window, with a sound server of our own."""
    sound = Sound(folder / "pulse")
    sound.folder.mkdir()
    try:
        sound.start()
        desk = Desk(models, folder / "home")
        try:
            return [desk.answer(audio, sound) for _ in range(runs)]
        finally:
            desk.close()
    finally:
        sound.stop()


def _fail(error: BaseException) -> None:
    raise error


@contextmanager
def _memory() -> Iterator[list[int]]:
    """The bytes that all processes take, once a second."""
    sizes: list[int] = []
    over = Event()

    def watch() -> None:
        while not over.wait(1.0):
            sizes.append(sum(map(_pss_bytes, _family(os.getpid()))))

    watching = Thread(target=watch)
    watching.start()
    try:
        yield sizes
    finally:
        over.set()
        watching.join()


def _family(root: int) -> list[int]:
    """The app and its children; not the sound server and what plays into it."""
    found = [root]
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                parent = int((entry / "stat").read_text().rpartition(") ")[2].split()[1])
                if parent == root and b"spawn" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
    return found


def _pss_bytes(pid: int) -> int:
    """Memory of a process; what it shares counts as its share."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def two_minutes(path: Path) -> Path:
    """The demo's answers one after the other."""
    parts = [read_speech(one) for one in sorted(asset("demo").glob("*.flac"))]
    speech = np.concatenate(parts)
    repeated = np.tile(speech, 1 + int(LENGTH_S * SPEECH_RATE_HZ) // len(speech))
    return write_wav(path, repeated[: round(LENGTH_S * SPEECH_RATE_HZ)], SPEECH_RATE_HZ)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="of two minutes each")
    runs = parser.parse_args().runs
    from random_whisper import make

    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="voiceprep-bench-") as name:
        folder = Path(name)
        model = make(folder / "models" / "base.en")
        audio = two_minutes(folder / "answer.wav")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=batch, args=(model, audio, runs, theirs))
        process.start()
        batch_s = statistics.median(ours.recv())
        process.join()
        found = live(model.parent, audio, folder, runs)
    waits_s = [one.wait_s for one in found]
    wait_s = statistics.median(waits_s)
    print(f"{LENGTH_S:.0f} s of speech, Whisper in the shape of base.en, runs: {runs}")
    print(f"  batch, from Stop to the transcript    {batch_s:6.2f} s   median")
    print(f"  live, from Stop to the scored result  {wait_s:6.2f} s   median")
    print(f"  the slowest of them                   {max(waits_s):6.2f} s")
    print(f"  live / batch                          {wait_s / batch_s:6.2f}")
    print(f"  longest stall of the window           {1000 * max(o.stall_s for o in found):6.0f} ms")
    print(f"  overflows of the recording            {sum(o.overflows for o in found):6}")
    print(
        f"  memory of all processes, at most      {max(o.memory_bytes for o in found) >> 20:6} MiB"
    )


if __name__ == "__main__":
    main()
