"""The states of an interview and the moves between them.

One enum, one table, one ``advance``. The window, the terminal and the demo drive the same
machine; a move that is not in the table raises.
"""

import logging
from enum import StrEnum

_log = logging.getLogger(__name__)


class State(StrEnum):
    """Where the interview is."""

    IDLE = "idle"
    ASKING = "asking"
    THINKING = "thinking"
    """The question has been asked; the person has not started to answer."""
    RECORDING = "recording"
    PAUSED = "paused"
    TRANSCRIBING = "transcribing"
    """Transcribing and scoring."""
    REVIEWING = "reviewing"
    """The result of the answer is shown."""
    FAILED = "failed"
    """Something broke; what was recorded is on disk."""
    FINISHED = "finished"


class Event(StrEnum):
    """What can happen."""

    BEGIN = "begin"
    """The first question is put."""
    ASK = "ask"
    """A question is put: the next, or the same one read again."""
    ASKED = "asked"
    """The question was read to its end, or reading was skipped or failed."""
    RECORD = "record"
    PAUSE = "pause"
    RESUME = "resume"
    BREAK_OFF = "break off"
    """Stop recording and set the take aside."""
    STOP = "stop"
    """Stop recording: the answer is complete."""
    SUBMIT = "submit"
    """A complete answer is handed in: a text or a file."""
    RETRY = "retry"
    """Judge the answer at hand once more."""
    JUDGED = "judged"
    AGAIN = "again"
    """Answer the same question once more."""
    FAIL = "fail"
    FINISH = "finish"


_RUNNING = (
    State.ASKING,
    State.THINKING,
    State.RECORDING,
    State.PAUSED,
    State.TRANSCRIBING,
    State.REVIEWING,
    State.FAILED,
)

TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.IDLE, Event.BEGIN): State.ASKING,
    (State.ASKING, Event.ASKED): State.THINKING,
    (State.ASKING, Event.ASK): State.ASKING,
    (State.THINKING, Event.ASK): State.ASKING,
    (State.THINKING, Event.RECORD): State.RECORDING,
    (State.THINKING, Event.SUBMIT): State.TRANSCRIBING,
    (State.RECORDING, Event.PAUSE): State.PAUSED,
    (State.PAUSED, Event.RESUME): State.RECORDING,
    (State.RECORDING, Event.BREAK_OFF): State.THINKING,
    (State.PAUSED, Event.BREAK_OFF): State.THINKING,
    (State.RECORDING, Event.STOP): State.TRANSCRIBING,
    (State.PAUSED, Event.STOP): State.TRANSCRIBING,
    (State.TRANSCRIBING, Event.JUDGED): State.REVIEWING,
    (State.REVIEWING, Event.AGAIN): State.THINKING,
    (State.REVIEWING, Event.ASK): State.ASKING,
    (State.FAILED, Event.AGAIN): State.THINKING,
    (State.FAILED, Event.ASK): State.ASKING,
    (State.FAILED, Event.SUBMIT): State.TRANSCRIBING,
    (State.FAILED, Event.RETRY): State.TRANSCRIBING,
    **{(state, Event.FAIL): State.FAILED for state in _RUNNING},
    **{(state, Event.FINISH): State.FINISHED for state in _RUNNING},
}


class IllegalMoveError(Exception):
    """A move that the table does not have: a mistake of ours, never of the user."""


def state_after(state: State, event: Event) -> State:
    """The state after an event.

    Raises:
        IllegalMoveError: The event makes no sense in this state.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise IllegalMoveError(f"{event} while {state}") from None


def advance(state: State, event: Event, reason: str = "") -> State:
    """The state after an event; logged with its reason.

    Raises:
        IllegalMoveError: The event makes no sense in this state.
    """
    after = state_after(state, event)
    _log.info("%s --%s--> %s%s", state, event, after, f" ({reason})" if reason else "")
    return after


def allowed(state: State) -> frozenset[Event]:
    """The events that make sense in this state."""
    return frozenset(event for (start, event) in TRANSITIONS if start is state)
