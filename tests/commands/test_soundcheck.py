"""The check before the first question in the terminal."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from tests.bank.samples import a_bank
from tests.commands.cli import Shell
from tests.fakes import FakeHistory, FakePlayer, FakeSpeaker, FakeTranscriber
from tests.microphone import FAULTS, Fault, Microphone, a_voice
from voiceprep.commands.soundcheck import check_sound, meter
from voiceprep.errors import VoicePrepError
from voiceprep.interview.judging import Judge
from voiceprep.interview.soundcheck import Checked
from voiceprep.interview.toolbox import Toolbox
from voiceprep.scoring.score import score
from voiceprep.speech import devices, soundcheck
from voiceprep.speech.soundcheck import SENTENCE, Verdict
from voiceprep.store.files import make_private_folder
from voiceprep.store.paths import Folders, user_folders
from voiceprep.store.settings import Settings, load_settings, save_settings

DESK = devices.Device("Desk", "ALSA", 1, 48_000, is_default=True)

Run = Callable[..., str]


@pytest.fixture
def microphone() -> Microphone:
    made = Microphone(a_voice())
    made.length_s, made.quiet_s = 6.0, 2.0  # the sentence was read
    return made


@pytest.fixture
def player() -> FakePlayer:
    return FakePlayer()


@pytest.fixture
def folders() -> Folders:
    found = user_folders()
    make_private_folder(found.data)
    return found


@pytest.fixture
def run(
    microphone: Microphone,
    player: FakePlayer,
    folders: Folders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Check the sound with these lines typed; gives what was printed."""
    monkeypatch.setattr(devices, "microphones", lambda: (DESK,))

    def check(*given: str) -> str:
        lines = iter(given)
        console = Console(file=io.StringIO(), width=100)
        monkeypatch.setattr(console, "input", lambda _prompt: next(lines))
        with ThreadPoolExecutor(1) as executor:
            judge = Judge(FakeTranscriber(), score, FakeHistory(tmp_path))
            tools = Toolbox((a_bank(1),), FakeSpeaker(), player, microphone, judge, executor)
            check_sound(console, tools, folders)
        assert list(lines) == []
        assert [path for path in microphone.paths if path.parent.exists()] == []
        return " ".join(console.file.getvalue().split())

    return check


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.verdict.value)
def test_the_sentence_is_read_and_one_piece_of_advice_is_given(
    run: Run, microphone: Microphone, folders: Folders, fault: Fault
) -> None:
    microphone.samples, microphone.clips = fault.heard(), fault.clips
    printed = run("", "")
    assert SENTENCE in printed
    assert fault.said in printed
    [checked] = load_settings(folders.settings).checked
    assert (checked.microphone, checked.good) == (DESK.key, fault.verdict is Verdict.GOOD)


def test_one_hears_oneself_and_records_again(
    run: Run, microphone: Microphone, player: FakePlayer
) -> None:
    run("", "p", "r", "p", "")
    assert [path for path, *_ in player.played] == microphone.paths
    assert len(microphone.paths) == 2


def test_an_output_that_fails_is_told_and_the_check_goes_on(run: Run, player: FakePlayer) -> None:
    player.error = VoicePrepError("The output is gone.", "", "Choose another.")
    assert "The output is gone." in run("", "p", "")


def test_it_is_skipped_for_today_or_not_wanted_by_who_types(run: Run, folders: Folders) -> None:
    run("t")
    assert load_settings(folders.settings).checked == ()
    run("s")
    assert [one.good for one in load_settings(folders.settings).checked] == [False]
    assert run() == ""


def test_it_is_not_asked_again_or_where_it_is_switched_off(run: Run, folders: Folders) -> None:
    checked = (Checked(DESK.key, datetime.now(UTC).isoformat(), good=True),)
    save_settings(folders.settings, Settings(checked=checked))
    assert run() == ""
    save_settings(folders.settings, Settings(sound_check=False))
    assert run() == ""


def test_a_microphone_that_refuses_is_told_and_nothing_is_remembered(
    run: Run, microphone: Microphone, folders: Folders
) -> None:
    microphone.refusal = VoicePrepError("The microphone is busy.", "", "Close the other app.")
    assert "Close the other app." in run("")
    assert load_settings(folders.settings).checked == ()


def test_a_microphone_that_goes_away_is_told(run: Run, microphone: Microphone) -> None:
    microphone.length_s = 1.0
    microphone.problem = VoicePrepError("The microphone went away.", "", "Connect it again.")
    assert "The microphone went away." in run("")


def test_without_a_microphone_the_interview_begins(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "microphones", tuple)
    assert run() == ""


def test_the_meter_grows_with_the_level() -> None:
    lit = [meter(level_dbfs).plain.count("\u2588") for level_dbfs in (-90, -50, -30, -5, 0)]
    assert lit == sorted(set(lit))
    assert (lit[0], lit[-1]) == (0, 30)


def test_doctor_listens_when_it_is_asked_to(
    voiceprep: Shell, microphone: Microphone, monkeypatch: pytest.MonkeyPatch
) -> None:
    from voiceprep.speech import recorder  # noqa: PLC0415 - only to put ours in its place

    monkeypatch.setattr(recorder, "MicrophoneRecorder", lambda _key: microphone)
    assert "You are heard well. (voice -2" in voiceprep("doctor", "--listen").words
    microphone.samples *= 0
    muted = voiceprep("doctor", "--listen")
    assert muted.status == 1
    assert "Nothing comes in at all" in muted.words


def test_the_sentence_can_be_read_in_the_time_that_is_given() -> None:
    """At 120 words a minute, slowly."""
    assert len(SENTENCE.split()) / 2 < soundcheck.LONGEST_S
