"""What every History does: the same suite for the real one and its stand-in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from hypothesis import given

from tests import strategies
from tests.fakes import FakeHistory
from tests.store.records import QUESTION, SESSION, assessed, attempt
from voiceprep.interview.ports import History
from voiceprep.interview.records import Judged, SessionRecord
from voiceprep.interview.sound_verdict import Grade, SoundVerdict
from voiceprep.interview.trends import points
from voiceprep.scoring.assessment import Level
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders

Make = Callable[[Path], History]


@contextmanager
def real(folder: Path) -> Iterator[History]:
    history = SqliteHistory(Folders(folder / "data", folder / "cache"))
    yield history
    history.close()


@contextmanager
def fake(folder: Path) -> Iterator[History]:
    yield FakeHistory(folder / "recordings")


@pytest.fixture(params=[real, fake], ids=["sqlite", "fake"])
def history(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[History]:
    with request.param(tmp_path) as history:
        yield history


def test_a_new_history_is_empty(history: History) -> None:
    assert history.sessions() == ()
    assert history.session("none") is None
    assert history.attempt("none") is None


def test_attempts_at_a_question_come_from_all_sessions_the_oldest_first(history: History) -> None:
    later, earlier = "2026-11-03T10:00:00+00:00", "2026-11-01T10:00:00+00:00"
    made = [replace(attempt(0), started_at=later), replace(attempt(1), started_at=earlier)]
    for number, one in enumerate(made):
        history.save_session(replace(SESSION, id=f"session-{number}", attempts=()))
        history.save_attempt(replace(one, session_id=f"session-{number}"))
    found = history.attempts_at(one.bank_id, one.question.id)
    assert [each.started_at for each in found] == [earlier, later]
    assert history.attempt_counts() == {(one.bank_id, one.question.id): 2}
    assert history.attempts_at(one.bank_id, "another") == ()
    assert history.attempts_at("another", one.question.id) == ()


@pytest.mark.parametrize("kind", [real, fake], ids=["sqlite", "fake"])
@strategies.whole_sessions
@given(session=strategies.sessions())
def test_every_record_comes_back_as_it_was(kind: Make, session: SessionRecord) -> None:
    with TemporaryDirectory() as folder, kind(Path(folder)) as history:
        history.save_session(session)
        for one in session.attempts:
            history.save_attempt(one)

        assert history.session(session.id) == session
        assert history.sessions() == (session,)
        assert tuple(history.each_session()) == (session,)
        assert history.points() == points((session,))
        assert history.points() == points((session,))  # and again, when they are known
        assert [history.attempt(one.id) for one in session.attempts] == list(session.attempts)


def test_sessions_come_newest_first(history: History) -> None:
    for day in (2, 3, 1):
        history.save_session(
            replace(SESSION, id=f"day-{day}", started_at=f"2025-05-0{day}T09:30:00+00:00")
        )

    assert [one.id for one in history.sessions()] == ["day-3", "day-2", "day-1"]


def test_attempts_keep_the_order_in_which_they_were_made(history: History) -> None:
    history.save_session(SESSION)
    made = [attempt(2), attempt(0), attempt(1)]
    for one in [*made, made[0], made[1]]:  # saved again when they are judged
        history.save_attempt(one)

    kept = history.session(SESSION.id)

    assert kept is not None
    assert list(kept.attempts) == made


def test_a_later_save_replaces_the_attempt(history: History) -> None:
    history.save_session(SESSION)
    history.save_attempt(attempt())
    history.save_attempt(assessed())

    assert history.attempt(attempt().id) == assessed()


def test_saving_a_session_again_keeps_its_attempts(history: History) -> None:
    history.save_session(SESSION)
    history.save_attempt(attempt())
    ended = replace(SESSION, ended_at="2025-05-14T10:00:00+00:00")
    history.save_session(ended)

    assert history.session(SESSION.id) == replace(ended, attempts=(attempt(),))


def test_a_deleted_session_takes_its_answers_and_our_recordings_with_it(
    history: History, tmp_path: Path
) -> None:
    own = history.new_recording_path(attempt(1).id)
    dropped = tmp_path / "interview.wav"
    for path in (own, dropped):
        path.write_bytes(b"RIFF")
    other = replace(SESSION, id="other")
    for session in (SESSION, other):
        history.save_session(session)
    history.save_attempt(attempt(1, recording=own))
    history.save_attempt(attempt(2, recording=dropped))
    history.save_attempt(attempt(3, session=other))

    history.delete_session(SESSION.id)
    history.delete_session("never there")

    assert history.sessions() == (replace(other, attempts=(attempt(3, session=other),)),)
    assert history.attempt(attempt(1).id) is None
    assert not own.exists()
    assert dropped.exists()


def test_an_answer_in_the_trash_counts_nowhere_until_it_is_put_back(history: History) -> None:
    history.save_session(SESSION)
    for number in (1, 2):
        history.save_attempt(attempt(number))
    history.catalogue.discard_answers((attempt(1).id,))
    assert history.session(SESSION.id) == replace(SESSION, attempts=(attempt(2),))
    assert history.attempts_at(SESSION.bank_id, QUESTION.id) == (attempt(2),)
    assert history.attempt(attempt(1).id) == attempt(1)
    assert history.catalogue.discarded_answers() == (attempt(1).id,)

    history.catalogue.put_back_answers((attempt(1).id,))
    assert history.session(SESSION.id) == replace(SESSION, attempts=(attempt(1), attempt(2)))

    history.delete_attempt(attempt(1).id)
    assert history.session(SESSION.id) == replace(SESSION, attempts=(attempt(2),))
    assert history.attempt(attempt(1).id) is None


def test_a_recording_path_can_be_written_and_carries_the_id(history: History) -> None:
    path = history.new_recording_path("20250514-093100-00000001")
    path.write_bytes(b"RIFF")

    assert path.stem == "20250514-093100-00000001"
    assert path.suffix == ".wav"


def test_threads_may_write_and_read_at_once(history: History) -> None:
    history.save_session(SESSION)
    errors: list[BaseException] = []

    def work(first: int) -> None:
        try:
            for number in range(first, first + 10):
                history.save_attempt(attempt(number))
                assert history.attempt(attempt(number).id) is not None
                history.sessions()
        except BaseException as error:  # noqa: BLE001 - shown by the test's own thread
            errors.append(error)

    threads = [Thread(target=work, args=(first,)) for first in (0, 10, 20, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert len(history.sessions()[0].attempts) == 40


def test_ratings_come_with_the_coverage_that_counts(history: History) -> None:
    history.save_session(SESSION)
    rated = replace(assessed(), self_rating=75)
    history.save_attempt(rated.overruled("erasure", Level.PARTIAL))
    history.save_attempt(replace(attempt(1), self_rating=25))  # not scored yet
    assert history.ratings() == ((75, 75.0),)


def test_answers_are_told_by_what_they_were_judged_with(history: History) -> None:
    history.save_session(SESSION)
    first, second, other = assessed(1), assessed(2), assessed(3)
    assert other.assessment is not None
    other = replace(other, assessment=replace(other.assessment, scorer="lexical 2"))
    for one in (first, other, second, attempt(4)):
        history.save_attempt(one)
    assert history.judged() == (
        Judged(SESSION.bank_id, first.question, "lexical 1", (first.id, second.id)),
        Judged(SESSION.bank_id, first.question, "lexical 2", (other.id,)),
    )


def test_answers_that_were_overruled_are_found(history: History) -> None:
    history.save_session(SESSION)
    mine = assessed(1).overruled("erasure", Level.COVERED)
    for one in (assessed(2), mine, attempt(3)):
        history.save_attempt(one)
    assert history.contested() == (mine,)


def test_an_unusable_answer_is_not_counted_and_one_that_is_scored_anyway_is(
    history: History,
) -> None:
    history.save_session(SESSION)
    sound = SoundVerdict(Grade.UNUSABLE, "Too loud.", "Move back.", snr_db=3.0)
    unusable = replace(assessed(1), assessment=None, sound=sound)
    history.save_attempt(unusable)
    assert history.attempt_counts() == {}
    assert history.attempt(unusable.id) == unusable
    scored = replace(assessed(1), sound=sound, scored_anyway=True)
    history.save_attempt(scored)
    assert history.attempt_counts() == {(scored.bank_id, scored.question.id): 1}
    assert history.attempt(scored.id) == scored
