import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import spoken
from tests.store.records import ASSESSMENT, QUESTION, SESSION, assessed, attempt
from voiceprep.interview.catalogue import Filter, Label
from voiceprep.interview.records import AttemptStatus
from voiceprep.interview.sound_verdict import Grade, SoundVerdict
from voiceprep.store.database import open_database
from voiceprep.store.finding import match
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders
from voiceprep.store.rows import attempt_row, session_row
from voiceprep.store.schema import MIGRATIONS

LATER = replace(
    SESSION,
    id="later",
    bank_id="other",
    bank_title="Zürich 100%",
    started_at="2025-06-01T09:00:00+00:00",
)


@pytest.fixture
def kept(history: SqliteHistory) -> SqliteHistory:
    """Two sessions: one with an assessed and a waiting answer, one with a typed one."""
    for session in (SESSION, LATER):
        history.save_session(session)
    history.save_attempt(assessed(1, recording=Path("/elsewhere/1.wav")))
    history.save_attempt(replace(attempt(2, recording=Path("/elsewhere/2.wav")), position=1))
    hard = QUESTION.model_copy(update={"category": "Money", "level": "advanced"})
    history.save_attempt(
        replace(
            assessed(3),
            session_id=LATER.id,
            question=hard,
            started_at=LATER.started_at,
            transcript=spoken("über das Geld spricht man nicht"),
        )
    )
    return history


def found(history: SqliteHistory, **wanted: object) -> list[str]:
    return [one.id for one in history.catalogue.sessions(Filter(**wanted)).lines]


def answers(history: SqliteHistory, **wanted: object) -> list[str]:
    return [one.id[-1] for one in history.catalogue.answers(Filter(**wanted)).lines]


def test_a_line_says_what_a_list_shows(kept: SqliteHistory) -> None:
    later, first = kept.catalogue.sessions(Filter()).lines
    assert (first.questions, first.answered, first.waiting) == (2, 2, 1)
    assert first.score == 50.0
    assert first.spoken_s == 25.0
    assert first.label == Label()
    assert later.bank_title == "Zürich 100%"
    page = kept.catalogue.sessions(Filter(), offset=1, limit=5)
    assert ([one.id for one in page.lines], page.found, page.total) == ([SESSION.id], 2, 2)


@pytest.mark.parametrize(
    ("wanted", "sessions", "numbers"),
    [
        ({}, ["later", SESSION.id], ["3", "2", "1"]),
        ({"bank": "other"}, ["later"], ["3"]),
        ({"category": "Money"}, ["later"], ["3"]),
        ({"level": "beginner"}, [SESSION.id], ["2", "1"]),
        ({"engine": "typed"}, [], []),
        ({"least": 40}, ["later", SESSION.id], ["3", "1"]),
        ({"most": 40}, [], []),
        ({"since": "2025-05-20"}, ["later"], ["3"]),
        ({"until": "2025-05-20"}, [SESSION.id], ["2", "1"]),
        ({"text": "CONSENT every"}, [SESSION.id], ["1"]),
        ({"text": "uber gel"}, ["later"], ["3"]),
        ({"text": "GDPR", "category": "Money"}, ["later"], ["3"]),
        ({"text": "consent", "category": "Money"}, [], []),
        ({"text": 'AND" OR ('}, [], []),
        ({"text": "???"}, [], []),
        ({"tag": "none"}, [], []),
    ],
)
def test_filters_find_what_fits(
    kept: SqliteHistory, wanted: dict[str, object], sessions: list[str], numbers: list[str]
) -> None:
    assert found(kept, **wanted) == sessions
    assert answers(kept, **wanted) == numbers


def test_a_session_is_found_by_what_the_person_calls_it_and_by_its_bank(
    kept: SqliteHistory,
) -> None:
    kept.catalogue.set_label(SESSION.id, Label("Dry run", ("bank_x", "bank_x", "hard"), "nervous"))
    assert kept.catalogue.label(SESSION.id) == Label("Dry run", ("bank_x", "hard"), "nervous")
    for text in ("dry", "NERVOUS run", "bank_x"):
        assert found(kept, text=text) == [SESSION.id]
    assert found(kept, text="100%") == ["later"]
    assert found(kept, text="d_y") == []
    assert found(kept, tag="hard") == [SESSION.id]
    assert kept.catalogue.choices().tags == ("bank_x", "hard")


def test_what_was_found_is_shown_in_its_words(kept: SqliteHistory) -> None:
    (line,) = kept.catalogue.sessions(Filter(text="keep")).lines
    assert ("keep", True) in line.snippet
    assert line.found == 1
    (answer,) = kept.catalogue.answers(Filter(text="keep")).lines
    assert answer.snippet == line.snippet
    assert answer.question == QUESTION.question


def test_the_choices_are_what_occurs(kept: SqliteHistory) -> None:
    choices = kept.catalogue.choices()
    assert choices.banks == (("bank", "A bank"), ("other", "Zürich 100%"))
    assert choices.categories == ("Money", "Regulation")
    assert choices.levels == ("advanced", "beginner")
    assert len(choices.engines) == 1


def test_a_corrected_transcript_is_found_by_its_new_words_only(kept: SqliteHistory) -> None:
    kept.save_attempt(replace(assessed(1), transcript=spoken("we need a permit")))
    assert found(kept, text="permit") == [SESSION.id]
    assert found(kept, text="everything") == []


def test_what_lies_in_the_trash_is_found_only_there(kept: SqliteHistory) -> None:
    kept.catalogue.discard((SESSION.id,))
    assert found(kept) == ["later"]
    assert answers(kept) == ["3"]
    assert [one.id for one in kept.sessions()] == ["later"]
    assert found(kept, in_trash=True) == [SESSION.id]
    assert kept.catalogue.sessions(Filter()).total == 1
    assert kept.catalogue.discarded() == (SESSION.id,)
    assert kept.catalogue.discarded("2000") == ()
    assert kept.catalogue.discarded(datetime.now(UTC).replace(year=3000).isoformat()) != ()
    kept.catalogue.put_back((SESSION.id,))
    assert found(kept) == ["later", SESSION.id]
    assert kept.catalogue.discarded() == ()


def test_a_single_answer_in_the_trash_is_in_no_list_and_no_total(kept: SqliteHistory) -> None:
    first = attempt(1).id
    kept.catalogue.discard_answers((first, "never there"))
    assert answers(kept) == ["3", "2"]
    assert answers(kept, in_trash=True) == ["1"]
    assert answers(kept, text="consent") == []
    assert found(kept, text="consent") == []
    assert found(kept, least=40) == ["later"]
    assert found(kept) == ["later", SESSION.id]
    line = kept.catalogue.sessions(Filter()).lines[1]
    assert (line.answered, line.score, line.spoken_s) == (1, None, 12.5)
    assert kept.catalogue.answers(Filter()).total == 2
    session = kept.session(SESSION.id)
    assert session is not None
    assert [one.id for one in session.attempts] == [attempt(2).id]
    assert first not in {one.id for each in kept.sessions() for one in each.attempts}
    assert first not in {one.id for one in kept.attempts_at("bank", QUESTION.id)}
    assert first not in {one for each in kept.judged() for one in each.attempt_ids}
    assert first not in {one.attempt_id for one in kept.points()}
    assert kept.attempt(first) is not None
    assert kept.catalogue.discarded_answers() == (first,)
    assert kept.catalogue.discarded_answers("2000") == ()

    kept.save_attempt(replace(assessed(1), self_rating=50))
    assert answers(kept) == ["3", "2"]
    assert kept.ratings() == ()

    kept.catalogue.put_back_answers((first,))
    assert answers(kept) == ["3", "2", "1"]
    assert kept.ratings() == ((50, 50.0),)
    assert kept.catalogue.discarded_answers() == ()


def test_an_answer_in_the_trash_says_whether_it_is_there_with_its_session(
    kept: SqliteHistory,
) -> None:
    kept.catalogue.discard((LATER.id,))
    kept.catalogue.discard_answers((attempt(1).id,))
    lines = kept.catalogue.answers(Filter(in_trash=True)).lines
    assert [(one.id[-1], one.with_session) for one in lines] == [("3", True), ("1", False)]


def test_a_deleted_answer_is_gone_with_its_words_and_its_recording(
    kept: SqliteHistory, folders: Folders
) -> None:
    path = kept.new_recording_path(attempt(1).id)
    path.write_bytes(b"RIFF")
    kept.save_attempt(assessed(1, recording=path))
    kept.delete_attempt(attempt(1).id)
    kept.delete_attempt("never there")
    assert answers(kept) == ["3", "2"]
    assert not path.exists()
    kept.close()
    assert b"everything" not in folders.database.read_bytes()


def test_saving_a_session_again_keeps_its_name_and_its_place(kept: SqliteHistory) -> None:
    kept.catalogue.set_label(SESSION.id, Label("Mine"))
    kept.catalogue.discard((SESSION.id,))
    kept.save_session(replace(SESSION, ended_at="2025-05-14T10:00:00+00:00"))
    assert kept.catalogue.label(SESSION.id).name == "Mine"
    assert kept.catalogue.discarded() == (SESSION.id,)


def test_a_deleted_session_is_found_no_more(kept: SqliteHistory, folders: Folders) -> None:
    kept.delete_session(SESSION.id)
    assert answers(kept, text="consent") == []
    kept.close()
    assert b"everything" not in folders.database.read_bytes()


def test_disk_use_counts_the_recordings_made_here(kept: SqliteHistory) -> None:
    path = kept.new_recording_path(attempt(1).id)
    path.write_bytes(b"x" * 1234)
    kept.save_attempt(assessed(1, recording=path))
    assert kept.catalogue.bytes_used(SESSION.id) == 1234
    assert kept.catalogue.bytes_used(LATER.id) == 0


def test_an_empty_history_has_nothing_to_find(history: SqliteHistory, folders: Folders) -> None:
    assert found(history, text="x") == []
    assert answers(history) == []
    assert history.catalogue.choices().banks == ()
    assert history.catalogue.discarded() == ()
    assert history.catalogue.label("none") == Label()
    assert history.catalogue.bytes_used("none") == 0
    assert not folders.data.exists()


def test_answers_from_before_are_found_after_the_update(
    history: SqliteHistory, folders: Folders
) -> None:
    """A file of the version before lists were kept; one of its rows is broken."""
    folders.data.mkdir()
    with closing(sqlite3.connect(folders.database)) as old, old:
        for version, statements in enumerate(MIGRATIONS[:3], 1):
            for statement in statements:
                old.execute(statement)
            old.execute(f"PRAGMA user_version = {version}")
        old.execute(
            "INSERT INTO session VALUES ('s', 'bank', 'A bank', '2025-05-14T09:30', '', '[]')"
        )
        columns = "id, session_id, position, bank_id, question_id, started_at, status, failure"
        for name, question in (("whole", QUESTION.model_dump_json()), ("broken", "{")):
            old.execute(
                f"INSERT INTO attempt ({columns}, question, transcript)"  # noqa: S608
                " VALUES (?, 's', 0, 'bank', 'q', '2025', ?, '', ?, ?)",
                (name, AttemptStatus.ASSESSED, question, '{"segments": [{"text": "old words"}]}'),
            )
    assert len(history.catalogue.answers(Filter(text="old")).lines) == 2
    assert [one.id for one in history.catalogue.answers(Filter(text="GDPR")).lines] == ["whole"]


@given(text=st.text(max_size=20))
def test_whatever_is_typed_is_answered(text: str) -> None:
    # a history that was never written answers without SQLite; this one asks it
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE said USING fts5(question, category, answer)")
        if words := match(text):
            connection.execute("SELECT rowid FROM said WHERE said MATCH ?", (words,)).fetchall()


def test_lists_know_which_answers_are_doubtful_and_count_no_unusable_ones(
    kept: SqliteHistory,
) -> None:
    doubtful = SoundVerdict(Grade.DOUBTFUL, "Loud.", "Move closer.")
    unusable = SoundVerdict(Grade.UNUSABLE, "Louder.", "Move closer.")
    before = kept.catalogue.sessions(Filter()).lines[1]
    kept.save_attempt(replace(assessed(1, recording=Path("/elsewhere/1.wav")), sound=doubtful))
    noise = replace(
        assessed(4, recording=Path("/elsewhere/4.wav")),
        position=1,
        assessment=None,
        sound=unusable,
    )
    kept.save_attempt(noise)

    line = kept.catalogue.sessions(Filter()).lines[1]

    assert (line.doubtful, before.doubtful) == (1, 0)
    assert (line.score, line.answered, line.waiting) == (50.0, 2, 1)
    assert line.spoken_s == before.spoken_s
    grades = {one.id[-1]: one.grade for one in kept.catalogue.answers(Filter()).lines}
    assert grades == {"1": "doubtful", "2": "", "3": "", "4": "unusable"}
    kept.save_attempt(replace(noise, assessment=ASSESSMENT, scored_anyway=True))
    line = kept.catalogue.sessions(Filter()).lines[1]
    assert (line.doubtful, line.score) == (2, 50.0)


def test_answers_from_before_sound_was_judged_stay_listed(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "data", tmp_path / "cache")
    folders.data.mkdir()
    with closing(open_database(folders.database, MIGRATIONS[:5])) as connection:
        row = attempt_row(assessed(1), tmp_path)
        names = [one for one in row if one not in {"sound", "scored_anyway"}]
        session = session_row(SESSION)
        for table, own, values in (("session", list(session), session), ("attempt", names, row)):
            marks = ", ".join(f":{one}" for one in own)
            statement = f"INSERT INTO {table} ({', '.join(own)}) VALUES ({marks})"  # noqa: S608
            connection.execute(statement, {one: values[one] for one in own})
    history = SqliteHistory(folders)
    (line,) = history.catalogue.answers(Filter()).lines
    assert (line.score, line.grade) == (50.0, "")
    kept = history.attempt(assessed(1).id)
    assert kept == assessed(1)
    history.save_attempt(
        replace(assessed(1), sound=SoundVerdict(Grade.DOUBTFUL, "Loud.", "Move closer."))
    )
    (line,) = history.catalogue.answers(Filter()).lines
    assert line.grade == "doubtful"
    history.close()
