from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gui.samples import an_attempt, unjudged
from voiceprep.gui.phrasing import (
    can_be_transcribed,
    clock,
    concepts_covered,
    duration_s,
    is_typed,
    length,
    recogniser,
    status,
    when,
)
from voiceprep.interview.records import AttemptStatus
from voiceprep.scoring.transcript import Transcript

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # a Friday


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (14.9, "0:14"), (60, "1:00"), (754, "12:34"), (3723, "1:02:03"), (-1, "0:00")],
)
def test_a_place_in_a_recording_reads_like_a_player_shows_it(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.4, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (65, "1 min 5 s"),
        (599.7, "10 min"),
        (3599, "1 h"),
        (7500, "2 h 5 min"),
    ],
)
def test_a_length_is_as_exact_as_a_person_would_be(seconds: float, shown: str) -> None:
    assert length(seconds) == shown


@given(st.floats(0, 100_000))
def test_a_length_never_has_sixty_of_anything(seconds: float) -> None:
    assert "60" not in length(seconds).split()


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2026-11-20T09:05:00+00:00", "Today, 09:05"),
        ("2026-11-19T23:59:00+00:00", "Yesterday, 23:59"),
        ("2026-11-16T08:00:00+00:00", "Monday, 08:00"),
        ("2026-11-13T08:00:00+00:00", "13 November, 08:00"),
        ("2025-12-24T18:30:00+00:00", "24 December 2025, 18:30"),
        ("2026-11-21T09:05:00+00:00", "21 November, 09:05"),
        ("some day", "some day"),
    ],
)
def test_a_date_is_told_in_words(iso: str, shown: str) -> None:
    assert when(iso, NOW) == shown


def test_a_date_is_told_in_the_persons_own_time_zone() -> None:
    tokyo = NOW.astimezone(timezone(timedelta(hours=9)))  # there it is Saturday already

    assert when("2026-11-20T15:00:00+00:00", tokyo) == "Today, 00:00"
    assert when("2026-11-20T14:59:00+00:00", tokyo) == "Yesterday, 23:59"


def test_coverage_is_told_in_counts() -> None:
    attempt = an_attempt()
    assert attempt.assessment is not None
    assert concepts_covered(attempt.assessment) == "1 of 3 concepts"
    assert status(attempt) == "1 of 3 concepts"


@pytest.mark.parametrize(
    ("transcript", "said"),
    [
        (Transcript.typed("words"), "Typed, not spoken"),
        (
            Transcript((), "pocketsphinx", "en-us"),
            "Transcribed by the basic recogniser (PocketSphinx)",
        ),
        (Transcript((), "whisper", "base.en"), "Transcribed by Whisper base.en"),
        (Transcript((), "other", "one"), "Transcribed by other one"),
    ],
)
def test_a_result_names_its_recogniser(transcript: Transcript, said: str) -> None:
    assert recogniser(transcript) == said


def test_a_typed_answer_has_no_length(tmp_path) -> None:
    typed, heard = an_attempt(), an_attempt(tmp_path / "a.wav")
    assert is_typed(typed)
    assert duration_s(typed) == 0
    assert not is_typed(heard)
    assert duration_s(heard) > 5


@pytest.mark.parametrize(
    "which", [one for one in AttemptStatus if one is not AttemptStatus.ASSESSED]
)
def test_every_take_that_was_kept_can_be_transcribed(tmp_path, which: AttemptStatus) -> None:
    waiting = unjudged(an_attempt(tmp_path / "a.wav"), which)
    assert can_be_transcribed(waiting)
    assert "transcribed" in status(waiting)
    assert not can_be_transcribed(an_attempt(tmp_path / "a.wav"))
