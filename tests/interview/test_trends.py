"""What changes from answer to answer is worked out from the history alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.fakes import spoken
from tests.report import samples
from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.interview.trends import chosen, concept_trends, days, points, smoothed
from voiceprep.scoring.assessment import Level


def at(day: int, hour: int = 9, **changes: object) -> Attempt:
    moment = datetime(2025, 5, day, hour, tzinfo=UTC).isoformat()
    return replace(samples.MICROPHONE, id=f"{day}-{hour}", started_at=moment, **changes)  # type: ignore[arg-type]


def test_answers_come_in_the_order_of_time_whatever_session_they_are_of() -> None:
    found = points((samples.session(at(20), at(3)), samples.session(at(10))))
    assert [one.attempt_id for one in found] == ["3-9", "10-9", "20-9"]
    assert [one.score for one in found] == [50.0] * 3


def test_what_the_candidate_set_right_counts() -> None:
    own = at(1).overruled("officer", Level.COVERED)
    (point,) = points((samples.session(own),))
    assert point.score == 83.3
    assert point.coverage(("gdpr", "officer")) == 100
    assert point.coverage(("gdpr", "erasure")) == 50
    assert point.coverage(("psd2", "officer")) is None


def test_an_answer_without_a_score_is_practice_all_the_same() -> None:
    found = points((samples.session(replace(samples.FAILED, started_at="2025-05-14T08:00:00Z")),))
    assert [one.score for one in found] == [None]
    (day,) = days(found, UTC)
    assert (day.answers, day.score) == (1, None)


def test_a_time_that_is_none_is_left_out() -> None:
    assert points((samples.session(replace(samples.MICROPHONE, started_at="yesterday")),)) == ()


def test_never_covered_concepts_come_first_then_the_weakest() -> None:
    better = at(2).overruled("erasure", Level.COVERED)
    found = concept_trends(points((samples.session(at(1), better),)))
    assert [one.key[1] for one in found] == ["officer", "erasure", "consent"]
    assert [one.never_covered for one in found] == [True, False, False]
    assert found[1].levels == (Level.PARTIAL, Level.COVERED)
    assert found[1].share == 0.75


def test_days_are_those_of_the_person() -> None:
    late = points((samples.session(at(14, 23), at(15, 1)),))
    assert [one.date for one in days(late, UTC)] == [date(2025, 5, 14), date(2025, 5, 15)]
    (only,) = days(late, timezone(timedelta(hours=2)))
    assert (only.date, only.answers, only.score) == (date(2025, 5, 15), 2, 50.0)


def test_what_is_shown_can_be_narrowed() -> None:
    other = replace(samples.session(at(9)), bank_title="Another bank")
    found = points((samples.session(at(1), at(5)), other))
    assert len(chosen(found, bank="A bank")) == 2
    assert len(chosen(found, category="Regulation")) == 3
    assert chosen(found, category="Cooking") == ()
    since = datetime(2025, 5, 5, tzinfo=UTC)
    assert [one.attempt_id for one in chosen(found, since=since)] == ["5-9", "9-9"]


def test_delivery_is_that_of_spoken_answers_only() -> None:
    long = at(1, transcript=replace(spoken("um well " * 20), engine="whisper"))
    (told,) = points((samples.session(long),))
    assert told.delivery is not None
    (typed,) = points((samples.session(samples.TYPED),))
    assert typed.delivery is None


@given(st.lists(st.floats(0, 100), max_size=30))
def test_the_smoothed_line_stays_within_its_dots(values: list[float]) -> None:
    found = smoothed(values)
    assert len(found) == len(values)
    for number, mean in enumerate(found):
        window = values[max(0, number - 4) : number + 1]
        assert min(window) - 1e-9 <= mean <= max(window) + 1e-9


@strategies.whole_sessions
@given(any_session=strategies.sessions())
def test_any_history_has_trends(any_session: SessionRecord) -> None:
    found = points((any_session,))
    assert sum(one.answers for one in days(found, UTC)) == len(found)
    rows = concept_trends(found)
    assert sum(len(one.levels) for one in rows) == sum(len(one.levels) for one in found)
