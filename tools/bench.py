"""Measures what a person waits for, each beside a baseline of the same run.

The machines are small and noisy: medians over several runs, and ratios, are what to quote.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import bench_history

from voiceprep.bank.glossary import glossary
from voiceprep.bank.load import built_in_banks, load_bank
from voiceprep.resources import asset, questions_folder
from voiceprep.scoring.score import score
from voiceprep.scoring.text import content_stems
from voiceprep.scoring.transcript import Transcript
from voiceprep.speech.audio_file import read_audio, to_mono_16k
from voiceprep.speech.player import SoundPlayer
from voiceprep.speech.speaker import PyttsxSpeaker
from voiceprep.speech.transcribers.models import choose
from voiceprep.speech.transcribers.transcriber import ChildTranscriber

RUNS = 7

_WINDOW = """
import sys, time
from voiceprep.gui import run
from voiceprep.gui.context import Context
from voiceprep.gui.window import Window
from voiceprep.store.paths import user_folders
from voiceprep.store.settings import Settings
app = run.application()
window = Window(Context(lambda settings: None, user_folders(), Settings(), print))
window.show()
app.processEvents()
"""


def main() -> None:
    """Print a table: what, median, its baseline, and the ratio."""
    bench_history.main()
    rows = [*_starting(), *_scoring(), *_speaking(), *_transcribing()]
    print(f"{'':44}{'median':>10}{'baseline':>11}{'ratio':>8}   baseline is")
    for what, value_s, baseline_s, named in rows:
        ratio = value_s / baseline_s
        print(f"{what:44}{_ms(value_s):>10}{_ms(baseline_s):>11}{ratio:>8.2f}   {named}")


def _starting() -> list[tuple[str, float, float, str]]:
    python = _median(lambda: _run("pass"))
    window = _median(lambda: _run(_WINDOW))
    command = _median(lambda: _run("from voiceprep.cli import app"))
    bank = _median(lambda: load_bank(next(questions_folder().glob("*.yaml"))))
    return [
        ("window on screen, from process start", window, python, "an empty Python process"),
        ("command line ready", command, python, "an empty Python process"),
        ("49 questions loaded and checked", bank, python, "an empty Python process"),
    ]


def _scoring() -> list[tuple[str, float, float, str]]:
    question = next(one for one in built_in_banks()[0].questions if len(one.concepts) == 5)
    said = " ".join(line for concept in question.concepts for line in concept.says)
    answer = " ".join(said.split()[:200])
    plain = _median(lambda: (content_stems(answer), content_stems(question.hint)))
    ours = _median(lambda: score(question, Transcript.typed(answer)))
    return [("200 words scored against 5 concepts", ours, plain, "stemming answer and hint")]


def _speaking() -> list[tuple[str, float, float, str]]:
    text = built_in_banks()[0].questions[0].question
    with tempfile.TemporaryDirectory() as cache:
        cold = []
        for number in range(3):
            speaker = PyttsxSpeaker(SoundPlayer(), Path(cache) / str(number))
            cold.append(_timed(lambda speaker=speaker: speaker.prepare(text)))
        cached = _median(lambda: speaker.prepare(text))
    return [("a question synthesised", statistics.median(cold), cached, "the same, from the cache")]


def _transcribing() -> list[tuple[str, float, float, str]]:
    rows = []
    recording = min(asset("demo").glob("*.flac"))
    audio = to_mono_16k(read_audio(recording))
    length_s = len(audio) / 16_000
    choice = choose("pocketsphinx", "", Path(), glossary(built_in_banks()))
    transcriber = ChildTranscriber(choice)
    try:
        load_s = _timed(transcriber.warm_up)
        work_s = statistics.median(
            _timed(lambda: transcriber.transcribe(recording, Event())) for _ in range(3)
        )
    finally:
        transcriber.close()
    python = _median(lambda: _run("pass"))
    rows.append(("basic recogniser loaded", load_s, python, "an empty Python process"))
    rows.append(("basic recogniser, a demo answer", work_s, length_s, "its length (ratio: RTF)"))
    return rows


def _run(code: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            env={**os.environ, "VOICEPREP_HOME": home, "QT_QPA_PLATFORM": "offscreen"},
            cwd=Path(__file__).resolve().parent.parent,
            capture_output=True,
        )


def _median(work: Callable[[], object]) -> float:
    work()
    return statistics.median(_timed(work) for _ in range(RUNS))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
