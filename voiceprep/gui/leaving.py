"""Asks before an interview, or a recording, is cut short."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from voiceprep.gui.conductor import Conductor
from voiceprep.gui.confirm import Confirm
from voiceprep.gui.phrasing import count
from voiceprep.interview.machine import State
from voiceprep.interview.view import View


def ask_to_end(parent: QWidget, conductor: Conductor, view: View) -> None:
    """Questions would stay unanswered, or an answer unheard: go on, or end."""
    answered = view.state in {State.TRANSCRIBING, State.REVIEWING}
    left = len(view.questions) - view.position - answered
    text = f"{count(left, 'question')} would stay unanswered. Your answers are kept."
    if not left:
        text = "Your last answer has no result yet. It is kept; Review can transcribe it later."
    Confirm(
        parent,
        title="End the interview here?",
        text=text,
        stay="Go on",
        go="End interview",
        agreed=conductor.finish,
    )


def ask_to_leave(
    parent: QWidget, conductor: Conductor, then: Callable[[], object] | None = None
) -> None:
    """While recording: rest, ask, and either go on or keep the take and do ``then``."""
    was_running = conductor.state is State.RECORDING
    if was_running:
        conductor.pause()
    Confirm(
        parent,
        title="Stop recording and leave?",
        text="Your answer so far is kept. You can transcribe it later under Review.",
        stay="Keep recording" if was_running else "Stay",
        go="Stop and leave",
        agreed=partial(conductor.finish, then),
        kept=conductor.pause if was_running else None,
    )
