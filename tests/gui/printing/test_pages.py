"""Lines come onto pages whole, in order, all of them, and headings stay with what they head."""

from hypothesis import given
from hypothesis import strategies as st

from voiceprep.gui.printing.pages import LEAST_LINES, Measured, paginate

HEIGHT = 100.0
heights = st.floats(1, 30)
measured = st.builds(
    Measured,
    st.lists(heights, max_size=40).map(tuple),
    before=st.floats(0, 20),
    keeps_next=st.booleans(),
    starts_page=st.booleans(),
)


@given(st.lists(measured, max_size=20))
def test_every_line_is_on_a_page_once_and_in_order(blocks: list[Measured]) -> None:
    pages = paginate(blocks, HEIGHT)

    shown = [
        (placed.block, line)
        for page in pages
        for placed in page
        for line in range(placed.first, placed.end)
    ]
    assert shown == [
        (number, line) for number, block in enumerate(blocks) for line in range(len(block.lines))
    ]


@given(st.lists(measured, max_size=20))
def test_nothing_overlaps_and_nothing_leaves_the_page(blocks: list[Measured]) -> None:
    for page in paginate(blocks, HEIGHT):
        bottom = 0.0
        for placed in page:
            assert placed.top >= bottom - 1e-6
            bottom = placed.top + sum(blocks[placed.block].lines[placed.first : placed.end])
        assert bottom <= HEIGHT + 1e-3


def test_a_line_that_is_higher_than_a_page_is_still_shown() -> None:
    pages = paginate([Measured((10.0,)), Measured((300.0, 10.0))], HEIGHT)
    assert [[(one.block, one.first) for one in page] for page in pages] == [
        [(0, 0)],
        [(1, 0)],
        [(1, 1)],
    ]


def test_no_line_is_left_alone_at_the_edge_of_a_page() -> None:
    pages = paginate([Measured((10.0,) * 8), Measured((10.0,) * 3), Measured((10.0,) * 9)], HEIGHT)
    for page in pages:
        for placed in page:
            assert placed.end - placed.first >= LEAST_LINES


def test_a_heading_goes_with_what_it_heads() -> None:
    blocks = [Measured((10.0,) * 8), Measured((10.0,), keeps_next=True), Measured((10.0,) * 4)]
    first, second = paginate(blocks, HEIGHT)
    assert [one.block for one in first] == [0]
    assert [one.block for one in second] == [1, 2]


def test_a_page_begins_where_a_block_asks_for_it() -> None:
    pages = paginate([Measured((10.0,)), Measured((10.0,), 5.0, starts_page=True)], HEIGHT)
    assert len(pages) == 2
    assert pages[1][0].top == 0
