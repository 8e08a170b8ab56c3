"""What is heard is shown while the person speaks, and only with the answer it belongs to."""

from pathlib import Path

import pytest

from tests.fakes import FakeListening, spoken
from tests.interview.desk import BROKEN, Desk, StepByStep
from voiceprep.interview.machine import State
from voiceprep.interview.ports import Caption
from voiceprep.interview.records import AttemptStatus


class Ears:
    """Keeps the captions of each answer for the test to send."""

    def __init__(self, desk: Desk) -> None:
        self.captions: list[Caption] = []
        self.listenings: list[FakeListening] = []
        desk.transcriber.listen = self.listen  # type: ignore[method-assign]
        self._transcriber = desk.transcriber

    def listen(self, caption: Caption) -> FakeListening:
        self.captions.append(caption)
        self.listenings.append(FakeListening(self._transcriber, lambda _: None))
        return self.listenings[-1]


@pytest.fixture
def steps() -> StepByStep:
    return StepByStep()


@pytest.fixture
def desk(tmp_path: Path, steps: StepByStep) -> Desk:
    made = Desk(tmp_path, steps, silent=True)
    made.interview.begin()
    run_all(steps)
    return made


def run_all(steps: StepByStep) -> None:
    while steps.waiting:
        steps.run_one()


def caption_of(desk: Desk) -> str | None:
    return None if desk.view.caption is None else desk.view.caption.text


def test_a_caption_is_shown_and_grows(desk: Desk, steps: StepByStep) -> None:
    ears = Ears(desk)
    desk.interview.start_recording()
    run_all(steps)
    assert caption_of(desk) is None
    ears.captions[0](spoken("under gdpr"))
    assert caption_of(desk) == "under gdpr"
    ears.captions[0](spoken("under gdpr we need consent"))
    assert caption_of(desk) == "under gdpr we need consent"


def test_the_last_words_come_in_while_the_answer_is_judged(desk: Desk, steps: StepByStep) -> None:
    ears = Ears(desk)
    desk.interview.start_recording()
    run_all(steps)
    desk.interview.stop_recording()
    ears.captions[0](spoken("we need consent"))
    assert desk.state is State.TRANSCRIBING
    assert caption_of(desk) == "we need consent"
    run_all(steps)
    assert desk.state is State.REVIEWING
    assert caption_of(desk) is None
    assert desk.view.attempt is not None
    assert desk.view.attempt.transcript is not None
    assert desk.view.attempt.transcript.text == desk.transcriber.transcript.text
    assert desk.transcriber.heard == []  # the file was not needed


def test_a_caption_never_gets_into_the_next_answer(desk: Desk, steps: StepByStep) -> None:
    ears = Ears(desk)
    desk.interview.start_recording()
    run_all(steps)
    ears.captions[0](spoken("the first answer"))
    desk.interview.break_off()
    assert caption_of(desk) is None
    run_all(steps)
    ears.captions[0](spoken("late words of the first answer"))
    assert caption_of(desk) is None
    desk.interview.start_recording()
    run_all(steps)
    ears.captions[0](spoken("very late words of the first answer"))
    assert caption_of(desk) is None
    ears.captions[1](spoken("the second answer"))
    assert caption_of(desk) == "the second answer"


def test_breaking_off_and_finishing_end_the_listening(desk: Desk, steps: StepByStep) -> None:
    ears = Ears(desk)
    desk.interview.start_recording()
    run_all(steps)
    desk.interview.break_off()
    run_all(steps)
    desk.interview.start_recording()
    run_all(steps)
    desk.interview.finish()
    assert all(one._given_up for one in ears.listenings)


def test_a_microphone_that_does_not_open_leaves_nobody_listening(
    desk: Desk, steps: StepByStep
) -> None:
    ears = Ears(desk)
    desk.microphone.refusal = BROKEN
    desk.interview.start_recording()
    run_all(steps)
    assert desk.state is State.THINKING
    assert ears.listenings[0]._given_up


def test_an_engine_that_died_keeps_the_answer_to_be_transcribed(
    desk: Desk, steps: StepByStep
) -> None:
    desk.transcriber.error = BROKEN
    desk.interview.start_recording()
    run_all(steps)
    desk.interview.stop_recording()
    run_all(steps)
    assert desk.state is State.FAILED
    assert desk.statuses == [AttemptStatus.FAILED]
    desk.transcriber.error = None
    desk.interview.retry()
    run_all(steps)
    assert desk.state is State.REVIEWING
    assert len(desk.transcriber.heard) == 1


def test_what_was_not_heard_whole_is_transcribed_from_the_file(
    desk: Desk, steps: StepByStep
) -> None:
    ears = Ears(desk)
    desk.interview.start_recording()
    run_all(steps)
    ears.listenings[0].feed(bytes(32_000 * 5))  # 5 s more than the recording has
    desk.interview.stop_recording()
    run_all(steps)
    assert desk.state is State.REVIEWING
    assert len(desk.transcriber.heard) == 1
