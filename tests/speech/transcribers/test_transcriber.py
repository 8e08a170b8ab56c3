"""What the interview relies on in a transcriber, for the real ones and the fake alike."""

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
import soxr

from tests.fakes import FakeTranscriber
from tests.fakes import spoken as fake_transcript
from tests.sound import wait_until
from tests.speech.transcribers import children
from tests.speech.transcribers.conftest import (
    MICRO_WHISPER,
    SPHINX,
    TEXT,
    wrong_words,
)
from tests.speech.transcribers.voices import silence, write_flac
from voiceprep.errors import Cancelled, NothingHeardError, VoicePrepError
from voiceprep.interview.ports import Transcriber
from voiceprep.resources import asset
from voiceprep.speech.audio_file import read_speech, to_pcm
from voiceprep.speech.transcribers import child as child_module
from voiceprep.speech.transcribers import vitals
from voiceprep.speech.transcribers.messages import EngineChoice
from voiceprep.speech.transcribers.transcriber import ChildTranscriber

MICRO_TEXT = (
    "False positives cost analysts time and slowly destroy their trust. "
    "A human reviewer always makes the final decision on blocked payments."
)


@dataclass
class Case:
    """A transcriber, a recording, and what is said in it."""

    transcriber: Transcriber
    recording: Path
    text: str
    engine: str


def a_case(name: str, request: pytest.FixtureRequest) -> Case:
    spoken: Path = request.getfixturevalue("spoken")
    if name == "fake":
        return Case(FakeTranscriber(fake_transcript(TEXT), 0.05), spoken, TEXT, "fake")
    if name == "pocketsphinx":
        return Case(request.getfixturevalue("sphinx"), spoken, TEXT, name)
    recording = MICRO_WHISPER / "audio" / "two.flac"
    return Case(request.getfixturevalue("whisper"), recording, MICRO_TEXT, name)


@pytest.fixture(params=["fake", "pocketsphinx", "whisper"])
def case(request: pytest.FixtureRequest) -> Case:
    return a_case(request.param, request)


@pytest.fixture(params=["pocketsphinx", "whisper"])
def real(request: pytest.FixtureRequest) -> Case:
    return a_case(request.param, request)


def child_of(case: Case) -> int:
    """The process id of the loaded child."""
    assert isinstance(case.transcriber, ChildTranscriber)
    case.transcriber.warm_up()
    assert case.transcriber.pid is not None
    return case.transcriber.pid


def is_running(pid: int) -> bool:
    """Whether a process is there and no zombie; who reaps an orphan is not our affair."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def at_first_progress(act: Callable[[], object]) -> Callable[[float], None]:
    """A progress that does something once, while the engine is at work."""
    done = Event()

    def progress(_: float) -> None:
        if not done.is_set():
            done.set()
            act()

    return progress


# -- All of them ---------------------------------------------------------------------------------


def test_what_was_said_comes_back_with_times_and_confidence(case: Case) -> None:
    transcript = case.transcriber.transcribe(case.recording, Event())
    assert wrong_words(case.text, transcript.text) < 0.1
    assert transcript.engine == case.engine
    assert transcript.duration_s > 0
    times = [time_s for word in transcript.words for time_s in (word.start_s, word.end_s)]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= transcript.duration_s + 0.1
    assert all(0 <= word.confidence <= 1 for word in transcript.words)
    for segment in transcript.segments:
        assert segment.text == " ".join(word.text for word in segment.words)
        assert all(word.text == word.text.strip() != "" for word in segment.words)


def test_progress_rises_to_the_end(case: Case) -> None:
    shares: list[float] = []
    case.transcriber.transcribe(case.recording, Event(), shares.append)
    assert shares == sorted(shares)
    assert shares[0] >= 0
    assert shares[-1] == 1.0


def test_the_same_recording_gives_the_same_words(case: Case) -> None:
    first, second = (case.transcriber.transcribe(case.recording, Event()) for _ in range(2))
    assert first == second


def test_a_cancelled_call_says_so_and_the_next_one_works(case: Case) -> None:
    cancel = Event()
    cancel.set()
    with pytest.raises(Cancelled):
        case.transcriber.transcribe(case.recording, cancel)
    assert case.transcriber.transcribe(case.recording, Event()).words


def test_a_missing_file_is_named_and_the_next_call_works(case: Case, tmp_path: Path) -> None:
    with pytest.raises(VoicePrepError, match=r"gone\.wav"):
        case.transcriber.transcribe(tmp_path / "gone.wav", Event())
    assert case.transcriber.transcribe(case.recording, Event()).words


def test_warming_up_twice_and_closing_twice_is_fine(case: Case) -> None:
    case.transcriber.warm_up()
    case.transcriber.warm_up()
    case.transcriber.close()
    case.transcriber.close()


# -- The real ones -------------------------------------------------------------------------------


def test_48_khz_stereo_gives_the_words_of_16_khz_mono(real: Case, tmp_path: Path) -> None:
    mono = read_speech(real.recording)
    high = soxr.resample(mono, 16_000, 48_000)
    stereo = write_flac(tmp_path / "48k.flac", np.stack([high, high], axis=1), 48_000, "stereo")
    expected, heard = (
        real.transcriber.transcribe(path, Event()) for path in (real.recording, stereo)
    )
    assert wrong_words(expected.text, heard.text) < 0.05
    assert heard.duration_s == pytest.approx(expected.duration_s, abs=0.01)
    assert heard.words[-1].end_s == pytest.approx(expected.words[-1].end_s, abs=0.2)


def test_pauses_part_segments_and_times_count_from_the_files_start(
    real: Case, tmp_path: Path
) -> None:
    said = read_speech(real.recording)
    twice = np.concatenate([silence(3.0), said, silence(4.0), said, silence(1.0)])
    alone = real.transcriber.transcribe(real.recording, Event())
    both = real.transcriber.transcribe(write_flac(tmp_path / "twice.flac", twice), Event())
    assert wrong_words(f"{real.text} {real.text}", both.text) < 0.1
    length_s = len(said) / 16_000
    late = [word for word in both.words if word.start_s > 3.0 + length_s + 2.0]
    assert len(late) == pytest.approx(len(alone.words), abs=1)
    assert both.words[0].start_s == pytest.approx(3.0 + alone.words[0].start_s, abs=0.5)
    assert late[-1].end_s == pytest.approx(7.0 + length_s + alone.words[-1].end_s, abs=0.5)
    assert len(both.segments) >= 2
    assert not any(
        segment.start_s < 3.0 + length_s < segment.end_s - 2.0
        for segment in both.segments
        if segment.start_s is not None and segment.end_s is not None
    )


def hiss(level_dbfs: float) -> np.ndarray:
    amplitude = 10 ** (level_dbfs / 20)
    return np.random.default_rng(5).normal(0, amplitude, 80_000).astype(np.float32)


@pytest.mark.parametrize(
    ("samples", "cause"),
    [(silence(3.0), "muted"), (hiss(-75), "loudest moment"), (hiss(-25), "no words")],
    ids=["zeros", "a quiet room", "a fan"],
)
def test_nobody_is_quoted_who_said_nothing(
    real: Case, tmp_path: Path, samples: np.ndarray, cause: str
) -> None:
    path = write_flac(tmp_path / "empty.flac", samples)
    with pytest.raises(NothingHeardError, match="Nothing was heard in this recording") as raised:
        real.transcriber.transcribe(path, Event())
    assert cause in raised.value.cause
    assert raised.value.next_step


def test_a_foreign_file_is_named_and_the_child_lives_on(real: Case, tmp_path: Path) -> None:
    child = child_of(real)
    path = tmp_path / "letter.wav"
    path.write_text("Dear Sir or Madam")
    with pytest.raises(VoicePrepError, match=r"letter\.wav cannot be read as audio"):
        real.transcriber.transcribe(path, Event())
    assert child_of(real) == child


def test_cancelling_in_the_middle_takes_no_second(real: Case) -> None:
    cancel = Event()
    cancelled_s: list[float] = []

    def stop() -> None:
        cancel.set()
        cancelled_s.append(time.monotonic())

    with pytest.raises(Cancelled):
        real.transcriber.transcribe(real.recording, cancel, at_first_progress(stop))
    assert time.monotonic() - cancelled_s[0] < 10
    assert wrong_words(real.text, real.transcriber.transcribe(real.recording, Event()).text) < 0.1


def test_a_cancel_that_comes_too_late_does_not_hit_the_next_call(real: Case) -> None:
    cancel = Event()

    def at_the_end(share: float) -> None:
        if share == 1.0:
            cancel.set()

    with suppress(Cancelled):
        real.transcriber.transcribe(real.recording, cancel, at_the_end)
    assert real.transcriber.transcribe(real.recording, Event()).words


def test_a_killed_engine_is_started_again_and_no_word_is_missing(real: Case) -> None:
    child = child_of(real)
    expected = real.transcriber.transcribe(real.recording, Event())
    heard = real.transcriber.transcribe(
        real.recording, Event(), at_first_progress(lambda: os.kill(child, signal.SIGKILL))
    )
    assert heard == expected
    assert child_of(real) != child


def test_an_engine_that_is_killed_twice_keeps_the_recording_and_says_so(real: Case) -> None:
    before = real.recording.read_bytes()

    def kill(_: float) -> None:
        assert isinstance(real.transcriber, ChildTranscriber)
        assert real.transcriber.pid is not None
        os.kill(real.transcriber.pid, signal.SIGKILL)

    child = child_of(real)
    with pytest.raises(VoicePrepError, match="stopped unexpectedly; your recording is") as raised:
        real.transcriber.transcribe(real.recording, Event(), kill)
    assert not Path(f"/proc/{child}").exists()
    assert "Killed" in raised.value.cause
    assert "Try again" in raised.value.next_step
    assert real.recording.read_bytes() == before
    assert wrong_words(real.text, real.transcriber.transcribe(real.recording, Event()).text) < 0.1


def test_an_engine_that_died_while_idle_is_replaced_silently(real: Case) -> None:
    child = child_of(real)
    os.kill(child, signal.SIGKILL)
    wait_until(lambda: not is_running(child))
    assert real.transcriber.transcribe(real.recording, Event()).words


def test_an_engine_without_memory_is_started_again(real: Case) -> None:
    """As when the system refuses memory; being killed for it is another test's affair."""
    large = to_pcm(np.concatenate([silence(600.0), read_speech(real.recording)]))
    child = child_of(real)
    assert isinstance(real.transcriber, ChildTranscriber)
    resource.prlimit(child, resource.RLIMIT_AS, (1, 1))
    heard = real.transcriber.hear(large, 0.0, Event())
    assert wrong_words(real.text, heard.text) < 0.1
    assert child_of(real) != child


def test_ctrl_c_is_not_the_childs_business(real: Case) -> None:
    child = child_of(real)
    os.kill(child, signal.SIGINT)
    assert real.transcriber.transcribe(real.recording, Event()).words
    assert child_of(real) == child


def test_closing_ends_a_running_call_and_leaves_no_process(real: Case) -> None:
    child = child_of(real)
    closing: list[Thread] = []

    def close() -> None:
        closing.append(Thread(target=real.transcriber.close))
        closing[0].start()

    with pytest.raises(Cancelled):
        real.transcriber.transcribe(real.recording, Event(), at_first_progress(close))
    closing[0].join(5.0)
    assert not Path(f"/proc/{child}").exists()  # not even as a zombie
    assert child not in {process.pid for process in multiprocessing.active_children()}
    assert real.transcriber.transcribe(real.recording, Event()).words


# -- The process, with one engine ----------------------------------------------------------------


def test_a_hanging_engine_is_given_up_and_another_one_goes_on(spoken: Path) -> None:
    transcriber = ChildTranscriber(SPHINX)
    case = Case(transcriber, spoken, TEXT, "pocketsphinx")
    child = child_of(case)
    os.kill(child, signal.SIGSTOP)
    heard = transcriber.transcribe(spoken, Event())
    assert wrong_words(TEXT, heard.text) < 0.1
    assert not Path(f"/proc/{child}").exists()
    transcriber.close()


def test_an_engine_that_only_waits_is_given_up_although_it_lives(
    spoken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_module, "main", children.waits_for_ever)
    transcriber = ChildTranscriber(SPHINX, silence_s=3.0)
    with pytest.raises(VoicePrepError, match="no sign of life for 3 seconds"):
        transcriber.transcribe(spoken, Event())
    assert transcriber.pid is None


def test_an_engine_that_comes_to_no_end_is_given_up_by_what_stretches_took_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child_module, "main", children.turns_in_circles)
    monkeypatch.setattr(vitals, "LEAST_WORK_S", 1.0)
    monkeypatch.setattr(vitals, "DEAREST_TIMES", 2.0)
    answer = asset("demo", "beginner-01.flac")
    transcriber = ChildTranscriber(SPHINX)
    heard: list[float] = []
    with pytest.raises(VoicePrepError, match="turned in circles for"):
        transcriber.transcribe(answer, Event(), heard.append)
    assert max(heard) > 0
    assert transcriber.pid is None


@pytest.mark.parametrize("main", [children.talks_nonsense, children.sends_no_message])
def test_an_engine_that_talks_nonsense_is_given_up(
    spoken: Path, monkeypatch: pytest.MonkeyPatch, main: Callable[..., None]
) -> None:
    monkeypatch.setattr(child_module, "main", main)
    transcriber = ChildTranscriber(SPHINX)
    with pytest.raises(VoicePrepError, match="stopped unexpectedly") as raised:
        transcriber.transcribe(spoken, Event())
    assert "what is no message" in raised.value.cause
    monkeypatch.undo()
    assert wrong_words(TEXT, transcriber.transcribe(spoken, Event()).text) < 0.1
    transcriber.close()


def test_what_an_engine_prints_is_not_what_a_command_prints(tmp_path: Path) -> None:
    script = tmp_path / "command.py"
    script.write_text(
        "import sys\n"
        "from tests.speech.transcribers import children\n"
        "from voiceprep.speech.transcribers import child\n"
        "from voiceprep.speech.transcribers.messages import EngineChoice\n"
        "from voiceprep.speech.transcribers.transcriber import ChildTranscriber\n"
        "if __name__ == '__main__':\n"
        "    child.main = children.prints\n"
        "    transcriber = ChildTranscriber(EngineChoice('pocketsphinx'))\n"
        "    transcriber.warm_up()\n"
        "    print('the transcript')\n"
        "    transcriber.close()\n"
    )
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, str(script)]
    printed = subprocess.check_output(command, env=environment, text=True, timeout=60)
    assert printed == "the transcript\n"


def test_a_second_call_waits_for_the_first_and_can_be_cancelled_meanwhile(
    sphinx: ChildTranscriber, spoken: Path
) -> None:
    cancel, refused = Event(), Event()

    def second() -> None:
        try:
            sphinx.transcribe(spoken, cancel)
        except Cancelled:
            refused.set()

    waiting = Thread(target=second)

    def start_and_cancel() -> None:
        waiting.start()
        cancel.set()
        assert refused.wait(5.0)

    first = sphinx.transcribe(spoken, Event(), at_first_progress(start_and_cancel))
    waiting.join(5.0)
    assert wrong_words(TEXT, first.text) < 0.1


def test_an_error_in_the_callers_progress_does_not_confuse_the_next_call(
    sphinx: ChildTranscriber, spoken: Path
) -> None:
    def fail(_: float) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sphinx.transcribe(spoken, Event(), fail)
    assert wrong_words(TEXT, sphinx.transcribe(spoken, Event()).text) < 0.1


def test_a_mistake_in_the_engine_is_logged_with_its_traceback(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = ChildTranscriber(EngineChoice("pocketsphinx", glossary=(b"no text",)))  # type: ignore[arg-type]
    with pytest.raises(VoicePrepError, match="stopped unexpectedly") as raised:
        broken.warm_up()
    assert "TypeError" in raised.value.cause
    assert "Traceback" in caplog.text
    broken.close()


@pytest.mark.parametrize("stopped", [False, True])
def test_the_child_ends_with_its_parent(tmp_path: Path, *, stopped: bool) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, signal\n"
        "from voiceprep.speech.transcribers.messages import EngineChoice\n"
        "from voiceprep.speech.transcribers.transcriber import ChildTranscriber\n"
        "if __name__ == '__main__':\n"
        "    transcriber = ChildTranscriber(EngineChoice('pocketsphinx'))\n"
        "    transcriber.warm_up()\n"
        f"    if {stopped}:\n"
        "        os.kill(transcriber.pid, signal.SIGSTOP)\n"
        "    print(transcriber.pid, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[3]
    parent = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
        start_new_session=True,
    )
    assert parent.returncode == -signal.SIGKILL
    child = int(parent.stdout)
    wait_until(lambda: not is_running(child))


def test_the_child_outlives_the_thread_that_needed_it_first(spoken: Path) -> None:
    transcriber = ChildTranscriber(SPHINX)
    first = Thread(target=transcriber.warm_up)
    first.start()
    first.join()
    child = transcriber.pid
    assert child is not None
    assert wrong_words(TEXT, transcriber.transcribe(spoken, Event()).text) < 0.1
    assert transcriber.pid == child
    transcriber.close()


def test_the_window_does_not_load_the_engines() -> None:
    code = (
        "import sys, voiceprep.speech.transcribers.transcriber, "
        "voiceprep.speech.transcribers.models\n"
        "heavy = {'numpy', 'av', 'soxr', 'onnxruntime', 'pocketsphinx', 'faster_whisper', "
        "'ctranslate2'}\n"
        "print(*heavy & set(sys.modules))\n"
    )
    root = Path(__file__).parents[3]
    loaded = subprocess.check_output([sys.executable, "-c", code], cwd=root, text=True, timeout=60)
    assert loaded.split() == []
