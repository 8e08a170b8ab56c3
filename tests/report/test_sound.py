"""Each kind of report marks a doubtful score and says why there is none."""

import csv
import io
import json

import pytest

from tests.report import samples
from tests.report.samples import ANYWAY, DOUBTFUL, LOUD, MICROPHONE, UNUSABLE, session
from voiceprep.gui.printing.blocks import blocks
from voiceprep.interview.records import SessionRecord
from voiceprep.report import data, html, markdown, table
from voiceprep.report.document import Document
from voiceprep.report.phrases import SIGN, explain_doubt, sound_figures
from voiceprep.report.view import view

BOTH = session(MICROPHONE, UNUSABLE, DOUBTFUL)


def pdf(some: SessionRecord) -> str:
    return "\n".join(span.text for block in blocks(view(some)) for span in block.spans)


@pytest.mark.parametrize("written", [html.render, markdown.render, pdf], ids=["html", "md", "pdf"])
def test_a_report_marks_the_answer_the_overview_and_the_mean(written: object) -> None:
    assert callable(written)
    page = written(BOTH)
    assert page.count("Doubtful sound") == 3  # overview, answer, and the reason
    assert "1 answer with doubtful sound" in page
    assert "2 of 4 questions answered" in page
    assert "1 not counted: unusable sound" in page
    assert LOUD in page
    assert "Not scored" in page
    assert page.count("Unusable sound") == 3
    clean = written(session(MICROPHONE, samples.TYPED))
    assert "sound" not in clean.partition("<body>")[2].lower()


def test_the_mark_is_a_sign_and_words_not_a_colour_alone() -> None:
    assert f"{SIGN} Doubtful sound" in markdown.render(BOTH)
    assert f"{SIGN} Doubtful sound" in pdf(BOTH)
    assert '<p class="sound"><svg' in html.render(BOTH)


def test_a_score_that_was_wished_says_so() -> None:
    page = markdown.render(session(ANYWAY))
    assert f"{SIGN} Unusable sound" in page
    assert "It was scored because you wished it." in page


def test_json_has_the_verdict_and_a_version_that_tells_of_it() -> None:
    found = json.loads(data.render(BOTH))
    Document.model_validate(found)
    assert found["session"]["doubtful"] == 1
    good, unusable, doubtful = found["attempts"]
    assert good["sound"] is None
    assert unusable["sound"]["grade"] == "unusable"
    assert (unusable["assessment"], unusable["delivery"]) == (None, None)
    assert unusable["transcript"]["text"]
    assert doubtful["sound"]["reason"] == LOUD
    assert doubtful["standing_score"] is not None


def test_the_table_has_the_verdict_in_columns_of_its_own() -> None:
    text = table.render([session(MICROPHONE, UNUSABLE, DOUBTFUL, ANYWAY)])
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [one["sound"] for one in rows] == ["", "unusable", "doubtful", "unusable"]
    assert [one["scored_anyway"] for one in rows] == ["", "0", "0", "1"]
    assert [bool(one["score"]) for one in rows] == [True, False, True, True]
    assert rows[2]["sound_reason"] == LOUD
    assert rows[2]["snr_db"] == "6.0"


def test_what_was_measured_is_told_in_words() -> None:
    assert DOUBTFUL.sound is not None
    assert sound_figures(DOUBTFUL.sound)[0] == "6\u00a0dB between voice and noise"
    assert explain_doubt(DOUBTFUL) == f"Doubtful sound. {LOUD} Move closer."
    assert explain_doubt(MICROPHONE) == ""
