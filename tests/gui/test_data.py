"""Settings, "Your data": how long audio is kept, backup and restore, and deleting everything."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.gui.conftest import Desk
from tests.gui.samples import a_session, an_attempt, keep, tone
from voiceprep.gui.confirm import Confirm
from voiceprep.gui.widgets.settings.data_section import DataSection
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders


@pytest.fixture
def past(on_disk: SqliteHistory) -> SqliteHistory:
    """The real history."""
    return on_disk


@pytest.fixture
def section(desk: Desk) -> DataSection:
    """Settings, with one spoken answer in the history."""
    desk.ready()
    path = desk.history.new_recording_path("attempt")
    keep(desk.history, a_session(an_attempt(tone(path))))
    desk.window.go("settings")
    return desk.window.settings_page.data


def texts(section: DataSection) -> str:
    return "\n".join(one.text() for one in section.findChildren(QLabel) if not one.isHidden())


def choose(section: DataSection, words: str) -> None:
    number = section.keep.findText(words)
    section.keep.setCurrentIndex(number)
    section.keep.activated.emit(number)


def test_the_disk_use_is_told(desk: Desk, section: DataSection) -> None:
    desk.until(lambda: "on this disk" in section.used.text())


def test_recordings_that_would_go_at_once_are_asked_about(desk: Desk, section: DataSection) -> None:
    recording = user_folders().recordings / "attempt.wav"
    choose(section, "Not at all")
    desk.until(lambda: desk.window.findChild(Confirm) is not None)
    desk.window.findChild(Confirm).stay.click()
    assert recording.exists()
    assert section.keep.currentText() == "For ever"
    desk.until(lambda: desk.window.findChild(Confirm) is None)

    choose(section, "Not at all")
    desk.until(lambda: desk.window.findChild(Confirm) is not None)
    desk.window.findChild(Confirm).go.click()
    desk.until(lambda: not recording.exists())
    assert desk.context.settings.keep_audio == "never"
    desk.until(lambda: desk.history.attempt("attempt").recording.removed_at)
    kept = desk.history.attempt("attempt")
    assert kept is not None
    assert kept.transcript is not None


def test_a_backup_is_written_and_restored(
    desk: Desk, section: DataSection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "all.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    section.back_up_button.click()
    desk.until(lambda: "The backup is written." in texts(section))
    before = desk.history.sessions()
    desk.history.delete_session("session")
    section.restore_button.click()
    desk.until(lambda: "The backup is restored." in texts(section))
    assert "1 interview with 1 answer came back" in texts(section)
    assert desk.history.sessions() == before


def test_the_keyboard_comes_back_to_the_button_that_began_a_backup(
    desk: Desk, section: DataSection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "all.zip"), ""))
    section.back_up_button.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert section.cancel_button.hasFocus()
    desk.until(lambda: "The backup is written." in texts(section))
    assert section.back_up_button.hasFocus()


def test_arrow_keys_open_the_list_of_how_long_to_keep_and_choose_nothing(
    desk: Desk, section: DataSection
) -> None:
    section.keep.setFocus()
    QTest.keyClick(section.keep, Qt.Key.Key_Down)
    desk.until(section.keep.view().isVisible)
    assert section.keep.currentText() == "For ever"
    section.keep.hidePopup()


def test_a_file_that_is_no_backup_is_told(
    desk: Desk, section: DataSection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "holiday.zip"
    file.write_bytes(b"no zip")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    section.restore_button.click()
    desk.until(lambda: "cannot be used as a backup" in texts(section))


def test_everything_is_deleted_after_a_question(desk: Desk, section: DataSection) -> None:
    section.erase_button.click()
    desk.window.findChild(Confirm).go.click()
    desk.until(lambda: "Everything about you is deleted." in texts(section))
    assert not (user_folders().recordings / "attempt.wav").exists()
    assert desk.history.sessions() == ()


@pytest.mark.usefixtures("section")
def test_a_result_opened_in_review_counts_as_reviewed(desk: Desk) -> None:
    desk.context.change_settings(keep_audio="reviewed")
    desk.window.open_attempt("attempt")
    desk.until(lambda: desk.window.here == "result")
    desk.context.tidy()
    desk.until(lambda: not (user_folders().recordings / "attempt.wav").exists())
