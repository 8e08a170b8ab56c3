import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests import strategies
from tests.report import samples
from tests.report.samples import session
from voiceprep.interview.records import SessionRecord
from voiceprep.report.markdown import escaped, render
from voiceprep.report.phrases import clean

WHOLE = session(samples.MICROPHONE, samples.DROPPED, samples.TYPED, samples.FAILED)
OURS = {
    *("inline", "text", "softbreak"),
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "hr"),
    *("blockquote_open", "blockquote_close", "list_item_open", "list_item_close"),
    *("ordered_list_open", "ordered_list_close", "bullet_list_open", "bullet_list_close"),
    *("table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close"),
    *("tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close"),
    *("strong_open", "strong_close"),
}


def read(source: str) -> list[Token]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(source)
    return [one for token in tokens for one in (token, *(token.children or ()))]


def said(tokens: list[Token]) -> str:
    blocks = (token.children or () for token in tokens if token.type == "inline")
    shown = ("".join(one.content for one in block if one.type == "text") for block in blocks)
    return " ".join(" ".join(shown).split())


def test_a_report_reads_well_as_plain_text() -> None:
    source = render(session(samples.MICROPHONE, samples.FAILED))

    for expected in (
        "# A bank\n",
        "## What does the GDPR ask of us?\n",
        "### Answer: 50 %, 1 of 3 concepts, 1 partly\n",
        "\nKey terms said for 1 of 3 concepts.\n",
        "1. **Covered:** Consent\n   - “you need consent and” (0:00)\n   - The why.\n",
        "2. **Partly:** Erasure\n",
        "3. **Missed:** An officer\n",
        "   - Follow-up: Who watches over it?\n",
        "(0:00) um **you need consent and¹ when they ask you delete it²** all\n",
        "### Answer: Could not be transcribed\n",
        "> There is no speech in this recording.\n",
        "> Consent, the right to be forgotten, and a data protection officer.\n",
    ):
        assert expected in source


def test_a_report_has_its_structure() -> None:
    tokens = read(render(WHOLE))

    levels = [token.tag for token in tokens if token.type == "heading_open"]
    assert levels.count("h1") == 1
    assert levels.count("h2") == 3
    assert sum(token.type == "tr_open" for token in tokens) == 4
    assert sum(token.type == "ordered_list_open" for token in tokens) == 3
    assert {token.type for token in tokens} <= OURS


@given(strategies.texts)
@example("12345. one")
@example("===")
def test_any_text_is_shown_as_it_is(text: str) -> None:
    wanted = " ".join(clean(text).split())

    for before, said_before in (
        ("", ""),
        ("> ", ""),
        ("## ", ""),
        ("- ", ""),
        ("| above |\n|-|\n| ", "above"),
    ):
        tokens = read(f"{before}{escaped(text)}")
        assert {token.type for token in tokens} <= OURS
        assert said(tokens).split() == [*said_before.split(), *wanted.split()]


@strategies.whole_sessions
@given(any_session=strategies.sessions())
def test_nothing_that_was_said_or_written_becomes_markup(any_session: SessionRecord) -> None:
    tokens = read(render(any_session))

    assert {token.type for token in tokens} <= OURS
    text = said(tokens)
    for attempt in any_session.attempts:
        assert " ".join(clean(attempt.question.hint).split()) in text


@pytest.mark.parametrize("link", ["http://example.org", "https://a.b", "www.example.org"])
def test_an_address_in_an_answer_does_not_become_a_link(link: str) -> None:
    assert link not in escaped(f"see {link} there")


def test_a_session_without_answers_says_so() -> None:
    assert "No question was answered" in render(session())
