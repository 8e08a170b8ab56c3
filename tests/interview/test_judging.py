from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import pytest

from tests.bank.samples import a_question
from tests.fakes import FakeHistory, FakeRecorder, FakeTranscriber, spoken
from voiceprep.bank.model import Question
from voiceprep.errors import Cancelled, NothingHeardError, VoicePrepError
from voiceprep.interview.judging import Judge
from voiceprep.interview.records import Attempt, AttemptStatus, Recording
from voiceprep.interview.sound import SoundLevels
from voiceprep.interview.sound_verdict import Grade
from voiceprep.scoring.assessment import Assessment, Level
from voiceprep.scoring.score import score
from voiceprep.scoring.transcript import NOTHING_HEARD, Transcript

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


LOUD_ROOM = SoundLevels(9.0, 6.0, -26.0, -24.0, room_s=2.0)
SOME_NOISE = SoundLevels(9.0, 6.0, -26.0, -32.0, room_s=2.0)
QUIET_ROOM = SoundLevels(9.0, 6.0, -26.0, -70.0, room_s=2.0)
NO_VOICE = SoundLevels(9.0, 0.0, -90.0, -40.0, room_s=9.0)


def measured(bench: Bench, levels: SoundLevels) -> Judge:
    return replace(bench.judge, meter=lambda _path: levels)


@pytest.mark.parametrize(
    ("levels", "grade"), [(QUIET_ROOM, Grade.GOOD), (SOME_NOISE, Grade.DOUBTFUL)]
)
def test_a_recording_that_can_be_understood_is_scored_and_has_its_verdict(
    bench: Bench, levels: SoundLevels, grade: Grade
) -> None:
    judged = measured(bench, levels).judge(bench.recorded(), Event())
    assert judged.standing is not None
    assert judged.sound is not None
    assert judged.sound.grade is grade
    assert (judged.doubt is None) is (grade is Grade.GOOD)
    assert bench.history.attempt("a1") == judged


def test_an_unusable_recording_keeps_its_words_and_gets_no_score(bench: Bench) -> None:
    judged = measured(bench, LOUD_ROOM).judge(bench.recorded(), Event())
    assert judged.status is AttemptStatus.ASSESSED
    assert judged.is_unusable
    assert judged.standing is None
    assert judged.transcript == bench.transcriber.transcript
    assert judged.recording is not None
    assert bench.history.attempt("a1") == judged
    assert bench.history.attempt_counts() == {}


def test_it_is_scored_anyway_if_the_person_wishes_and_that_can_be_undone(bench: Bench) -> None:
    judge = measured(bench, LOUD_ROOM)
    unusable = judge.judge(bench.recorded(), Event())
    scored = judge.score_anyway(unusable)
    assert scored.standing is not None
    assert not scored.is_unusable
    assert scored.doubt == unusable.sound
    assert bench.history.attempt("a1") == scored
    assert judge.rescore(scored) == scored
    assert scored.without_score() == unusable


def test_what_is_not_unusable_is_not_scored_anyway(bench: Bench) -> None:
    judge = measured(bench, SOME_NOISE)
    doubtful = judge.judge(bench.recorded(), Event())
    assert judge.score_anyway(doubtful) is doubtful


def test_an_unusable_answer_is_not_scored_again_by_a_new_scorer(bench: Bench) -> None:
    judge = measured(bench, LOUD_ROOM)
    unusable = judge.judge(bench.recorded(), Event())
    assert judge.rescore(unusable) is unusable
    assert bench.history.judged() == ()


def test_words_that_the_person_set_right_are_scored_whatever_the_sound(bench: Bench) -> None:
    judge = measured(bench, LOUD_ROOM)
    unusable = judge.judge(bench.recorded(), Event())
    corrected = judge.correct(unusable, "drift makes all predictions worse")
    assert corrected.standing is not None
    assert corrected.doubt == unusable.sound
    assert corrected.earlier[0].assessment is None


def test_a_recording_without_words_is_unusable_with_the_reason_in_its_sound(bench: Bench) -> None:
    bench.transcriber.error = NothingHeardError("Nothing was heard in this recording.")
    judged = measured(bench, NO_VOICE).judge(bench.recorded(), Event())
    assert judged.is_unusable
    assert judged.transcript == NOTHING_HEARD
    assert judged.sound is not None
    assert judged.sound.reason == "No voice was heard, only the room."
    assert measured(bench, QUIET_ROOM).judge(judged, Event()) == judged


def test_without_words_and_without_a_measure_it_fails_as_ever(bench: Bench) -> None:
    bench.transcriber.error = NothingHeardError("Nothing was heard in this recording.")
    with pytest.raises(NothingHeardError):
        bench.judge.judge(bench.recorded(), Event())


def test_a_typed_answer_has_no_verdict_on_its_sound(bench: Bench) -> None:
    typed = replace(_attempt(), transcript=Transcript.typed("drift makes predictions worse"))
    judged = measured(bench, LOUD_ROOM).judge(typed, Event())
    assert judged.sound is None
    assert judged.standing is not None


def test_a_recording_that_cannot_be_measured_is_scored_without_a_verdict(bench: Bench) -> None:
    def refuse(_path: Path) -> SoundLevels:
        raise BROKEN

    judged = replace(bench.judge, meter=refuse).judge(bench.recorded(), Event())
    assert judged.sound is None
    assert judged.standing is not None


def test_transcribed_again_it_is_measured_again(bench: Bench) -> None:
    first = measured(bench, LOUD_ROOM).judge(bench.recorded(), Event())
    again = measured(bench, QUIET_ROOM).judge(replace(first, transcript=None), Event())
    assert again.sound is not None
    assert again.sound.grade is Grade.GOOD
    assert again.standing is not None


def test_what_is_measured_while_it_is_spoken_need_not_be_measured_again(bench: Bench) -> None:
    attempt = bench.recorded()
    bench.transcriber.levels = SOME_NOISE
    listening = bench.judge.listen(lambda _heard: None)
    listening.feed(bytes(2 * 1600))
    bench.transcriber.transcript = spoken("this is what", words_per_s=30)
    judged = measured(bench, LOUD_ROOM).judge(attempt, Event(), listening=listening)
    assert bench.transcriber.heard == []
    assert judged.sound is not None
    assert judged.sound.grade is Grade.DOUBTFUL


def test_an_answer_from_before_has_no_verdict_and_is_not_called_good(bench: Bench) -> None:
    old = bench.judge.judge(bench.recorded(), Event())
    assert old.sound is None
    assert old.doubt is None
    assert measured(bench, LOUD_ROOM).rescore(old) == old
