from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.fakes import spoken
from tests.gui.conftest import Desk
from tests.gui.looks import clipped, nameless, texts, unreachable
from tests.gui.samples import ANSWER, THREE, a_session, an_attempt, keep, tone, unjudged
from voiceprep.errors import VoicePrepError
from voiceprep.gui.confirm import Confirm
from voiceprep.gui.pages.review import ReviewPage
from voiceprep.gui.save_dialog import SaveDialog
from voiceprep.gui.widgets.review.history_list import HistoryModel
from voiceprep.gui.widgets.review.label_dialog import LabelDialog
from voiceprep.interview.catalogue import Label
from voiceprep.interview.records import AttemptStatus, SessionRecord
from voiceprep.report.options import Form
from voiceprep.store.history import SqliteHistory

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
DEAF = VoicePrepError("The recogniser gave up.", "Its model is damaged.", "Import it again.")
BROKEN = VoicePrepError("The history cannot be read.", "The disk is gone.", "Connect it.")


@pytest.fixture
def past(on_disk: SqliteHistory) -> SqliteHistory:
    """The real history: what is found, and in which order, is its work."""
    return on_disk


@pytest.fixture
def sessions(tmp_path: Path) -> list[SessionRecord]:
    """Three: a good one, one by typing, and one that waits to be transcribed."""
    waiting = unjudged(
        an_attempt(tone(tmp_path / "three.wav"), name="three"), AttemptStatus.WAITING
    )
    return [
        a_session(
            an_attempt(tone(tmp_path / "one.wav"), name="one"),
            name="newest",
            started_at="2026-11-05T10:00:00+00:00",
        ),
        a_session(
            an_attempt(name="two", text="nothing but <b>Zürich</b>"),
            name="middle",
            started_at="2026-11-04T10:00:00+00:00",
        ),
        a_session(waiting, name="oldest", started_at="2025-11-03T10:00:00+00:00"),
    ]


def opened(desk: Desk, *sessions: SessionRecord) -> ReviewPage:
    desk.ready()
    keep(desk.history, *sessions)
    desk.window.go("review")
    page = desk.window.review_page
    desk.until(lambda: page.is_loaded)
    settle(desk, page)
    return page


def settle(desk: Desk, page: ReviewPage) -> None:
    """Wait until the detail shows what is chosen, all rows of it."""

    def shown() -> bool:
        chosen = page.chosen
        if len(chosen) != 1:
            return True
        session = page.detail.session
        return (
            session is not None
            and session.id == chosen[0].session_id
            and len(page.detail.rows) == len(session.attempts)
        )

    desk.until(shown)


def search(desk: Desk, page: ReviewPage, text: str, found: int) -> None:
    page.search.setText(text)
    desk.until(lambda: len(listed(page)) == found)


def listed(page: ReviewPage) -> list[str]:
    """What a screen reader reads in the list."""
    role = Qt.ItemDataRole.AccessibleTextRole
    return [page.model.data(page.model.index(one, 0), role) for one in range(page.model.rowCount())]


def test_past_sessions_are_listed_newest_first(desk: Desk, sessions: list[SessionRecord]) -> None:
    page = opened(desk, *sessions)
    newest, middle, oldest = listed(page)
    assert newest.startswith("5 November")
    assert "Samples, 1 of 1 question · 10 s, mean coverage" in newest
    assert middle.startswith("4 November")
    assert oldest.startswith("3 November 2025")
    assert oldest.endswith("1 to transcribe, not scored")
    assert "3 interviews" in texts(page)


def test_the_arrow_keys_go_through_the_sessions_and_enter_opens_one(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    page = opened(desk, *sessions)
    assert page.list.hasFocus()
    desk.press(KEY.Key_Down)
    assert page.model.entry(page.list.currentIndex()).session_id == "middle"
    with desk.qtbot.waitSignal(desk.context.open_session) as opening:
        desk.press(KEY.Key_Return)
    assert opening.args == ["middle"]
    desk.until(lambda: desk.window.here == "summary")


def test_an_attempt_opens_its_result(desk: Desk, sessions: list[SessionRecord]) -> None:
    page = opened(desk, *sessions)
    QTest.mouseClick(page.detail.rows["one"], Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.window.here == "result")
    desk.press(KEY.Key_Escape)
    assert desk.window.here == "review"


def test_several_attempts_at_a_question_are_told_apart(desk: Desk) -> None:
    session = a_session(an_attempt(name="first"), an_attempt(name="second"))
    page = opened(desk, session)
    assert "Attempt" not in page.detail.rows["first"].accessibleName()
    assert "Attempt 2" in page.detail.rows["second"].accessibleName()


def test_no_history_yet_leads_to_practice(desk: Desk) -> None:
    page = opened(desk)
    assert "No interview yet" in texts(page)
    QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert desk.window.here == "practice"


# -- searching -------------------------------------------------------------------------------


def test_the_search_finds_words_of_questions_and_answers(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    page = opened(desk, *sessions)
    desk.press(KEY.Key_F, CONTROL)
    assert page.search.hasFocus()
    search(desk, page, "ZÜRICH nothing", 1)
    assert listed(page)[0].startswith("4 November")
    assert "nothing but <b>Zürich" in listed(page)[0]  # what was found is read, too
    assert "1 of 3 interviews" in texts(page)
    page.list.grab()  # draws the words that were found
    search(desk, page, "production", 3)
    desk.press(KEY.Key_Down)
    assert page.list.hasFocus()


def test_a_search_for_nothing_there_says_so(desk: Desk, sessions: list[SessionRecord]) -> None:
    page = opened(desk, *sessions)
    desk.press(KEY.Key_F, CONTROL)
    desk.type("<i>xyzzy")
    desk.until(lambda: "No question and no answer has “<i>xyzzy” in it." in texts(page))
    desk.press(KEY.Key_Escape)
    desk.until(lambda: len(listed(page)) == 3)
    assert page.search.text() == ""


def test_answers_can_be_listed_and_opened_one_by_one(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    page = opened(desk, *sessions)
    page.kind.buttons["answers"].click()
    desk.until(lambda: "3 answers" in texts(page))
    assert listed(page)[0].startswith("What happens to a model in production?")
    search(desk, page, "business figures", 1)
    page.list.setFocus()
    desk.press(KEY.Key_Return)
    desk.until(lambda: desk.window.here == "result")


def test_filters_narrow_the_list_down_and_can_be_cleared(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    page = opened(desk, *sessions)
    QTest.mouseClick(page.filter_button, Qt.MouseButton.LeftButton)
    assert page.filters.isVisible()
    page.filters.choose("engine", "typed")
    desk.until(lambda: len(listed(page)) == 1)
    assert "1 of 3 interviews" in texts(page)
    assert page.filter_button.text() == "Filters (1)"
    page.filters.choose("coverage", "70-100")
    desk.until(lambda: "No answer fits these filters." in texts(page))
    page.filters.clear_button.click()
    desk.until(lambda: len(listed(page)) == 3)


def test_interviews_of_chosen_days_are_listed_both_days_included(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    page = opened(desk, *sessions)
    begun = sorted(datetime.fromisoformat(one.started_at).astimezone() for one in sessions)
    page.filters.setVisible(True)
    assert not page.filters.range.isVisible()
    page.filters.choose("days", "range")
    assert page.filters.range.isVisible()
    page.filters.range.set_days(begun[0].date(), begun[1].date())
    desk.until(lambda: len(listed(page)) == 2)
    page.filters.range.set_days(begun[1].date(), begun[1].date())
    desk.until(lambda: len(listed(page)) == 1)
    page.filters.clear_button.click()
    desk.until(lambda: len(listed(page)) == 3)
    assert not page.filters.range.isVisible()


def test_a_long_history_is_loaded_as_it_is_scrolled(desk: Desk) -> None:
    many = [
        a_session(
            an_attempt(name=f"attempt-{number}", text=f"answer number{number}"),
            name=f"session-{number}",
            started_at=f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}T10:00:00+00:00",
        )
        for number in range(150)
    ]
    page = opened(desk, *many)
    assert "150 interviews" in texts(page)
    assert page.model.rowCount() < 150
    while page.model.rowCount() < 150:
        before = page.model.rowCount()
        page.list.scrollToBottom()
        desk.until(lambda before=before: page.model.rowCount() > before)
    rows = {page.model.entry(page.model.index(row, 0)).session_id for row in range(150)}
    assert len(rows) == 150
    search(desk, page, "number117", 1)
    settle(desk, page)
    assert page.detail.rows.keys() == {"attempt-117"}


# -- naming ----------------------------------------------------------------------------------


def test_an_interview_gets_a_name_tags_and_a_note_and_loses_them_again(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    page = opened(desk, *sessions)
    desk.press(KEY.Key_F2)
    dialog = desk.window.findChild(LabelDialog)
    dialog.name.setText("  Dry  run ")
    dialog.tags.setText("mock, second round,, mock")
    dialog.note.setPlainText("I was <b>nervous</b>.")
    dialog.save_button.click()
    desk.until(lambda: listed(page)[0].startswith("Dry run, 5 November"))
    settle(desk, page)
    desk.until(lambda: "I was <b>nervous</b>." in texts(page))
    assert desk.history.catalogue.label("newest") == Label(
        "Dry run", ("mock", "second round"), "I was <b>nervous</b>."
    )
    page.filters.choose("tag", "second round")
    desk.until(lambda: len(listed(page)) == 1)
    page.filters.clear()
    page.toast.act()
    desk.until(lambda: len(listed(page)) == 3 and listed(page)[0].startswith("5 November"))
    assert desk.history.catalogue.label("newest") == Label()


# -- deleting --------------------------------------------------------------------------------


def test_deleting_can_be_taken_back(desk: Desk, sessions: list[SessionRecord]) -> None:
    page = opened(desk, *sessions)
    desk.press(KEY.Key_Delete)
    desk.until(lambda: len(listed(page)) == 2)
    assert page.toast.isVisible()
    assert "The interview “5 November" in page.toast.text
    desk.press(KEY.Key_Z, CONTROL)
    desk.until(lambda: len(listed(page)) == 3)
    assert page.model.entry(page.list.currentIndex()).session_id == "newest"
    assert not page.toast.isVisible()


def test_several_are_deleted_and_brought_back_together(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    page = opened(desk, *sessions)
    desk.press(KEY.Key_A, CONTROL)
    assert "3 interviews chosen" in texts(page)
    QTest.mouseClick(page.several.button, Qt.MouseButton.LeftButton)
    desk.until(lambda: "No interview yet" in texts(page))
    assert page.toast.text == "3 interviews are in the trash."
    QTest.mouseClick(page.toast.button, Qt.MouseButton.LeftButton)
    desk.until(lambda: "3 interviews" in texts(page))


def test_the_trash_gives_back_and_deletes_for_good(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    page = opened(desk, *sessions)
    desk.press(KEY.Key_Delete)
    desk.until(lambda: len(listed(page)) == 2)
    desk.press(KEY.Key_Delete)
    desk.until(lambda: len(listed(page)) == 1)
    page.filters.choose("place", "trash")
    desk.until(lambda: "2 interviews in the trash" in texts(page))
    settle(desk, page)
    desk.until(page.detail.back_button.isVisible)
    QTest.mouseClick(page.detail.back_button, Qt.MouseButton.LeftButton)
    desk.until(lambda: len(listed(page)) == 1)
    assert page.toast.isHidden()
    settle(desk, page)
    page.list.setFocus()
    desk.press(KEY.Key_Delete)
    asking = desk.window.findChild(Confirm)
    assert "cannot be undone" in "".join(one.text() for one in asking.findChildren(QLabel))
    asking.go.click()
    desk.until(lambda: "The trash is empty." in texts(page))
    assert desk.history.session("middle") is None
    assert desk.history.session("newest") is not None


def test_a_deletion_that_fails_leaves_the_session(
    desk: Desk, sessions: list[SessionRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_ids: tuple[str, ...]) -> None:
        raise BROKEN

    page = opened(desk, *sessions)
    monkeypatch.setattr(desk.history.catalogue, "discard", refuse)
    desk.press(KEY.Key_Delete)
    desk.until(lambda: "The history cannot be read." in texts(page))
    assert len(listed(page)) == 3


def test_the_interview_under_way_cannot_be_deleted(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    desk.context.set_busy(True)
    running = replace(sessions[0], ended_at="")
    page = opened(desk, running, sessions[1])
    desk.until(lambda: not page.detail.delete_button.isEnabled())
    desk.press(KEY.Key_Delete)
    assert desk.history.catalogue.discarded() == ()
    desk.press(KEY.Key_Down)
    desk.until(page.detail.delete_button.isEnabled)
    desk.context.set_busy(False)


# -- transcribing, saving, errors ------------------------------------------------------------


def test_a_waiting_answer_is_transcribed_from_the_list(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    desk.transcriber.transcript = spoken(ANSWER)
    page = opened(desk, sessions[2])
    QTest.mouseClick(page.detail.rows["three"].start, Qt.MouseButton.LeftButton)
    desk.until(lambda: "mean coverage" in listed(page)[0])
    desk.until(lambda: "1 of 3 concepts" in page.detail.rows["three"].accessibleName())


def test_transcribing_that_fails_says_why(desk: Desk, sessions: list[SessionRecord]) -> None:
    desk.transcriber.error = DEAF
    page = opened(desk, sessions[2])
    QTest.mouseClick(page.detail.rows["three"].start, Qt.MouseButton.LeftButton)
    desk.until(lambda: "The recogniser gave up." in texts(page))
    desk.until(lambda: "Could not be transcribed" in texts(page))
    assert page.detail.rows["three"].start.isVisible()


def test_transcribing_can_be_cancelled(desk: Desk, sessions: list[SessionRecord]) -> None:
    desk.transcriber.duration_s = 60
    page = opened(desk, sessions[2])
    row = page.detail.rows["three"]
    QTest.mouseClick(row.start, Qt.MouseButton.LeftButton)
    desk.until(row.stop.isVisible)
    QTest.mouseClick(row.stop, Qt.MouseButton.LeftButton)
    desk.until(lambda: not page.detail.rows["three"].start.isHidden())


def test_a_report_is_saved_from_the_list(
    desk: Desk,
    sessions: list[SessionRecord],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "report.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page = opened(desk, *sessions)
    QTest.mouseClick(page.detail.save_button, Qt.MouseButton.LeftButton)
    dialog = desk.window.findChild(SaveDialog)
    assert isinstance(dialog, SaveDialog)
    dialog.form.setCurrentIndex(list(Form).index(Form.MARKDOWN))
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    desk.until(lambda: "The report is saved." in texts(page))
    assert path.exists()


def test_a_history_that_cannot_be_read_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_wanted: object) -> None:
        raise BROKEN

    desk.ready()
    monkeypatch.setattr(desk.history.catalogue, "sessions", refuse)
    desk.window.go("review")
    desk.until(lambda: "The history cannot be read." in texts(desk.window.review_page))


def test_a_new_answer_appears_without_coming_back(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    page = opened(desk, sessions[1])
    keep(desk.history, sessions[0])
    desk.context.history_changed.emit()
    desk.until(lambda: len(listed(page)) == 2)
    assert page.model.entry(page.list.currentIndex()).session_id == "middle"


# -- looks -----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640), (960, 600)])
def test_nothing_is_cut_off(
    desk: Desk, sessions: list[SessionRecord], tmp_path: Path, size: tuple[int, int]
) -> None:
    long = THREE.model_copy(update={"id": "long", "question": "Which considerations? " * 27})
    waiting = unjudged(
        an_attempt(tone(tmp_path / "w.wav"), name="w", position=1, question=long),
        AttemptStatus.FAILED,
    )
    page = opened(desk, a_session(an_attempt(), waiting, name="a"), *sessions)
    desk.window.resize(*size)
    desk.qtbot.wait(50)
    assert clipped(page) == []
    assert nameless(page) == []
    assert unreachable(page) == []
    page.grab()


def test_the_model_keeps_to_its_own_rows() -> None:
    model = HistoryModel()
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(model.index(3, 0)) is None
