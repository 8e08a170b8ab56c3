"""The scenes of an answer that ends by itself, and of devices and disks that fail meanwhile."""

from dataclasses import replace
from pathlib import Path

from past import FRAUD, answer, keep
from scenes import at, room
from scenes_past import result, show
from studio import Stage, scene

from tests.fakes import spoken
from voiceprep.app import take_up_leftovers
from voiceprep.bank.load import built_in_banks
from voiceprep.errors import PlaceError, VoicePrepError
from voiceprep.gui.pages.room import RoomPage
from voiceprep.interview.machine import State
from voiceprep.interview.records import AttemptStatus, SessionRecord
from voiceprep.speech.hearing import LOST_SOUND, MUTED, TOO_LOUD, TOO_SOFT

_OUTPUT_LOST = VoicePrepError(
    "The sound output Headphones (WH-1000XM4) went away.",
    "It may have been unplugged or switched off.",
    "Read the question on the screen and answer as usual. Until it is back, the system's default"
    " output plays.",
)
_MICROPHONE_LOST = VoicePrepError(
    "The microphone Headset (WH-1000XM4) went away.",
    "It may have been unplugged, switched off, or taken by another program.",
    "What you said until then is kept. As soon as a microphone is there, the recording goes on by"
    " itself; or stop here.",
)
_ANOTHER = VoicePrepError(
    "The microphone Headset (WH-1000XM4) went away.",
    "The microphone Built-in Microphone goes on from 21 s, as the second part of the same answer.",
    "What you said before is kept. Say again what you said in between.",
)
_FULL = PlaceError(
    "The recording cannot be written to the disk.",
    "No space left on device: /media/stick/recordings.",
    "Go on speaking, it is kept in memory. Free some space before you stop, or choose another"
    " folder.",
)
_NEARLY_FULL = PlaceError(
    "The disk is nearly full.",
    "1.3 MB are left at /media/stick/recordings; two minutes of an answer take 4 MB.",
    "Free some space and start again, or choose another folder.",
)
_NO_FOLDER = PlaceError(
    "The folder /media/stick/recordings cannot be used.",
    "VoicePrep is not allowed to write there.",
    "Make it yours and writable, or set VOICEPREP_HOME to a folder of yours. Or choose another"
    " folder for now.",
)
_NOT_SAVED = PlaceError(
    "The last 38 seconds of your answer are not saved yet.",
    "No space left on device: /media/stick/recordings.",
    "They are kept in memory while VoicePrep stays open. Free some space on this disk and try"
    " again, or choose another folder.",
)
_NOTHING_HEARD = VoicePrepError(
    "Nothing was heard in this recording.",
    "Its loudest moment is -71 dB, far below any voice.",
    "Check that the right microphone is chosen and not muted, then answer again.",
)


def recording(
    stage: Stage, after_s: float = 21.0, caption: str = "", **settings: object
) -> RoomPage:
    """An answer that has gone on for so long."""
    stage.context.change_settings(**settings)
    page = room(stage)
    stage.recorder.head_start_s = after_s
    page.conductor.record()
    at(stage, State.RECORDING)
    for _ in range(200):
        page.recording.wave.add_level(stage.recorder.level_dbfs)
    if caption:
        stage.transcriber.transcript = spoken(caption)
        stage.recorder.pass_on()
        stage.until(lambda: bool(page.recording.captions.text))
    return page


# -- the right moment ------------------------------------------------------------------------


@scene("moment-thinking")
def _thinking(stage: Stage) -> None:
    stage.context.change_settings(thinking_s=60)
    room(stage)
    stage.rest(0.2)


@scene("moment-silence")
def _silence(stage: Stage) -> None:
    recording(stage, 74.0, " ".join(FRAUD), auto_stop=True)
    stage.recorder.quiet_s = 3.4
    stage.rest(0.2)


@scene("moment-half-a-minute")
def _half_a_minute(stage: Stage) -> None:
    recording(stage, 96.6, " ".join(FRAUD), limit_s=120)
    stage.rest(0.2)


@scene("moment-over")
def _over(stage: Stage) -> None:
    recording(stage, 127.0, " ".join(FRAUD), limit_s=120)
    stage.rest(0.2)


@scene("moment-stopped")
def _stopped(stage: Stage) -> None:
    page = recording(stage, 127.0, limit_s=120)
    stage.transcriber.duration_s = 30.0
    page.recording.ended.emit("Stopped: the time is up.")
    at(stage, State.TRANSCRIBING)
    stage.rest(0.2)


@scene("moment-nobody-heard")
def _nobody_heard(stage: Stage) -> None:
    page = recording(stage, 127.0, limit_s=120)
    stage.transcriber.error = _NOTHING_HEARD
    page.recording.ended.emit("Stopped: the time is up, and no voice was heard.")
    at(stage, State.FAILED)
    stage.rest(0.2)


# -- devices -----------------------------------------------------------------------------------


@scene("lost-output-asking")
def _output_asking(stage: Stage) -> None:
    page = room(stage)
    stage.speaker.error = _OUTPUT_LOST
    page.conductor.repeat()
    stage.until(page.notice.isVisible)


@scene("lost-output-playing")
def _output_playing(stage: Stage) -> None:
    show(stage, result(stage))
    _, _, then = _OUTPUT_LOST.next_step.partition(". ")  # first is what only helps with a question
    stage.player.error = VoicePrepError(_OUTPUT_LOST.title, _OUTPUT_LOST.cause, then)
    stage.window.result_page.player.play_from(0.0)
    stage.rest(0.3)


@scene("lost-microphone")
def _microphone(stage: Stage) -> None:
    recording(stage, 21.0, " ".join(FRAUD))
    stage.recorder.problem = _MICROPHONE_LOST
    stage.rest(0.2)


@scene("lost-microphone-another")
def _another(stage: Stage) -> None:
    recording(stage, 24.0, " ".join(FRAUD))
    stage.recorder.problem = _ANOTHER
    stage.rest(0.2)


def _warned(name: str, warning: str) -> None:
    @scene(name)
    def _(stage: Stage) -> None:
        recording(stage, 24.0, " ".join(FRAUD))
        stage.recorder.warning = warning
        stage.rest(0.2)


for _name, _warning in (
    ("sound-overflow", LOST_SOUND),
    ("sound-too-soft", TOO_SOFT),
    ("sound-too-loud", TOO_LOUD),
    ("sound-muted", MUTED),
):
    _warned(_name, _warning)


# -- disks -------------------------------------------------------------------------------------


@scene("disk-full-recording")
def _full(stage: Stage) -> None:
    recording(stage, 24.0, " ".join(FRAUD))
    stage.recorder.problem = _FULL
    stage.rest(0.2)


@scene("disk-full-stopped")
def _not_saved(stage: Stage) -> None:
    page = recording(stage, 38.0)
    stage.recorder.stop = _refuse(_NOT_SAVED)
    page.conductor.stop_recording()
    at(stage, State.FAILED)
    del stage.recorder.stop
    stage.rest(0.2)


@scene("disk-nearly-full")
def _nearly_full(stage: Stage) -> None:
    _refused(stage, _NEARLY_FULL)


@scene("disk-no-folder")
def _no_folder(stage: Stage) -> None:
    _refused(stage, _NO_FOLDER)


def _refused(stage: Stage, error: VoicePrepError) -> None:
    page = room(stage)
    stage.recorder.refusal = error
    page.conductor.record()
    stage.until(lambda: page.conductor.view.notice is not None)
    stage.rest(0.1)


def _refuse(error: VoicePrepError) -> object:
    def stop() -> None:
        raise error

    return stop


@scene("start-unfinished")
def _unfinished(stage: Stage) -> None:
    stage.context.build_toolbox()
    stage.until(lambda: stage.context.toolbox is not None)
    made = answer(stage, built_in_banks()[0].questions[0], FRAUD, "one")
    cut_short = replace(made, status=AttemptStatus.RECORDING, transcript=None, assessment=None)
    moment = made.started_at
    session = SessionRecord("session", made.bank_id, "Bank", moment, ("q",), "", (cut_short,))
    keep(stage, session)
    stage.context.toolbox.judge.history.close()
    found = take_up_leftovers(stage.folders)
    stage.window.tell(found.notice, found.unfinished)
    stage.rest(0.3)


@scene("start-no-folder")
def _start_no_folder(stage: Stage) -> None:
    stage.context.build_toolbox()
    stage.until(lambda: not stage.context.engines.building)
    in_the_way = stage.folders.data.parent / "in the way"
    in_the_way.write_text("a file", encoding="utf-8")
    found = take_up_leftovers(replace(stage.folders, data=in_the_way / Path("VoicePrep")))
    stage.window.tell(found.notice, found.unfinished)
    stage.rest(0.3)
