import re

import pytest
from hypothesis import given

from tests import strategies
from tests.report import samples
from tests.report.page import Page
from tests.report.samples import session
from voiceprep.bank.model import Question
from voiceprep.gui import theme
from voiceprep.interview.records import SessionRecord
from voiceprep.report.html import render
from voiceprep.report.phrases import clean

WHOLE = session(samples.MICROPHONE, samples.DROPPED, samples.TYPED, samples.FAILED)


def safe(source: str) -> Page:
    """A page that runs nothing, asks nobody, and whose links all lead somewhere on it."""
    page = Page(source)
    ids = page.all("id")
    assert len(set(ids)) == len(ids)
    assert set(page.all("href")) <= {f"#{one}" for one in ids}
    attributes = {name for _, attrs in page.tags for name in attrs}
    assert not [name for name in attributes if name.startswith("on")]
    assert attributes.isdisjoint({"src", "srcset", "action", "xlink:href", "srcdoc"})
    assert all(re.fullmatch(r"width: \d+(\.\d)?%", value) for value in page.all("style"))
    assert "default-src 'none'" in page.all("content")[2]
    assert not re.search(r"url\(|@import|https?:|expression|javascript", page.style)
    return page


def said(page: Page) -> str:
    return " ".join(" ".join(page.texts).split())


def test_a_report_is_one_well_formed_page_that_needs_nothing_else() -> None:
    page = safe(render(WHOLE))

    assert page.count("h1") == 1
    assert page.count("article") == 4
    assert page.count("svg") > 4


def test_a_report_shows_what_was_asked_said_and_decided() -> None:
    text = said(safe(render(WHOLE)))

    for expected in (
        "A bank",
        "What does the GDPR ask of us?",
        "Consent, the right to be forgotten, and a data protection officer.",
        "1 of 3 concepts, 1 partly",
        "50 %",
        "Covered",
        "Partly",
        "Missed",
        "“you need consent and”",
        "0:00",
        "The why.",
        "Follow-up: Who watches over it?",
        "Transcribed by Whisper base.en",
        "From the file answer.m4a",
        "Typed, not spoken",
        "Could not be transcribed",
        "There is no speech in this recording.",
        "Coverage is the weighted share",
    ):
        assert expected in text


def test_the_words_that_prove_it_are_marked() -> None:
    page = safe(render(session(samples.MICROPHONE)))

    assert page.marked == ["you need consent ", "and", " when they ask you delete it"]
    assert [attrs["class"] for tag, attrs in page.tags if tag == "mark"] == [
        "covered",
        "covered",
        "partial",
    ]


def test_an_answer_without_a_verdict_has_no_score() -> None:
    text = said(safe(render(session(samples.FAILED))))

    assert "%" not in text
    assert "Could not be transcribed" in text


def test_a_session_without_answers_says_so() -> None:
    assert "No question was answered" in said(safe(render(session())))


@strategies.whole_sessions
@given(any_session=strategies.sessions())
def test_nothing_that_was_said_or_written_becomes_markup(any_session: SessionRecord) -> None:
    page = safe(render(any_session))

    text = said(page)
    for attempt in any_session.attempts:
        assert " ".join(clean(attempt.question.question).split()) in text
        assert " ".join(clean(attempt.question.hint).split()) in text
        assert " ".join(clean(attempt.failure).split()) in text


@pytest.mark.parametrize("nasty", strategies.NASTY)
def test_a_hostile_bank_is_shown_and_not_obeyed(nasty: str) -> None:
    line = " ".join(nasty.split())
    question = Question.model_validate(
        {
            **samples.QUESTION.model_dump(by_alias=True),
            "question": line,
            "hint": line,
            "category": line,
            "concepts": [{"id": "one", "label": line, "hint": line, "probe": nasty}],
        }
    )
    answer = samples.answer(question=question)

    page = safe(render(session(answer)))

    assert " ".join(clean(line).split()) in said(page)
    assert page.count("article") == 1


def blocks(style: str) -> tuple[dict[str, str], dict[str, str]]:
    """The colours of the light and of the dark page."""
    found = [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    return found[0], found[1]


@pytest.mark.parametrize("number", [0, 1], ids=["light", "dark"])
def test_colours_are_the_windows_and_can_be_read(number: int) -> None:
    colours = blocks(Page(render(WHOLE)).style)[number]
    worn = (theme.LIGHT, theme.DARK)[number]
    names = {"covered": "accent", "partial": "partial", "missed": "alert"}

    for name in ("canvas", "surface", "sunken", "line", "text", "muted"):
        assert colours[name] == getattr(worn, name)
    for level, name in names.items():
        assert colours[level] == getattr(worn, name)
        assert colours[f"{level}-soft"] == getattr(worn, f"{name}_soft")
        assert theme.contrast(colours[level], colours[f"{level}-soft"]) >= 4.5
        assert theme.contrast(colours["text"], colours[f"{level}-soft"]) >= 4.5
        assert theme.contrast(colours["muted"], colours[f"{level}-soft"]) >= 4.5
    for ground in ("canvas", "surface"):
        assert theme.contrast(colours["text"], colours[ground]) >= 7
        assert theme.contrast(colours["muted"], colours[ground]) >= 4.5


def test_levels_are_told_apart_without_colour() -> None:
    source = render(session(samples.MICROPHONE))
    style = Page(source).style

    assert "mark.partial { text-decoration-style: dashed; }" in style
    assert "mark.missed { text-decoration-style: wavy;" in style
    for word in ("Covered", "Partly", "Missed"):
        assert f"</svg>{word}</span>" in source
