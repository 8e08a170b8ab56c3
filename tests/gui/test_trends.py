"""Trends: what changes over time, drawn and as numbers."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.fakes import spoken
from tests.gui.conftest import Desk
from tests.gui.looks import clipped, nameless, unreachable
from tests.gui.samples import ANSWER, THREE, a_session, an_attempt, keep
from voiceprep.errors import Cancelled
from voiceprep.gui import theme
from voiceprep.gui.pages.trends import TrendsPage
from voiceprep.gui.run import application
from voiceprep.gui.trend_figures import Wanted, figures
from voiceprep.gui.trend_words import coverage_numbers, practice_numbers
from voiceprep.interview.ports import Progress
from voiceprep.interview.records import SessionRecord
from voiceprep.interview.trends import Day, Point, points

KEY = Qt.Key


def months_of_practice() -> list[SessionRecord]:
    """An answer every ten days, the newest today, better from the sixth on."""
    made = []
    for number in range(8):
        moment = (datetime.now(UTC) - timedelta(days=10 * (7 - number))).isoformat()
        text = ANSWER if number < 5 else f"{ANSWER} and monitoring and then we retrain"
        attempt = an_attempt(text=text, name=f"a{number}", session=f"s{number}")
        if number % 2:
            attempt = replace(attempt, transcript=replace(spoken(text), engine="whisper"))
        made.append(
            a_session(replace(attempt, started_at=moment), name=f"s{number}", started_at=moment)
        )
    return made


def opened(desk: Desk, *sessions: SessionRecord) -> TrendsPage:
    desk.ready()
    keep(desk.history, *sessions)
    desk.window.go("trends")
    page = desk.window.trends_page
    desk.until(lambda: page.is_loaded)
    return page


def test_review_leads_to_trends_and_back(desk: Desk) -> None:
    desk.ready()
    keep(desk.history, *months_of_practice())
    desk.window.go("review")
    head = desk.window.review_page.findChildren(type(desk.window.trends_page.head))[0]
    QTest.mouseClick(head.sides.buttons["trends"], Qt.MouseButton.LeftButton)
    assert desk.window.here == "trends"
    assert desk.window.rail.items["review"].isChecked()
    desk.press(KEY.Key_Escape)
    assert desk.window.here == "review"
    assert head.sides.value == "review"


def test_without_answers_it_says_what_will_be_here(desk: Desk) -> None:
    page = opened(desk)
    assert page.empty.isVisible()
    QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert desk.window.here == "practice"


def test_each_chart_says_in_words_what_it_shows(desk: Desk) -> None:
    page = opened(desk, *months_of_practice())
    assert page.cards.coverage.summary.text().startswith("8 answers; the mean of the last five is ")
    assert "more than that of the first five" in page.cards.coverage.summary.text()
    assert page.cards.concepts.summary.text() == "1 of 3 concepts never covered."
    assert page.cards.practice.summary.text() == "8 answers on 8 days."
    assert page.cards.delivery.summary.text().startswith(
        "4 spoken answers; of the last five the mean"
    )
    for card in (
        page.cards.coverage,
        page.cards.concepts,
        page.cards.practice,
        page.cards.delivery,
    ):
        for chart in card._charts:
            assert chart.accessibleName()
            assert chart.accessibleDescription() == card.summary.text()


def test_the_numbers_are_a_table_to_read_and_to_copy(desk: Desk) -> None:
    page = opened(desk, *months_of_practice())
    card = page.cards.concepts
    QTest.mouseClick(card.shows.buttons["table"], Qt.MouseButton.LeftButton)
    assert card.table.isVisible()
    assert next(row[:2] for row in card.model.rows) == ("Monitor the inputs", "never")
    assert len(card.model.rows) == 3
    cell = card.model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert cell.startswith("Made: ")
    card.table.setFocus()
    desk.press(KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Concept\tMade\tCovered\tPartly\tMissed\tQuestion"
    assert len(lines) == 4
    QTest.mouseClick(page.cards.practice.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("Day\tAnswers\tSpeech")


def test_time_and_concept_narrow_what_is_shown(desk: Desk) -> None:
    page = opened(desk, *months_of_practice())
    rows = page.cards.coverage.model

    def coverages() -> set[str]:
        return {row[1] for row in rows.rows}

    QTest.mouseClick(page.span.buttons["28"], Qt.MouseButton.LeftButton)
    desk.until(lambda: len(rows.rows) == 3)
    page.concept.setCurrentIndex(page.concept.findText("Retrain"))
    desk.until(lambda: coverages() == {"100\u00a0%"})
    QTest.mouseClick(page.span.buttons[""], Qt.MouseButton.LeftButton)
    desk.until(lambda: coverages() == {"0\u00a0%", "100\u00a0%"})
    assert page.concept.currentText() == "Retrain"
    page.concept.setCurrentIndex(0)
    page.category.setCurrentIndex(1)
    page.bank.setCurrentIndex(1)
    desk.until(lambda: len(rows.rows) == 8 and len(coverages()) == 2)


def test_a_concept_that_is_not_asked_for_any_more_is_not_kept_chosen() -> None:
    some = points(months_of_practice())
    found = figures(some, Wanted(concept=("gone", "gone")), date(2026, 11, 26))
    assert len(found.coverage.values) == 8


def test_all_answers_are_saved_as_a_table(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "history.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page = opened(desk, *months_of_practice())
    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)
    desk.until(lambda: page._note.accessibleName().startswith("The table is saved."))
    with path.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 8


def test_saving_the_table_can_be_cancelled(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "history.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page = opened(desk, *months_of_practice())
    pressed = Event()
    each = desk.history.each_session

    def slow() -> Iterator[SessionRecord]:
        for session in each():
            yield session
            assert pressed.wait(5)

    monkeypatch.setattr(desk.history, "each_session", slow)
    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)
    bar, cancel = page._note.buttons
    assert bar.accessibleName() == "Saving the table"
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    pressed.set()
    desk.until(lambda: not page._note.isVisible())
    assert not path.exists()


def test_the_first_look_shows_how_far_it_is_and_can_be_left(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it goes on at the next visit."""
    desk.ready()
    keep(desk.history, *months_of_practice())
    asked: list[Event] = []
    whole = desk.history.points

    def slow(cancel: Event, progress: Progress) -> tuple[Point, ...]:
        asked.append(cancel)
        progress(0.25)
        if len(asked) == 1:
            assert cancel.wait(5)
            raise Cancelled
        return whole()

    monkeypatch.setattr(desk.history, "points", slow)
    desk.window.go("trends")
    page = desk.window.trends_page
    desk.until(page._loading.button.isVisible)
    assert clipped(page) == []
    assert nameless(page) == []
    QTest.mouseClick(page._loading.button, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.window.here == "review")
    assert asked[0].is_set()
    desk.until(lambda: page._is_stale)
    desk.window.go("trends")
    desk.until(lambda: page.is_loaded)


@pytest.mark.parametrize("size", [(1280, 800), (960, 600)])
@pytest.mark.parametrize("worn", ["light", "dark"])
def test_nothing_is_cut_off_in_light_and_dark(
    desk: Desk, size: tuple[int, int], worn: theme.Theme
) -> None:
    question = THREE.model_copy(update={"id": "long", "question": "Which considerations? " * 27})
    long = an_attempt(name="long", session="long", question=question)
    page = opened(desk, *months_of_practice(), a_session(long, name="long"))
    theme.wear(application(), worn)
    desk.window.resize(*size)
    desk.qtbot.wait(50)
    ground = page.cards._calendar.grab().toImage().pixelColor(2, 2).name()
    assert ground == theme.tokens().surface
    assert clipped(page) == []
    assert nameless(page) == []
    assert unreachable(page) == []


def test_days_in_a_row_are_counted_up_to_now() -> None:
    today = date(2026, 11, 26)
    days = [Day(today - timedelta(days=back), 1, 60.0, 50.0) for back in (9, 3, 2, 1)]
    assert practice_numbers(days, today).summary.endswith("3 days in a row up to now.")
    assert practice_numbers((), today).summary == "No practice here yet."


def test_one_answer_is_no_line_yet() -> None:
    one = points((a_session(an_attempt()),))
    assert "A second one makes a line." in coverage_numbers(one, None).summary
