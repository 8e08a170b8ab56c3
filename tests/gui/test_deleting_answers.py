"""Single answers are put into the trash from wherever they are shown, and come back from there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Desk
from tests.gui.looks import clipped, covered, nameless, texts, unreachable
from tests.gui.samples import THREE, a_session, an_attempt, keep
from voiceprep.gui.confirm import Confirm
from voiceprep.interview.records import SessionRecord
from voiceprep.store.history import SqliteHistory

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
FIRST = THREE.model_copy(update={"id": "question-1", "question": "What is model drift?"})


@pytest.fixture
def past(on_disk: SqliteHistory) -> SqliteHistory:
    """The real history: what counts where is its work."""
    return on_disk


@pytest.fixture
def held(desk: Desk) -> SessionRecord:
    """An interview with two answers to one question, the second without a word of the hint."""
    desk.ready()
    made = a_session(
        an_attempt(name="one", question=FIRST),
        an_attempt(name="two", question=FIRST, text="I would rather talk about my holidays"),
    )
    keep(desk.history, made)
    return made


def in_trash(desk: Desk) -> tuple[str, ...]:
    return desk.history.catalogue.discarded_answers()


def opened(desk: Desk, attempt_id: str) -> None:
    desk.window.open_attempt(attempt_id)
    desk.until(lambda: desk.window.here == "result")


@pytest.mark.usefixtures("held")
def test_the_result_page_deletes_its_answer_and_leads_back_where_it_can_be_undone(
    desk: Desk,
) -> None:
    desk.window.open_session("session")
    desk.until(lambda: desk.window.here == "summary")
    summary = desk.window.summary_page
    before = summary.ring.value
    opened(desk, "two")
    desk.window.result_page.delete_button.click()
    desk.until(lambda: in_trash(desk) == ("two",))
    desk.until(lambda: summary.ring.value != before)
    assert desk.window.here == "summary"
    assert summary.rows[0].attempt_id == "one"
    toast = desk.window.toast
    assert toast.text == "The answer to \u201cWhat is model drift?\u201d is in the trash."
    assert not [one for one in covered(summary) if one.startswith(("'Done'", "'Save report'"))]

    QTest.keySequence(desk.window, "Ctrl+Z")
    desk.until(lambda: in_trash(desk) == ())
    desk.until(lambda: summary.ring.value == before)
    assert not toast.isVisible()


@pytest.mark.usefixtures("held")
def test_del_on_a_row_of_the_summary_deletes_that_answer(desk: Desk) -> None:
    desk.window.open_session("session")
    desk.until(lambda: desk.window.here == "summary")
    row = desk.window.summary_page.rows[0]
    assert [one.text() for one in row.menu().actions()] == ["Open\tEnter", "Delete\tDel"]
    row.setFocus()
    QTest.keyClick(row, KEY.Key_Delete)
    desk.until(lambda: in_trash(desk) == ("two",))


@pytest.mark.usefixtures("held")
def test_in_the_interview_there_is_nothing_to_delete(desk: Desk) -> None:
    opened(desk, "two")
    page = desk.window.result_page
    attempt = desk.history.attempt("two")
    assert attempt is not None
    page.show_attempt(attempt, next_label="Next question")
    assert not page.delete_button.isVisible()
    QTest.keyClick(page, KEY.Key_Delete)
    assert in_trash(desk) == ()


@pytest.mark.usefixtures("held")
def test_review_deletes_answers_and_the_trash_gives_them_back(desk: Desk) -> None:
    desk.window.go("review")
    page = desk.window.review_page
    desk.until(lambda: page.is_loaded)
    page.kind.buttons["answers"].click()
    desk.until(lambda: page.model.rowCount() == 2)
    page.list.selectAll()
    desk.until(page.several.button.isVisible)
    assert "Delete puts them into the trash" in texts(page)
    page.several.button.click()
    desk.until(lambda: set(in_trash(desk)) == {"one", "two"} and not page.model.rowCount())
    assert page.toast.text == "2 answers are in the trash."
    QTest.keySequence(page, "Ctrl+Z")
    desk.until(lambda: in_trash(desk) == () and len(page.chosen) == 1)

    page.list.setFocus()
    chosen = page.chosen[0].id
    QTest.keyClick(page.list, KEY.Key_Delete)
    desk.until(lambda: in_trash(desk) == (chosen,))
    page.filters.choose("place", "trash")
    desk.until(lambda: [one.id for one in page.chosen] == [chosen])
    desk.until(lambda: page.detail.delete_button.text() == "Delete answer for good")
    desk.until(lambda: list(page.detail.rows) == [chosen])
    page.detail.back_button.click()
    desk.until(lambda: in_trash(desk) == ())


@pytest.mark.usefixtures("held")
def test_an_answer_is_deleted_for_good_after_a_question(desk: Desk) -> None:
    desk.history.catalogue.discard_answers(("two",))
    desk.window.go("review")
    page = desk.window.review_page
    desk.until(lambda: page.is_loaded)
    page.kind.buttons["answers"].click()
    page.filters.choose("place", "trash")
    desk.until(lambda: [one.id for one in page.chosen] == ["two"])
    QTest.keyClick(page.list, KEY.Key_Delete)
    asking = desk.window.findChild(Confirm)
    assert asking.windowTitle() == "Delete 1 answer for good?"
    asking.go.click()
    desk.until(lambda: desk.history.attempt("two") is None)
    assert desk.history.attempt("one") is not None


@pytest.mark.usefixtures("held")
def test_an_answer_in_the_trash_with_its_interview_comes_back_with_it(desk: Desk) -> None:
    desk.history.catalogue.discard(("session",))
    desk.window.go("review")
    page = desk.window.review_page
    desk.until(lambda: page.is_loaded)
    page.kind.buttons["answers"].click()
    page.filters.choose("place", "trash")
    desk.until(lambda: page.detail.back_button.text() == "Put the interview back")
    assert not page.detail.delete_button.isVisible()
    page.detail.back_button.click()
    desk.until(lambda: desk.history.catalogue.discarded() == ())


@pytest.mark.usefixtures("held")
def test_among_answers_the_chosen_one_is_brought_out_in_its_interview(desk: Desk) -> None:
    desk.window.go("review")
    page = desk.window.review_page
    desk.until(lambda: page.is_loaded)
    page.kind.buttons["answers"].click()
    desk.until(lambda: page.detail.delete_button.text() == "Delete answer")
    desk.until(lambda: len(page.detail.rows) == 2)
    page.detail.delete_button.click()
    desk.until(lambda: len(in_trash(desk)) == 1)


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("size", [(1280, 800), (1024, 640), (960, 600)])
def test_a_question_shows_its_answers_which_can_be_opened_compared_and_deleted(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.window.resize(*size)
    desk.window.go("questions")
    page = desk.window.questions_page
    own = page.detail.answers
    desk.until(lambda: len(own.rows) == 2)
    assert [one.attempt_id for one in own.rows] == ["two", "one"]
    assert clipped(page) == []
    assert nameless(page) == []
    assert unreachable(page) == []
    own.rows[0].discard.emit()
    desk.until(lambda: [one.attempt_id for one in own.rows] == ["one"])
    assert not own.compare_button.isVisible()
    desk.window.toast.act()
    desk.until(lambda: len(own.rows) == 2)
    own.compare_button.click()
    desk.until(lambda: desk.window.here == "compare")
    desk.window.compare_page.go_back()
    desk.until(lambda: desk.window.here == "questions")
    own.rows[1].opened.emit()
    desk.until(lambda: desk.window.here == "result")


@pytest.mark.usefixtures("held")
def test_the_comparison_goes_on_without_a_deleted_answer(desk: Desk) -> None:
    desk.window.go("review")
    desk.window.compare("two")
    desk.until(lambda: desk.window.here == "compare")
    opened(desk, "two")
    QTest.keyClick(desk.window.result_page, KEY.Key_Delete)
    desk.until(lambda: desk.window.here == "compare")
    desk.until(lambda: "1 attempt" in texts(desk.window.compare_page))
