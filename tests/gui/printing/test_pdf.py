"""The printed report, read back with Poppler: nothing is lost, on either paper."""

import re
import subprocess
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.fakes import spoken
from tests.report import samples
from voiceprep.gui.printing.blocks import blocks
from voiceprep.gui.printing.pdf import session_pdf
from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.report.options import Paper
from voiceprep.report.view import view
from voiceprep.scoring.transcript import Transcript

pytestmark = pytest.mark.usefixtures("qapp")


def poppler(*command: str | Path) -> str:
    return subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8", timeout=60
    ).stdout


def written(session: SessionRecord, folder: Path, paper: Paper = Paper.A4) -> Path:
    path = folder / "report.pdf"
    path.write_bytes(session_pdf(session, paper))
    return path


def letters(text: str) -> str:
    """Without white space, which a reader of PDFs can only guess, and in one form."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def answers(number: int) -> SessionRecord:
    """So many answers, each sentence of which can be told from every other."""

    def one(place: int) -> Attempt:
        said = (f"In answer {place} sentence {line} is told here." for line in range(3 + 7 * place))
        transcript = replace(spoken(f"{samples.WORDS} {' '.join(said)}"), engine="whisper")
        return replace(samples.answer(place, transcript), id=f"answer-{place}")

    made = samples.session(*map(one, range(number)))
    return replace(made, question_ids=tuple(f"q{place}" for place in range(number)))


HEIGHTS = {Paper.A4: 842, Paper.LETTER: 792}
FOOT = 57
"""Points from the lower edge up to above the foot of a page."""


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 13, 20])
def test_nothing_is_lost_and_nothing_is_told_twice_however_many_pages_there_are(
    tmp_path: Path, number: int, paper: Paper
) -> None:
    session = answers(number)
    path = written(session, tmp_path, paper)
    crop = ("-x", "0", "-y", "0", "-W", "900", "-H", str(HEIGHTS[paper] - FOOT))
    found = poppler("pdftotext", "-layout", *crop, path, "-")
    wanted = [f"{session.score:.0f} %"]
    for block in blocks(view(session)):
        wanted += [block.left, block.right, *(span.text for span in block.spans)]

    assert Counter(letters(found)) == Counter(letters(" ".join(wanted)))
    for place in range(number):
        last = letters(f"In answer {place} sentence {2 + 7 * place} is told here.")
        assert last in letters(poppler("pdftotext", "-raw", *crop, path, "-"))


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, "595 x 842"), (Paper.LETTER, "612 x 792")])
def test_it_has_the_size_of_the_paper_and_its_title(
    tmp_path: Path, paper: Paper, size: str
) -> None:
    found = poppler("pdfinfo", written(answers(1), tmp_path, paper))
    assert re.search(rf"Page size: +{size} pts", re.sub(r"(\d+)\.\d+", r"\1", found))
    assert re.search(r"Title: +A bank, 14 May 2025", found)


def test_it_says_what_was_asked_said_and_decided(tmp_path: Path) -> None:
    whole = samples.session(samples.MICROPHONE, samples.TYPED, samples.FAILED)
    found = letters(poppler("pdftotext", "-layout", written(whole, tmp_path), "-"))
    for expected in (
        "A bank",
        "3 of 4 questions answered",
        "What does the GDPR ask of us?",
        "1 of 3 concepts, 1 partly",
        "Key terms said for 1 of 3 concepts",
        "“you need consent and”",
        "Follow-up: Who watches over it?",
        "Typed text",
        "There is no speech in this recording.",
        "Consent, the right to be forgotten, and a data protection officer.",
        "Page 1 of 2",
    ):
        assert letters(expected) in found, expected


def test_fonts_travel_with_it(tmp_path: Path) -> None:
    rows = poppler("pdffonts", written(answers(1), tmp_path)).splitlines()[2:]
    assert rows
    assert all(re.search(r" yes (yes|no) +yes ", row) for row in rows)  # embedded, to Unicode


def test_a_very_long_word_and_an_empty_session_are_no_trouble(tmp_path: Path) -> None:
    long = replace(samples.TYPED, transcript=Transcript.typed("x" * 5000))
    text = poppler("pdftotext", written(samples.session(long), tmp_path), "-")
    assert letters(text).count("x") >= 5000
    empty = poppler("pdftotext", written(samples.session(), tmp_path), "-")
    assert "No question was answered in this session." in empty


def test_printing_leaves_the_window_s_application_as_it_is(tmp_path: Path) -> None:
    before = QApplication.instance()
    written(answers(1), tmp_path)
    assert QApplication.instance() is before
