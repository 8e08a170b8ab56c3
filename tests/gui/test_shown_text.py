from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from tests.strategies import NASTY, assessments, questions, transcripts
from voiceprep.gui.widgets.shown_text import Mark, lay_in_lanes, show
from voiceprep.scoring.assessment import ConceptVerdict, Evidence, Level
from voiceprep.scoring.transcript import Segment, Transcript, Word


def verdict(*spans: tuple[int, int]) -> ConceptVerdict:
    evidence = tuple(Evidence("", start, end) for start, end in spans)
    return ConceptVerdict("id", "label", "", 1, Level.COVERED, 1, evidence, "")


def units(text: str) -> str:
    """A text in which each of Qt's UTF-16 units is one character."""
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2))


def test_a_concept_has_its_number_behind_its_words() -> None:
    shown = show(Transcript.typed("rules are static here"), [verdict((10, 16))])
    badge = shown.badges[0]
    assert shown.text[badge.start : badge.end].strip() == "1"
    assert shown.text[: badge.start].rstrip() == "rules are static"
    assert shown.text[badge.end :] == " here"


def test_an_emoji_before_a_quote_does_not_shift_its_mark() -> None:
    text = "well 🎙️🎙 static rules"
    start = text.index("static")
    shown = show(Transcript.typed(text), [verdict((start, start + 6))])
    first, last = shown.span(start, start + 6)
    assert units(shown.text)[first:last] == "static"


@given(st.data())
def test_each_character_is_found_again_in_what_qt_shows(data: st.DataObject) -> None:
    question = data.draw(questions())
    transcript = data.draw(st.one_of(transcripts, st.sampled_from(NASTY).map(Transcript.typed)))
    verdicts = data.draw(assessments(question, transcript)).concepts
    shown = show(transcript, verdicts)
    document = QTextDocument()
    document.setPlainText(shown.text)

    assert document.characterCount() - 1 == len(units(shown.text))
    for char, place in enumerate(shown.starts):
        assert shown.char(place) == char
    for badge in shown.badges:
        assert shown.char(badge.start) is None
        assert shown.badge(badge.start) is badge
    for mark in shown.marks:
        start, end = shown.span(mark.start_char, mark.end_char)
        assert 0 <= start < end <= len(units(shown.text))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=12))
def test_overlapping_marks_never_lie_on_one_line(spans: list[tuple[int, int]]) -> None:
    laid = lay_in_lanes(Mark(0, start, start + length) for start, length in spans)
    assert len(laid) == len(spans)
    for number, one in enumerate(laid):
        for other in laid[number + 1 :]:
            apart = one.end_char <= other.start_char or other.end_char <= one.start_char
            assert apart or one.lane != other.lane


def test_a_long_speech_gets_paragraphs_with_their_times() -> None:
    segments = tuple(
        Segment.spoken(
            (Word("word", start, start + 1, 1.0), Word("more", start + 1, start + 3, 1.0))
        )
        for start in (0.5, 5.0, 11.0, 30.0)
    )
    shown = show(Transcript(segments, "whisper"))
    assert [one.start_s for one in shown.paragraphs] == [0.5, 11.0, 30.0]
    assert shown.text == "word more word more\nword more\nword more"


def test_a_typed_answer_keeps_its_own_lines_and_has_no_times() -> None:
    shown = show(Transcript.typed("one\ntwo"))
    assert shown.text == "one\ntwo"
    assert [one.start_s for one in shown.paragraphs] == [None]


def test_evidence_beyond_the_text_is_left_out() -> None:
    assert show(Transcript.typed("short"), [verdict((3, 99), (4, 4))]).marks == ()
