"""Tab goes through each page from top to bottom before it leaves it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.conftest import Desk
from tests.gui.looks import controls
from tests.gui.samples import a_session, an_attempt, keep, tone

KEY = Qt.Key
PAGES = ("practice", "review", "trends", "questions", "settings", "summary", "result", "compare")


def show(desk: Desk, name: str) -> QWidget:
    window = desk.window
    if name == "summary":
        window.open_session("session")
    elif name == "result":
        window.open_attempt("one")
    elif name == "compare":
        window.compare("one")
    else:
        window.go(name)
    desk.until(lambda: window.here == name)
    if name in {"review", "trends"}:
        desk.until(lambda: window.page(name).is_loaded)
    return window.page(name)


def walk(desk: Desk, page: QWidget) -> list[QWidget]:
    """What Tab leads to, from the first control of the page until it leaves the page."""
    found: list[QWidget] = []
    desk.window.rail.theme.setFocus()
    while True:
        desk.press(KEY.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if not page.isAncestorOf(now):
            return found
        assert now not in found
        assert not now.visibleRegion().isEmpty(), f"{now.accessibleName()} is out of sight"
        found.append(now)


def place(page: QWidget, one: QWidget) -> tuple[int, int]:
    at = one.mapTo(page, QPoint(0, 0))
    return at.y(), at.x()


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_all_of_a_page_and_shows_it(desk: Desk, tmp_path: Path, name: str) -> None:
    desk.ready()
    keep(desk.history, a_session(an_attempt(tone(tmp_path / "a.wav"), name="one"), an_attempt()))
    page = show(desk, name)
    desk.qtbot.wait(50)
    walked = walk(desk, page)
    reached = {one for one in controls(page) if one.focusPolicy() & Qt.FocusPolicy.TabFocus}
    assert {one for one in reached if one.isEnabled() and one.isVisible()} <= set(walked)


def test_what_came_later_is_reached_where_it_is_seen(desk: Desk, tmp_path: Path) -> None:
    desk.ready()
    keep(desk.history, a_session(an_attempt(tone(tmp_path / "a.wav"), name="one")))
    page = show(desk, "result")
    rows = [one for one in walk(desk, page) if one in page.checklist.rows]
    assert rows == list(page.checklist.rows)
    walked = walk(desk, page)
    assert walked.index(rows[-1]) < walked.index(page.edit_button)
    assert walked[-1] is page.again_button
    page.again_button.setFocus()
    desk.press(KEY.Key_Tab)
    assert QApplication.focusWidget() in desk.window.rail.items.values()
    desk.press(KEY.Key_Backtab)
    assert page.again_button.hasFocus()
