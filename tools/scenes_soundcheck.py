"""The scenes of the check before the first answer."""

from functools import partial

from scenes import NO_MICROPHONE, ready
from studio import Stage, scene

from voiceprep.gui.pages.soundcheck import SoundCheckPage
from voiceprep.gui.soundcheck import Phase
from voiceprep.interview.sound import SoundLevels
from voiceprep.speech.soundcheck import Checkup, Verdict


def asked(stage: Stage) -> SoundCheckPage:
    """Before an interview."""
    ready(stage)
    stage.context.change_settings(sound_check=True)
    bank = stage.context.toolbox.banks[0]
    stage.window.practise(bank, bank.questions[:3])
    stage.until(lambda: stage.window.here == "soundcheck")
    page = stage.window.soundcheck_page
    stage.until(lambda: page.card.lists.microphone.count() > 1)
    return page


@scene("soundcheck-ready")
def _ready(stage: Stage) -> None:
    asked(stage)


@scene("soundcheck-listening")
def _listening(stage: Stage) -> None:
    page = asked(stage)
    page.card.record.click()
    stage.until(lambda: page.check.phase is Phase.LISTENING)
    stage.rest(0.6)


@scene("soundcheck-muted-while-listening")
def _warned(stage: Stage) -> None:
    stage.recorder.warning = "Nothing but silence comes in. Is the microphone muted?"
    _listening(stage)


@scene("soundcheck-no-microphone")
def _refused(stage: Stage) -> None:
    stage.recorder.refusal = NO_MICROPHONE
    page = asked(stage)
    page.card.record.click()
    stage.until(page.card.problem.isVisible)


@scene("soundcheck-hearing")
def _hearing(stage: Stage) -> None:
    page = found(stage, Verdict.GOOD, -24, -62)
    page.card.result.show_playing(playing=True)


@scene("soundcheck-heard")
def _heard(stage: Stage) -> None:
    page = found(stage, Verdict.GOOD, -24, -62)
    page.card.result.show_playing(playing=True)
    page.card.result.show_playing(playing=False)


@scene("soundcheck-tried-out")
def _tried_out(stage: Stage) -> None:
    ready(stage)
    stage.window.go("soundcheck")


def found(stage: Stage, verdict: Verdict, speech_dbfs: float, noise_dbfs: float) -> SoundCheckPage:
    """A check that has come to this."""
    page = asked(stage)
    page.card.record.click()
    stage.until(lambda: page.check.phase is Phase.LISTENING)
    page.check.stop()
    stage.until(lambda: page.check.phase is Phase.DONE)
    speech_s = 0.0 if speech_dbfs <= -90 else 4.6
    levels = SoundLevels(6.5, speech_s, speech_dbfs, noise_dbfs)
    page.check.checkup = Checkup(levels, speech_dbfs + 14, verdict)
    page.check.changed.emit()
    return page


for _verdict, _speech_dbfs, _noise_dbfs in (
    (Verdict.GOOD, -24, -62),
    (Verdict.TOO_QUIET, -47, -66),
    (Verdict.CLIPPING, -7, -48),
    (Verdict.NOISY, -27, -38),
    (Verdict.NO_VOICE, -90, -46),
    (Verdict.SILENT, -90, -79),
    (Verdict.MUTED, -90, -90),
):
    scene(f"soundcheck-{_verdict.value.replace(' ', '-')}")(
        partial(found, verdict=_verdict, speech_dbfs=_speech_dbfs, noise_dbfs=_noise_dbfs)
    )
