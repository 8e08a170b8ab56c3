"""Answers scored again: old results stay, and the change can be told."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from tests.bank.samples import a_concept
from tests.fakes import FakeHistory, FakeTranscriber
from tests.gui.samples import THREE, a_session, an_attempt, keep, tone
from voiceprep.bank.model import Bank, Question
from voiceprep.errors import VoicePrepError
from voiceprep.interview.judging import Judge
from voiceprep.interview.records import Attempt, Revision
from voiceprep.interview.rescoring import (
    Change,
    Rescored,
    changes,
    is_outdated,
    outdated,
    question_now,
    rescore_all,
)
from voiceprep.scoring.assessment import Level
from voiceprep.scoring.correction import Entry
from voiceprep.scoring.score import LEXICAL, score

NOW = THREE.model_copy(
    update={"concepts": (*THREE.concepts, a_concept("Business figures", id="figures"))}
)
"""The same question after its bank was extended."""


@pytest.fixture
def history(tmp_path: Path) -> FakeHistory:
    return FakeHistory(tmp_path)


@pytest.fixture
def judge(history: FakeHistory) -> Judge:
    return Judge(FakeTranscriber(), score, history, scorer_name=LEXICAL)


@pytest.fixture
def kept(history: FakeHistory) -> Attempt:
    attempt = an_attempt()
    keep(history, a_session(attempt))
    return attempt


def bank_of(question: Question) -> Bank:
    return Bank.model_construct(id="samples", title="Samples", questions=(question,))


def test_a_corrected_transcript_is_scored_and_the_first_result_stays(
    judge: Judge, history: FakeHistory, kept: Attempt
) -> None:
    after = judge.correct(kept, "I would monitor the inputs and retrain.")
    assert history.attempt(kept.id) == after
    assert after.standing is not None
    assert [one.level for one in after.standing.concepts][1:] == [Level.COVERED, Level.COVERED]
    (earlier,) = after.earlier
    assert (earlier.reason, earlier.transcript, earlier.assessment) == (
        Revision.CORRECTED,
        kept.transcript,
        kept.assessment,
    )


def test_a_correction_that_changes_nothing_leaves_no_trace(judge: Judge, kept: Attempt) -> None:
    assert kept.transcript is not None
    assert judge.correct(kept, f" {kept.transcript.text}\n") == kept


def test_an_empty_correction_is_refused_in_words(judge: Judge, kept: Attempt) -> None:
    with pytest.raises(VoicePrepError, match="corrected transcript is empty"):
        judge.correct(kept, "  ")


def test_what_the_candidate_overruled_stays_overruled(judge: Judge, kept: Attempt) -> None:
    mine = kept.overruled("monitor", Level.COVERED, "I meant the dashboards.")
    after = judge.rescore(mine, NOW)
    assert after.overrulings == mine.overrulings
    (earlier,) = after.earlier
    assert (earlier.assessment, earlier.overrulings) == (mine.assessment, mine.overrulings)
    assert (earlier.standing, earlier.question) == (mine.standing, THREE)
    gone = judge.rescore(mine, THREE.model_copy(update={"concepts": THREE.concepts[:1]}))
    assert gone.overrulings == ()


def test_an_answer_is_outdated_when_scorer_or_checklist_changed(
    judge: Judge, kept: Attempt
) -> None:
    assert not is_outdated(kept, judge, (bank_of(THREE),))
    assert not is_outdated(kept, judge, ())  # a bank that is gone
    assert is_outdated(kept, judge, (bank_of(NOW),))
    assert is_outdated(kept, replace(judge, scorer_name="meaning-9"), (bank_of(THREE),))
    unjudged = replace(kept, transcript=None, assessment=None)
    assert not is_outdated(unjudged, judge, (bank_of(NOW),))


def test_another_category_or_follow_up_makes_no_answer_outdated(
    judge: Judge, kept: Attempt
) -> None:
    concepts = tuple(one.model_copy(update={"probe": "So?"}) for one in THREE.concepts)
    same = THREE.model_copy(update={"category": "Another", "concepts": concepts})
    assert not is_outdated(kept, judge, (bank_of(same),))


def test_words_alone_never_replace_what_was_judged_by_meaning(judge: Judge, kept: Attempt) -> None:
    assert kept.assessment is not None
    by_meaning = replace(kept, assessment=replace(kept.assessment, scorer="meaning-1"))
    assert not is_outdated(by_meaning, judge, (bank_of(THREE),))


def test_the_question_stays_as_it_was_asked(judge: Judge, kept: Attempt) -> None:
    reworded = NOW.model_copy(update={"question": "What becomes of models?"})
    after = judge.rescore(kept, reworded)
    assert after.question.question == THREE.question
    assert after.question.concepts == NOW.concepts
    assert not is_outdated(after, judge, (bank_of(reworded),))


def test_the_same_result_leaves_no_trace(judge: Judge, history: FakeHistory, kept: Attempt) -> None:
    assert judge.rescore(kept, THREE) == kept
    assert history.attempt(kept.id) == kept


def test_all_outdated_answers_are_scored_again_once(
    judge: Judge, history: FakeHistory, kept: Attempt
) -> None:
    shares: list[float] = []

    def run() -> Rescored:
        banks = (bank_of(NOW),)
        return rescore_all(outdated(judge, banks), judge, banks, Event(), shares.append)

    found = run()
    assert (found.answers, found.left, len(found.changed)) == (1, 0, 1)
    assert run() == Rescored(0, 0, ())
    assert shares == [1.0]
    again = history.attempt(kept.id)
    assert again is not None
    assert again.question == NOW


def test_what_is_said_meanwhile_of_a_verdict_is_not_lost(
    judge: Judge, history: FakeHistory, kept: Attempt
) -> None:
    waiting = outdated(judge, (bank_of(NOW),))
    history.save_attempt(kept.overruled("monitor", Level.COVERED))
    rescore_all(waiting, judge, (bank_of(NOW),), Event())
    again = history.attempt(kept.id)
    assert again is not None
    assert again.overruling("monitor") is not None


def test_an_answer_that_was_deleted_meanwhile_is_passed_over(judge: Judge, kept: Attempt) -> None:
    found = rescore_all(("gone", kept.id), judge, (bank_of(NOW),), Event())
    assert (found.answers, found.left) == (1, 0)


def test_scoring_again_can_be_stopped(judge: Judge, history: FakeHistory, kept: Attempt) -> None:
    stop = Event()
    stop.set()
    assert rescore_all((kept.id,), judge, (bank_of(NOW),), stop) == Rescored(0, 1, ())
    assert history.attempt(kept.id) == kept


def test_what_was_heard_is_put_back_with_its_words(judge: Judge, kept: Attempt) -> None:
    assert kept.transcript is not None
    there = judge.correct(kept, "I would monitor the inputs and retrain.")
    back = judge.correct(there, kept.transcript.text)
    assert back.transcript == kept.transcript
    assert back.assessment == kept.assessment
    assert len(back.earlier) == 2


def test_changes_name_what_rose_fell_came_and_went(judge: Judge, kept: Attempt) -> None:
    after = judge.rescore(kept.overruled("monitor", Level.COVERED), NOW)
    found = changes(kept.assessment, after.standing)
    assert Change("Monitor the inputs", Level.MISSED, Level.COVERED) in found
    assert [one.before for one in found if one.label == "Business figures"] == [None]
    assert changes(kept.assessment, kept.assessment) == ()


def test_questions_are_found_by_bank_and_id() -> None:
    assert question_now((bank_of(NOW),), "samples", NOW.id) == NOW
    assert question_now((bank_of(NOW),), "others", NOW.id) is None


def test_the_dictionary_is_applied_to_what_is_heard(history: FakeHistory, tmp_path: Path) -> None:
    transcriber = FakeTranscriber()
    heard = Judge(transcriber, score, history)
    waiting = replace(
        an_attempt(tone(tmp_path / "answer.wav"), name="spoken"), transcript=None, assessment=None
    )
    first = heard.judge(waiting, Event()).transcript
    assert first is not None
    word = first.words[0].text
    learnt = Judge(transcriber, score, history, dictionary=lambda: (Entry(word, "RAG"),))
    again = learnt.judge(waiting, Event()).transcript
    assert again is not None
    assert again.words[0].text.startswith("RAG")
    assert again.words[0].heard == word
