import sys

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from voiceprep.errors import VoicePrepError
from voiceprep.gui.errors import ErrorPanel, Unexpected, UnexpectedDialog, install_excepthook
from voiceprep.gui.widgets.buttons import Button
from voiceprep.store.paths import user_folders


def raised() -> ValueError:
    try:
        int("the tea is cold")
    except ValueError as error:
        return error
    raise AssertionError


def test_a_panel_tells_what_why_and_what_next(qtbot: QtBot) -> None:
    panel = ErrorPanel()
    qtbot.addWidget(panel)
    assert not panel.isVisible()
    panel.tell(VoicePrepError("No sound.", "The cable is out.", "Plug it in."), Button("Again"))
    assert panel.isVisible()
    assert panel.accessibleName() == "No sound. The cable is out. Plug it in."
    panel.tell(VoicePrepError("Still no sound."))
    assert panel.buttons == ()
    panel.clear()
    assert not panel.isVisible()


def test_the_report_can_be_copied_and_names_the_place(qtbot: QtBot) -> None:
    dialog = UnexpectedDialog(raised(), user_folders().log)
    qtbot.addWidget(dialog)
    dialog.copy()
    copied = QApplication.clipboard().text()
    assert "the tea is cold" in copied
    assert "test_errors.py" in copied
    assert str(user_folders().log) in copied
    assert "Python" in copied


def test_one_dialog_is_enough(qtbot: QtBot, caplog: pytest.LogCaptureFixture, desk: Desk) -> None:
    unexpected = Unexpected(user_folders().log)
    unexpected.window = desk.window
    unexpected.show(raised())
    unexpected.show(raised())
    open_now = [one for one in desk.window.findChildren(UnexpectedDialog) if one.isVisible()]
    assert len(open_now) == 1
    assert len(caplog.records) == 2
    open_now[0].accept()
    qtbot.waitUntil(lambda: not desk.window.findChildren(UnexpectedDialog))
    unexpected.show(raised())
    desk.window.findChildren(UnexpectedDialog)[0].accept()


def test_what_nobody_caught_reaches_the_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    told: list[BaseException] = []

    class Told(Unexpected):
        def show(self, error: BaseException) -> None:
            told.append(error)

    install_excepthook(lambda call: call(), Told(user_folders().log))
    error = raised()
    sys.excepthook(type(error), error, error.__traceback__)
    assert told == [error]
