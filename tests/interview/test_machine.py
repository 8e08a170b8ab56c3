import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from voiceprep.interview.machine import (
    TRANSITIONS,
    Event,
    IllegalMoveError,
    State,
    advance,
    allowed,
    state_after,
)


@given(st.sampled_from(State), st.sampled_from(Event))
def test_a_move_is_in_the_table_or_raises_naming_what_and_where(state: State, event: Event) -> None:
    if event in allowed(state):
        assert advance(state, event) is state_after(state, event) is TRANSITIONS[state, event]
    else:
        with pytest.raises(IllegalMoveError, match=f"^{event} while {state}$"):
            advance(state, event)


def test_each_move_is_logged_with_its_reason(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="voiceprep.interview.machine"):
        advance(State.IDLE, Event.BEGIN, "because a test asked for it")
    assert caplog.messages == ["idle --begin--> asking (because a test asked for it)"]


def test_every_state_can_be_reached_and_all_but_the_last_can_be_left() -> None:
    reached = {State.IDLE}
    for _ in State:
        reached |= {after for (before, _), after in TRANSITIONS.items() if before in reached}
    assert reached == set(State)
    assert {state for state in State if not allowed(state)} == {State.FINISHED}


def test_a_sitting_can_be_ended_from_wherever_it_is() -> None:
    running = set(State) - {State.IDLE, State.FINISHED}
    assert {state for state in State if Event.FINISH in allowed(state)} == running


class Walk(RuleBasedStateMachine):
    """Any order of events keeps to what a person would expect."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State.IDLE
        self.began = False
        self.microphone_is_open = False

    @rule(event=st.sampled_from(Event))
    def try_event(self, event: Event) -> None:
        try:
            self.state = advance(self.state, event)
        except IllegalMoveError:
            return
        self.began |= event is Event.BEGIN
        if event is Event.RECORD:
            assert not self.microphone_is_open
            self.microphone_is_open = True
        elif event in {Event.STOP, Event.BREAK_OFF, Event.FINISH, Event.FAIL}:
            self.microphone_is_open = False

    @invariant()
    def nothing_happens_before_it_began(self) -> None:
        assert self.began == (self.state is not State.IDLE)

    @invariant()
    def it_listens_only_while_recording_or_paused(self) -> None:
        assert self.microphone_is_open == (self.state in {State.RECORDING, State.PAUSED})


TestWalk = Walk.TestCase
