from hypothesis import given
from hypothesis import strategies as st

from voiceprep.store.finding import CLOSES, OPENS, match, pieces, together


def test_words_are_quoted_and_may_go_on() -> None:
    assert match('risk OR "model') == '"risk"* "OR"* "model"*'
    assert match("a risk") == '"a" "risk"*'
    assert match(" -- * ") == ""


def test_what_was_found_is_told_from_what_is_around_it() -> None:
    assert pieces(f"we need\n{OPENS}consent{CLOSES} here") == (
        ("we need ", False),
        ("consent", True),
        (" here", False),
    )


@given(st.text())
def test_no_text_is_lost_or_breaks_a_snippet(text: str) -> None:
    plain = text.replace(OPENS, "").replace(CLOSES, "")
    assert "".join(part for part, _ in pieces(plain)) == " ".join(plain.split())


def test_nothing_asked_is_no_condition() -> None:
    assert together().sql == "1"
