"""A spoken answer is corrected at the window, scored again, and put back."""

from pathlib import Path

import pytest

from tests.e2e.app import a_running_app
from tests.e2e.person import (
    ANSWER,
    CONCEPTS,
    answer_aloud,
    flite,
    look_up_question,
    wait_for_result,
)
from tests.e2e.screen import Screen
from tests.sound import Sound, wait_until
from voiceprep.interview.records import Attempt
from voiceprep.scoring.assessment import Level
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders

BEGINNING = ANSWER.partition(".")[0]
"""The first sentence of three, for the first concept of three."""


@pytest.mark.window
@pytest.mark.sound
def test_a_spoken_answer_is_corrected_scored_again_and_put_back(
    screen: Screen, sound: Sound, home: Path, tmp_path: Path
):
    spoken = flite(ANSWER, tmp_path / "answer.wav")
    with a_running_app(home, DISPLAY=screen.display) as app:
        look_up_question(app, screen)
        screen.press("Return")
        app.until("asking --asked--> thinking")
        answer_aloud(app, screen, sound, spoken)
        app.until("transcribing --judged--> reviewing")
        wait_for_result(app, screen)
        heard = kept()
        screen.press("e", "ctrl+a")
        screen.type(f"{BEGINNING}.")
        screen.keep(tmp_path / "editing.png")
        screen.press("ctrl+Return")
        with app.explaining("waited for the corrected answer"):
            wait_until(lambda: kept().earlier)
        corrected = kept()
        screen.keep(tmp_path / "corrected.png")
        with app.explaining("waited for the answer as it was heard"):
            wait_until(lambda: taken_back(screen))
        screen.press("ctrl+q")
        assert app.ended() == 0
        app.leaves_nothing_behind()

    assert "ERROR" not in app.log
    assert kept() == heard
    assert corrected.transcript is not None
    assert corrected.assessment is not None
    assert corrected.transcript.text == f"{BEGINNING}."
    assert corrected.first_transcript == heard.transcript
    levels = {one.id: one.level for one in corrected.assessment.concepts}
    assert levels == {
        one: Level.COVERED if one == CONCEPTS[0] else Level.MISSED for one in CONCEPTS
    }
    stays = [one for one in corrected.transcript.words if not one.heard]
    assert {(one.start_s, one.end_s) for one in stays} <= {
        (one.start_s, one.end_s) for one in (heard.transcript.words if heard.transcript else ())
    }
    assert len(stays) > 5


def kept() -> Attempt:
    history = SqliteHistory(user_folders())
    try:
        [session] = history.sessions()
        [attempt] = session.attempts
        return attempt
    finally:
        history.close()


def taken_back(screen: Screen) -> bool:
    """Press Ctrl+Z until it is: the note that offers it comes a moment after the result."""
    screen.press("ctrl+z")
    return not kept().earlier
