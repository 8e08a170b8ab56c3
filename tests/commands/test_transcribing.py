"""``voiceprep transcribe`` with the real recogniser, on sound, films, long files and Ctrl+C."""

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import av
import numpy as np
import pytest

from tests.commands.cli import Shell
from tests.sound import wait_until
from tests.speech.transcribers.hub import MICRO_WHISPER
from tests.speech.transcribers.voices import silence, write_flac
from voiceprep.commands import transcribing
from voiceprep.errors import VoicePrepError
from voiceprep.speech.audio_file import read_speech
from voiceprep.store.paths import user_folders

AUDIO = MICRO_WHISPER / "audio"
SAID: dict[str, str] = json.loads((AUDIO / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def model(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The micro-Whisper is the only model on this computer."""
    monkeypatch.setenv("HF_HUB_CACHE", str(home / "no-cache"))
    shutil.copytree(MICRO_WHISPER, user_folders().models / "micro.en")


def film(path: Path, sound: Path) -> Path:
    """A film of grey pictures with this sound."""
    samples = read_speech(sound)
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=5, width=64, height=48, pix_fmt="yuv420p")
        audio = container.add_stream("aac", rate=16_000, layout="mono")
        for _ in range(int(len(samples) / 16_000 * 5)):
            picture = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 90, np.uint8), format="rgb24")
            container.mux(video.encode(picture))
        container.mux(video.encode(None))
        frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        frame.sample_rate = 16_000
        container.mux([*audio.encode(frame), *audio.encode(None)])
    return path


def words(text: str) -> list[str]:
    return text.lower().replace(".", "").replace(",", "").split()


def test_a_recording_is_printed_as_text(voiceprep: Shell) -> None:
    result = voiceprep("transcribe", AUDIO / "two.flac")
    assert result.status == 0
    assert " ".join(result.out.split()) == SAID["two.flac"]
    assert result.err == ""


def test_a_film_becomes_subtitles_by_the_ending_of_the_output(
    voiceprep: Shell, tmp_path: Path
) -> None:
    result = voiceprep(
        "transcribe", film(tmp_path / "talk.mp4", AUDIO / "single.flac"),
        "--output", tmp_path / "talk.srt",
    )  # fmt: skip
    assert result.status == 0
    assert result.out == ""
    written = (tmp_path / "talk.srt").read_text(encoding="utf-8")
    number, times, *lines = written.splitlines()
    assert number == "1"
    assert "-->" in times
    assert words(" ".join(lines)) == words(SAID["single.flac"])


@pytest.mark.parametrize("form", ["txt", "json", "srt", "vtt"])
def test_each_format_can_be_asked_for(voiceprep: Shell, form: str) -> None:
    out = voiceprep("transcribe", AUDIO / "single.flac", "--format", form).out
    starts = {"txt": SAID["single.flac"][:5], "json": "{", "srt": "1\n00:", "vtt": "WEBVTT\n\n00:"}
    assert out.startswith(starts[form])


def test_several_files_go_to_a_folder_and_a_bad_one_does_not_stop_the_rest(
    voiceprep: Shell, tmp_path: Path
) -> None:
    (tmp_path / "notes.wav").write_text("no sound at all")
    result = voiceprep(
        "transcribe", AUDIO / "single.flac", tmp_path / "notes.wav", AUDIO / "silence.flac",
        AUDIO / "two.flac", "--format", "vtt", "--output", tmp_path,
    )  # fmt: skip
    assert result.status == 1
    assert "notes.wav cannot be read as audio" in result.words
    assert "silence.flac: Nothing was heard" in result.words
    assert {file.name for file in tmp_path.glob("*.vtt")} == {"single.vtt", "two.vtt"}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("missing.mp4",), "missing.mp4 does not exist"),
        ((str(AUDIO),), "is a folder"),
        ((str(AUDIO / "expected.json"),), "expected.json"),
        ((str(AUDIO / "two.flac"), "--output", "nowhere/two.srt"), "There is no folder"),
        ((str(AUDIO / "two.flac"), "--model", "huge"), "The Whisper model huge is not installed"),
        ((str(AUDIO / "two.flac"), "--language", "de"), "No recogniser here hears the language"),
    ],
)
def test_what_goes_wrong_names_the_file_or_the_way_out(
    voiceprep: Shell, args: tuple[str, ...], said: str
) -> None:
    result = voiceprep("transcribe", *args)
    assert result.status == 1
    assert said in result.words


def test_several_files_without_a_folder_are_wrong_usage(voiceprep: Shell, tmp_path: Path) -> None:
    two = AUDIO / "two.flac"
    assert voiceprep("transcribe", two, AUDIO / "single.flac").status == 2
    assert voiceprep("transcribe", two, two, "--output", tmp_path).status == 2


def test_the_place_to_write_to_is_checked_before_the_work(
    voiceprep: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_args: object) -> None:
        raise AssertionError

    monkeypatch.setattr(transcribing, "transcribed", never)
    result = voiceprep("transcribe", AUDIO / "two.flac", "--output", "/nowhere/two.srt")
    assert "There is no folder /nowhere" in result.words


def test_an_error_of_the_recogniser_gets_the_files_name(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def transcribe(self, *_args: object) -> None:
            raise VoicePrepError("The recogniser stopped unexpectedly.", "Why.", "Try again.")

    monkeypatch.setattr(transcribing.err, "is_interactive", False)
    with pytest.raises(VoicePrepError, match=r"talk\.mp4: The recogniser stopped"):
        transcribing.transcribed(Failing(), Path("talk.mp4"))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty minutes of speech."""
    said = np.concatenate([read_speech(AUDIO / "two.flac"), silence(1.0)])
    length = 20 * 60 * 16_000
    samples = np.tile(said, length // len(said) + 1)[:length]
    return write_flac(tmp_path_factory.mktemp("long") / "long.flac", samples)


class Terminal:
    """The command in a terminal of its own, as a person sees it."""

    def __init__(self, *args: object) -> None:
        ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "voiceprep", *map(str, args)],
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env=os.environ | {"COLUMNS": "120", "TERM": "xterm"},
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""
        self._reader = threading.Thread(target=self._read, args=(ours,))
        self._reader.start()

    def _read(self, terminal: int) -> None:
        with suppress(OSError):  # how a closed terminal reads
            while data := os.read(terminal, 4096):
                self.seen += data.decode(errors="replace")
        os.close(terminal)

    def close(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)
        self._reader.join()


@pytest.fixture
def in_terminal(long_file: Path) -> Iterator[Terminal]:
    started = Terminal("transcribe", long_file)
    yield started
    started.close()


def test_ctrl_c_stops_at_once_says_so_and_leaves_nothing_behind(in_terminal: Terminal) -> None:
    """The terminal sends Ctrl+C to the child, too."""
    wait_until(lambda: "long.flac" in in_terminal.seen and "%" in in_terminal.seen, 60)
    os.killpg(in_terminal.process.pid, signal.SIGINT)
    assert in_terminal.process.wait(20) == 130
    wait_until(lambda: "Nothing was written for" in in_terminal.seen, 5)
    assert "Traceback" not in in_terminal.seen
    wait_until(lambda: not others_in_session(in_terminal.process.pid), 10)


def others_in_session(session: int) -> list[str]:
    listed = subprocess.run(
        ["ps", "-o", "pid=,stat=,args=", "-s", str(session)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [line for line in listed.stdout.splitlines() if line.strip()]


def test_ctrl_c_while_the_recogniser_loads_prints_no_traceback(long_file: Path) -> None:
    terminal = Terminal("transcribe", long_file)
    try:
        wait_until(lambda: "Loading the recogniser" in terminal.seen, 60)
        os.killpg(terminal.process.pid, signal.SIGINT)
        assert terminal.process.wait(20) == 130
        assert "Traceback" not in terminal.seen
        wait_until(lambda: not others_in_session(terminal.process.pid), 10)
    finally:
        terminal.close()
