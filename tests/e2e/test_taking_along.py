"""What the window gives to take along, every form of it, and what it lets go of."""

import csv
import re
import subprocess
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from tests.browser import a_browser
from tests.e2e.hands import Person, a_person
from tests.e2e.reader import Reader
from tests.e2e.screen import Screen
from voiceprep.interview.records import SessionRecord
from voiceprep.report.document import Document
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders

pytestmark = pytest.mark.window

TODAY = re.compile("^Today")
SAID = "it also learns the behavior of every individual user"
FORMS = ("Web page", "PDF", "Markdown", "Data for programs", "SRT", "WebVTT")
"""In the dialog's order."""


def test_a_session_is_saved_in_every_form_and_the_history_as_a_table(
    screen: Screen, reader: Reader, home: Path, past: Folders, tmp_path: Path
):
    out = tmp_path / "out"
    out.mkdir()
    with a_person(screen, reader, home) as person:
        person.press("ctrl+2")
        person.click(TODAY, "list item")

        def save(name: str, form: str, *, also: str = "") -> Path:
            person.click("Save report")
            person.answers_dialog("Save report")
            person.press(*["Down"] * FORMS.index(form))
            if also:
                person.click(also)
            person.press("Return")
            return save_as(person, "Save the report", out / name)

        save("inside.html", "Web page")
        save("beside.html", "Web page", also="Recordings: In a folder")
        save("a4.pdf", "PDF", also="Paper: A4")
        save("letter.pdf", "PDF", also="Paper: Letter")
        save("report.md", "Markdown")
        save("report.json", "Data for programs")
        save("report.srt", "SRT")
        save("report.vtt", "WebVTT")
        person.press("Escape")
        person.click("Review: Trends")
        person.click("Save as CSV")
        save_as(person, "Save all answers", out / "history.csv")
        person.press("ctrl+q")
        assert person.app.ended() == 0
        assert "ERROR" not in person.app.log

    with a_browser(tmp_path) as tab:
        for name in ("inside", "beside"):
            tab.open(out / f"{name}.html")
            tab.click("blockquote[data-player]")
            tab.until("[...document.querySelectorAll('audio')].some(one => one.currentTime > 3.5)")
            assert tab.errors == []
    assert len(list((out / "beside-audio").iterdir())) == 3
    assert "595 x 842" in printed("pdfinfo", out / "a4.pdf")
    assert "612 x 792" in printed("pdfinfo", out / "letter.pdf")
    assert SAID in printed("pdftotext", out / "letter.pdf", "-")
    assert SAID in (out / "report.md").read_text(encoding="utf-8")
    document = Document.model_validate_json((out / "report.json").read_bytes())
    assert [one.question.id for one in document.attempts] == list(kept(past)[0].question_ids)
    assert "-->" in (out / "report-1.srt").read_text(encoding="utf-8")
    assert (out / "report-3.vtt").read_text(encoding="utf-8").startswith("WEBVTT")
    with (out / "history.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 6
    assert {one.stat().st_mode & 0o077 for one in out.glob("*.*")} == {0}


def test_a_backup_brings_back_what_was_deleted_and_old_recordings_go(
    screen: Screen, reader: Reader, home: Path, past: Folders, tmp_path: Path
):
    before, sums = kept(past), recordings(past)
    with a_person(screen, reader, home) as person:
        person.press("ctrl+4")
        person.go_to("Back up", "shift+Tab")
        person.press("Return")
        save_as(person, "Back up", tmp_path / "all.zip", says="The backup is written.")
        person.sees(re.compile("^3 interviews with 6 recordings are in "))

        person.go_to("Delete everything about me")
        person.press("Return")
        person.answers_dialog("Delete everything about you\\?")
        person.has_keyboard_at("Keep everything")
        person.go_to("Delete everything")
        person.press("Return")
        person.back_in_window()
        person.sees("Everything about you is deleted.")
        assert [one for one in past.data.rglob("*") if one.is_file()] == []
        person.press("ctrl+2")
        person.sees("No interview yet")

        person.press("ctrl+4")
        person.go_to("Restore", "shift+Tab")
        person.press("Return")
        open_file(person, "Restore", tmp_path / "all.zip")
        person.sees("The backup is restored.")
        person.sees("3 interviews with 6 answers came back; 0 answers had been here already.")
        person.screen.keep(tmp_path / "restored.png")
        assert kept(past) == before
        assert recordings(past) == sums

        person.go_to("For ever", "shift+Tab")
        person.press("Down")  # opens the list
        person.press("Down", "Down", "Return")
        person.answers_dialog("Remove 2 recordings now\\?")
        person.go_to("Remove")
        person.press("Return")
        person.back_in_window()
        person.press("ctrl+2")
        person.click(re.compile("2 of 2 questions"), "list item")
        person.click(re.compile("^Question 1"), "panel")
        person.sees(
            re.compile("^The recording was deleted on .*, after 60 days, as set in Settings")
        )
        person.screen.keep(tmp_path / "no-recording.png")
        assert not person.reader.all(re.compile("^Play"))
        person.press("ctrl+q")
        assert person.app.ended() == 0
        assert "ERROR" not in person.app.log
    assert [name for name in recordings(past) if name.startswith("spring")] == []


def save_as(person: Person, title: str, path: Path, *, says: str = "") -> Path:
    """Answer the file dialog, and wait until it is said that the file is there."""
    open_file(person, title, path)
    person.sees(says or re.compile(r"saved"))
    if not says:
        person.sees(re.compile(re.escape(str(path.with_suffix("")))))
        person.click("Close")
        person.misses("Close")
    return path


def open_file(person: Person, title: str, path: Path) -> None:
    """Name a file in Qt's own dialog; its lists, which change all the time, are not read."""
    person.answers_dialog(title)
    person.press("ctrl+a")
    person.type(str(path))
    while person.screen.has_window(f"^{title}"):
        person.press("Return")  # the first may only close what Qt proposes to complete it with
    person.back_in_window()


def printed(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return " ".join(done.stdout.split())


def kept(past: Folders) -> tuple[SessionRecord, ...]:
    with closing(SqliteHistory(past)) as history:
        return history.sessions()


def recordings(past: Folders) -> dict[str, str]:
    """Each recording's name with the sum of its bytes."""
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in past.recordings.glob("*.*")}
