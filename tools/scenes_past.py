"""The scenes of results, summaries, review, questions and settings."""

import shutil
from dataclasses import replace
from pathlib import Path

from past import FRAUD, answer, keep, months, score, sitting, weeks
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea
from scenes import ready
from studio import Stage, scene

from voiceprep.bank.load import built_in_banks
from voiceprep.errors import VoicePrepError
from voiceprep.gui.models import Work
from voiceprep.gui.pages.review import ReviewPage
from voiceprep.interview.catalogue import Label
from voiceprep.interview.records import Attempt, AttemptStatus, SessionRecord
from voiceprep.scoring.assessment import Level
from voiceprep.scoring.transcript import Transcript
from voiceprep.speech.transcribers.overview import overview
from voiceprep.speech.transcribers.speed import Speed, remember

MICRO_WHISPER = Path(__file__).resolve().parents[1] / "tests" / "data" / "micro-whisper"

# -- result ----------------------------------------------------------------------------------


def result(stage: Stage, *, whisper: bool = True) -> Attempt:
    """An answer with something covered, something half said and something missing."""
    ready(stage)
    made = answer(stage, built_in_banks()[0].questions[0], FRAUD, "one", whisper=whisper)
    moment = made.started_at
    keep(stage, SessionRecord("session", made.bank_id, "Bank", moment, ("q",), moment, (made,)))
    return made


def show(stage: Stage, attempt: Attempt) -> None:
    """Open the result page and wait for its waveform."""
    stage.window.open_attempt(attempt.id)
    stage.until(lambda: stage.window.here == "result")
    page = stage.window.result_page
    stage.until(
        lambda: attempt.recording is None or page.player.heights or not page.player.is_playable
    )
    stage.rest(0.9)  # the ring grows


@scene("result")
def _result(stage: Stage) -> None:
    show(stage, result(stage))


@scene("result-playing")
def _playing(stage: Stage) -> None:
    made = result(stage, whisper=False)
    show(stage, made)
    stage.player.duration_s = 60
    page = stage.window.result_page
    page.checklist.focus(1)
    page.player.play_from(made.transcript.words[14].start_s)
    stage.rest(0.3)


@scene("result-below")
def _below(stage: Stage) -> None:
    show(stage, result(stage))
    bar = stage.window.result_page.column.verticalScrollBar()
    bar.setValue(bar.maximum())


@scene("result-overruled")
def _overruled(stage: Stage) -> None:
    made = replace(result(stage), self_rating=75)
    missed = next(one.id for one in made.assessment.concepts if one.level is not Level.COVERED)
    mine = made.overruled(missed, Level.COVERED, "I said it right at the start, in other words.")
    stage.context.toolbox.judge.history.save_attempt(mine)
    show(stage, mine)


@scene("result-waiting")
def _waiting(stage: Stage) -> None:
    made = replace(result(stage), status=AttemptStatus.WAITING, transcript=None, assessment=None)
    stage.context.toolbox.judge.history.save_attempt(made)
    show(stage, made)


@scene("result-transcribing")
def _transcribing(stage: Stage) -> None:
    _waiting(stage)
    stage.transcriber.duration_s = 60
    stage.window.result_page.pending.start.click()
    stage.until(lambda: stage.transcriber.heard)
    stage.window.result_page.pending.show_progress(0.4)


@scene("result-gone")
def _gone(stage: Stage) -> None:
    made = result(stage)
    made.recording.path.unlink()
    show(stage, made)


@scene("result-typed")
def _typed(stage: Stage) -> None:
    made = result(stage)
    transcript = Transcript.typed(" ".join(FRAUD))
    typed = replace(
        made, recording=None, transcript=transcript, assessment=score(made.question, transcript)
    )
    stage.context.toolbox.judge.history.save_attempt(typed)
    show(stage, typed)


# -- summary and review ----------------------------------------------------------------------


@scene("summary")
def _summary(stage: Stage) -> None:
    ready(stage)
    newest = weeks(stage)[0]
    stage.window.open_session(newest.id)
    stage.until(lambda: stage.window.here == "summary")
    stage.rest(0.9)


@scene("summary-save")
def _summary_save(stage: Stage) -> None:
    _summary(stage)
    page = stage.window.summary_page
    stage.subject = page.saver.ask(page._session)  # noqa: SLF001 - what it shows


@scene("summary-save-pdf")
def _summary_save_pdf(stage: Stage) -> None:
    _summary_save(stage)
    stage.subject.form.setCurrentIndex(1)


@scene("summary-nothing")
def _summary_nothing(stage: Stage) -> None:
    ready(stage)
    keep(stage, replace(sitting(stage, "s0", 0, (0, 6, 16)), attempts=()))
    stage.window.open_session("s0")
    stage.until(lambda: stage.window.here == "summary")


def review(stage: Stage) -> ReviewPage:
    """The history, loaded."""
    ready(stage)
    weeks(stage)
    stage.window.go("review")
    page = stage.window.review_page
    stage.until(lambda: page.is_loaded and page.detail.rows)
    return page


@scene("review")
def _review(stage: Stage) -> None:
    review(stage)


@scene("review-search")
def _review_search(stage: Stage) -> None:
    page = review(stage)
    stage.context.toolbox.judge.history.catalogue.set_label(
        "s0", Label("Dress rehearsal", ("mock", "second round"), "Slow down at the start.")
    )
    page.search.setFocus()
    page.search.setText("rules")
    stage.until(lambda: page.model.rowCount() and page.model.entry(page.model.index(0, 0)).snippet)
    stage.rest(0.3)


@scene("review-answers")
def _review_answers(stage: Stage) -> None:
    page = review(stage)
    page.kind.buttons["answers"].click()
    page.filters.show()
    page.filters.choose("engine", "whisper")
    stage.until(lambda: page.model.entry(page.model.index(0, 0)).attempt_id)
    stage.rest(0.3)


@scene("review-several")
def _review_several(stage: Stage) -> None:
    review(stage).list.selectAll()


@scene("review-trash")
def _review_trash(stage: Stage) -> None:
    page = review(stage)
    page.delete()
    stage.until(lambda: page.model.entry(page.model.index(0, 0)).session_id != "s0")
    page.toast.dismiss()
    page.filters.show()
    page.filters.choose("place", "trash")
    stage.until(page.detail.back_button.isVisible)
    stage.rest(0.3)


@scene("review-waiting")
def _review_waiting(stage: Stage) -> None:
    page = review(stage)
    page.list.setCurrentIndex(page.model.index(1, 0))
    stage.rest(0.3)


@scene("review-deleted")
def _review_deleted(stage: Stage) -> None:
    page = review(stage)
    page.delete()
    stage.until(lambda: page.model.entry(page.model.index(0, 0)).session_id != "s0")
    stage.rest(0.3)


@scene("review-nothing-found")
def _review_nothing(stage: Stage) -> None:
    page = review(stage)
    page.search.setFocus()
    page.search.setText("blockchain poetry")
    stage.until(lambda: not page.model.rowCount())


@scene("review-empty")
def _review_empty(stage: Stage) -> None:
    ready(stage)
    stage.window.go("review")
    stage.until(lambda: stage.window.review_page.is_loaded)


# -- trends ----------------------------------------------------------------------------------


@scene("trends")
def _trends(stage: Stage) -> None:
    ready(stage)
    months(stage)
    stage.window.go("trends")
    stage.until(lambda: stage.window.trends_page.is_loaded)


def _scrolled(stage: Stage, card: str) -> None:
    _trends(stage)
    page = stage.window.trends_page
    stage.rest(0.2)
    area = page.cards.coverage.parentWidget().parentWidget().parentWidget()
    area.verticalScrollBar().setValue(getattr(page.cards, card).y())


@scene("trends-concepts")
def _trends_concepts(stage: Stage) -> None:
    _scrolled(stage, "concepts")


@scene("trends-practice")
def _trends_practice(stage: Stage) -> None:
    _scrolled(stage, "practice")


@scene("trends-looking")
def _trends_looking(stage: Stage) -> None:
    _trends(stage)
    page = stage.window.trends_page
    page._stack.setCurrentWidget(page._loading)  # noqa: SLF001 - it passes too soon to be seen
    page._loading.show_progress(0.4)  # noqa: SLF001


@scene("trends-table")
def _trends_table(stage: Stage) -> None:
    _trends(stage)
    page = stage.window.trends_page
    page.cards.coverage.shows.buttons["table"].click()


# -- questions and settings ------------------------------------------------------------------


@scene("questions")
def _questions(stage: Stage) -> None:
    ready(stage)
    stage.window.go("questions")


@scene("questions-hint")
def _questions_hint(stage: Stage) -> None:
    _questions(stage)
    page = stage.window.questions_page
    page.list.setCurrentIndex(page.model.index(3, 0))
    page.detail.spoiler.set_open(is_open=True)


def settings(stage: Stage) -> None:
    """The settings, with what they have to look up."""
    ready(stage)
    stage.window.go("settings")
    page = stage.window.settings_page
    stage.until(lambda: page.sound.refresh.isEnabled() and page.voice.voice.count() > 1)


@scene("settings")
def _settings(stage: Stage) -> None:
    settings(stage)


@scene("settings-recogniser")
def _settings_recogniser(stage: Stage) -> None:
    settings(stage)
    models_in_view(stage)


@scene("settings-models")
def _settings_models(stage: Stage) -> None:
    own = stage.folders.models
    for name in ("micro.en", "mine.en"):
        shutil.copytree(MICRO_WHISPER, own / name)
    remember(own, "micro.en", Speed(0.021, 0.4))
    stage.context.change_settings(engine="whisper", model="micro.en")
    settings(stage)
    models_in_view(stage)


@scene("settings-download")
def _settings_download(stage: Stage) -> None:
    settings(stage)
    work = stage.window.settings_page.recogniser.work
    name = next(one.name for one in overview(stage.folders.models) if one.recommended)
    work.work = Work("download", name, 0.43, "43% of 148 MB \u00b7 2.1 MB/s \u00b7 40 s left")
    work.changed.emit()
    stage.window.settings_page.recogniser.models.others.set_open(is_open=True)
    models_in_view(stage)


@scene("settings-offline")
def _settings_offline(stage: Stage) -> None:
    settings(stage)
    stage.window.settings_page.recogniser.work.failed.emit(
        VoicePrepError(
            "huggingface.co cannot be found.",
            "This computer seems to be offline, or its network needs a proxy.",
            "Check the connection. Behind a proxy set HTTPS_PROXY=http://proxy:port before "
            "VoicePrep starts.",
        )
    )
    models_in_view(stage)


def models_in_view(stage: Stage) -> None:
    """Scroll to the recogniser's card."""
    page = stage.window.settings_page
    stage.until(lambda: page.recogniser.models.rows)
    stage.rest(0.3)
    area = page.findChild(QScrollArea)
    area.verticalScrollBar().setValue(page.recogniser.y())


@scene("settings-error")
def _settings_error(stage: Stage) -> None:
    stage.transcriber.error = VoicePrepError(
        "The Whisper model base.en cannot be loaded.",
        "Its model.bin is damaged.",
        "Add the folder again, or choose the basic recogniser.",
    )
    settings(stage)
    models_in_view(stage)


@scene("settings-about")
def _settings_about(stage: Stage) -> None:
    settings(stage)
    page = stage.window.settings_page
    page.about.licences.set_open(is_open=True)
    stage.rest(0.5)
    bar = page.findChild(QScrollArea).verticalScrollBar()
    bar.setValue(bar.maximum())
    page.setFocus(Qt.FocusReason.OtherFocusReason)
