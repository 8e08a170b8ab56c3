import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import spoken
from voiceprep.scoring.delivery import Band, Delivery, Filler, Pause, delivery, fillers, pauses
from voiceprep.scoring.transcript import Segment, Transcript, Word


def of(text: str, words_per_s: float = 2.5) -> Delivery:
    found = delivery(spoken(text, words_per_s))
    assert found is not None
    return found


def fillers_of(text: str) -> tuple[str, ...]:
    return of(text + " and so on" * 10).fillers


def test_a_typed_answer_has_no_delivery() -> None:
    assert delivery(Transcript.typed("words " * 100)) is None


def test_a_few_seconds_say_nothing_about_delivery() -> None:
    assert delivery(spoken("only five words of speech")) is None
    assert delivery(Transcript((), "whisper", duration_s=30)) is None


@pytest.mark.parametrize(
    ("words_per_s", "band"), [(1.5, Band.LOW), (2.3, Band.GOOD), (3.5, Band.HIGH)]
)
def test_pace_is_measured_and_put_into_its_band(words_per_s: float, band: Band) -> None:
    found = of("word " * 120, words_per_s)
    assert found.words == 120
    assert found.pace_wpm == pytest.approx(60 * words_per_s, rel=0.01)
    assert found.pace_band is band


@pytest.mark.parametrize(
    ("text", "fillers"),
    [
        ("um so uhm we er looked hmm at it", ("um", "uhm", "er", "hmm")),
        ("It was, you  know, kind of slow", ("you know", "kind of")),
        ("Um you know I mean sort of", ("um", "you know", "i mean", "sort of")),
        ("what kind of model and which sort of data", ()),
        ("do you know it, and you know how it goes", ()),
        ("what I mean is that we err on the side of caution", ()),
        ("the umbrella term, her ahead summer", ()),
    ],
)
def test_fillers_are_heard_and_what_belongs_to_the_sentence_is_not(
    text: str, fillers: tuple[str, ...]
) -> None:
    assert fillers_of(text) == fillers


@pytest.mark.parametrize(
    ("number", "band"), [(0, Band.GOOD), (5, Band.GOOD), (6, Band.LOW), (12, Band.HIGH)]
)
def test_fillers_are_silent_up_to_five_a_minute_and_strong_at_twelve(
    number: int, band: Band
) -> None:
    found = Delivery(60.0, 150, 150.0, ("um",) * number, ())
    assert found.fillers_per_min == number
    assert found.filler_band is band


def test_pauses_of_a_second_and_more_are_listed_with_their_times() -> None:
    words = (
        Word("first", 0.0, 0.5, 1.0),
        Word("close", 1.4, 2.0, 1.0),
        Word("later", 3.0, 3.5, 1.0),
        Word("last", 6.0, 6.5, 1.0),
    )
    found = delivery(Transcript((Segment.spoken(words),), "whisper"))
    assert found is not None
    assert found.pauses == (Pause(2.0, 3.0), Pause(3.5, 6.0))
    assert [pause.is_long for pause in found.pauses] == [False, True]


def test_fillers_and_pauses_are_found_where_they_were_said() -> None:
    words = (
        Word("Um,", 0.0, 0.4, 1.0),
        Word("you", 0.5, 0.7, 1.0),
        Word("know", 0.7, 1.0, 1.0),
        Word("models", 2.5, 3.0, 1.0),
    )
    transcript = Transcript((Segment.spoken(words),), "whisper")
    assert fillers(transcript) == (Filler("um", 0.0, 0.4), Filler("you know", 0.5, 1.0))
    assert pauses(transcript) == (Pause(1.0, 2.5),)
    assert fillers(Transcript.typed("um, you know")) == ()


@pytest.mark.parametrize(
    ("seconds", "band"), [(59.0, Band.LOW), (60.0, Band.GOOD), (120.0, Band.GOOD), (121, Band.HIGH)]
)
def test_length_is_judged_against_the_persons_own_target(seconds: float, band: Band) -> None:
    assert Delivery(seconds, 1, 1.0, (), ()).length_band(60, 120) is band


@given(st.lists(st.text(max_size=8).filter(lambda text: text.strip()), max_size=40))
def test_any_words_have_a_delivery_or_none(words: list[str]) -> None:
    timed = tuple(Word(word, number, number + 0.5, 0.9) for number, word in enumerate(words))
    segments = (Segment.spoken(timed),) if timed else ()
    found = delivery(Transcript(segments, "whisper"))
    assert (found is None) == (len(words) < 6)
    if found is not None:
        assert found.words == len(words)
        assert found.fillers_per_min >= 0
