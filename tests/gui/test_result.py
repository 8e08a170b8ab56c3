import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.bank.samples import a_concept, a_question
from tests.fakes import spoken
from tests.gui.conftest import Desk
from tests.gui.looks import clipped, nameless, texts, unreachable
from tests.gui.samples import ANSWER, THREE, an_attempt, tone, unjudged
from tests.strategies import NASTY
from voiceprep.errors import VoicePrepError
from voiceprep.gui.moments import moments
from voiceprep.gui.pages.result import ResultPage
from voiceprep.gui.widgets.shown_text import plain
from voiceprep.gui.widgets.small import Tag, TimeButton
from voiceprep.interview.records import AttemptStatus
from voiceprep.scoring.assessment import Level
from voiceprep.scoring.transcript import Transcript

KEY = Qt.Key
DEAF = VoicePrepError("The recogniser gave up.", "Its model is damaged.", "Import it again.")
MUTE = VoicePrepError("There is no output.", "The system lists none.", "Connect headphones.")


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return tone(tmp_path / "answer.wav")


def word_point(page: ResultPage, word: str) -> QPoint:
    """The middle of a word of the transcript."""
    start = page.transcript.toPlainText().index(word)
    box = page.transcript.pieces(start, start + len(word))[0][0]
    return box.center().toPoint()


# -- what was covered ------------------------------------------------------------------------


def test_coverage_is_told_in_words_and_as_a_ring(desk: Desk, recording: Path) -> None:
    attempt = an_attempt(recording)
    page = desk.result(attempt)
    assert attempt.assessment is not None
    assert page.coverage.ring.value == attempt.assessment.score
    said = texts(page)
    assert "1 of 3 concepts" in said
    assert "What happens to a model in production?" in said
    assert "Transcribed by the basic recogniser (PocketSphinx)" in said


def test_each_concept_shows_its_level_in_words_with_quote_and_reason(
    desk: Desk, recording: Path
) -> None:
    attempt = an_attempt(recording)
    page = desk.result(attempt)
    assert attempt.assessment is not None
    covered, missed, _ = page.checklist.rows
    verdict = attempt.assessment.concepts[0]
    assert verdict.level is Level.COVERED
    said = "\n".join(one.text() for one in covered.findChildren(QLabel))
    assert covered.level.text() == "Covered"
    assert verdict.label in said
    assert f"“{verdict.evidence[0].quote}”" in said.replace("<b>", "").replace("</b>", "")
    assert "<b>" in said
    assert verdict.why in said
    assert [one.text for one in covered.findChildren(Tag)] == list(verdict.terms_said)
    said = "\n".join(one.text() for one in missed.findChildren(QLabel))
    assert missed.level.text() == "Missed"
    assert "How would you notice?" in said
    assert "What happens to its predictions?" not in texts(page)


def test_a_screen_reader_hears_concept_level_and_quote(desk: Desk, recording: Path) -> None:
    row = desk.result(an_attempt(recording)).checklist.rows[0]
    assert row.accessibleName() == "Concept 1: Drift makes predictions worse. Covered."
    assert "model drift makes predictions worse" in row.accessibleDescription()


def test_the_hint_is_shown_and_can_be_folded_away(desk: Desk, recording: Path) -> None:
    page = desk.result(an_attempt(recording))
    assert THREE.hint in texts(page)
    QTest.mouseClick(page.hint.head, Qt.MouseButton.LeftButton)
    assert THREE.hint not in texts(page)
    assert page.hint.head.accessibleName() == "The hint, hidden"


def test_delivery_is_a_report_of_its_own(desk: Desk, recording: Path) -> None:
    page = desk.result(an_attempt(recording))
    assert "Comfortable, 15" in texts(page)
    assert "Short, " in texts(page)
    assert "This never changes the coverage." in texts(page)
    page.show_attempt(an_attempt())
    assert not page.delivery.isVisible()


def test_no_words_heard_means_no_number(desk: Desk, recording: Path) -> None:
    silent = Transcript((), "whisper", "base.en", duration_s=3)
    attempt = replace(an_attempt(recording), transcript=silent)
    page = desk.result(attempt)
    assert page.coverage.ring.value is None
    assert "No words were heard in this recording, so nothing is scored." in texts(page)
    assert page.checklist.rows == ()
    assert page.player.isVisible()


# -- evidence and transcript -----------------------------------------------------------------


def test_pointing_at_a_concept_brings_out_its_words(desk: Desk, recording: Path) -> None:
    page = desk.result(an_attempt(recording, text=f"{'well ' * 400}{ANSWER}"))
    before = page.transcript.viewport().grab().toImage()
    assert page.transcript.verticalScrollBar().value() == 0
    page.checklist.focus(0)
    assert page.transcript.verticalScrollBar().value() > 0
    box, _ = page.transcript.pieces(*page.transcript.place_of(0))[0]
    assert page.transcript.viewport().rect().contains(box.center().toPoint())
    assert page.transcript.viewport().grab().toImage() != before


def test_pointing_at_words_brings_out_their_concept(desk: Desk, recording: Path) -> None:
    page = desk.result(an_attempt(recording))
    QTest.mouseMove(page.transcript.viewport(), word_point(page, "predictions"))
    desk.until(lambda: page.checklist.active == 0)
    assert page.transcript.toolTip() == "Drift makes predictions worse: Covered"
    QTest.mouseMove(page.transcript.viewport(), word_point(page, "business"))
    desk.until(lambda: page.checklist.active == -1)


def test_the_number_behind_the_words_leads_to_the_checklist(desk: Desk, recording: Path) -> None:
    page = desk.result(an_attempt(recording))
    number = page.transcript.toPlainText().index("1")
    box, _ = page.transcript.pieces(number, number + 1)[0]
    QTest.mouseClick(
        page.transcript.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint()
    )
    assert page.checklist.rows[0].hasFocus()
    assert desk.player.played == []


def test_a_click_on_a_word_plays_from_there(desk: Desk, recording: Path) -> None:
    desk.player.duration_s = 60
    attempt = an_attempt(recording)
    page = desk.result(attempt)
    QTest.mouseClick(
        page.transcript.viewport(), Qt.MouseButton.LeftButton, pos=word_point(page, "because")
    )
    desk.until(lambda: desk.player.played)
    assert attempt.transcript is not None
    word = next(one for one in attempt.transcript.words if one.text == "because")
    assert desk.player.played == [(recording, word.start_s, None)]


def test_the_keyboard_plays_from_a_word_too(desk: Desk, recording: Path) -> None:
    desk.player.duration_s = 60
    page = desk.result(an_attempt(recording))
    page.transcript.setFocus()
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: desk.player.played)
    assert desk.player.played[0][1] == 0.0


def test_copied_words_have_no_numbers_in_them(desk: Desk, recording: Path) -> None:
    page = desk.result(an_attempt(recording))
    assert "1" in page.transcript.toPlainText()
    page.transcript.setFocus()
    page.transcript.moveCursor(QTextCursor.MoveOperation.Start)
    desk.press(KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.press(KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == ANSWER


@pytest.mark.parametrize("nasty", NASTY)
def test_markup_in_an_answer_or_a_bank_is_only_text(
    desk: Desk, recording: Path, nasty: str
) -> None:
    name = " ".join(nasty.split())
    concept = a_concept(name, keywords=("drift",), probe=nasty)
    question = a_question(1, concept, question=name, hint=name, category=name)
    page = desk.result(an_attempt(recording, question=question, text=f"drift {name} drift"))
    rich = [
        one.text()
        for one in page.findChildren(QLabel)
        if one.textFormat() is not Qt.TextFormat.PlainText
    ]
    ours = [one.replace("<b>", "").replace("</b>", "") for one in rich]  # terms stand out
    assert not [one for one in ours if "<" in one or ">" in one]
    assert page.checklist.rows[0].accessibleName().startswith(f"Concept 1: {name}")
    shown = re.sub("\u2009\u2009[0-9]+\u2009", "", page.transcript.toPlainText())
    assert shown == f"drift {''.join(plain(one) for one in name)} drift"
    page.grab()


# -- playing ---------------------------------------------------------------------------------


def test_p_plays_and_pauses_where_it_was(desk: Desk, recording: Path) -> None:
    desk.player.duration_s = 60
    page = desk.result(an_attempt(recording))
    desk.press(KEY.Key_P)
    desk.until(lambda: desk.player.position_s is not None)
    assert page.player.button.accessibleName() == "Pause"
    desk.player.position_s = 4.2
    desk.until(lambda: "0:04" in texts(page))
    desk.press(KEY.Key_P)
    desk.until(lambda: desk.player.position_s is None)
    assert page.player.button.accessibleName() == "Play"
    desk.press(KEY.Key_P)
    desk.until(lambda: len(desk.player.played) == 2)
    assert desk.player.played[1][1] == pytest.approx(4.2)


def test_after_the_end_it_plays_from_the_start(desk: Desk, recording: Path) -> None:
    page = desk.result(an_attempt(recording))
    desk.until(lambda: "0:12" in texts(page))
    page.player.play_from(11.9)
    desk.until(lambda: len(desk.player.played) == 1 and not page.player.playback.is_playing)
    desk.press(KEY.Key_P)
    desk.until(lambda: len(desk.player.played) == 2)
    assert desk.player.played[1][1] == 0.0


def test_a_quote_plays_its_own_stretch(desk: Desk, recording: Path) -> None:
    attempt = an_attempt(recording)
    page = desk.result(attempt)
    assert attempt.assessment is not None
    evidence = attempt.assessment.concepts[0].evidence[0]
    button = page.checklist.rows[0].findChildren(TimeButton)[0]
    assert button.accessibleName() == "Play the quote at 0:00"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.player.played)
    assert desk.player.played == [(recording, evidence.start_s, evidence.end_s)]


def test_space_on_a_concept_plays_its_quote(desk: Desk, recording: Path) -> None:
    page = desk.result(an_attempt(recording))
    page.checklist.focus(0)
    desk.press(KEY.Key_Space)
    desk.until(lambda: desk.player.played)
    desk.press(KEY.Key_Down)
    assert page.checklist.rows[1].hasFocus()


def test_space_plays_and_pauses_and_enter_leads_on(desk: Desk, recording: Path) -> None:
    desk.player.duration_s = 60
    page = desk.result(an_attempt(recording))
    assert page.player.timeline.hasFocus()
    desk.press(KEY.Key_Space)
    desk.until(lambda: desk.player.position_s is not None)
    desk.press(KEY.Key_Space)
    desk.until(lambda: desk.player.position_s is None)


def test_arrows_seek_wherever_the_keyboard_is(desk: Desk, recording: Path) -> None:
    desk.player.duration_s = 60
    page = desk.result(an_attempt(recording))
    desk.until(lambda: page.player.heights)
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert "0:06 / 0:12" in texts(page)
    assert desk.player.played == []
    page.checklist.focus(0)
    desk.press(KEY.Key_Left)
    assert "0:01 / 0:12" in texts(page)
    page.player.toggle()
    desk.until(lambda: desk.player.position_s == 1.0)
    desk.press(KEY.Key_Right)
    desk.until(lambda: desk.player.position_s == pytest.approx(6.0, abs=0.5))


def test_comma_and_period_change_the_speed_and_it_is_kept(desk: Desk, recording: Path) -> None:
    desk.player.duration_s = 60
    page = desk.result(an_attempt(recording))
    desk.press(KEY.Key_Period)
    desk.press(KEY.Key_Period)
    desk.press(KEY.Key_Space)
    desk.until(lambda: desk.player.speeds == [1.5])
    desk.player.position_s = 3.0
    desk.until(lambda: "0:03" in texts(page))
    desk.press(KEY.Key_Comma)
    desk.until(lambda: desk.player.speeds == [1.5, 1.25])
    assert desk.player.played[-1][1] == pytest.approx(3.0)
    assert page.player.speed.currentText() == "1.25\u00a0×"  # noqa: RUF001
    assert desk.context.settings.playback_speed == 1.25
    for _ in range(9):
        desk.press(KEY.Key_Comma)
    assert desk.context.settings.playback_speed == 0.5


def test_a_number_plays_what_was_said_of_that_concept(desk: Desk, recording: Path) -> None:
    attempt = an_attempt(recording)
    desk.result(attempt)
    assert attempt.assessment is not None
    quote = attempt.assessment.concepts[0].evidence[0]
    desk.press(KEY.Key_1)
    desk.until(lambda: desk.player.played == [(recording, quote.start_s, quote.end_s)])
    desk.press(KEY.Key_9)
    assert len(desk.player.played) == 1


def test_a_mark_on_the_waveform_plays_its_quote(desk: Desk, recording: Path) -> None:
    attempt = an_attempt(recording)
    page = desk.result(attempt)
    desk.until(lambda: page.player.heights)
    assert attempt.assessment is not None
    quote = attempt.assessment.concepts[0].evidence[0]
    (mark,) = moments(attempt.transcript, attempt.assessment.concepts)
    point = page.player.timeline.box_of(mark).center().toPoint()
    QTest.mouseMove(page.player.timeline, point)
    desk.until(lambda: page.checklist.active == 0)
    QTest.mouseClick(page.player.timeline, Qt.MouseButton.LeftButton, pos=point)
    desk.until(lambda: desk.player.played == [(recording, quote.start_s, quote.end_s)])


def test_words_that_may_be_wrong_are_shown_as_such(desk: Desk, recording: Path) -> None:
    heard = spoken(ANSWER)
    (segment,) = heard.segments
    words = tuple(
        replace(one, confidence=0.2 if one.text == "business" else 0.9) for one in segment.words
    )
    attempt = replace(
        an_attempt(recording), transcript=replace(heard, segments=(replace(segment, words=words),))
    )
    page = desk.result(attempt)
    assert page.transcript.unsure == ("business",)
    assert "Slanted: 1 word that the recogniser was not sure of." in texts(page)
    cursor = page.transcript.textCursor()
    cursor.setPosition(page.transcript.toPlainText().index("business") + 1)
    assert cursor.charFormat().fontItalic()
    QTest.mouseMove(page.transcript.viewport(), word_point(page, "business"))
    desk.until(lambda: "not sure of this word" in page.transcript.toolTip())
    page.show_attempt(an_attempt(recording))
    assert "Slanted" not in texts(page)


def test_only_one_stretch_plays_at_a_time(desk: Desk, recording: Path) -> None:
    desk.player.duration_s = 60
    page = desk.result(an_attempt(recording))
    page.player.play_from(1.0)
    desk.until(lambda: len(desk.player.played) == 1)
    page.player.play_from(2.0)
    page.player.play_from(3.0)
    desk.until(lambda: desk.player.position_s == 3.0)
    assert [start for _, start, _ in desk.player.played if start != 2.0] == [1.0, 3.0]


def test_leaving_the_page_is_quiet(desk: Desk, recording: Path) -> None:
    desk.player.duration_s = 60
    desk.result(an_attempt(recording))
    desk.press(KEY.Key_P)
    desk.until(lambda: desk.player.position_s is not None)
    desk.window.go("questions")
    desk.until(lambda: desk.player.position_s is None)


def test_the_waveform_comes_from_the_recording(desk: Desk, recording: Path) -> None:
    page = desk.result(an_attempt(recording))
    desk.until(lambda: page.player.heights)
    assert max(page.player.heights) == 1
    assert min(page.player.heights) == 0


def test_a_typed_answer_offers_nothing_to_play(desk: Desk) -> None:
    page = desk.result(an_attempt())
    assert not page.player.isVisible()
    assert "This answer was typed, so there is nothing to play." in texts(page)
    assert page.findChildren(TimeButton) == []
    desk.press(KEY.Key_P)
    assert desk.player.played == []


def test_a_recording_that_was_not_to_be_kept_says_so_and_offers_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    attempt = an_attempt(tmp_path / "gone.wav")
    removed = replace(attempt.recording, removed_at="2026-01-01T00:00:00+00:00")
    page = desk.result(replace(attempt, recording=removed))
    assert "The recording was deleted on 1 January 2026" in texts(page)
    assert "as set in Settings" in texts(page)
    assert not page.player.isVisible()
    assert [one for one in page.findChildren(TimeButton) if one.isVisible()] == []
    assert page.transcript.isVisible()


def test_a_recording_that_is_gone_says_so(desk: Desk, tmp_path: Path) -> None:
    page = desk.result(an_attempt(tmp_path / "gone.wav"))
    desk.until(lambda: "The recording is no longer there." in texts(page))
    assert str(tmp_path / "gone.wav") in texts(page)
    assert [one for one in page.findChildren(TimeButton) if one.isVisible()] == []
    assert not page.player.is_playable
    assert not page.player.button.isVisible()
    assert "1 of 3 concepts" in texts(page)


def test_a_player_that_fails_says_why_and_can_be_tried_again(desk: Desk, recording: Path) -> None:
    page = desk.result(an_attempt(recording))
    desk.player.error = MUTE
    desk.press(KEY.Key_P)
    desk.until(lambda: "There is no output." in texts(page))
    desk.player.error = None
    desk.press(KEY.Key_P)
    desk.until(lambda: desk.player.played)
    assert "There is no output." not in texts(page)


# -- without a verdict -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("which", "said"),
    [
        (AttemptStatus.WAITING, "Waiting to be transcribed"),
        (AttemptStatus.SET_ASIDE, "Set aside, not transcribed"),
        (AttemptStatus.RECORDING, "Cut short, not transcribed yet"),
    ],
)
def test_a_take_without_words_is_transcribed_now(
    desk: Desk, recording: Path, which: AttemptStatus, said: str
) -> None:
    desk.transcriber.transcript = spoken(ANSWER)
    page = desk.result(unjudged(an_attempt(recording), which))
    assert said in texts(page)
    assert not page.coverage.isVisible()
    assert page.player.is_playable
    QTest.mouseClick(page.pending.start, Qt.MouseButton.LeftButton)
    desk.until(lambda: "1 of 3 concepts" in texts(page))
    kept = desk.history.attempt("attempt")
    assert kept is not None
    assert kept.status is AttemptStatus.ASSESSED


def test_a_failed_take_says_why_and_can_be_tried_again(desk: Desk, recording: Path) -> None:
    failed = unjudged(an_attempt(recording), AttemptStatus.FAILED, "The model was damaged.")
    page = desk.result(failed)
    assert "The model was damaged." in texts(page)
    assert page.pending.start.text() == "Try again"
    desk.transcriber.error = DEAF
    QTest.mouseClick(page.pending.start, Qt.MouseButton.LeftButton)
    desk.until(lambda: "The recogniser gave up." in texts(page))
    assert "Import it again." in texts(page)
    assert page.pending.start.isVisible()


def test_transcribing_can_be_cancelled_and_goes_on_waiting(desk: Desk, recording: Path) -> None:
    desk.transcriber.duration_s = 60
    page = desk.result(unjudged(an_attempt(recording), AttemptStatus.FAILED, "Why"))
    QTest.mouseClick(page.pending.start, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.transcriber.heard)
    assert not page.pending.start.isVisible()
    QTest.mouseClick(page.pending.stop, Qt.MouseButton.LeftButton)
    desk.until(page.pending.start.isVisible)
    kept = desk.history.attempt("attempt")
    assert kept is not None
    assert kept.status is AttemptStatus.WAITING


def test_another_attempt_is_not_overwritten_by_one_that_is_done_later(
    desk: Desk, recording: Path
) -> None:
    desk.transcriber.duration_s = 0.1
    page = desk.result(unjudged(an_attempt(recording), AttemptStatus.WAITING))
    QTest.mouseClick(page.pending.start, Qt.MouseButton.LeftButton)
    page.show_attempt(an_attempt(name="other", text="nothing of it"))
    desk.until(lambda: desk.history.attempt("attempt").status is AttemptStatus.ASSESSED)
    desk.qtbot.wait(50)
    assert "0 of 3 concepts" in texts(page)


# -- going on --------------------------------------------------------------------------------


def test_from_the_history_escape_leads_back(desk: Desk, recording: Path) -> None:
    desk.ready().window.go("review")
    desk.result(an_attempt(recording))
    desk.press(KEY.Key_Escape)
    assert desk.window.here == "review"


def test_r_answers_the_same_question_again(desk: Desk, recording: Path) -> None:
    page = desk.result(an_attempt(recording))
    with desk.qtbot.assertNotEmitted(page.again):
        desk.press(KEY.Key_R, Qt.KeyboardModifier.ControlModifier)
    with desk.qtbot.waitSignal(page.again):
        desk.press(KEY.Key_R)


def test_in_the_room_enter_leads_on_and_there_is_no_way_back(desk: Desk, recording: Path) -> None:
    page = desk.result(an_attempt(recording))
    page.show_attempt(an_attempt(recording), next_label="Next question")
    page.entered()
    assert not page.back_button.isVisible()
    with desk.qtbot.waitSignal(page.next_requested):
        desk.press(KEY.Key_Return)
    page.checklist.focus(1)
    with desk.qtbot.waitSignal(page.next_requested):
        desk.press(KEY.Key_Return)


# -- looks -----------------------------------------------------------------------------------

LONG = " ".join(["incomprehensibilities and regulators"] * 60)


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640), (960, 600)])
@pytest.mark.parametrize("text", [ANSWER, f"{ANSWER} {LONG} model drift"])
def test_nothing_is_cut_off(desk: Desk, recording: Path, size: tuple[int, int], text: str) -> None:
    concept = a_concept(
        LONG[:140], probe=LONG[:300], keywords=("drift", LONG[:80], "predictions", "world")
    )
    question = a_question(1, concept, concept.model_copy(update={"id": "b"}), question=LONG[:590])
    attempt = an_attempt(recording, question=question if LONG in text else THREE, text=text)
    page = desk.result(attempt)
    desk.window.resize(*size)
    desk.until(lambda: page.player.heights)
    assert clipped(page) == []
    assert nameless(page) == []
    assert unreachable(page) == []
    page.show_attempt(unjudged(attempt, AttemptStatus.FAILED, LONG[:200]))
    desk.qtbot.wait(50)
    assert clipped(page) == []
