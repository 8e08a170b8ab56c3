import base64
import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given

from tests import strategies
from tests.report import samples
from tests.report.page import Page
from tests.report.samples import session
from voiceprep.bank.model import Question
from voiceprep.gui import theme
from voiceprep.interview.records import SessionRecord
from voiceprep.report import html
from voiceprep.report.html import Clip, render
from voiceprep.report.phrases import clean

WHOLE = session(samples.MICROPHONE, samples.DROPPED, samples.TYPED, samples.FAILED)


SCRIPT = (Path(html.__file__).parent / "templates" / "report.js").read_text(encoding="utf-8")
SOUND = {samples.MICROPHONE.id: Clip("data:audio/mpeg;base64,AAAA")}


def safe(source: str) -> Page:
    """A page that runs nothing but our script, asks nobody, and whose links lead to places on it.

    Its policy lets the browser run just that script, by its hash, and only where it plays.
    """
    page = Page(source)
    policy = page.all("content")[2]
    sources = page.all("src")
    assert page.script == (SCRIPT if sources else "")
    assert page.count("script") == (1 if sources else 0)
    assert all(one.startswith("data:audio/mpeg;base64,") for one in sources)
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert re.findall(r"script-src ([^;]*)", policy) == ([f"'sha256-{digest}'"] if sources else [])
    players = [attrs["id"] for tag, attrs in page.tags if tag == "audio"]
    assert set(page.all("data-player")) <= set(players)
    ids = page.all("id")
    assert len(set(ids)) == len(ids)
    assert set(page.all("href")) <= {f"#{one}" for one in ids}
    attributes = {name for _, attrs in page.tags for name in attrs}
    assert not [name for name in attributes if name.startswith("on")]
    assert attributes.isdisjoint({"srcset", "action", "xlink:href", "srcdoc"})
    assert all(re.fullmatch(r"width: \d+(\.\d)?%", value) for value in page.all("style"))
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
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
        "Key terms said for 1 of 3 concepts",
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


def test_with_its_recording_each_quote_and_paragraph_can_be_played() -> None:
    page = safe(render(session(samples.MICROPHONE, samples.TYPED), SOUND))

    (player,) = [attrs["id"] for tag, attrs in page.tags if tag == "audio"]
    quotes = [attrs for tag, attrs in page.tags if tag == "blockquote"]
    assert [one.get("data-player") for one in quotes] == [player, player, None, None]
    assert quotes[0]["data-start"] == "0.40"
    assert float(quotes[0]["data-end"]) > 0.4
    names = [attrs["aria-label"] for tag, attrs in page.tags if tag == "button"]
    assert names == [
        "Play this quote from 0:00",
        "Play this quote from 0:01",
        "Play the answer from 0:00",
    ]


def test_why_a_recording_is_missing_is_said() -> None:
    clips = {samples.MICROPHONE.id: Clip(problem="The recording is gone: 1.wav does not exist.")}

    page = safe(render(session(samples.MICROPHONE), clips))

    assert "The recording is gone: 1.wav does not exist." in said(page)
    assert page.count("button") == 0


def test_a_session_without_answers_says_so() -> None:
    assert "No question was answered" in said(safe(render(session())))


@strategies.whole_sessions
@given(any_session=strategies.sessions())
def test_nothing_that_was_said_or_written_becomes_markup(any_session: SessionRecord) -> None:
    clips = {one.id: Clip("data:audio/mpeg;base64,AAAA") for one in any_session.attempts}
    page = safe(render(any_session, clips))

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

    page = safe(render(session(answer), SOUND))

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
