"""On a machine without loudspeaker and microphone a person reads and types."""

from pathlib import Path

import numpy as np
import pytest

from tests.e2e.app import a_running_app
from tests.e2e.person import ANSWER, CONCEPTS, finish_and_quit, look_up_question, wait_for_result
from tests.e2e.screen import Screen
from tests.sound import wait_until
from voiceprep.interview.records import AttemptStatus
from voiceprep.scoring.assessment import Level
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders


@pytest.mark.window
@pytest.mark.usefixtures("no_sound")
def test_a_typed_answer_is_judged_and_kept(screen: Screen, home: Path, tmp_path: Path):
    with a_running_app(home, DISPLAY=screen.display) as app:
        look_up_question(app, screen)
        screen.press("Return")
        app.until("No loudspeaker or headphones were found.")
        app.until("asking --asked--> thinking")
        screen.press("space")
        app.until("No microphone was found.")
        with app.explaining("waited for the place to type"):
            wait_until(lambda: opens_editor(screen))
        screen.press("ctrl+a")
        screen.type(ANSWER)
        screen.press("ctrl+Return")
        app.until("thinking --submit--> transcribing (typed)")
        app.until("transcribing --judged--> reviewing")
        wait_for_result(app, screen)
        screen.keep(tmp_path / "result.png")
        finish_and_quit(app, screen)

    [session] = SqliteHistory(user_folders()).sessions()
    [attempt] = session.attempts
    assert attempt.status is AttemptStatus.ASSESSED
    assert attempt.recording is None
    assert attempt.transcript is not None
    assert attempt.transcript.text == ANSWER
    assert attempt.assessment is not None
    levels = {verdict.id: verdict.level for verdict in attempt.assessment.concepts}
    assert levels == dict.fromkeys(CONCEPTS, Level.COVERED)
    quotes = [one.quote for verdict in attempt.assessment.concepts for one in verdict.evidence]
    assert all(quote in ANSWER for quote in quotes)


def opens_editor(screen: Screen) -> bool:
    """Press T until there is a large white space: nobody can type while a microphone is opened."""
    screen.press("t")
    return np.count_nonzero(screen.colours()[300:, 400:] == 0xFFFFFF) > 80_000
