"""What is remembered of checks, and when another is due."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.bank.samples import a_bank
from tests.fakes import FakeHistory, spoken
from voiceprep.interview.records import Attempt, AttemptStatus, SessionRecord
from voiceprep.interview.soundcheck import (
    GOOD_FOR,
    LEFT_FOR,
    Checked,
    is_due,
    remember,
    types,
)
from voiceprep.scoring.transcript import TYPED, Transcript

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
names = st.sampled_from(["Desk (ALSA)", "Headset (ALSA)", "USB (WASAPI)", *map(str, range(12))])


def test_a_microphone_is_checked_the_first_time() -> None:
    assert is_due((), "Desk (ALSA)", NOW)
    assert is_due(remember((), "Headset (ALSA)", NOW, good=True), "Desk (ALSA)", NOW)


def test_a_good_check_holds_for_two_weeks_another_for_a_day() -> None:
    for good, holds in ((True, GOOD_FOR), (False, LEFT_FOR)):
        checked = remember((), "Desk (ALSA)", NOW, good=good)
        assert not is_due(checked, "Desk (ALSA)", NOW)
        assert not is_due(checked, "Desk (ALSA)", NOW + holds - timedelta(seconds=1))
        assert is_due(checked, "Desk (ALSA)", NOW + holds)


def test_a_clock_that_was_wrong_or_an_edited_file_only_costs_a_check() -> None:
    assert is_due(remember((), "Desk", NOW + timedelta(days=400), good=True), "Desk", NOW)
    for at in ("yesterday", "", "2026-03-01T12:00:00"):
        assert is_due((Checked("Desk", at, good=True),), "Desk", NOW)


@given(st.lists(st.tuples(names, st.booleans()), max_size=30))
def test_each_microphone_is_remembered_once_the_last_one_first(used: list) -> None:
    checked: tuple[Checked, ...] = ()
    for number, (name, good) in enumerate(used):
        checked = remember(checked, name, NOW + timedelta(minutes=number), good=good)
        assert checked[0].microphone == name
        assert checked[0].good is good
    assert len({one.microphone for one in checked}) == len(checked) <= 8


def test_times_are_kept_as_utc() -> None:
    east = timezone(timedelta(hours=9))
    [one] = remember((), "Desk", NOW.astimezone(east), good=True)
    assert one.at == "2026-03-01T12:00:00+00:00"


def a_history(folder: Path, *transcripts: Transcript | None) -> FakeHistory:
    history, bank = FakeHistory(folder), a_bank(4)
    history.save_session(SessionRecord("s", bank.id, bank.title, NOW.isoformat(), ()))
    for number, transcript in enumerate(transcripts):
        history.save_attempt(
            Attempt(
                id=str(number), session_id="s", bank_id=bank.id, question=bank.questions[number],
                position=number, started_at=NOW.isoformat(), status=AttemptStatus.ASSESSED,
                transcript=transcript,
            )
        )  # fmt: skip
    return history


def test_who_typed_all_of_the_last_interview_types(tmp_path: Path) -> None:
    typed = Transcript((), TYPED)
    assert types(a_history(tmp_path, typed, typed))
    assert not types(a_history(tmp_path, typed, spoken("and this was said")))
    assert not types(a_history(tmp_path, typed, None))
    assert not types(a_history(tmp_path))
    assert not types(FakeHistory(tmp_path))
