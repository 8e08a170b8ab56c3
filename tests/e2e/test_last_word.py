"""The candidate rates an answer, sets its verdicts right, and finds both in all totals."""

import re
from pathlib import Path

import pytest

from tests.e2e.hands import Person, a_person
from tests.e2e.reader import Reader
from tests.e2e.screen import Screen
from voiceprep.interview.records import Attempt
from voiceprep.scoring.assessment import Level
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders, user_folders
from voiceprep.store.settings import Settings, save_settings

ANSWER = (
    "The traditional system has static thresholds, and every payment above a fixed limit is blocked"
)
NOTE = "That was my second sentence"


@pytest.mark.window
def test_a_rating_and_verdicts_set_right_count_and_are_told(
    screen: Screen,
    reader: Reader,
    no_sound: None,  # noqa: ARG001 - this machine has no microphone
    home: Path,
    past: Folders,
    tmp_path: Path,
):
    save_settings(past.settings, Settings(rate_myself=True, read_aloud=False))
    with a_person(screen, reader, home) as person:
        answer(person)
        person.sees("Before you look: how much of it did you cover?")
        assert not reader.all(re.compile("^Coverage:"))
        person.press("4")
        person.sees("Coverage: 25 per cent")
        person.sees(re.compile("You rated yourself 75"))

        person.click("Missed. Set this verdict right")
        person.press("Down", "Return")  # of Covered, Partly, Missed
        person.sees("Coverage: 75 per cent")
        person.sees("You set 1 of 3 verdicts right; VoicePrep judged 25\u00a0%."
                    " You rated yourself 75\u00a0%.")  # fmt: skip
        person.has_keyboard_at(re.compile(r"^Concept 2: .* Covered\. By your own word\.$"))
        person.press("ctrl+z")
        person.sees("Coverage: 25 per cent")
        person.has_keyboard_at(re.compile("^Concept 2: .* Missed"))
        person.press("h")
        person.sees("Coverage: 50 per cent")
        person.click("Partly · you. Set this verdict right")
        person.press("Up", "Up", "Return")  # from the last entry: the way back, then a note
        person.has_keyboard_at(re.compile("^Why AI adapts and spots patterns is judged so"))
        person.type(NOTE)
        person.press("Return")
        person.sees(f"Your verdict; VoicePrep said missed. “{NOTE}”")
        person.screen.keep(tmp_path / "overruled.png")

        person.click("See the summary")
        person.sees("Mean coverage: 50 per cent")
        person.sees(re.compile("^You agree with 2 of 3 verdicts"))
        person.sees(re.compile("^You rate yourself 25 points higher than your coverage"))
        person.screen.keep(tmp_path / "summary.png")
        person.press("Return")
        person.sees(re.compile("^Today.* 1 of 1 question.* mean coverage 50 per cent"), "list item")
        person.press("ctrl+q")
        assert person.app.ended() == 0
        assert "ERROR" not in person.app.log

    attempt = newest()
    assert attempt.self_rating == 75
    assert [(one.level, one.note) for one in attempt.overrulings] == [(Level.PARTIAL, NOTE)]
    assert attempt.assessment is not None
    assert attempt.assessment.score == 25


def answer(person: Person) -> None:
    """Type a first half of an answer, where there is no microphone."""
    person.press("ctrl+3", "ctrl+f")
    person.type("rule-based")
    person.press("Down", "Return")
    person.app.until("asking --asked--> thinking")
    person.press("t")
    person.has_keyboard_at("Your answer")
    person.type(ANSWER)
    person.press("ctrl+Return")
    person.app.until("transcribing --judged--> reviewing")


def newest() -> Attempt:
    history = SqliteHistory(user_folders())
    try:
        return history.sessions()[0].attempts[0]
    finally:
        history.close()
