"""The scenes of corrected transcripts, the dictionary and answers that are scored again."""

from dataclasses import replace

from past import weeks
from PySide6.QtWidgets import QScrollArea
from scenes import ready
from scenes_past import result, show
from studio import Stage, scene

from voiceprep.gui.pages.result import ResultPage
from voiceprep.gui.pages.settings import SettingsPage
from voiceprep.gui.widgets.settings.setting import Section
from voiceprep.interview.records import Attempt
from voiceprep.scoring.assessment import Level
from voiceprep.scoring.correction import Entry, with_dictionary


def outdated(stage: Stage) -> Attempt:
    """An answer that was judged by an earlier scorer."""
    made = result(stage)
    old = replace(made, assessment=replace(made.assessment, scorer="lexical-1"))
    stage.context.toolbox.judge.history.save_attempt(old)
    return old


def corrected(stage: Stage) -> ResultPage:
    """The page after two words were set right and scored again."""
    show(stage, result(stage))
    page = stage.window.result_page
    page.edit()
    text = page.editor.editor.toPlainText()
    page.editor.editor.setPlainText(text.replace("merchant", "adaptive patterns"))
    page.editor.save.click()
    stage.until(page.transcript.isVisible)
    stage.until(page.undo.isVisible)
    stage.rest(0.9)
    return page


@scene("result-editing")
def _editing(stage: Stage) -> None:
    show(stage, result(stage))
    stage.window.result_page.edit()


@scene("result-editing-again")
def _editing_again(stage: Stage) -> None:
    page = corrected(stage)
    page.undo.dismiss()
    page.edit()


@scene("result-corrected")
def _corrected(stage: Stage) -> None:
    corrected(stage)


@scene("result-earlier")
def _earlier(stage: Stage) -> None:
    page = corrected(stage)
    page.undo.dismiss()
    page.earlier.fold.set_open(is_open=True)
    stage.rest(0.2)
    bar = page.column.verticalScrollBar()
    bar.setValue(bar.maximum())


@scene("result-outdated")
def _outdated(stage: Stage) -> None:
    show(stage, outdated(stage))


@scene("result-dictionary")
def _with_dictionary(stage: Stage) -> None:
    made = result(stage)
    entries = (Entry("fraudsters", "scammers"), Entry("false alarms", "false positives"))
    told = replace(made, transcript=with_dictionary(made.transcript, entries))
    judge = stage.context.toolbox.judge
    told = judge.score(told, told.transcript)
    judge.history.save_attempt(told)
    show(stage, told)


@scene("summary-own-word")
def _own_word(stage: Stage) -> None:
    ready(stage)
    newest, *older = weeks(stage)
    history = stage.context.toolbox.judge.history
    answers = [one for session in (newest, *older) for one in session.attempts]
    for number, one in enumerate(answers):
        if one.assessment is not None:
            rated = replace(one, self_rating=(50, 75, 100, 75)[number % 4])
            verdict = one.assessment.concepts[0]
            mine = rated.overruled(verdict.id, Level.COVERED) if number % 3 == 0 else rated
            history.save_attempt(mine)
    stage.window.open_session(newest.id)
    page = stage.window.summary_page
    stage.until(page.own_word.isVisible)
    stage.rest(0.2)
    page.findChild(QScrollArea).ensureWidgetVisible(page.own_word)
    stage.rest(0.9)


def settings(stage: Stage) -> SettingsPage:
    """The settings page."""
    stage.window.go("settings")
    page = stage.window.settings_page
    stage.until(lambda: page.sound.refresh.isEnabled() and page.voice.voice.count() > 1)
    stage.rest(0.2)
    return page


def scroll_to(page: SettingsPage, section: Section) -> None:
    """Bring a section to the middle of the window."""
    page.findChild(QScrollArea).ensureWidgetVisible(section, 0, 200)


@scene("settings-dictionary")
def _dictionary(stage: Stage) -> None:
    ready(stage)
    terms = (
        Entry("rack", "RAG"),
        Entry("sharp values", "SHAP values"),
        Entry("key why see", "KYC"),
    )
    stage.context.change_settings(dictionary=terms)
    page = settings(stage)
    scroll_to(page, page.dictionary)


@scene("settings-outdated")
def _old_answers(stage: Stage) -> None:
    outdated(stage)
    page = settings(stage)
    stage.until(page.rescore.start.isEnabled)
    scroll_to(page, page.rescore)


@scene("settings-rescored")
def _rescored(stage: Stage) -> None:
    _old_answers(stage)
    page = stage.window.settings_page
    page.rescore.start.click()
    stage.until(lambda: page.rescore.rows)
    stage.rest(0.3)
    scroll_to(page, page.rescore)
