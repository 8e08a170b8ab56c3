"""``voiceprep report`` and ``voiceprep history --csv``, on a history of one's own."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.commands.cli import Shell
from tests.e2e.app import a_running_app
from tests.report import samples
from tests.sound import tone, write_wav
from voiceprep.interview.records import Attempt
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders

SESSION = samples.session().id


@pytest.fixture
def history(tmp_path: Path) -> tuple[Attempt, ...]:
    """One session with two spoken answers and a typed one."""
    path = write_wav(tmp_path / "take.wav", tone(440, 3.0))
    assert samples.MICROPHONE.recording is not None
    recording = replace(samples.MICROPHONE.recording, path=path)
    attempts = (
        replace(samples.MICROPHONE, id="one", recording=recording),
        replace(samples.MICROPHONE, id="two", position=1, recording=recording),
        samples.TYPED,
    )
    kept = SqliteHistory(user_folders())
    kept.save_session(samples.session())
    for attempt in attempts:
        kept.save_attempt(attempt)
    kept.close()
    return attempts


@pytest.mark.usefixtures("history")
def test_the_newest_session_is_written_in_the_form_that_its_name_asks_for(
    voiceprep: Shell, tmp_path: Path
) -> None:
    begins = {"html": b"<!DOCTYPE html>", "md": b"# A bank", "json": b"{"}
    for ending, begin in begins.items():
        path = tmp_path / f"last.{ending}"
        result = voiceprep("report", "--output", path)
        assert result.status == 0, result.words
        assert f"Report: {path}" in result.err
        assert path.read_bytes().startswith(begin)
    assert b"data:audio/mpeg;base64," in (tmp_path / "last.html").read_bytes()


@pytest.mark.usefixtures("history")
def test_recordings_are_linked_or_left_out_as_chosen(voiceprep: Shell, tmp_path: Path) -> None:
    path = tmp_path / "last.html"
    voiceprep("report", SESSION, "--output", path, "--audio", "link")
    assert len(list((tmp_path / "last-audio").glob("answer-*.mp3"))) == 2
    voiceprep("report", SESSION, "--output", path, "--audio", "none")
    assert b"<audio" not in path.read_bytes()
    assert voiceprep("report", "--audio", "link").status == 2


@pytest.mark.usefixtures("history")
def test_a_report_is_printed_for_other_programs(voiceprep: Shell) -> None:
    assert voiceprep("report").out.startswith("<!DOCTYPE html>")
    assert json.loads(voiceprep("report", "--format", "json").out)["session"]["id"] == SESSION


@pytest.mark.usefixtures("history")
def test_subtitles_of_several_answers_need_a_place(voiceprep: Shell, tmp_path: Path) -> None:
    refused = voiceprep("report", "--format", "srt")
    assert refused.status == 1
    assert "These are 2 files." in refused.words
    assert voiceprep("report", "--output", tmp_path / "said.vtt").status == 0
    assert {one.name for one in tmp_path.glob("*.vtt")} == {"said-1.vtt", "said-2.vtt"}


@pytest.mark.usefixtures("history")
def test_a_pdf_is_written_where_there_is_no_display(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "last.pdf"
    with a_running_app(home, "report", "--output", str(path), "--paper", "letter") as app:
        assert app.ended() == 0
    assert path.read_bytes().startswith(b"%PDF-")


def test_the_schema_of_the_json_is_printed_also_without_a_history(voiceprep: Shell) -> None:
    schema = json.loads(voiceprep("report", "--schema").out)
    assert schema["title"] == "VoicePrep session"
    assert "attempts" in schema["properties"]


def test_without_a_session_it_says_how_to_make_one(voiceprep: Shell) -> None:
    result = voiceprep("report")
    assert result.status == 1
    assert "There is no session yet." in result.words


@pytest.mark.usefixtures("history")
def test_the_history_is_a_table_of_all_attempts(voiceprep: Shell) -> None:
    head, *rows = voiceprep("history", "--csv").out.splitlines()
    assert head.startswith("session,started_at,bank,attempt,question_id,status,score,engine,")
    assert len(rows) == 3


@pytest.mark.usefixtures("history")
def test_trends_name_the_concepts_that_are_never_covered(voiceprep: Shell) -> None:
    told = voiceprep("history", "trends")
    assert told.status == 0
    assert "Coverage: 3 answers; the mean of the last five is" in told.words
    assert "Concepts: 2 of 3 concepts never covered." in told.words
    tables = json.loads(voiceprep("history", "trends", "--json").out)
    assert [one["Concept"] for one in tables["concepts"]] == ["An officer", "Erasure", "Consent"]
    assert json.loads(voiceprep("history", "trends", "--category", "None", "--json").out) == {
        "coverage": [], "concepts": [], "practice": [], "delivery": [],
    }  # fmt: skip
