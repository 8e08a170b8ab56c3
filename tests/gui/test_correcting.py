"""The candidate corrects a transcript, keeps a dictionary, and has old answers scored again."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Desk
from tests.gui.looks import clipped, nameless, texts
from tests.gui.samples import an_attempt, tone
from voiceprep.gui.pages.result import ResultPage
from voiceprep.gui.pages.settings import SettingsPage
from voiceprep.interview.records import Attempt, Revision
from voiceprep.scoring.assessment import Level
from voiceprep.scoring.correction import Entry

KEY = Qt.Key


@pytest.fixture
def page(desk: Desk, tmp_path: Path) -> ResultPage:
    attempt = an_attempt(tone(tmp_path / "answer.wav"))
    return desk.result(attempt)


def settings(desk: Desk) -> SettingsPage:
    desk.window.go("settings")
    desk.until(lambda: desk.window.here == "settings")
    return desk.window.settings_page


def correct(desk: Desk, page: ResultPage, old: str, new: str) -> None:
    page.edit_button.click()
    assert page.editor.editor.hasFocus()
    page.editor.editor.setPlainText(page.editor.editor.toPlainText().replace(old, new))
    QTest.keyClick(page.editor.editor, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: desk.kept().earlier)
    desk.until(page.transcript.isVisible)


def test_a_misheard_word_is_corrected_scored_and_the_first_hearing_kept(
    desk: Desk, page: ResultPage
) -> None:
    first = desk.kept()
    correct(desk, page, "watch the business figures", "monitor the inputs and retrain")
    after = desk.kept()
    assert first.standing is not None
    assert after.standing is not None
    assert after.standing.score > first.standing.score
    assert page.coverage.ring.value == after.standing.score
    assert after.earlier[0].reason is Revision.CORRECTED
    assert after.earlier[0].transcript == first.transcript
    page.earlier.fold.set_open(True)
    desk.until(lambda: "You corrected the transcript" in texts(page))
    assert "Monitor the inputs: missed, now covered" in texts(page)


def test_a_correction_is_undone(desk: Desk, page: ResultPage) -> None:
    first = desk.kept()
    correct(desk, page, "business", "monitored")
    QTest.keySequence(page, "Ctrl+Z")
    desk.until(lambda: desk.kept() == first)
    assert "business" in page.transcript.toPlainText()


def test_esc_leaves_the_transcript_as_it_was(desk: Desk, page: ResultPage) -> None:
    desk.press(KEY.Key_E)
    QTest.keyClicks(page.editor.editor, "never said R P ")
    QTest.keyClick(page.editor.editor, KEY.Key_Escape)
    assert page.transcript.isVisible()
    assert desk.window.here == "result"
    assert not desk.kept().earlier


def test_an_empty_text_is_refused_and_nothing_is_lost(desk: Desk, page: ResultPage) -> None:
    first = desk.kept()
    page.edit_button.click()
    page.editor.editor.setPlainText(" ")
    page.editor.save.click()
    desk.until(lambda: "The corrected transcript is empty." in texts(page))
    assert page.editor.save.isEnabled()
    assert desk.kept() == first


def test_what_was_heard_can_still_be_seen_on_the_word(desk: Desk, page: ResultPage) -> None:
    correct(desk, page, "business", "weekly")
    place = page.transcript.toPlainText().index("weekly")
    assert page.transcript.heard_at(place + 1) == "business"
    assert not page.transcript.heard_at(0)
    assert "Written as you mean it: weekly (heard “business”)." in texts(page)


def test_the_editor_fits_and_names_its_controls(desk: Desk, page: ResultPage) -> None:
    desk.window.resize(960, 600)
    correct(desk, page, "business", "weekly")
    desk.until(lambda: clipped(page) == [])
    page.edit_button.click()
    desk.until(lambda: clipped(page) == [])
    desk.until(lambda: page.editor.editor.height() > 100)
    assert nameless(page) == []
    page.editor.cancel.click()
    assert page.player.isVisible()


def test_the_recording_can_be_heard_while_it_is_corrected(desk: Desk, page: ResultPage) -> None:
    page.edit_button.click()
    QTest.keyClick(page.editor.editor, KEY.Key_Space, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: desk.player.played)


# -- the dictionary --------------------------------------------------------------------------


def test_a_corrected_term_is_learnt_for_later_answers(desk: Desk, page: ResultPage) -> None:
    correct(desk, page, "drift", "drifting")
    always = page.offer.buttons[0]
    assert "Write “drifting” wherever “drift” is heard?" in texts(page)
    assert isinstance(always, type(page.edit_button))
    always.click()
    assert desk.context.settings.dictionary == (Entry("drift", "drifting"),)
    assert desk.context.toolbox is not None
    assert desk.context.toolbox.judge.dictionary() == (Entry("drift", "drifting"),)
    assert len(desk.built) == 1  # the recogniser is not loaded again for that


def test_entries_are_added_and_removed_in_the_settings(desk: Desk) -> None:
    desk.ready()
    section = settings(desk).dictionary
    assert not section.add.isEnabled()
    QTest.keyClicks(section.heard, "rack")
    QTest.keyClicks(section.meant, "RAG")
    section.add.click()
    assert desk.context.settings.dictionary == (Entry("rack", "RAG"),)
    QTest.keyClicks(section.heard, "Rack")
    QTest.keyClicks(section.meant, "Rag")
    QTest.keyClick(section.meant, KEY.Key_Return)
    assert desk.context.settings.dictionary == (Entry("Rack", "Rag"),)
    section.removers[0].click()
    assert desk.context.settings.dictionary == ()
    assert section.removers == []


# -- scoring again ---------------------------------------------------------------------------


def outdated_attempt(path: Path) -> Attempt:
    """One that a worse scorer found nothing in."""
    attempt = an_attempt(tone(path))
    assert attempt.assessment is not None
    return replace(attempt, assessment=replace(attempt.assessment, scorer="lexical-0", score=0.0))


def test_an_answer_of_an_earlier_scorer_is_scored_again_on_request(
    desk: Desk, tmp_path: Path
) -> None:
    page = desk.result(outdated_attempt(tmp_path / "answer.wav"))
    assert page.outdated.isVisible()
    page.outdated.rescore.click()
    desk.until(lambda: desk.kept().earlier)
    desk.until(lambda: not page.outdated.isVisible())
    assert desk.kept().earlier[0].reason is Revision.RESCORED
    assert page.coverage.ring.value > 0


def test_an_answer_of_this_scorer_is_not_called_outdated(page: ResultPage) -> None:
    assert not page.outdated.isVisible()


def test_all_old_answers_are_scored_again_from_the_settings(desk: Desk, tmp_path: Path) -> None:
    desk.result(outdated_attempt(tmp_path / "answer.wav"))
    section = settings(desk).rescore
    desk.until(section.start.isEnabled)
    assert section.waiting.text() == "1 answer was scored before a change."
    section.start.click()
    desk.until(lambda: section.told.text().startswith("1 answer scored again"))
    desk.until(lambda: section.waiting.text().startswith("All answers were scored"))
    assert section.start.isVisible()
    assert not section.start.isEnabled()
    assert desk.kept().earlier[0].reason is Revision.RESCORED


def test_answers_whose_verdicts_changed_are_listed_and_open(desk: Desk, tmp_path: Path) -> None:
    attempt = an_attempt(tone(tmp_path / "answer.wav"))
    assert attempt.assessment is not None
    missed = tuple(replace(one, level=Level.MISSED) for one in attempt.assessment.concepts)
    worse = replace(attempt.assessment, scorer="lexical-0", score=0.0, concepts=missed)
    desk.result(replace(attempt, assessment=worse))
    section = settings(desk).rescore
    desk.until(section.start.isEnabled)
    section.start.click()
    desk.until(lambda: section.rows)
    assert "0\u00a0% before" in section.rows[0].accessibleName()
    section.rows[0].opened.emit()
    desk.until(lambda: desk.window.here == "result")
    desk.window.result_page.back.emit()
    assert desk.window.here == "settings"


def test_what_was_heard_can_be_put_back(desk: Desk, page: ResultPage) -> None:
    first = desk.kept()
    correct(desk, page, "business", "monitored")
    page.edit_button.click()
    page.editor.heard.click()
    page.editor.save.click()
    desk.until(lambda: len(desk.kept().earlier) == 2)
    assert desk.kept().transcript == first.transcript
    desk.until(page.transcript.isVisible)
    page.edit_button.click()
    assert not page.editor.heard.isVisible()
