"""Trends are read in a moment, and never tell of an answer as it was before."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest

from tests.store.records import SESSION, assessed, attempt
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.trends import points
from voiceprep.scoring.assessment import Level
from voiceprep.store import points as module
from voiceprep.store.connection import Connection
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders


@pytest.fixture
def some(history: SqliteHistory) -> SqliteHistory:
    history.save_session(SESSION)
    for one in (assessed(1), assessed(2), attempt(3)):
        history.save_attempt(one)
    history.points()
    return history


def overrule(history: SqliteHistory) -> None:
    history.save_attempt(assessed(1).overruled("erasure", Level.COVERED))


def answer_once_more(history: SqliteHistory) -> None:
    history.save_attempt(assessed(7))


def rename_the_bank(history: SqliteHistory) -> None:
    history.save_session(replace(SESSION, bank_title="Another name"))


def put_into_the_trash(history: SqliteHistory) -> None:
    history.catalogue.discard((SESSION.id,))


def delete(history: SqliteHistory) -> None:
    history.delete_session(SESSION.id)


def put_back(history: SqliteHistory) -> None:
    history.catalogue.discard((SESSION.id,))
    history.points()
    history.catalogue.put_back((SESSION.id,))


@pytest.mark.parametrize(
    "change",
    [overrule, answer_once_more, rename_the_bank, put_into_the_trash, delete, put_back],
)
def test_trends_follow_what_is_done_to_the_history(
    some: SqliteHistory, change: Callable[[SqliteHistory], None]
) -> None:
    change(some)
    assert some.points() == points(some.sessions())


def kept(folders: Folders) -> list[str]:
    with Connection(folders).read() as connection:
        assert connection is not None
        return [row["made_by"] for row in connection.execute("SELECT made_by FROM point")]


def test_opening_a_result_costs_no_work(some: SqliteHistory, folders: Folders) -> None:
    before = kept(folders)
    some.mark_reviewed(assessed(1).id)
    assert kept(folders) == before
    assert len(before) == len(some.sessions()[0].attempts)


def test_points_of_another_version_are_made_anew(
    some: SqliteHistory, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "__version__", "99.0")
    assert some.points() == points(some.sessions())
    assert all(one.startswith("99.0 ") for one in kept(folders))


def test_it_can_be_cancelled_and_goes_on_where_it_was(
    history: SqliteHistory, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BATCH", 2)
    history.save_session(SESSION)
    for number in range(6):
        history.save_attempt(assessed(number))
    cancel, shares = Event(), []

    def report(share: float) -> None:
        shares.append(share)
        cancel.set()

    with pytest.raises(Cancelled):
        history.points(cancel, report)
    assert len(kept(folders)) == 2
    assert history.points(Event(), shares.append) == points(history.sessions())
    assert shares == [pytest.approx(one) for one in (1 / 3, 1 / 2, 1)]


def test_where_points_cannot_be_kept_trends_are_told_all_the_same(
    some: SqliteHistory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise VoicePrepError("The disk is full.")

    monkeypatch.setattr(module, "_work_out", full)
    assert some.points() == points(some.sessions())
