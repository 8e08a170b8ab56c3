"""The scenes of answers whose sound is doubtful or unusable."""

from dataclasses import replace

from past import keep, months, sitting
from scenes import ready
from scenes_compare import TAKES, compared
from scenes_past import result, show
from studio import Stage, scene

from voiceprep.interview.records import Attempt
from voiceprep.interview.sound import SoundLevels
from voiceprep.interview.sound_verdict import Grade, sound_verdict

NOISY = SoundLevels(31.0, 22.0, -31.0, -37.5, room_s=6.0)
LOUD = SoundLevels(31.0, 22.0, -31.0, -31.5, room_s=6.0)


def heard_in(attempt: Attempt, levels: SoundLevels) -> Attempt:
    """The attempt as it is after such a recording."""
    sound = sound_verdict(levels, attempt.transcript)
    assessment = None if sound.grade is Grade.UNUSABLE else attempt.assessment
    return replace(attempt, sound=sound, assessment=assessment)


def open_with(stage: Stage, attempt: Attempt) -> None:
    """Keep and show it."""
    stage.context.toolbox.judge.history.save_attempt(attempt)
    show(stage, attempt)


@scene("sound-result-doubtful")
def _doubtful(stage: Stage) -> None:
    open_with(stage, heard_in(result(stage), NOISY))


@scene("sound-result-unusable")
def _unusable(stage: Stage) -> None:
    open_with(stage, heard_in(result(stage), LOUD))


@scene("sound-result-anyway")
def _anyway(stage: Stage) -> None:
    _unusable(stage)
    page = stage.window.result_page
    page.sound.anyway.click()
    stage.until(lambda: page.coverage.ring.value is not None)
    stage.rest(0.9)


def mixed(stage: Stage) -> None:
    """A session with a good, a doubtful, an unusable and a missing answer."""
    ready(stage)
    made = sitting(stage, "s0", 0, (0, 6, 16, 26, 37))
    good, doubtful, unusable, last = made.attempts
    attempts = (good, heard_in(doubtful, NOISY), heard_in(unusable, LOUD), last)
    keep(stage, replace(made, attempts=attempts))


@scene("sound-summary")
def _summary(stage: Stage) -> None:
    mixed(stage)
    stage.window.open_session("s0")
    stage.until(lambda: stage.window.here == "summary")
    stage.rest(0.9)


@scene("sound-practice")
def _practice(stage: Stage) -> None:
    mixed(stage)
    page = stage.window.practice_page
    page.entered()
    page.recent.load()
    stage.until(lambda: page.recent.answers)
    stage.rest(0.9)


@scene("sound-review")
def _review(stage: Stage) -> None:
    mixed(stage)
    stage.window.go("review")
    page = stage.window.review_page
    stage.until(lambda: page.is_loaded and page.detail.rows)
    stage.rest(0.3)


@scene("sound-review-answers")
def _review_answers(stage: Stage) -> None:
    _review(stage)
    page = stage.window.review_page
    page.kind.buttons["answers"].click()
    stage.until(lambda: page.model.entry(page.model.index(0, 0)).attempt_id)
    stage.rest(0.3)


@scene("sound-compare")
def _compare(stage: Stage) -> None:
    page = compared(stage, TAKES)
    history = stage.context.toolbox.judge.history
    noisy = history.attempt("take-1")
    history.save_attempt(heard_in(noisy, NOISY))
    stage.context.compare.emit("take-2")
    stage.until(lambda: any(one.doubt for one in page._attempts))  # noqa: SLF001 - what it shows
    stage.rest(0.5)


@scene("sound-trends")
def _trends(stage: Stage) -> None:
    ready(stage)
    months(stage)
    history = stage.context.toolbox.judge.history
    for number in (2, 7, 8, 13):
        history.save_attempt(heard_in(history.attempt(f"m{number}-0"), NOISY))
    stage.window.go("trends")
    stage.until(lambda: stage.window.trends_page.is_loaded)
    stage.rest(0.5)
