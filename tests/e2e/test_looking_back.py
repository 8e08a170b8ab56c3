"""The past at the window: found, named, in the trash and back, seen as trends, judged anew."""

import re
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.hands import Person, a_person
from tests.e2e.reader import Reader
from tests.e2e.screen import Screen
from voiceprep.gui import theme
from voiceprep.interview.catalogue import Label
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders

pytestmark = pytest.mark.window

TODAY, WEEK = re.compile("^Today"), re.compile("1 of 1 question")


def test_interviews_are_found_named_deleted_and_taken_back(
    screen: Screen, reader: Reader, home: Path, past: Folders, tmp_path: Path
):
    with a_person(screen, reader, home) as person:
        person.press("ctrl+2")
        person.sees("3 interviews")
        person.sees(re.compile(r"1\.8 MB of recordings$"))
        find(person, tmp_path)
        name(person, past)
        delete(person)
        person.press("ctrl+q")
        assert person.app.ended() == 0
        assert "ERROR" not in person.app.log
    # a minute later, "for good" is for good
    assert [one.id for one in kept(past).sessions()] == ["today", "week"]
    assert not list(past.recordings.glob("spring*"))


def find(person: Person, folder: Path) -> None:
    """By words that were said, and by filters."""
    person.press("ctrl+f")
    person.type("savings prod")
    person.sees("2 of 3 interviews")
    found = person.sees(re.compile("built a new savings product"), "list item")
    left, top, width, height = found.box
    colours = person.screen.colours()[top : top + height, left : left + width]
    assert np.count_nonzero(colours == int(theme.LIGHT.partial_soft[1:], 16)) > 500
    person.screen.keep(folder / "found.png")
    person.click("List: Answers")
    person.sees("2 of 6 answers")
    person.press("ctrl+f", "Escape")
    person.sees("6 answers")
    person.click("Filters")
    person.choose("All categories", "Beginner")
    person.choose("Any coverage", "70 % and more")
    person.sees("1 of 6 answers")
    person.sees("Filters (2)")
    person.screen.keep(folder / "filtered.png")
    person.click("Clear filters")
    person.click("List: Interviews")
    person.sees("3 interviews")
    person.choose("Any time", "Last 7 days")
    person.sees("1 of 3 interviews")
    person.click("Clear filters")
    person.click("Filters")


def name(person: Person, past: Folders) -> None:
    """Name, tag and note; that is taken back and done again."""
    label(person)
    person.press("ctrl+z")
    person.sees(TODAY, "list item")
    assert kept(past).catalogue.label("today") == Label()
    person.has_keyboard_at(re.compile("^Today|^Past interviews"))
    label(person)
    person.sees("Slower next time")
    assert kept(past).catalogue.label("today") == Label(
        "Mock with Ana", ("mock", "second round"), "Slower next time"
    )
    person.press("ctrl+f")
    person.type("second rou")
    person.sees("1 of 3 interviews")
    person.press("Escape", "Down")


def label(person: Person) -> None:
    person.click(TODAY, "list item")
    person.press("F2")
    person.answers_dialog("Name, tags and note")
    person.type("Mock with Ana")
    person.press("Tab")
    person.type("mock, second round")
    person.press("Tab")
    person.type("Slower next time")
    person.press("Tab", "Tab", "Return")
    person.sees(re.compile("^Mock with Ana"), "list item")
    person.back_in_window()


def delete(person: Person) -> None:
    """One and taken back, two and put back out of the trash, one for good."""
    person.click(WEEK, "list item")
    person.press("Delete")
    person.sees("2 interviews")
    person.press("ctrl+z")
    person.sees("3 interviews")
    person.press("shift+Down")
    person.sees("2 interviews chosen")
    person.click("Delete all")
    person.sees("1 interview")
    person.click("Filters")
    person.choose("Not deleted", "Trash")
    person.sees("2 interviews in the trash")
    person.click(WEEK, "list item")
    person.click("Put back")
    person.sees("1 interview in the trash")
    person.misses("Undo")
    person.click("Delete for good")
    person.answers_dialog("Delete 1 interview for good\\?")
    person.go_to("Delete for good")
    person.press("Return")
    person.back_in_window()
    person.sees("The trash is empty. What is deleted stays here for 30 days.")
    person.click("Clear filters")
    person.sees("2 interviews")


def kept(past: Folders) -> SqliteHistory:
    return SqliteHistory(past)


@pytest.mark.usefixtures("past")
def test_trends_are_drawn_and_told_and_old_answers_are_scored_again(
    screen: Screen, reader: Reader, home: Path, tmp_path: Path
):
    with a_person(screen, reader, home) as person:
        person.press("ctrl+2")
        person.click("Review: Trends")
        person.sees(re.compile(r"^6 answers; "))
        left, top, width, height = person.sees("Coverage over time").box
        person.screen.keep(tmp_path / "trends.png")
        colours = person.screen.colours()[top : top + height, left : left + width]
        assert np.count_nonzero(colours == int(theme.LIGHT.accent[1:], 16)) > 300
        person.click("Coverage: Table")
        person.sees(re.compile(r"^Coverage: 0\b"), "cell")
        assert len(reader.all(re.compile(r"^Coverage: \d"), "cell")) == 6
        person.choose("All categories", "Intermediate")
        person.sees(re.compile("^2 answers"))

        person.press("ctrl+4")
        person.sees("1 answer was scored before a change.")
        person.go_to("Score old answers again", "shift+Tab")
        person.press("Return")
        person.sees("1 answer scored again: 1 with other verdicts, 1 higher, 0 lower.")
        person.screen.keep(tmp_path / "rescored.png")
        person.go_to(re.compile("^How does an AI-based fraud system .* now; 1 verdict changed"))
        person.press("Return")
        person.sees("Coverage: 25 per cent")
        person.sees(re.compile("^1 earlier result"))
        person.screen.keep(tmp_path / "earlier.png")
        person.press("Escape")
        person.sees("Settings", "label")
        person.press("ctrl+q")
        assert person.app.ended() == 0
        assert "ERROR" not in person.app.log
