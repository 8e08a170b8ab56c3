"""Old answers corrected, overruled and scored again from the shell."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.commands.cli import Shell
from voiceprep.bank.load import built_in_banks
from voiceprep.interview.records import Attempt, AttemptStatus, SessionRecord
from voiceprep.interview.sound_verdict import Grade, SoundVerdict
from voiceprep.scoring.assessment import Level
from voiceprep.scoring.score import score
from voiceprep.scoring.transcript import Transcript
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders

BANK = built_in_banks()[0]


@pytest.fixture
def kept() -> Attempt:
    """An answer in the user's history that an earlier scorer judged harshly."""
    question = BANK.questions[0]
    transcript = Transcript.typed(question.hint)
    assessment = replace(score(question, transcript), scorer="lexical-0", score=0.0)
    attempt = Attempt(
        "answer",
        "sitting",
        0,
        BANK.id,
        question,
        "2026-01-31T10:15:00+00:00",
        AttemptStatus.ASSESSED,
        None,
        transcript,
        replace(assessment, concepts=assessment.concepts[:1]),
    )
    history = SqliteHistory(user_folders())
    history.save_session(
        SessionRecord("sitting", BANK.id, BANK.title, "2026-01-31T10:15:00+00:00", (question.id,))
    )
    history.save_attempt(attempt)
    history.close()
    return attempt


def in_history(attempt: Attempt) -> Attempt:
    history = SqliteHistory(user_folders())
    found = history.attempt(attempt.id)
    history.close()
    assert found is not None
    return found


def test_a_dry_run_counts_and_changes_nothing(voiceprep: Shell, kept: Attempt) -> None:
    result = voiceprep("history", "rescore", "--dry-run")
    assert result.status == 0
    assert "To be scored again: 1." in result.words
    assert in_history(kept) == kept


def test_what_changed_is_told_and_the_old_result_stays(voiceprep: Shell, kept: Attempt) -> None:
    result = voiceprep("history", "rescore")
    assert result.status == 0
    assert kept.question.question[:40] in result.words
    assert "1 scored again: 1 with other verdicts, 1 higher, 0 lower." in result.words
    (earlier,) = in_history(kept).earlier
    assert earlier.assessment == kept.assessment
    assert "Nothing to do" in voiceprep("history", "rescore").words


def test_one_answer_or_session_is_scored_again_by_its_id(voiceprep: Shell, kept: Attempt) -> None:
    result = json.loads(voiceprep("history", "rescore", "sitting", "--json").out)
    assert result["answers"] == 1
    (changed,) = result["changed"]
    assert changed["attempt"] == kept.id
    assert changed["score"] > changed["score_before"] == 0.0
    assert json.loads(voiceprep("history", "rescore", kept.id, "--json").out)["answers"] == 0


def test_an_unknown_id_is_told(voiceprep: Shell) -> None:
    result = voiceprep("history", "rescore", "nobody")
    assert result.status == 1
    assert "There is no answer 'nobody'." in result.words


# -- correcting ------------------------------------------------------------------------------


def test_a_transcript_is_corrected_and_put_back(
    voiceprep: Shell, kept: Attempt, tmp_path: Path
) -> None:
    text = tmp_path / "answer.txt"
    text.write_text("I have no idea, sorry.\n", encoding="utf-8")
    result = voiceprep("history", "correct", kept.id, "--text", text)
    assert result.status == 0
    assert "I have no idea, sorry." in result.words
    assert "Earlier results: 0 % (corrected," in result.words
    assert kept.transcript is not None
    assert in_history(kept).first_transcript == kept.transcript
    assert voiceprep("history", "correct", kept.id, "--as-heard").status == 0
    assert in_history(kept).transcript == kept.transcript


def test_correcting_needs_a_text_or_the_way_back(voiceprep: Shell, kept: Attempt) -> None:
    assert voiceprep("history", "correct", kept.id).status == 2
    result = voiceprep("history", "correct", kept.id, "--text", "/nowhere.txt")
    assert result.status == 1
    assert "/nowhere.txt cannot be read." in result.words


# -- overruling ------------------------------------------------------------------------------


def test_a_verdict_is_overruled_with_a_note_and_taken_back(voiceprep: Shell, kept: Attempt) -> None:
    assert kept.assessment is not None
    (verdict,) = kept.assessment.concepts
    result = voiceprep("history", "overrule", kept.id, "1", "missed", "--note", "I only read it")
    assert result.status == 0
    assert "You set 1 of 1 verdict right" in result.words
    mine = in_history(kept).overruling(verdict.id)
    assert mine is not None
    assert (mine.level, mine.note) == (Level.MISSED, "I only read it")
    assert voiceprep("history", "overrule", kept.id, verdict.id, "judged").status == 0
    assert in_history(kept) == kept


def test_an_unknown_concept_is_told_with_those_there_are(voiceprep: Shell, kept: Attempt) -> None:
    result = voiceprep("history", "overrule", kept.id, "9", "covered")
    assert result.status == 1
    assert kept.assessment is not None
    assert f"Its concepts: {kept.assessment.concepts[0].id}." in result.words


@pytest.fixture
def unusable(kept: Attempt) -> Attempt:
    sound = SoundVerdict(Grade.UNUSABLE, "The room was loud.", "Move closer.")
    made = replace(kept, assessment=None, sound=sound)
    history = SqliteHistory(user_folders())
    history.save_attempt(made)
    history.close()
    return made


def test_an_unusable_answer_is_shown_as_that_scored_anyway_and_taken_back(
    voiceprep: Shell, unusable: Attempt
) -> None:
    shown = voiceprep("history", "show", "sitting").words
    assert "Unusable sound. The room was loud. Move closer." in shown
    assert "Mean coverage" not in shown
    scored = voiceprep("history", "score-anyway", "answer")
    assert scored.status == 0
    assert "Coverage" in scored.words
    assert in_history(unusable).scored_anyway
    assert "1 doubtful" in voiceprep("history").words
    assert json.loads(voiceprep("history", "--json").out)[0]["doubtful"] == 1
    assert "1 doubtful" in voiceprep("history", "--since", "2026-01-01").words
    assert voiceprep("history", "score-anyway", "answer", "--undo").status == 0
    assert in_history(unusable) == unusable


def test_only_what_is_unusable_can_be_scored_anyway(voiceprep: Shell, kept: Attempt) -> None:
    for more in ((), ("--undo",)):
        refused = voiceprep("history", "score-anyway", kept.id, *more)
        assert refused.status == 1
        assert kept.id in refused.words
