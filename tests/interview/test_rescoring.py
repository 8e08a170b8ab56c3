"""Answers scored again: old results stay, and the change can be told."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from tests.bank.samples import a_concept
from tests.fakes import FakeHistory, FakeTranscriber
from tests.gui.samples import THREE, a_session, an_attempt, keep, tone
from voiceprep.bank.model import Bank, Question
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.judging import Judge
from voiceprep.interview.records import Attempt, Revision
from voiceprep.interview.rescoring import Change, changes, current_questions, rescore_all
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
    assert after.earlier[0].assessment == mine.standing
    gone = judge.rescore(mine, THREE.model_copy(update={"concepts": THREE.concepts[:1]}))
    assert gone.overrulings == ()


def test_an_answer_is_outdated_when_scorer_or_checklist_changed(
    judge: Judge, kept: Attempt
) -> None:
    assert not judge.is_outdated(kept, THREE)
    assert not judge.is_outdated(kept)  # a bank that is gone
    assert judge.is_outdated(kept, NOW)
    assert replace(judge, scorer_name="meaning-9").is_outdated(kept, THREE)
    assert not judge.is_outdated(replace(kept, transcript=None, assessment=None), NOW)


def test_all_outdated_answers_are_scored_again_once(
    judge: Judge, history: FakeHistory, kept: Attempt
) -> None:
    shares: list[float] = []

    def run() -> tuple[int, int]:
        banks = (bank_of(NOW),)
        found = rescore_all(judge, banks, history.sessions(), Event(), shares.append)
        return found.answers, found.changed

    assert run() == (1, 1)
    assert run() == (0, 0)
    assert shares == [1.0]
    again = history.attempt(kept.id)
    assert again is not None
    assert again.question == NOW


def test_scoring_again_can_be_stopped(judge: Judge, history: FakeHistory, kept: Attempt) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Cancelled):
        rescore_all(judge, (bank_of(NOW),), history.sessions(), stop)
    assert history.attempt(kept.id) == kept


def test_changes_name_what_rose_fell_came_and_went(judge: Judge, kept: Attempt) -> None:
    after = judge.rescore(kept.overruled("monitor", Level.COVERED), NOW)
    found = changes(kept.assessment, after.standing)
    assert Change("Monitor the inputs", Level.MISSED, Level.COVERED) in found
    assert [one.before for one in found if one.label == "Business figures"] == [None]
    assert changes(kept.assessment, kept.assessment) == ()


def test_questions_are_found_by_bank_and_id() -> None:
    assert current_questions((bank_of(NOW),)) == {("samples", NOW.id): NOW}


def test_the_dictionary_is_applied_to_what_is_heard(history: FakeHistory, tmp_path: Path) -> None:
    transcriber = FakeTranscriber()
    heard = Judge(transcriber, score, history)
    waiting = replace(
        an_attempt(tone(tmp_path / "answer.wav"), name="spoken"), transcript=None, assessment=None
    )
    first = heard.judge(waiting, Event()).transcript
    assert first is not None
    word = first.words[0].text
    learnt = Judge(transcriber, score, history, dictionary=(Entry(word, "RAG"),))
    again = learnt.judge(waiting, Event()).transcript
    assert again is not None
    assert again.words[0].text.startswith("RAG")
    assert again.words[0].heard == word
