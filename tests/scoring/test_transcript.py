import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import spoken
from voiceprep.scoring.transcript import Segment, Transcript, Word

_words = st.text(min_size=1, max_size=5).filter(lambda text: text == text.strip())
_segments = st.lists(st.lists(_words, min_size=1, max_size=5), max_size=4)


def _transcript(segments: list[list[str]]) -> Transcript:
    spoken_segments = []
    number = 0
    for words in segments:
        timed = tuple(
            Word(word, number + at, number + at + 0.5, 0.9) for at, word in enumerate(words)
        )
        spoken_segments.append(Segment.spoken(timed))
        number += len(words)
    return Transcript(tuple(spoken_segments), "whisper")


@given(_segments)
def test_each_word_stands_where_it_is_said_to_stand(segments: list[list[str]]) -> None:
    transcript = _transcript(segments)
    located = list(transcript.located_words())
    assert [word for _, _, word in located] == list(transcript.words)
    assert all(transcript.text[start:end] == word.text for start, end, word in located)


@given(_segments, st.data())
def test_a_stretch_has_the_times_of_its_first_and_last_word(
    segments: list[list[str]], data: st.DataObject
) -> None:
    located = list(_transcript(segments).located_words())
    if not located:
        return
    first = data.draw(st.integers(0, len(located) - 1))
    last = data.draw(st.integers(first, len(located) - 1))
    times = _transcript(segments).times_of(located[first][0], located[last][1])
    assert times == (located[first][2].start_s, located[last][2].end_s)


def test_a_typed_answer_has_no_times() -> None:
    typed = Transcript.typed("some words")
    assert typed.times_of(0, 4) == (None, None)
    assert typed.words == ()
    assert typed.text == "some words"


def test_a_place_between_words_has_no_time() -> None:
    assert spoken("some words").times_of(4, 5) == (None, None)


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_answer_is_a_transcript_too(text: str) -> None:
    assert spoken(text).text == ""
