"""Live captions in the room."""

from tests.fakes import spoken
from tests.gui.conftest import Desk
from voiceprep.gui.pages.room import RoomPage
from voiceprep.gui.widgets.room.captions import Captions
from voiceprep.interview.machine import State


def record(desk: Desk) -> RoomPage:
    room = desk.interview()
    room.conductor.skip_reading()
    desk.until(lambda: room.conductor.state is State.THINKING)
    room.conductor.record()
    desk.until(lambda: room.conductor.state is State.RECORDING)
    return room


def hear(room: RoomPage, text: str) -> None:
    """As the recogniser's worker does."""
    held = room.conductor._held
    assert held is not None
    attempt = held.interview.view.attempt
    assert attempt is not None
    held.interview._captioned(attempt, spoken(text))


def test_what_was_heard_is_shown_while_one_speaks(desk: Desk) -> None:
    room = record(desk)
    captions = room.recording.captions
    assert captions.isVisible()
    assert "appear here" in captions.shown
    hear(room, "the drift makes it worse")
    assert captions.shown == "the drift makes it worse"
    assert captions.accessibleDescription() == "the drift makes it worse"


def test_captions_can_be_switched_off(desk: Desk) -> None:
    desk.context.change_settings(captions=False)
    room = record(desk)
    hear(room, "the drift makes it worse")
    assert not room.recording.captions.isVisible()


def test_the_next_answer_begins_without_captions(desk: Desk) -> None:
    room = record(desk)
    hear(room, "words of the first take")

    room.conductor.start_over()
    desk.until(lambda: room.conductor.state is State.THINKING)
    room.conductor.record()
    desk.until(lambda: room.conductor.state is State.RECORDING)
    assert room.recording.captions.text == ""


def test_of_a_long_text_the_last_words_are_shown(qtbot) -> None:
    captions = Captions()
    qtbot.addWidget(captions)
    captions.resize(400, captions.height())
    captions.show()
    captions.show_text(" ".join(f"word{number}" for number in range(500)))
    assert captions.shown.startswith("\u2026 ")
    assert captions.shown.endswith("word498 word499")
    assert captions.text.startswith("word0 ")
