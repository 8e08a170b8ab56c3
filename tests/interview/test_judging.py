from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import pytest

from tests.bank.samples import a_question
from tests.fakes import FakeHistory, FakeRecorder, FakeTranscriber, spoken
from voiceprep.bank.model import Question
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.judging import Judge
from voiceprep.interview.records import Attempt, AttemptStatus, Recording
from voiceprep.scoring.assessment import Assessment, Level
from voiceprep.scoring.score import score
from voiceprep.scoring.transcript import Transcript

BROKEN = VoicePrepError("It broke.", "A test broke it.", "Try again.")


class RememberingHistory(FakeHistory):
    """Notes every status under which an attempt was kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.statuses: list[AttemptStatus] = []

    def save_attempt(self, attempt: Attempt) -> None:
        super().save_attempt(attempt)
        self.statuses.append(attempt.status)


@dataclass
class Bench:
    folder: Path
    transcriber: FakeTranscriber = field(
        default_factory=lambda: FakeTranscriber(spoken("drift makes the predictions worse"))
    )

    def __post_init__(self) -> None:
        self.history = RememberingHistory(self.folder)
        self.judge = Judge(self.transcriber, score, self.history)

    def recorded(self) -> Attempt:
        recorder = FakeRecorder(length_s=0.1)
        recorder.start(self.folder / "take.wav")
        return replace(_attempt(), recording=recorder.stop())


def _attempt() -> Attempt:
    question = a_question()
    return Attempt(
        "a1", "s1", 0, "samples", question, "2026-01-01T10:00:00+00:00", AttemptStatus.WAITING
    )


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_recording_is_transcribed_scored_and_kept(bench: Bench) -> None:
    judged = bench.judge.judge(bench.recorded(), Event())
    assert judged.status is AttemptStatus.ASSESSED
    assert judged.transcript == bench.transcriber.transcript
    assert judged.assessment is not None
    assert judged.assessment.concepts[0].level is Level.COVERED
    assert bench.history.attempt("a1") == judged


def test_it_is_kept_as_waiting_before_the_work_starts(bench: Bench) -> None:
    bench.judge.judge(bench.recorded(), Event())
    assert bench.history.statuses == [AttemptStatus.WAITING, AttemptStatus.ASSESSED]


def test_a_typed_answer_needs_no_recogniser(bench: Bench) -> None:
    bench.transcriber.error = BROKEN
    typed = replace(_attempt(), transcript=Transcript.typed("drift makes predictions worse"))
    assert bench.judge.judge(typed, Event()).status is AttemptStatus.ASSESSED
    assert bench.transcriber.heard == []


def test_a_failed_transcription_is_kept_with_its_reason_and_can_be_tried_again(
    bench: Bench,
) -> None:
    bench.transcriber.error = BROKEN
    attempt = bench.recorded()
    with pytest.raises(VoicePrepError, match="It broke"):
        bench.judge.judge(attempt, Event())
    failed = bench.history.attempt("a1")
    assert failed is not None
    assert failed.status is AttemptStatus.FAILED
    assert failed.failure == str(BROKEN)
    assert failed.recording == attempt.recording
    bench.transcriber.error = None
    judged = bench.judge.judge(failed, Event())
    assert judged.status is AttemptStatus.ASSESSED
    assert judged.failure == ""


def test_a_cancelled_transcription_waits(bench: Bench) -> None:
    cancel = Event()
    cancel.set()
    with pytest.raises(Cancelled):
        bench.judge.judge(bench.recorded(), cancel)
    kept = bench.history.attempt("a1")
    assert kept is not None
    assert kept.status is AttemptStatus.WAITING


def test_the_words_survive_when_scoring_fails(bench: Bench) -> None:
    def no_score(_question: Question, _transcript: Transcript) -> Assessment:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Judge(bench.transcriber, no_score, bench.history).judge(bench.recorded(), Event())
    kept = bench.history.attempt("a1")
    assert kept is not None
    assert kept.status is AttemptStatus.FAILED
    assert kept.failure == "ZeroDivisionError"
    assert kept.transcript == bench.transcriber.transcript


def test_an_attempt_with_nothing_in_it_says_so(bench: Bench) -> None:
    with pytest.raises(VoicePrepError, match="no recording and no text"):
        bench.judge.judge(_attempt(), Event())


def test_a_recording_that_is_gone_is_named(bench: Bench) -> None:
    lost = replace(_attempt(), recording=Recording(bench.folder / "gone.wav", 1.0, 16_000))
    with pytest.raises(VoicePrepError, match=r"gone\.wav"):
        bench.judge.judge(lost, Event())


def test_progress_is_passed_on(bench: Bench) -> None:
    shares: list[float] = []
    bench.judge.judge(bench.recorded(), Event(), shares.append)
    assert shares == [1.0]


def test_a_corrected_transcript_is_scored_without_being_kept(bench: Bench) -> None:
    judged = bench.judge.judge(bench.recorded(), Event())
    corrected = bench.judge.score(judged, Transcript.typed("something else"))
    assert corrected.assessment is not None
    assert corrected.assessment.score == 0
    assert bench.history.attempt("a1") == judged
