import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.bank.samples import a_bank, a_concept, a_question
from tests.gui.conftest import Desk
from tests.gui.looks import clipped, nameless, texts, unreachable
from tests.strategies import NASTY
from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Bank, Star
from voiceprep.errors import VoicePrepError
from voiceprep.gui import theme
from voiceprep.gui.pages.questions import QuestionsPage
from voiceprep.gui.widgets.questions.questions_list import first_lines
from voiceprep.gui.widgets.small import Fold, Tag

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
MUTE = VoicePrepError("No voice was found.", "eSpeak is missing.", "Install it.")


def opened(desk: Desk, bank: Bank | None = None) -> QuestionsPage:
    if bank is not None:
        desk.bank = bank
    desk.ready().window.go("questions")
    page = desk.window.questions_page
    desk.until(page.model.rowCount)
    return page


def listed(page: QuestionsPage) -> list[str]:
    return [page.model.data(page.model.index(one, 0)) for one in range(page.model.rowCount())]


# -- browsing --------------------------------------------------------------------------------


def test_all_questions_are_listed_in_the_order_of_the_bank(desk: Desk) -> None:
    page = opened(desk)
    assert listed(page) == [one.question for one in desk.bank.questions]
    assert "4 questions" in texts(page)
    assert page.list.hasFocus()
    assert not page.banks.isVisible()  # there is only one
    desk.press(KEY.Key_Down)
    assert page.question == desk.bank.questions[1]
    assert desk.bank.questions[1].question in texts(page)


def test_a_category_shows_only_its_questions(desk: Desk) -> None:
    page = opened(desk)
    names = [page.category.itemText(one) for one in range(page.category.count())]
    assert names == ["All categories (4)", "Basics (2)", "Practice (2)"]
    page.category.setCurrentIndex(2)
    assert listed(page) == [one.question for one in desk.bank.questions[1::2]]
    assert "2 of 4 questions" in texts(page)


def test_the_search_finds_questions_and_gives_nothing_away(desk: Desk) -> None:
    page = opened(desk)
    desk.press(KEY.Key_F, CONTROL)
    desk.type("PART 3")
    assert listed(page) == [desk.bank.questions[2].question]
    assert page.question == desk.bank.questions[2]
    page.search.setText("monitor the inputs")  # is in the hint
    assert listed(page) == []
    assert "No question has “monitor the inputs” in it." in texts(page)
    desk.press(KEY.Key_Escape)
    assert len(listed(page)) == 4
    assert page.question is not None


def test_questions_come_when_the_engines_are_ready(desk: Desk) -> None:
    desk.window.go("questions")
    page = desk.window.questions_page
    assert listed(page) == []
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_P)
    desk.ready()
    desk.until(lambda: len(listed(page)) == 4)


def test_without_engines_the_page_says_why(desk: Desk) -> None:
    desk.refusal = VoicePrepError("The bank is broken.", "Line 3.", "Mend it.")
    desk.window.go("questions")
    desk.context.build_toolbox()
    desk.until(lambda: "The bank is broken." in texts(desk.window.questions_page))


# -- one question ----------------------------------------------------------------------------


def test_hint_and_checklist_stay_hidden_until_asked_for(desk: Desk) -> None:
    page = opened(desk)
    secret = desk.bank.questions[0].hint
    everything = [one.text() for one in page.findChildren(QLabel)]
    assert secret not in everything
    QTest.mouseClick(page.detail.spoiler.head, Qt.MouseButton.LeftButton)
    assert secret in texts(page)
    assert "Drift makes predictions worse" in texts(page)
    assert page.detail.spoiler.head.text() == "Hide the hint and the checklist"
    desk.press(KEY.Key_Down)
    page.list.setCurrentIndex(page.model.index(1, 0))
    assert secret not in texts(page)
    assert not page.detail.spoiler.head.isChecked()


def test_the_checklist_shows_all_that_its_author_wrote(desk: Desk) -> None:
    star = Star(situation="At a bank", task="Cut losses", action="Built it", result="Half")
    concept = a_concept(
        "Drift hurts",
        weight=2.5,
        keywords=("model drift", "concept drift"),
        says=("it gets worse over time",),
        probe="How would you notice?",
    )
    page = opened(desk, Bank(id="b", title="B", questions=(a_question(1, concept, star=star),)))
    QTest.mouseClick(page.detail.spoiler.head, Qt.MouseButton.LeftButton)
    said = texts(page)
    for text in ("Drift hurts", "weight 2.5", "How would you notice?", "At a bank", "Half"):
        assert text in said
    assert [one.text for one in page.detail.findChildren(Tag)] == ["model drift", "concept drift"]
    assert "“it gets worse over time”" not in said
    says = next(one for one in page.detail.spoiler.findChildren(Fold))
    QTest.mouseClick(says.head, Qt.MouseButton.LeftButton)
    assert "“it gets worse over time”" in texts(page)


def test_a_reconstructed_question_says_so(desk: Desk) -> None:
    questions = (a_question(1, question_source="reconstructed"), a_question(2))
    page = opened(desk, Bank(id="b", title="B", questions=questions))
    assert "The source gives only the hint." in texts(page)
    desk.press(KEY.Key_Down)
    assert "The source gives only the hint." not in texts(page)


@pytest.mark.parametrize("start", ["key", "button"])
def test_one_question_is_practised(desk: Desk, start: str) -> None:
    page = opened(desk)
    desk.press(KEY.Key_Down)
    if start == "key":
        desk.press(KEY.Key_Return)
    else:
        QTest.mouseClick(page.detail.practise_button, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.window.here == "room")
    assert desk.room.conductor.view.questions == (desk.bank.questions[1],)


def test_p_reads_the_question_aloud_and_stops_it(desk: Desk) -> None:
    desk.speaker.duration_s = 60
    page = opened(desk)
    desk.press(KEY.Key_P)
    desk.until(lambda: desk.speaker.said == [desk.bank.questions[0].question])
    assert page.detail.hear_button.text() == "Stop"
    desk.press(KEY.Key_P)
    assert page.detail.hear_button.text() == "Hear it"
    QTest.mouseClick(page.detail.hear_button, Qt.MouseButton.LeftButton)
    desk.until(lambda: len(desk.speaker.said) == 2)
    desk.window.go("settings")
    assert page.detail.hear_button.text() == "Hear it"


def test_the_button_is_ready_again_when_the_voice_has_ended(desk: Desk) -> None:
    page = opened(desk)
    QTest.mouseClick(page.detail.hear_button, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.speaker.said and page.detail.hear_button.text() == "Hear it")


def test_a_voice_that_fails_says_why(desk: Desk) -> None:
    desk.speaker.error = MUTE
    page = opened(desk)
    desk.press(KEY.Key_P)
    desk.until(lambda: "No voice was found." in texts(page))
    desk.press(KEY.Key_Down)
    assert "No voice was found." not in texts(page)


def test_several_banks_can_be_browsed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(desk)
    other = Bank(id="other", title="Other", questions=(a_question(9),))
    toolbox = desk.context.toolbox
    assert toolbox is not None
    monkeypatch.setattr(page, "_banks", ())
    object.__setattr__(toolbox, "banks", (a_bank(2), other))
    desk.context.engines_changed.emit()
    assert page.banks.isVisible()
    page.banks.setCurrentIndex(1)
    assert listed(page) == [other.questions[0].question]
    assert page.bank == other


# -- looks -----------------------------------------------------------------------------------


@pytest.mark.parametrize("nasty", NASTY)
def test_markup_in_a_bank_is_only_text(desk: Desk, nasty: str) -> None:
    name = " ".join(nasty.split())
    concept = a_concept(name, keywords=(name,), says=(name,), probe=nasty)
    question = a_question(1, concept, question=name, hint=name, category=name)
    page = opened(desk, Bank(id="b", title=name, questions=(question,)))
    page.detail.spoiler.set_open(True)
    rich = [
        one.text()
        for one in page.findChildren(QLabel)
        if one.textFormat() is not Qt.TextFormat.PlainText
    ]
    assert rich == []
    page.grab()


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640), (960, 600)])
def test_nothing_of_the_built_in_bank_is_cut_off(desk: Desk, size: tuple[int, int]) -> None:
    page = opened(desk, built_in_banks()[0])
    desk.window.resize(*size)
    assert nameless(page) == []
    for number in range(0, page.model.rowCount(), 6):
        page.list.setCurrentIndex(page.model.index(number, 0))
        page.detail.spoiler.set_open(True)
        desk.until(lambda: not clipped(page))  # the layout settles after the click
        assert unreachable(page) == []


@pytest.mark.usefixtures("qapp")
def test_the_list_cuts_long_questions_at_words() -> None:
    metrics = QFontMetrics(theme.font())
    width = metrics.horizontalAdvance("one two three") + 2
    assert first_lines("one two three", metrics, width, 2) == ["one two three"]
    assert first_lines("one two three four", metrics, width, 2) == ["one two three", "four"]
    cut = first_lines("one two three four five six seven eight", metrics, width, 2)
    assert len(cut) == 2
    assert cut[1].endswith("…")
    assert first_lines("", metrics, width, 2) == []
