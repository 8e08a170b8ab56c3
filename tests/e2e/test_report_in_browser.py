"""The web page as its reader has it: in a real browser, from a file, without a network."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests import strategies
from tests.browser import Tab, a_browser
from tests.report import samples
from tests.sound import tone, write_wav
from voiceprep.bank.model import Question
from voiceprep.gui.printing.tools import report_tools
from voiceprep.interview.records import Attempt, Recording, SessionRecord
from voiceprep.report.export import write_report
from voiceprep.report.options import Options, Sound

FIRST = "document.querySelectorAll('audio')[0]"
SECOND = "document.querySelectorAll('audio')[1]"


@pytest.fixture
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with a_browser(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


def answer(folder: Path, name: str, position: int = 0, **changes: object) -> Attempt:
    path = write_wav(folder / f"{name}.wav", tone(440, 6.0))
    recording = Recording(path, 6.0, 44_100, "Desk microphone")
    return replace(
        samples.answer(position, **changes),  # type: ignore[arg-type]
        id=name,
        recording=recording,
    )


@pytest.fixture
def session(tmp_path: Path) -> SessionRecord:
    return samples.session(answer(tmp_path, "one"), answer(tmp_path, "two", 1), samples.TYPED)


@pytest.mark.parametrize("sound", [Sound.EMBED, Sound.LINK])
def test_a_quote_that_is_clicked_is_heard_to_its_end(
    tab: Tab, session: SessionRecord, tmp_path: Path, sound: Sound
) -> None:
    page = tmp_path / "my report, ü.html"
    write_report(session, page, Options(sound=sound), report_tools())
    tab.open(page)

    tab.click("blockquote[data-player]")
    tab.until(f"!{FIRST}.paused && {FIRST}.currentTime > 0.4")
    assert tab.run("document.querySelectorAll('.playing').length") == 1
    tab.until(f"{FIRST}.paused")
    end_s = float(tab.run("document.querySelector('blockquote').dataset.end"))
    assert end_s <= tab.run(f"{FIRST}.currentTime") < 6
    assert tab.run("document.querySelectorAll('.playing').length") == 0
    assert tab.errors == []


def test_a_word_that_is_clicked_is_heard_and_the_words_that_follow_are_brought_out(
    tab: Tab, session: SessionRecord, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    write_report(session, page, Options(), report_tools())
    tab.open(page)
    words = "[...document.querySelectorAll('#question-1 [data-s]')]"
    start_s = float(tab.run(f"{words}[4].dataset.s"))

    tab.click("#question-1 [data-s]:nth-child(3)")
    tab.until(f"!{FIRST}.paused && {FIRST}.currentTime > 0.2")
    tab.until("document.querySelectorAll('.heard').length === 1")
    tab.until(f"{FIRST}.currentTime > {start_s + 0.1}")
    tab.until(f"{words}.slice(4).some(one => one.classList.contains('heard'))")
    tab.run(f"{FIRST}.pause()")
    tab.until("document.querySelectorAll('.heard').length === 0")
    assert tab.errors == []


def test_only_one_answer_is_heard_at_a_time_and_a_second_click_stops_it(
    tab: Tab, session: SessionRecord, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    write_report(session, page, Options(), report_tools())
    tab.open(page)

    tab.click("#question-1 .transcript button")
    tab.until(f"!{FIRST}.paused && {FIRST}.currentTime > 0.1")
    tab.click("#question-2 .transcript button")
    tab.until(f"!{SECOND}.paused && {SECOND}.currentTime > 0.1")
    assert tab.run(f"{FIRST}.paused")
    tab.click("#question-2 .transcript button")
    tab.until(f"{SECOND}.paused")


def test_nothing_that_a_hostile_bank_writes_is_run(tab: Tab, tmp_path: Path) -> None:
    attacks = [
        *strategies.NASTY,
        "<img src=x onerror=\"window.hit='img'\">",
        "</script><script>window.hit='script'</script>",
        '"><svg onload="window.hit=\'svg\'">',
        "' onmouseover='window.hit=1' data-player='",
        "<iframe srcdoc=\"<script>parent.hit='frame'</script>\"></iframe>",
    ]
    answers = []
    for place, attack in enumerate(attacks):
        text = " ".join(attack.split())
        concept = {"id": "one", "label": text, "hint": text, "probe": attack}
        question = Question(
            id="hostile",
            category=text,
            level="beginner",
            question=text,
            hint=text,
            concepts=(concept,),  # type: ignore[arg-type]
        )
        answers.append(answer(tmp_path, f"a{place}", place, question=question))
    session = replace(samples.session(*answers), bank_title="<script>window.hit=1</script>")
    page = tmp_path / "report.html"
    write_report(session, page, Options(), report_tools())

    tab.open(page)

    assert tab.run("typeof window.hit") == "undefined"
    assert tab.run("document.scripts.length") == 1
    assert tab.run("document.querySelectorAll('img, iframe, [onload], [onerror]').length") == 0
    tab.click("blockquote[data-player]")
    tab.until(f"{FIRST}.currentTime > 0.2")  # and our own script still runs
    # Even were something to slip in: the page's policy runs no other script.
    tab.run(
        "(() => { const one = document.createElement('script');"
        " one.textContent = 'window.hit = 1'; document.body.append(one); })()"
    )
    assert tab.run("typeof window.hit") == "undefined"


@pytest.mark.parametrize("sound", Sound)
def test_the_page_is_valid(session: SessionRecord, tmp_path: Path, sound: Sound) -> None:
    page = tmp_path / "report.html"
    write_report(session, page, Options(sound=sound), report_tools())
    checked = subprocess.run(
        ["tidy", "-errors", "-quiet", "-utf8", page],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (checked.returncode, checked.stderr) == (0, "")
