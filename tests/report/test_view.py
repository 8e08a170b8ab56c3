from dataclasses import replace
from datetime import UTC, timedelta, timezone
from pathlib import Path

import pytest

from tests.fakes import spoken
from tests.report import samples
from tests.report.samples import session
from voiceprep.interview.records import Attempt, AttemptStatus, Recording
from voiceprep.report.phrases import clean, clock, explain_removed, length, moment
from voiceprep.report.view import Answer, Run, view
from voiceprep.scoring.assessment import Level
from voiceprep.scoring.transcript import Segment, Transcript, Word


def shown(attempt: Attempt) -> Answer:
    return view(session(attempt)).asked[0].answers[0]


def test_a_session_counts_the_last_scored_answer_to_each_question() -> None:
    better = replace(samples.MICROPHONE, id="better")
    failed = replace(samples.FAILED, id="failed", position=0)
    first, third = view(session(samples.TYPED, better, failed, samples.FAILED)).asked[::2]

    assert [answer.title for answer in first.answers] == ["Answer 1 of 2", "Answer 2 of 2"]
    assert first.counts is first.answers[0]
    assert third.counts is third.answers[0]


def test_a_summary_says_how_much_was_answered_and_made() -> None:
    report = view(session(samples.MICROPHONE, samples.TYPED, samples.FAILED))

    assert report.title == "A bank"
    assert report.facts == ("3 of 4 questions answered", "2 min 22 s spoken")
    assert report.score == 50.0
    assert report.levels == (
        (Level.COVERED, "Covered", 2),
        (Level.PARTIAL, "Partly", 2),
        (Level.MISSED, "Missed", 2),
    )


def test_times_are_those_of_the_reader() -> None:
    zone = timezone(timedelta(hours=-7))

    assert view(session(), zone).when == "14 May 2025, 02:29"


@pytest.mark.parametrize(
    ("attempt", "fact"),
    [
        (samples.MICROPHONE, "Recorded with Desk microphone (ALSA)"),
        (samples.MICROPHONE, "Transcribed by Whisper base.en"),
        (samples.MICROPHONE, "1 min 11 s"),
        (samples.MICROPHONE, "Scored by lexical-1"),
        (samples.DROPPED, "From the file answer.m4a"),
        (samples.SYNTHETIC, "Synthetic recording (slt.wav)"),
        (samples.TYPED, "Typed, not spoken"),
        (samples.BASIC, "Transcribed by the basic recogniser (PocketSphinx en-us)"),
    ],
)
def test_where_an_answer_comes_from_is_said(attempt: Attempt, fact: str) -> None:
    assert fact in shown(attempt).facts


def test_an_answer_without_a_verdict_shows_its_state_and_reason_and_no_score() -> None:
    answer = shown(samples.FAILED)

    assert answer.score is None
    assert answer.tally == "Could not be transcribed"
    assert answer.troubles == ("There is no speech in this recording.",)
    assert answer.concepts == answer.paragraphs == answer.delivery == ()


@pytest.mark.parametrize("status", AttemptStatus)
def test_every_state_without_a_score_has_its_words(status: AttemptStatus) -> None:
    assert shown(replace(samples.FAILED, status=status)).tally


def test_an_answer_in_which_nothing_was_heard_says_so() -> None:
    answer = shown(replace(samples.FAILED, transcript=Transcript((), "whisper"), failure=""))

    assert answer.troubles == ("No words were recognised in this answer.",)
    assert answer.paragraphs == ()


def test_trouble_with_the_sound_is_told() -> None:
    assert samples.MICROPHONE.recording is not None
    bad = replace(samples.MICROPHONE.recording, overflows=1, problem="It was unplugged.")

    assert shown(replace(samples.MICROPHONE, recording=bad)).troubles == (
        "It was unplugged.",
        "Some sound was lost while recording (1 time).",
    )


def test_a_concept_has_its_proof_and_its_way_on() -> None:
    covered, partly, missed = shown(samples.MICROPHONE).concepts

    assert [(one.text, one.at) for one in covered.quotes] == [("you need consent and", "0:00")]
    assert (covered.terms, covered.probe) == (("consent",), "")
    assert (partly.word, partly.probe) == ("Partly", "And then?")
    assert (missed.word, missed.quotes, missed.probe) == ("Missed", (), "Who watches over it?")


def test_the_candidate_s_own_word_counts_and_is_shown() -> None:
    own = samples.MICROPHONE.overruled("officer", Level.COVERED, "Named at the start.")
    answer = shown(replace(own, self_rating=70))

    assert answer.tally == "2 of 3 concepts, 1 partly"
    assert answer.own_word == (
        "You set 1 of 3 verdicts right; VoicePrep judged 50\u00a0%. You rated yourself 70\u00a0%."
    )
    assert answer.concepts[2].own_word == (
        "Your verdict; VoicePrep said missed. “Named at the start.”"
    )
    assert answer.concepts[0].own_word == ""


def test_overlapping_proof_is_marked_once_with_both_numbers() -> None:
    (paragraph,) = shown(samples.MICROPHONE).paragraphs

    assert paragraph.at == "0:00"
    assert tuple(replace(run, words=()) for run in paragraph.runs) == (
        Run("um ", None, ()),
        Run("you need consent ", Level.COVERED, ()),
        Run("and", Level.COVERED, (1,)),
        Run(" when they ask you delete it", Level.PARTIAL, (2,)),
        Run(" all", None, ()),
    )


def test_each_word_has_its_time_and_together_they_are_the_text() -> None:
    (paragraph,) = shown(samples.MICROPHONE).paragraphs

    for run in paragraph.runs:
        assert "".join(text for text, _ in run.words) == run.text
    timed = [(text, start_s) for run in paragraph.runs for text, start_s in run.words if start_s]
    assert samples.MICROPHONE.transcript is not None
    said = [(one.text, one.start_s) for one in samples.MICROPHONE.transcript.words if one.start_s]
    assert timed == said


def test_a_typed_answer_keeps_its_lines() -> None:
    answer = shown(samples.TYPED)

    assert ["".join(run.text for run in one.runs) for one in answer.paragraphs] == [
        samples.WORDS,
        "That is all.",
    ]
    assert [one.at for one in answer.paragraphs] == ["", ""]
    assert answer.delivery == ()


def test_a_long_answer_is_parted_at_pauses() -> None:
    starts = (0.5, 6.0, 12.0, 13.0, 70.0)
    segments = tuple(
        Segment.spoken((Word(f"word{number}", start_s, start_s + 0.4, 0.9),))
        for number, start_s in enumerate(starts)
    )
    transcript = Transcript(segments, "whisper", "base.en")
    answer = shown(replace(samples.FAILED, transcript=transcript))

    assert [(one.at, one.runs[0].text) for one in answer.paragraphs] == [
        ("0:00", "word0 word1 "),
        ("0:12", "word2 word3 "),
        ("1:10", "word4"),
    ]


def test_delivery_is_reported_beside_the_score() -> None:
    figures = dict(shown(samples.MICROPHONE).delivery)

    assert figures == {}  # under five seconds of speech says nothing
    longer = replace(spoken(" ".join(["um well"] * 20)), engine="whisper")
    figures = dict(shown(replace(samples.FAILED, transcript=longer)).delivery)
    assert figures["Pace"] == "151 words a minute (comfortable)"
    assert figures["Fillers"] == "at least 20 (distracting): um"
    assert figures["Pauses over 1 s"] == "none"


def test_phrases() -> None:
    assert [clock(value) for value in (None, 7.9, 723, 3723)] == ["", "0:07", "12:03", "1:02:03"]
    assert [length(value) for value in (0, 8.4, 60, 65)] == ["0 s", "8 s", "1 min", "1 min 5 s"]
    assert moment("yesterday") == "yesterday"
    assert clean("a\0b\ud800c\u202ed\ufffee\tf\n") == "a\ufffdb\ufffdcd\ufffde\tf\n"
    assert clean("Zürich 東京 🎙 e\u0301") == "Zürich 東京 🎙 e\u0301"


@pytest.mark.parametrize(
    ("removed_at", "says"),
    [
        ("", ""),
        (
            "2026-03-01T10:00:00+00:00",
            "The recording was deleted on 1 March 2026, after 30 days, as set in Settings.",
        ),
        (
            "2026-01-30T10:00:30+00:00",
            "The recording was deleted on 30 January 2026, as set in Settings.",
        ),
        ("long ago", "The recording was deleted, as set in Settings."),
    ],
)
def test_what_became_of_a_recording_that_is_not_kept_is_said(removed_at: str, says: str) -> None:
    recording = Recording(Path("1.wav"), 6.0, 44_100, removed_at=removed_at)
    attempt = replace(
        samples.MICROPHONE, recording=recording, started_at="2026-01-30T10:00:00+00:00"
    )
    assert explain_removed(attempt, UTC) == says
