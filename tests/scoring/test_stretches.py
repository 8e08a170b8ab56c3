"""What may make a point: pieces of an answer and neighbouring pieces."""

from hypothesis import given
from hypothesis import strategies as st

from voiceprep.scoring.answer import Answer
from voiceprep.scoring.stretches import stretches
from voiceprep.scoring.transcript import Segment, Transcript, Word


def spoken(*lines: str) -> Transcript:
    """Lines between pauses, as a recogniser without punctuation hears them."""
    segments = (
        Segment.spoken(tuple(Word(one, 0.0, 0.1, 1.0) for one in line.split())) for line in lines
    )
    return Transcript(tuple(segments), "pocketsphinx")


def test_sentences_and_their_neighbours_are_stretches() -> None:
    text = "We mask the names of people first. Then the model sees the rest."
    assert [one.of(text) for one in stretches(text)] == [
        "We mask the names of people first.",
        text,
        "Then the model sees the rest.",
    ]


def test_a_pause_ends_a_stretch_where_nothing_was_punctuated() -> None:
    answer = Answer.of(spoken("we mask the names of people", "then the model sees the rest"))
    assert [one.of(answer.text) for one in stretches(answer.text, answer.spans)] == [
        "we mask the names of people",
        answer.text,
        "then the model sees the rest",
    ]


def test_speech_without_any_mark_is_cut_in_equal_parts() -> None:
    text = " ".join(f"word{number}" for number in range(29))
    first, _, second = (one.of(text).split() for one in stretches(text))
    assert (len(first), len(second)) == (14, 15)


@given(st.lists(st.text("ab ,.", max_size=60), max_size=6).map(" ".join))
def test_no_word_is_left_out(text: str) -> None:
    found = stretches(text)
    inside = {place for one in found for place in range(one.start, one.end)}
    assert all(place in inside for place, letter in enumerate(text) if letter in "ab")
