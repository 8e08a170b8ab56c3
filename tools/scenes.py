"""The scenes of the practice page and the interview room."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from studio import Stage, scene

from tests.fakes import spoken
from voiceprep.errors import VoicePrepError
from voiceprep.gui.confirm import Confirm
from voiceprep.gui.errors import UnexpectedDialog
from voiceprep.gui.pages.practice import PracticePage
from voiceprep.gui.pages.room import RoomPage
from voiceprep.interview.machine import State
from voiceprep.interview.selection import choose

NO_MICROPHONE = VoicePrepError(
    "No microphone was found.",
    "The system lists none.",
    "Connect one, or allow VoicePrep to use it in the system's settings, then look again.",
)


_SAID = (
    "The first thing is that a traditional system has static thresholds, so every payment above a "
    "fixed limit is blocked, whoever makes it. A learning system looks at what is normal for each "
    "customer, and it adapts when fraudsters find a new way around the old rules."
)


def ready(stage: Stage) -> PracticePage:
    """The practice page with its engines ready."""
    stage.context.build_toolbox()
    stage.until(lambda: not stage.context.engines.building and not stage.context.engines.warming)
    page = stage.window.practice_page
    page.entered()
    stage.rest(0.1)
    return page


def room(stage: Stage) -> RoomPage:
    """The third of eight questions, read to its end."""
    ready(stage)
    bank = stage.context.toolbox.banks[0]
    page = stage.window.room_page
    stage.window.practise(bank, choose(bank)[10:18])
    at(stage, State.THINKING)
    for _ in range(2):
        page.conductor.go_on()
        at(stage, State.THINKING)
    return page


def at(stage: Stage, state: State) -> None:
    """Wait until the interview is there."""
    stage.until(lambda: stage.window.room_page.conductor.state is state)


@scene("practice-starting")
def _starting(stage: Stage) -> None:
    stage.rest(0.05)


@scene("practice-first")
def _first(stage: Stage) -> None:
    ready(stage)


@scene("practice-returning")
def _returning(stage: Stage) -> None:
    page = room(stage)
    for answer in ("The data drifts, so I monitor the inputs.", "I would ask the customers first."):
        page.conductor.answer_with_text(answer)
        at(stage, State.REVIEWING)
        page.conductor.go_on()
        at(stage, State.THINKING)
    page.conductor.finish()
    stage.until(lambda: stage.window.here == "summary")
    stage.window.go("practice")
    stage.until(stage.window.practice_page.recent.open.isVisible)
    stage.rest(0.8)


@scene("practice-no-microphone")
def _no_microphone(stage: Stage) -> None:
    page = ready(stage)
    page.equipment.tell(NO_MICROPHONE)


@scene("practice-nothing-chosen")
def _nothing_chosen(stage: Stage) -> None:
    page = ready(stage)
    page.picker.toggle_all()


@scene("practice-no-toolbox")
def _no_toolbox(stage: Stage) -> None:
    def build(_settings: object) -> None:
        raise VoicePrepError(
            "The history cannot be opened.",
            "The file history.sqlite3 was written by a newer VoicePrep.",
            "Install the newer VoicePrep again, or move the file away.",
        )

    stage.context._build = build  # noqa: SLF001 - the one thing that a scene must break
    stage.context.build_toolbox()
    stage.until(lambda: stage.context.engines.problem is not None)


@scene("practice-keyboard")
def _keyboard(stage: Stage) -> None:
    page = ready(stage)
    page.picker.chips["Advanced"].setFocus()
    stage.window.activateWindow()
    QTest.keyClick(page.picker.chips["Advanced"], Qt.Key.Key_Tab)


@scene("window-trouble")
def _trouble(stage: Stage) -> None:
    ready(stage)
    stage.window.tell(
        VoicePrepError(
            "Your settings could not be kept.",
            "The disk is full.",
            "Make room; until then they hold as long as the window is open.",
        )
    )


@scene("room-asking")
def _asking(stage: Stage) -> None:
    page = room(stage)
    stage.speaker.duration_s = 30.0
    page.conductor.repeat()
    stage.rest(0.4)


@scene("room-thinking")
def _thinking(stage: Stage) -> None:
    room(stage)


@scene("room-no-microphone")
def _refused(stage: Stage) -> None:
    page = room(stage)
    stage.recorder.refusal = NO_MICROPHONE
    page.conductor.record()
    stage.until(lambda: page.conductor.view.notice is not None)


@scene("room-recording")
def _recording(stage: Stage) -> None:
    page = room(stage)
    stage.recorder.head_start_s = 74.0
    page.conductor.record()
    at(stage, State.RECORDING)
    for _ in range(200):
        page.recording.wave.add_level(stage.recorder.level_dbfs)
    stage.transcriber.transcript = spoken(_SAID)
    stage.recorder.pass_on()
    stage.until(lambda: bool(page.recording.captions.text))


@scene("room-unplugged")
def _unplugged(stage: Stage) -> None:
    page = room(stage)
    page.conductor.record()
    at(stage, State.RECORDING)
    stage.recorder.head_start_s = 21.0
    for _ in range(60):
        page.recording.wave.add_level(stage.recorder.level_dbfs)
    stage.recorder.problem = VoicePrepError(
        "The microphone stopped sending sound.",
        "It was unplugged, or another program took it.",
        "What you said before is kept. Press Stop to use it, or start over.",
    )
    stage.rest(0.1)


@scene("room-paused")
def _paused(stage: Stage) -> None:
    _recording(stage)
    stage.window.room_page.conductor.pause()


@scene("room-leaving")
def _leaving(stage: Stage) -> None:
    _recording(stage)
    stage.window.room_page.go_back()
    stage.subject = stage.window.room_page.window().findChild(Confirm)


@scene("room-typing")
def _typing(stage: Stage) -> None:
    page = room(stage)
    page.type_answer()
    page.typing.editor.insertPlainText(
        "First I would look at where the data comes from and who is missing in it. Then I would "
        "compare the approval rates of the groups, with the legal team in the room."
    )


@scene("room-dropping")
def _dropping(stage: Stage) -> None:
    room(stage).drop_hint.cover()


@scene("room-transcribing")
def _transcribing(stage: Stage) -> None:
    page = room(stage)
    stage.transcriber.duration_s = 30.0
    take = stage.folders.data / "answer.wav"
    stage.recorder.start(take)
    stage.recorder.stop()
    page.conductor.answer_with_file(take)
    at(stage, State.TRANSCRIBING)
    stage.rest(0.2)


@scene("room-rating")
def _rating(stage: Stage) -> None:
    stage.context.change_settings(rate_myself=True)
    page = room(stage)
    page.conductor.answer_with_text("The data drifts, so I monitor the inputs.")
    at(stage, State.REVIEWING)
    page.rating.choices[3].click()
    stage.until(stage.context.toolbox.judge.history.ratings)
    page.conductor.go_on()
    at(stage, State.THINKING)
    page.conductor.answer_with_text("I would ask the customers first.")
    at(stage, State.REVIEWING)
    stage.rest(0.4)


@scene("room-failed")
def _failed(stage: Stage) -> None:
    page = room(stage)
    page.conductor.answer_with_file(Path("interview-notes.pdf"))
    stage.transcriber.error = None
    at(stage, State.FAILED)


@scene("dialog-unexpected")
def _unexpected(stage: Stage) -> None:
    try:
        {}["missing"]
    except KeyError as error:
        dialog = UnexpectedDialog(error, Path("~/.local/share/VoicePrep/voiceprep.log"))
    dialog.show()
    stage.subject = dialog
