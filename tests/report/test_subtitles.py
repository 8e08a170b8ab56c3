import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import spoken
from voiceprep.report.subtitles import FORMATS, as_text
from voiceprep.scoring.transcript import Transcript

CUE_TIME = re.compile(r"(\d\d):([0-5]\d):([0-5]\d)[.,](\d{3})")


def test_srt_numbers_its_cues_and_vtt_escapes_markup() -> None:
    transcript = spoken("we <b>compare</b> precision & recall")
    assert as_text(transcript, FORMATS.SRT).startswith("1\n00:00:00,000 --> 00:00:0")
    vtt = as_text(transcript, FORMATS.VTT)
    assert vtt.startswith("WEBVTT\n\n00:00:00.000 --> ")
    assert "we &lt;b&gt;compare&lt;/b&gt; precision &amp; recall" in vtt


def test_text_and_json_keep_every_word() -> None:
    transcript = spoken("one two three")
    assert as_text(transcript, FORMATS.TXT) == "one two three\n"
    assert '"text": "two"' in as_text(transcript, FORMATS.JSON)


@pytest.mark.parametrize("form", list(FORMATS))
def test_an_empty_transcript_is_no_error(form: FORMATS) -> None:
    assert isinstance(as_text(Transcript((), "fake"), form), str)


@given(st.integers(1, 80), st.floats(0.01, 20))
def test_cues_are_in_order_and_none_is_too_long(words: int, words_per_s: float) -> None:
    transcript = spoken(" ".join(["word"] * words), words_per_s)
    text = as_text(transcript, FORMATS.SRT)
    times = [
        int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000
        for h, m, s, ms in CUE_TIME.findall(text)
    ]
    assert times == sorted(times)
    cues = [line for line in text.splitlines() if line.startswith("word")]
    assert sum(len(cue.split()) for cue in cues) == words
    assert max(len(cue.split()) for cue in cues) <= 12
