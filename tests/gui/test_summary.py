import json
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.fakes import spoken
from tests.gui.conftest import Desk
from tests.gui.looks import clipped, nameless, texts, unreachable
from tests.gui.samples import ANSWER, THREE, a_session, an_attempt, keep, tone, unjudged
from voiceprep.errors import Cancelled
from voiceprep.gui.pages.summary import SummaryPage
from voiceprep.gui.save_dialog import SaveDialog
from voiceprep.gui.widgets.buttons import Button
from voiceprep.interview.machine import State
from voiceprep.interview.records import AttemptStatus, SessionRecord
from voiceprep.report.options import Form
from voiceprep.speech import compact

KEY = Qt.Key


def opened(desk: Desk, session: SessionRecord) -> SummaryPage:
    desk.ready()
    keep(desk.history, session)
    desk.window.open_session(session.id)
    desk.until(lambda: desk.window.here == "summary")
    return desk.window.summary_page


@pytest.fixture
def session(tmp_path: Path) -> SessionRecord:
    """Three questions: one answered aloud, one by typing, one not at all."""
    other = THREE.model_copy(update={"id": "question-2", "question": "And when it drifts?"})
    return a_session(
        an_attempt(tone(tmp_path / "one.wav"), name="one"),
        an_attempt(name="two", position=1, question=other, text=f"{ANSWER}, then we retrain"),
        questions=("question-7", "question-2", "question-1"),
    )


def test_the_session_is_told_at_a_glance(desk: Desk, session: SessionRecord) -> None:
    page = opened(desk, session)
    assert page.ring.value == session.score
    said = texts(page)
    assert "2 of 3 questions answered" in said
    assert "Mean coverage of 2 scored answers" in said
    assert "10 s of speech" in said
    assert "Samples · 2 November" in said


def test_each_question_has_a_row_with_its_coverage_or_why_not(
    desk: Desk, session: SessionRecord
) -> None:
    page = opened(desk, session)
    names = [one.accessibleName() for one in page.rows]
    assert names[0].startswith("Question 1: What happens to a model in production? 1 of 3")
    assert names[1].startswith("Question 2: And when it drifts? 2 of 3")
    assert "typed" in names[1]
    third = desk.bank.questions[0].question
    assert names[2] == f"Question 3: {third} Not answered"


def test_a_row_opens_its_result(desk: Desk, session: SessionRecord) -> None:
    page = opened(desk, session)
    QTest.mouseClick(page.rows[1], Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.window.here == "result")
    desk.press(KEY.Key_Escape)
    assert desk.window.here == "summary"
    page.rows[0].setFocus()
    with desk.qtbot.waitSignal(page.open_attempt) as opening:
        desk.press(KEY.Key_Return)
    assert opening.args == ["one"]


def test_a_question_that_was_not_answered_opens_nothing(desk: Desk, session: SessionRecord) -> None:
    page = opened(desk, session)
    QTest.mouseClick(page.rows[2], Qt.MouseButton.LeftButton)
    desk.qtbot.wait(30)
    assert desk.window.here == "summary"
    assert page.rows[2].focusPolicy() is Qt.FocusPolicy.NoFocus


def test_what_was_missed_comes_with_its_follow_up(desk: Desk, session: SessionRecord) -> None:
    said = texts(opened(desk, session))
    assert "Worth practising next" in said
    assert "Retrain" in said
    assert "And then?" in said
    assert "What happens to its predictions?" not in said


def test_what_was_missed_is_practised_at_once(desk: Desk, session: SessionRecord) -> None:
    page = opened(desk, session)
    buttons = page.findChildren(Button)
    next(one for one in buttons if one.text().startswith("Practise these 2 questions")).click()
    desk.until(lambda: desk.window.here == "room")
    desk.at(State.THINKING)
    assert len(desk.room.conductor.view.questions) == 2


def test_when_nothing_was_missed_nothing_is_listed(desk: Desk) -> None:
    all_of_it = f"{ANSWER}, monitoring the inputs, and we retrain"
    page = opened(desk, a_session(an_attempt(text=all_of_it)))
    assert page.ring.value == 100
    assert "Worth practising next" not in texts(page)


def test_without_an_answer_there_is_no_number(desk: Desk) -> None:
    page = opened(desk, replace(a_session(), question_ids=("question-1", "question-2")))
    assert page.ring.value is None
    assert "0 of 2 questions answered" in texts(page)
    assert "No answer, so nothing is scored" in texts(page)


def test_the_summary_follows_when_an_answer_is_transcribed_later(
    desk: Desk, tmp_path: Path
) -> None:
    desk.transcriber.transcript = spoken(ANSWER)
    waiting = unjudged(an_attempt(tone(tmp_path / "one.wav")), AttemptStatus.WAITING)
    page = opened(desk, a_session(waiting))
    assert page.ring.value is None
    assert "Nothing is scored yet" in texts(page)
    assert desk.context.toolbox is not None
    QTest.mouseClick(page.rows[0].start, Qt.MouseButton.LeftButton)
    desk.until(lambda: page.ring.value is not None)
    assert "Mean coverage of 1 scored answer" in texts(page)


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Escape])
def test_done_leads_to_the_history(desk: Desk, session: SessionRecord, key: Qt.Key) -> None:
    opened(desk, session)
    desk.press(key)
    assert desk.window.here == "review"


def test_r_asks_the_same_questions_again(desk: Desk, session: SessionRecord) -> None:
    opened(desk, session)
    desk.press(KEY.Key_R)
    desk.until(lambda: desk.window.here == "room")
    view = desk.room.conductor.view
    assert [one.id for one in view.questions] == list(session.question_ids)


# -- reports ---------------------------------------------------------------------------------


def test_the_report_is_saved_and_can_be_opened(
    desk: Desk, session: SessionRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.html"
    asked: list[str] = []
    shown: list[str] = []

    def choose(_parent, title: str, proposal: str, kinds: str) -> tuple[str, str]:
        asked.extend((title, Path(proposal).name, kinds))
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()) or True
    )
    page = opened(desk, session)
    dialog = asked_for(desk, page)
    assert "1 recording, about 0.1 MB" in texts(dialog)
    desk.press(KEY.Key_Return)
    desk.until(lambda: "The report is saved." in texts(page))
    assert asked[1:] == ["Interview 2026-11-02.html", "Web page (*.html)"]
    written = path.read_text(encoding="utf-8")
    assert "What happens to a model in production?" in written
    assert "data:audio/mpeg;base64," in written
    desk.window.activateWindow()
    desk.until(desk.window.isActiveWindow)
    desk.press(KEY.Key_Return)  # "Open" has the keyboard
    assert shown == [str(path)]


def asked_for(desk: Desk, page: SummaryPage) -> SaveDialog:
    """The dialog that Ctrl+S opens."""
    desk.press(KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: desk.window.findChild(SaveDialog) is not None)
    dialog = page.window().findChild(SaveDialog)
    assert isinstance(dialog, SaveDialog)
    desk.until(dialog.isActiveWindow)
    return dialog


@pytest.mark.parametrize(
    ("form", "says", "name", "begins"),
    [
        (Form.PDF, "Paper", "saved.pdf", b"%PDF-"),
        (Form.MARKDOWN, "notes", "saved.md", b"# "),
        (Form.JSON, "documented", "saved.json", b"{"),
        (Form.SRT, "times", "saved.srt", b"1\n00:00:00"),
    ],
)
def test_a_report_can_be_each_of_its_kinds(
    desk: Desk,
    session: SessionRecord,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: Form,
    says: str,
    name: str,
    begins: bytes,
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "saved"), ""))
    page = opened(desk, session)
    dialog = asked_for(desk, page)
    dialog.form.setCurrentIndex(list(Form).index(form))
    assert says in texts(dialog)
    assert not dialog.sound.isVisible()
    assert clipped(dialog) == nameless(dialog) == unreachable(dialog) == []
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    desk.until((tmp_path / name).exists)
    assert (tmp_path / name).read_bytes().startswith(begins)
    desk.until(lambda: "saved." in texts(page))


def test_saving_can_be_cancelled(
    desk: Desk, session: SessionRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packing = Event()

    def compress(_path: Path, cancel: Event) -> bytes:
        packing.set()
        assert cancel.wait(10)
        raise Cancelled

    monkeypatch.setattr(compact, "as_mp3", compress)
    page = opened(desk, session)
    page.saver.save(session, tmp_path / "report.html")
    desk.until(packing.is_set)
    (stop,) = [
        one for one in page.findChildren(Button) if one.text() == "Cancel" and one.isVisible()
    ]
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    desk.until(lambda: "Saving" not in texts(page))
    assert not (tmp_path / "report.html").exists()


def test_no_file_chosen_saves_nothing(
    desk: Desk, session: SessionRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page = opened(desk, session)
    asked_for(desk, page)
    desk.press(KEY.Key_Return)
    desk.qtbot.wait(30)
    assert "saved" not in texts(page)


def test_a_folder_that_is_not_there_is_named(
    desk: Desk, session: SessionRecord, tmp_path: Path
) -> None:
    page = opened(desk, session)
    page.saver.save(session, tmp_path / "nowhere" / "report.html")
    desk.until(lambda: "cannot be written" in texts(page))
    assert "nowhere" in texts(page)


@pytest.mark.parametrize(
    ("name", "written", "begins"),
    [
        ("a.html", "a.html", "<!doctype html>"),
        ("a.md", "a.md", "# "),
        ("a.JSON", "a.JSON", "{"),
        ("a", "a.html", "<!doctype html>"),
        ("a.b", "a.b.html", "<!doctype html>"),
    ],
)
def test_the_name_decides_the_kind_of_report(
    desk: Desk, session: SessionRecord, tmp_path: Path, name: str, written: str, begins: str
) -> None:
    page = opened(desk, session)
    page.saver.save(session, tmp_path / name)
    desk.until(lambda: "The report is saved." in texts(page))
    text = (tmp_path / written).read_text(encoding="utf-8")
    assert text.lower().startswith(begins)
    if begins == "{":
        assert json.loads(text)


def test_a_report_never_replaces_a_folder(
    desk: Desk, session: SessionRecord, tmp_path: Path
) -> None:
    (tmp_path / "report.html").mkdir()
    page = opened(desk, session)
    page.saver.save(session, tmp_path / "report.html")
    desk.until(lambda: "cannot be written" in texts(page))


# -- looks -----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640), (960, 600)])
def test_nothing_is_cut_off(desk: Desk, tmp_path: Path, size: tuple[int, int]) -> None:
    long = THREE.model_copy(update={"id": "long", "question": "Which considerations? " * 27})
    session = a_session(
        an_attempt(name="one"),
        unjudged(
            an_attempt(tone(tmp_path / "two.wav"), name="two", position=1, question=long),
            AttemptStatus.FAILED,
        ),
        questions=("question-7", "long", *(one.id for one in desk.bank.questions)),
    )
    page = opened(desk, session)
    desk.window.resize(*size)
    desk.qtbot.wait(50)
    assert clipped(page) == []
    assert nameless(page) == []
    assert unreachable(page) == []
