"""A whole interview by voice: the app asks aloud, a voice answers, the verdict is kept."""

from pathlib import Path

import jiwer
import pytest

from tests.e2e.app import a_running_app
from tests.e2e.ears import RATE_HZ, assert_begins_with_silence, assert_holds, read, seconds_loud
from tests.e2e.person import (
    ANSWER,
    CONCEPTS,
    QUESTION,
    answer_aloud,
    finish_and_quit,
    flite,
    look_up_question,
    wait_for_result,
)
from tests.e2e.screen import Screen
from tests.sound import Samples, Sound
from voiceprep.interview.records import Attempt, AttemptStatus
from voiceprep.scoring.assessment import Level
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders

pytestmark = [pytest.mark.window, pytest.mark.sound]


def test_an_answer_given_aloud_is_heard_judged_and_kept(
    screen: Screen, sound: Sound, home: Path, tmp_path: Path
):
    spoken = flite(ANSWER, tmp_path / "answer.wav")
    asked = tmp_path / "asked.wav"
    sound.echo()
    with a_running_app(home, DISPLAY=screen.display) as app:
        look_up_question(app, screen)
        with sound.listening(asked):
            screen.press("Return")
            app.until("idle --begin--> asking")
            app.until("asking --asked--> thinking")
        answer_aloud(app, screen, sound, spoken)
        app.until("transcribing --judged--> reviewing")
        wait_for_result(app, screen)
        screen.keep(tmp_path / "result.png")
        finish_and_quit(app, screen)

    assert "ERROR" not in app.log
    needed_s = len(QUESTION.split()) / 165 * 60  # 165 words a minute is the default
    assert 0.5 * needed_s < seconds_loud(read(asked)) < 2 * needed_s
    [session] = SqliteHistory(user_folders()).sessions()
    assert session.ended_at
    [attempt] = session.attempts
    assert attempt.question.question == QUESTION
    assert attempt.status is AttemptStatus.ASSESSED
    assert_recording(attempt, answer=read(spoken))
    assert_transcript(attempt)
    assert_verdicts(attempt)


def assert_recording(attempt: Attempt, answer: Samples) -> None:
    """The recording is as long as it is said to be and holds the whole answer, and only that."""
    assert attempt.recording is not None
    recorded = read(attempt.recording.path)
    assert attempt.recording.duration_s == pytest.approx(len(recorded) / RATE_HZ, abs=0.1)
    assert_begins_with_silence(recorded)
    assert_holds(recorded, answer)


def assert_transcript(attempt: Attempt) -> None:
    transcript = attempt.transcript
    assert transcript is not None
    assert transcript.engine == "pocketsphinx"
    plain = jiwer.Compose(
        [jiwer.ToLowerCase(), jiwer.RemovePunctuation(), jiwer.ReduceToListOfListOfWords()]
    )
    error_rate = jiwer.wer(
        ANSWER, transcript.text, reference_transform=plain, hypothesis_transform=plain
    )
    assert error_rate < 0.2, transcript.text


def assert_verdicts(attempt: Attempt) -> None:
    """Each concept is covered; its quotes are what was said, when it was said."""
    assert attempt.transcript is not None
    assert attempt.assessment is not None
    assert attempt.recording is not None
    text = attempt.transcript.text
    levels = {verdict.id: verdict.level for verdict in attempt.assessment.concepts}
    assert levels == dict.fromkeys(CONCEPTS, Level.COVERED)
    begins = []
    for verdict in attempt.assessment.concepts:
        assert verdict.evidence
        for one in verdict.evidence:
            assert one.quote == text[one.start_char : one.end_char]
            assert one.start_s is not None
            assert one.end_s is not None
            assert 0 <= one.start_s < one.end_s <= attempt.recording.duration_s
        begins.append(verdict.evidence[0].start_s)
    assert begins == sorted(begins)  # the answer keeps to the order of the checklist
