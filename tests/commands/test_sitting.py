import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from tests.fakes import (
    FakeHistory,
    FakePlayer,
    FakeRecorder,
    FakeSpeaker,
    FakeTranscriber,
    spoken,
)
from tests.sound import wait_until
from voiceprep.bank.load import built_in_banks
from voiceprep.commands.sitting import Sitting
from voiceprep.errors import VoicePrepError
from voiceprep.interview.judging import Judge
from voiceprep.interview.records import AttemptStatus
from voiceprep.interview.sound import SoundLevels
from voiceprep.interview.toolbox import Toolbox
from voiceprep.scoring.score import score

BANK = built_in_banks()[0]
SAID = "static thresholds against adaptive patterns"


@pytest.fixture
def toolbox(tmp_path: Path) -> Iterator[Toolbox]:
    with ThreadPoolExecutor() as executor:
        judge = Judge(FakeTranscriber(spoken(SAID)), score, FakeHistory(tmp_path))
        yield Toolbox((BANK,), FakeSpeaker(), FakePlayer(), FakeRecorder(), judge, executor)


@pytest.fixture
def sit(toolbox: Toolbox, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Sitting]:
    """A sitting in which the person gives these lines; then the input ends."""

    own = toolbox

    def make(*given: str, questions: int = 1, toolbox: Toolbox = own) -> Sitting:
        lines = iter(given)

        def read(_prompt: str) -> str:
            try:
                return next(lines)
            except StopIteration:
                raise EOFError from None

        console = Console(file=io.StringIO(), width=100)
        monkeypatch.setattr(console, "input", read)
        return Sitting(console, toolbox, BANK, BANK.questions[:questions])

    return make


def printed(sitting: Sitting) -> str:
    file = sitting._console.file
    assert isinstance(file, io.StringIO)
    return " ".join(file.getvalue().split())


def test_a_person_records_an_answer_and_sees_checklist_and_summary(
    sit: Callable[..., Sitting],
) -> None:
    sitting = sit("", "", "")
    session = sitting.by_person()
    assert [one.status for one in session.attempts] == [AttemptStatus.ASSESSED]
    assert SAID in printed(sitting)
    assert "Mean coverage" in printed(sitting)


def test_a_person_types_an_answer(sit: Callable[..., Sitting]) -> None:
    session = sit("t", "it is adaptive", "and learns", "", "").by_person()
    transcript = session.attempts[0].transcript
    assert transcript is not None
    assert transcript.text == "it is adaptive\nand learns"


def test_every_key_of_the_room_works(sit: Callable[..., Sitting]) -> None:
    sitting = sit("r", "what?", "", "p", "p", "x", "", "", "a", "n", "q", questions=2)
    statuses = [one.status for one in sitting.by_person().attempts]
    assert statuses == [AttemptStatus.SET_ASIDE, AttemptStatus.ASSESSED]


def test_when_the_input_ends_the_sitting_ends_and_keeps_the_take(
    sit: Callable[..., Sitting],
) -> None:
    assert len(sit("").by_person().attempts) == 1


def test_a_failed_transcription_is_said_and_can_be_tried_again(
    sit: Callable[..., Sitting], toolbox: Toolbox
) -> None:
    transcriber = toolbox.judge.transcriber
    assert isinstance(transcriber, FakeTranscriber)
    transcriber.error = VoicePrepError("The recogniser stopped.", "It was killed.", "Try again.")
    sitting = sit("", "", "t", "q")
    session = sitting.by_person()
    assert session.attempts[0].status is AttemptStatus.FAILED
    assert "The recogniser stopped. It was killed. Try again." in printed(sitting)
    assert len(transcriber.heard) == 1  # at first it listened live, then to the file


def test_without_a_loudspeaker_the_questions_are_shown_and_it_is_said_once(
    sit: Callable[..., Sitting], toolbox: Toolbox
) -> None:
    assert isinstance(toolbox.speaker, FakeSpeaker)
    toolbox.speaker.error = VoicePrepError("No loudspeaker was found.", "", "Connect one.")
    sitting = sit("n", "n", questions=2)
    sitting.by_person()
    assert printed(sitting).count("No loudspeaker was found.") == 1
    assert "Question 2 of 2" in printed(sitting)


def test_a_microphone_that_goes_away_is_told_of_while_one_speaks(
    sit: Callable[..., Sitting], toolbox: Toolbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = sit("", "", "")
    recorder = toolbox.recorder
    assert isinstance(recorder, FakeRecorder)
    read = sitting._console.input

    def reading(prompt: str) -> str:
        if "stop and score" in prompt:
            recorder.problem = VoicePrepError("The microphone went away.", "", "Plug it in.")
            wait_until(lambda: "The microphone went away." in printed(sitting))
        return read(prompt)

    monkeypatch.setattr(sitting._console, "input", reading)
    [attempt] = sitting.by_person().attempts
    assert attempt.status is AttemptStatus.ASSESSED
    assert printed(sitting).count("The microphone went away. Plug it in.") == 1


def test_recordings_answer_the_demo(
    sit: Callable[..., Sitting], toolbox: Toolbox, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("one.flac", "two.flac")]
    for file in files:
        file.touch()
    session = sit(questions=2).play_back(files)
    assert isinstance(toolbox.judge.transcriber, FakeTranscriber)
    assert toolbox.judge.transcriber.heard == files
    assert len(session.attempts) == 2


@pytest.fixture
def noisy(toolbox: Toolbox) -> Toolbox:
    """With a microphone in a loud room."""
    fake = toolbox.judge.transcriber
    assert isinstance(fake, FakeTranscriber)
    loud = SoundLevels(9.0, 6.0, -26.0, -24.0, room_s=2.0)
    fake.levels = loud
    return replace(toolbox, judge=replace(toolbox.judge, meter=lambda _path: loud))


def test_what_cannot_be_understood_has_no_score_in_the_terminal(
    noisy: Toolbox, sit: Callable[..., Sitting]
) -> None:
    sitting = sit("", "", "", toolbox=noisy)
    (attempt,) = sitting.by_person().attempts
    assert attempt.is_unusable
    said = printed(sitting)
    assert "Unusable sound. The noise was louder than your voice." in said
    assert "not scored \u26a0 Unusable sound" in said
    assert SAID in said
    assert "Mean coverage" not in said


def test_it_is_scored_anyway_and_taken_back_in_the_terminal(
    noisy: Toolbox, sit: Callable[..., Sitting]
) -> None:
    sitting = sit("", "", "s", "", toolbox=noisy)
    session = sitting.by_person()
    assert session.attempts[0].scored_anyway
    said = printed(sitting)
    assert "Mean coverage" in said
    assert "1 answer with doubtful sound" in said
    undone = sit("", "", "s", "u", "", toolbox=noisy).by_person()
    assert undone.attempts[0].is_unusable
