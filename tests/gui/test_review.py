from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.fakes import spoken
from tests.gui.conftest import Desk
from tests.gui.looks import clipped, nameless, unreachable
from tests.gui.samples import ANSWER, THREE, a_session, an_attempt, keep, tone, unjudged
from voiceprep.errors import VoicePrepError
from voiceprep.gui.pages.review import ReviewPage
from voiceprep.gui.save_dialog import SaveDialog
from voiceprep.gui.widgets.sessions_list import SessionsModel
from voiceprep.interview.records import AttemptStatus, SessionRecord
from voiceprep.report.options import Form

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
DEAF = VoicePrepError("The recogniser gave up.", "Its model is damaged.", "Import it again.")
BROKEN = VoicePrepError("The history cannot be read.", "The disk is gone.", "Connect it.")


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
    return page


def texts(page: ReviewPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


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
    assert page.model.entry(page.list.currentIndex()).session.id == "middle"
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
    page.search.setText("ZÜRICH nothing")
    assert [one[:10] for one in listed(page)] == ["4 November"]
    assert "1 of 3 interviews" in texts(page)
    page.search.setText("production")
    assert len(listed(page)) == 3
    desk.press(KEY.Key_Down)
    assert page.list.hasFocus()


def test_a_search_for_nothing_there_says_so(desk: Desk, sessions: list[SessionRecord]) -> None:
    page = opened(desk, *sessions)
    desk.press(KEY.Key_F, CONTROL)
    desk.type("<i>xyzzy")
    assert "No question and no answer has “<i>xyzzy” in it." in texts(page)
    desk.press(KEY.Key_Escape)
    assert len(listed(page)) == 3
    assert page.search.text() == ""


def test_hundreds_of_sessions_are_searched_at_once(desk: Desk) -> None:
    many = [
        a_session(
            an_attempt(name=f"attempt-{number}", text=f"answer number{number}"),
            name=f"session-{number}",
            started_at=f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}T10:00:00+00:00",
        )
        for number in range(600)
    ]
    page = opened(desk, *many)
    assert page.model.rowCount() == 600
    page.search.setText("number417")
    assert page.model.rowCount() == 1
    assert page.detail.rows.keys() == {"attempt-417"}


# -- deleting --------------------------------------------------------------------------------


def test_deleting_can_be_taken_back(desk: Desk, sessions: list[SessionRecord]) -> None:
    page = opened(desk, *sessions)
    desk.press(KEY.Key_Delete)
    assert len(listed(page)) == 2
    assert page.toast.isVisible()
    assert desk.history.session("newest") is not None
    desk.press(KEY.Key_Z, CONTROL)
    assert len(listed(page)) == 3
    assert page.model.entry(page.list.currentIndex()).session.id == "newest"
    assert not page.toast.isVisible()
    desk.window.go("practice")
    desk.qtbot.wait(30)
    assert desk.history.session("newest") is not None


def test_a_deletion_is_carried_out_when_its_note_goes(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    page = opened(desk, *sessions)
    QTest.mouseClick(page.detail.delete_button, Qt.MouseButton.LeftButton)
    assert "The interview “5 November" in page.toast.text
    page.toast.dismiss()
    desk.until(lambda: desk.history.session("newest") is None)
    assert len(listed(page)) == 2


def test_leaving_the_page_carries_the_deletion_out(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    opened(desk, *sessions)
    desk.press(KEY.Key_Delete)
    desk.window.go("questions")
    desk.until(lambda: desk.history.session("newest") is None)


def test_deleting_two_in_a_row_keeps_only_the_last_one_open(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    page = opened(desk, *sessions)
    desk.press(KEY.Key_Delete)
    desk.press(KEY.Key_Delete)
    assert len(listed(page)) == 1
    desk.until(lambda: desk.history.session("newest") is None)
    assert desk.history.session("middle") is not None
    desk.press(KEY.Key_Z, CONTROL)
    desk.until(lambda: len(listed(page)) == 2)


def test_the_last_one_deleted_leaves_the_empty_page(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    page = opened(desk, sessions[0])
    desk.press(KEY.Key_Delete)
    assert "No interview yet" in texts(page)
    assert page.toast.isVisible()
    QTest.mouseClick(page.toast.button, Qt.MouseButton.LeftButton)
    assert "1 interview" in texts(page)


def test_a_deletion_that_fails_brings_the_session_back(
    desk: Desk, sessions: list[SessionRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_session_id: str) -> None:
        raise BROKEN

    page = opened(desk, *sessions)
    monkeypatch.setattr(desk.history, "delete_session", refuse)
    desk.press(KEY.Key_Delete)
    page.toast.dismiss()
    desk.until(lambda: len(listed(page)) == 3)
    assert "The history cannot be read." in texts(page)


def test_the_interview_under_way_cannot_be_deleted(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    desk.context.set_busy(True)
    running = replace(sessions[0], ended_at="")
    page = opened(desk, running, sessions[1])
    assert not page.detail.delete_button.isEnabled()
    desk.press(KEY.Key_Delete)
    assert len(listed(page)) == 2
    desk.press(KEY.Key_Down)
    assert page.detail.delete_button.isEnabled()
    desk.context.set_busy(False)


# -- transcribing, saving, errors ------------------------------------------------------------


def test_a_waiting_answer_is_transcribed_from_the_list(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    desk.transcriber.transcript = spoken(ANSWER)
    page = opened(desk, sessions[2])
    QTest.mouseClick(page.detail.rows["three"].start, Qt.MouseButton.LeftButton)
    desk.until(lambda: "mean coverage" in listed(page)[0])
    assert "1 of 3 concepts" in page.detail.rows["three"].accessibleName()


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
    def refuse() -> tuple[SessionRecord, ...]:
        raise BROKEN

    desk.ready()
    monkeypatch.setattr(desk.history, "sessions", refuse)
    desk.window.go("review")
    desk.until(lambda: "The history cannot be read." in texts(desk.window.review_page))


def test_a_new_answer_appears_without_coming_back(
    desk: Desk, sessions: list[SessionRecord]
) -> None:
    page = opened(desk, sessions[1])
    keep(desk.history, sessions[0])
    desk.context.history_changed.emit()
    desk.until(lambda: len(listed(page)) == 2)
    assert page.model.entry(page.list.currentIndex()).session.id == "middle"


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
    model = SessionsModel()
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(model.index(3, 0)) is None
