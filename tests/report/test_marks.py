from hypothesis import given
from hypothesis import strategies as st

from voiceprep.report.marks import Mark, Piece, pieces

marks = st.lists(
    st.builds(Mark, st.integers(1, 4), st.integers(-3, 20), st.integers(-3, 20)), max_size=6
)


def test_a_text_without_marks_is_one_piece() -> None:
    assert pieces(0, 5, ()) == (Piece(0, 5),)
    assert pieces(3, 3, ()) == ()


def test_overlapping_marks_are_cut_where_they_meet() -> None:
    assert pieces(0, 10, (Mark(2, 4, 8), Mark(1, 2, 6))) == (
        Piece(0, 2),
        Piece(2, 4, (1,)),
        Piece(4, 6, (1, 2), ending=(1,)),
        Piece(6, 8, (2,), ending=(2,)),
        Piece(8, 10),
    )


def test_marks_of_one_concept_that_touch_end_once() -> None:
    assert pieces(0, 4, (Mark(1, 0, 2), Mark(1, 2, 4))) == (
        Piece(0, 2, (1,)),
        Piece(2, 4, (1,), ending=(1,)),
    )


@given(st.integers(0, 8), st.integers(0, 12), marks)
def test_each_character_lies_in_one_piece_with_just_its_marks(
    start: int, length: int, given_marks: list[Mark]
) -> None:
    end = start + length
    cut = pieces(start, end, given_marks)

    assert [char for one in cut for char in range(one.start_char, one.end_char)] == list(
        range(start, end)
    )
    for one in cut:
        assert one.start_char < one.end_char
        for char in range(one.start_char, one.end_char):
            covering = {
                mark.concept for mark in given_marks if mark.start_char <= char < mark.end_char
            }
            assert one.concepts == tuple(sorted(covering))
        assert set(one.ending) <= set(one.concepts)


@given(marks)
def test_every_mark_shows_its_number(given_marks: list[Mark]) -> None:
    shown = {number for piece in pieces(0, 20, given_marks) for number in piece.ending}

    assert shown == {
        mark.concept for mark in given_marks if max(mark.start_char, 0) < min(mark.end_char, 20)
    }
