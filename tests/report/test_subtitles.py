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


SENTENCES = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyz'", min_size=1, max_size=60).flatmap(
        lambda word: st.sampled_from([word, f"{word}.", f"{word},"])
    ),
    min_size=1,
    max_size=80,
)


@given(SENTENCES, st.floats(0.05, 20))
def test_cues_keep_every_word_in_order_in_two_short_lines(
    words: list[str], words_per_s: float
) -> None:
    transcript = spoken(" ".join(words), words_per_s)
    text = as_text(transcript, FORMATS.SRT)
    times = [
        int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000
        for h, m, s, ms in CUE_TIME.findall(text)
    ]
    assert times == sorted(times)
    cues = [cue.splitlines()[2:] for cue in text.split("\n\n")]
    assert " ".join(line for cue in cues for line in cue).split() == words
    for lines in cues:
        assert 1 <= len(lines) <= 2
        assert all(len(line) <= 42 or " " not in line for line in lines)


def test_a_cue_ends_with_its_sentence_and_stays_no_longer_than_seven_seconds() -> None:
    said = "We compare precision. No. Then we look at the costs of each mistake."
    cues = as_text(spoken(said), FORMATS.SRT).split("\n\n")
    assert [cue.split("\n", 2)[2].strip() for cue in cues] == [
        "We compare precision.",
        "No. Then we look at the costs of each\nmistake.",
    ]
    slow = as_text(spoken("so slow that nobody wants to read along", words_per_s=0.5), FORMATS.SRT)
    assert len(slow.split("\n\n")) == 3
