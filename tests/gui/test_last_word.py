"""The candidate overrules verdicts and rates an answer before the result."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.gui.conftest import Desk
from tests.gui.looks import clipped, covered, nameless, texts
from tests.gui.samples import a_session, an_attempt, keep, tone
from voiceprep.gui.pages.result import ResultPage
from voiceprep.interview.machine import State
from voiceprep.interview.records import Overruling
from voiceprep.scoring.assessment import Level

KEY = Qt.Key


@pytest.fixture
def page(desk: Desk, tmp_path: Path) -> ResultPage:
    return desk.result(an_attempt(tone(tmp_path / "answer.wav")))


def choose(page: ResultPage, concept: int, starts: str) -> None:
    """Pick an entry of the level's menu."""
    menu = page.checklist.rows[concept].level.menu_of_levels()
    next(one for one in menu.actions() if one.text().startswith(starts)).trigger()


def test_a_verdict_is_overruled_from_its_menu_and_counts(desk: Desk, page: ResultPage) -> None:
    before = desk.kept()
    assert before.assessment is not None
    choose(page, 1, "Covered")
    desk.until(lambda: desk.kept().overrulings == (Overruling("monitor", Level.COVERED),))
    standing = desk.kept().standing
    assert standing is not None
    assert standing.score > before.assessment.score
    assert page.coverage.ring.value == standing.score
    desk.until(lambda: not clipped(page))
    said = texts(page)
    assert "Your verdict; VoicePrep said missed." in said
    assert "You set 1 of 3 verdicts right" in said
    assert page.checklist.rows[1].level.text() == "Covered · you"
    assert not nameless(page)


@pytest.mark.parametrize(("key", "level"), [(KEY.Key_C, Level.COVERED), (KEY.Key_H, Level.PARTIAL)])
def test_the_row_in_hand_takes_a_level_by_key(
    desk: Desk, page: ResultPage, key: Qt.Key, level: Level
) -> None:
    page.checklist.focus(1)
    desk.press(key)
    desk.until(lambda: desk.kept().overrulings == (Overruling("monitor", level),))
    assert page.checklist.rows[1].hasFocus()


def test_overruling_is_undone(desk: Desk, page: ResultPage) -> None:
    before = desk.kept()
    choose(page, 1, "Covered")
    desk.until(lambda: bool(desk.kept().overrulings))
    QTest.keySequence(page, "Ctrl+Z")
    desk.until(lambda: desk.kept() == before)
    assert page.checklist.rows[1].level.text() == "Missed"


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_the_offer_to_take_it_back_lies_over_no_button_at_the_foot(
    desk: Desk, page: ResultPage, size: tuple[int, int]
) -> None:
    desk.window.resize(*size)
    choose(page, 1, "Covered")
    desk.until(page.undo.isVisible)
    foot = {"Back", "Answer again", "Play"}
    assert not [one for one in covered(page) if any(one.startswith(f"'{name}'") for name in foot)]


def test_undoing_leaves_keyboard_and_place_where_they_were(desk: Desk, page: ResultPage) -> None:
    page.checklist.focus(1)
    scrolled = page.column.verticalScrollBar().value()
    desk.press(KEY.Key_C)
    desk.until(lambda: desk.kept().overrulings)
    QTest.keyClick(page, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: not desk.kept().overrulings)
    assert page.checklist.rows[1].hasFocus()
    assert page.column.verticalScrollBar().value() == scrolled


def test_a_note_is_kept_with_the_verdict_and_taken_back_with_it(
    desk: Desk, page: ResultPage
) -> None:
    choose(page, 1, "Partly")
    desk.until(lambda: bool(desk.kept().overrulings))
    choose(page, 1, "Say why")
    row = page.checklist.rows[1]
    assert row.note.hasFocus()
    QTest.keyClicks(row.note, "I meant the dashboards <b>")
    QTest.keyClick(row.note, KEY.Key_Return)
    noted = Overruling("monitor", Level.PARTIAL, "I meant the dashboards <b>")
    desk.until(lambda: desk.kept().overrulings == (noted,))
    desk.until(lambda: "“I meant the dashboards <b>”" in texts(page))
    choose(page, 1, "Back to VoicePrep's verdict (missed)")
    desk.until(lambda: not desk.kept().overrulings)


def test_esc_leaves_the_note_and_not_the_page(desk: Desk, page: ResultPage) -> None:
    choose(page, 1, "Say why")
    note = page.checklist.rows[1].note
    QTest.keyClicks(note, "hm")
    QTest.keyClick(note, KEY.Key_Escape)
    assert not note.isVisible()
    assert desk.window.here == "result"
    assert not desk.kept().overrulings


def test_enter_keeps_a_note_and_does_not_lead_on_to_the_next_question(desk: Desk) -> None:
    room = desk.interview()
    answered(desk)
    desk.until(room.result.isVisible)
    choose(room.result, 0, "Say why")
    note = room.result.checklist.rows[0].note
    QTest.keyClicks(note, "I said it")
    QTest.keyClick(note, KEY.Key_Return)
    desk.until(lambda: "“I said it”" in texts(room.result))
    assert desk.room.conductor.state is State.REVIEWING
    assert room.result.isVisible()


# -- before the result -----------------------------------------------------------------------


def answered(desk: Desk) -> None:
    desk.press(KEY.Key_Space)
    desk.at(State.RECORDING)
    desk.press(KEY.Key_Space)
    desk.at(State.REVIEWING)


def test_the_rating_is_asked_before_the_result_and_shown_beside_it(desk: Desk) -> None:
    desk.context.change_settings(rate_myself=True)
    room = desk.interview()
    answered(desk)
    assert room.rating.isVisible()
    desk.press(KEY.Key_4)
    desk.until(room.result.isVisible)
    assert "You rated yourself 75\u00a0%." in texts(room.result)
    desk.until(lambda: desk.history.sessions()[0].attempts[0].self_rating == 75)


def test_the_rating_can_be_skipped(desk: Desk) -> None:
    desk.context.change_settings(rate_myself=True)
    room = desk.interview()
    answered(desk)
    desk.press(KEY.Key_S)
    desk.until(room.result.isVisible)
    assert desk.history.sessions()[0].attempts[0].self_rating is None


def test_how_earlier_ratings_met_the_coverage_is_told(desk: Desk) -> None:
    desk.context.change_settings(rate_myself=True)
    room = desk.interview(2)
    answered(desk)
    desk.press(KEY.Key_5)
    desk.until(lambda: desk.history.ratings() != ())
    desk.press(KEY.Key_Return)
    desk.at(State.THINKING)
    answered(desk)
    desk.until(room.rating.isVisible)
    so_far = "You rate yourself 100 points higher than your coverage, over 1 answer."
    desk.until(lambda: so_far in [one.text() for one in room.rating.findChildren(QLabel)])


def test_without_the_setting_the_result_comes_at_once(desk: Desk) -> None:
    room = desk.interview()
    answered(desk)
    assert room.result.isVisible()


# -- over time -------------------------------------------------------------------------------


def test_the_summary_tells_how_far_one_agrees_and_knows_oneself(desk: Desk) -> None:
    desk.ready()
    rated = [replace(an_attempt(name=f"a{one}"), self_rating=75) for one in range(3)]
    mine = rated[0].overruled("monitor", Level.COVERED)
    keep(desk.history, a_session(mine, *rated[1:]))
    desk.window.open_session("session")
    card = desk.window.summary_page.own_word
    desk.until(card.isVisible)
    assert "You agree with 2 of 3 verdicts" in card.agrees.text()
    assert "over 3 answers" in card.knows.text()
    assert len(card.chart.ratings) == 3
    assert "rated 75" in card.chart.accessibleName()
    desk.until(lambda: not clipped(desk.window.summary_page))


def test_without_own_words_the_summary_says_nothing_of_them(desk: Desk) -> None:
    desk.ready()
    keep(desk.history, a_session(an_attempt()))
    desk.window.open_session("session")
    desk.until(lambda: desk.window.here == "summary")
    assert not desk.window.summary_page.own_word.isVisible()
