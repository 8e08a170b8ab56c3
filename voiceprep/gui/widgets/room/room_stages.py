"""What stands below the question: one stage for each state of the interview."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from voiceprep.errors import PlaceError, VoicePrepError
from voiceprep.gui.conductor import TAKING, Conductor
from voiceprep.gui.context import Context
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.room.rating import RatingStage
from voiceprep.gui.widgets.room.recording import RecordingStage, TypingStage
from voiceprep.gui.widgets.room.stages import (
    AskingStage,
    FailedStage,
    Stage,
    ThinkingStage,
    WaitingStage,
)
from voiceprep.interview.agreement import explain_calibrations
from voiceprep.interview.machine import State
from voiceprep.interview.moments import Pace
from voiceprep.interview.view import View


class RoomStages(QStackedWidget):
    """Shows the stage that fits; ``room`` knows what follows from its buttons."""

    folder_wanted = Signal()
    """Recordings are to be kept in another folder."""

    def __init__(self, context: Context, conductor: Conductor) -> None:
        super().__init__()
        self._context = context
        self._conductor = conductor
        self.asking = AskingStage()
        self.thinking = ThinkingStage()
        self.recording = RecordingStage()
        self.typing = TypingStage()
        self.waiting = WaitingStage()
        self.failed = FailedStage()
        self.rating = RatingStage()
        stages: tuple[Stage, ...] = (
            self.asking,
            self.thinking,
            self.recording,
            self.typing,
            self.waiting,
            self.failed,
            self.rating,
        )
        for stage in stages:
            self.addWidget(stage)

    @property
    def current(self) -> Stage | None:
        """The stage that is shown."""
        stage = self.currentWidget()
        return stage if isinstance(stage, Stage) else None

    def show_view(self, view: View, came: State) -> None:
        """Show the stage of the interview's state, which ``came`` before it."""
        match view.state:
            case State.ASKING:
                self.setCurrentWidget(self.asking)
            case State.THINKING:
                self._show_thinking(view, counts=came is State.ASKING)
            case State.RECORDING | State.PAUSED:
                self._show_recording(view, fresh=came not in TAKING)
            case State.TRANSCRIBING:
                self._show_waiting(view)
            case State.FAILED if view.failure is not None:
                elsewhere = isinstance(view.failure, PlaceError)
                actions = (self.folder_button(),) if elsewhere else ()
                self.failed.tell(_explained(view.failure, view), next_label(view), *actions)
                self.setCurrentWidget(self.failed)
            case State.FINISHED:
                self.waiting.tell("Keeping your answers", "", 0.0)
                self.waiting.captions.hide()
                self.setCurrentWidget(self.waiting)

    def _show_thinking(self, view: View, *, counts: bool) -> None:
        self.thinking.show_starting(starting=view.starting)
        self.setCurrentWidget(self.thinking)
        if counts and not view.starting and self._context.settings.thinking_s:
            self.thinking.count_down(self._context.settings.thinking_s)

    def _show_recording(self, view: View, *, fresh: bool) -> None:
        recorder, settings = self._conductor.recorder, self._context.settings
        if fresh and recorder is not None:
            target_s = (float(settings.target_min_s), float(settings.target_max_s))
            pace = Pace(
                silence_s=settings.auto_stop_s if settings.auto_stop else None,
                limit_s=settings.limit_s or None,
            )
            self.recording.begin(recorder, target_s, self.folder_button, pace)
        self.recording.show_caption(caption(view) if settings.captions else None)
        self.recording.show_paused(paused=view.state is State.PAUSED)
        self.setCurrentWidget(self.recording)

    def _show_waiting(self, view: View) -> None:
        if view.attempt is not None and view.attempt.transcript is not None:
            self.waiting.tell("Scoring your answer", "", view.progress)
        else:
            kept = f"{view.ended_by} Your recording is kept, whatever happens.".lstrip()
            self.waiting.tell("Transcribing your answer", kept, view.progress)
        self.waiting.captions.setVisible(self._context.settings.captions and bool(caption(view)))
        self.waiting.captions.show_text(caption(view))
        self.setCurrentWidget(self.waiting)

    def ask_for_rating(self) -> None:
        """Before the result; earlier ratings come from the history meanwhile."""
        history = self._context.history
        self.rating.tell("")
        self.setCurrentWidget(self.rating)
        if history is not None:
            self._context.jobs.run(self, history.ratings, self._tell_calibration)

    def _tell_calibration(self, ratings: tuple[tuple[int, float], ...]) -> None:
        self.rating.tell(explain_calibrations(ratings))

    def folder_button(self) -> Button:
        """The way out where the disk refuses."""
        button = Button("Choose another folder\u2026", icon="file")
        button.clicked.connect(self.folder_wanted)
        return button


def next_label(view: View) -> str:
    """What comes after this question."""
    return "See the summary" if view.is_last else "Next question"


def _explained(failure: VoicePrepError, view: View) -> VoicePrepError:
    """A failure together with why the answer ended, where it ended by itself."""
    cause = f"{view.ended_by} {failure.cause}".strip()
    return VoicePrepError(failure.title, cause, failure.next_step)


def caption(view: View) -> str:
    """What was heard so far of the answer at hand."""
    return view.caption.text if view.caption is not None else ""
