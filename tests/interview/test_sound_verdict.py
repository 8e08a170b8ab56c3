"""The sound of an answer makes one verdict, with a reason and a next step."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import spoken
from voiceprep.interview.sound import SoundLevels
from voiceprep.interview.sound_verdict import Grade, sound_verdict
from voiceprep.scoring.transcript import NOTHING_HEARD, Transcript

CLEAR = SoundLevels(30.0, 20.0, -26.0, -66.0, room_s=8.0)
WORDS = replace(spoken("this is what was said", confidence=0.9), engine="whisper")
ENGINES = ("whisper", "pocketsphinx")


def heard(confidence: float, engine: str = "whisper") -> Transcript:
    return replace(spoken("this is what was said", confidence=confidence), engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_clear_voice_is_good_and_needs_no_words(engine: str) -> None:
    verdict = sound_verdict(CLEAR, heard(0.95, engine))
    assert verdict.grade is Grade.GOOD
    assert (verdict.reason, verdict.next_step) == ("", "")
    assert verdict.snr_db == pytest.approx(40, abs=0.1)
    assert verdict.word_probability == 0.95


@pytest.mark.parametrize(
    ("levels", "words", "grade", "reason"),
    [
        (replace(CLEAR, noise_dbfs=-32.0), WORDS, Grade.DOUBTFUL, "The room was loud: 5 dB"),
        (
            replace(CLEAR, noise_dbfs=-27.0),
            WORDS,
            Grade.UNUSABLE,
            "The noise was louder than your voice",
        ),
        (replace(CLEAR, clipped_s=9.0), WORDS, Grade.DOUBTFUL, "Too loud: your voice is cut off"),
        (replace(CLEAR, clipped_s=20.0), WORDS, Grade.UNUSABLE, "Too loud: your voice is cut off"),
        (
            replace(CLEAR, speech_dbfs=-52.0, noise_dbfs=-80.0),
            WORDS,
            Grade.DOUBTFUL,
            "You were hardly heard",
        ),
        (
            replace(CLEAR, speech_dbfs=-62.0, noise_dbfs=-85.0),
            WORDS,
            Grade.UNUSABLE,
            "You were hardly heard",
        ),
        (
            replace(CLEAR, duration_s=60.0, speech_s=3.0),
            WORDS,
            Grade.DOUBTFUL,
            "You were heard for only 3 of 60 seconds",
        ),
        (
            replace(CLEAR, duration_s=60.0, speech_s=0.4),
            WORDS,
            Grade.UNUSABLE,
            "You were heard for only 0.4 of 60 seconds",
        ),
        (CLEAR, heard(0.6), Grade.DOUBTFUL, "The recogniser was unsure"),
        (CLEAR, heard(0.2), Grade.UNUSABLE, "The recogniser was unsure"),
        (CLEAR, NOTHING_HEARD, Grade.UNUSABLE, "There is a voice in it, but no words"),
        (
            SoundLevels(9.0, 0.0, -90.0, -40.0, room_s=9.0),
            NOTHING_HEARD,
            Grade.UNUSABLE,
            "No voice was heard, only the room",
        ),
        (
            SoundLevels(9.0, 0.0, -90.0, -90.0, room_s=9.0),
            NOTHING_HEARD,
            Grade.UNUSABLE,
            "Nothing but silence was recorded",
        ),
    ],
)
def test_what_is_wrong_is_told_with_a_next_step(
    levels: SoundLevels, words: Transcript, grade: Grade, reason: str
) -> None:
    verdict = sound_verdict(levels, words)
    assert verdict.grade is grade
    assert verdict.reason.replace("\u00a0", " ").startswith(reason)
    assert verdict.next_step.endswith(".")


def test_the_worst_counts_and_of_equals_what_is_mended_first() -> None:
    noisy_and_unsure = replace(CLEAR, noise_dbfs=-32.0)
    assert "room" in sound_verdict(noisy_and_unsure, heard(0.6)).reason
    assert "unsure" in sound_verdict(noisy_and_unsure, heard(0.1)).reason


def test_clipping_that_only_the_recorder_saw_counts_too() -> None:
    assert sound_verdict(CLEAR, WORDS, clips_s=20.0).grade is Grade.UNUSABLE


def test_words_that_the_person_put_right_say_nothing_of_the_recogniser() -> None:
    (segment,) = WORDS.segments
    mended = tuple(replace(word, confidence=0.0, heard="that") for word in segment.words[:2])
    segment = replace(segment, words=(*mended, *segment.words[2:]))
    verdict = sound_verdict(CLEAR, replace(WORDS, segments=(segment,)))
    assert verdict.word_probability == pytest.approx(0.9)


def test_without_pauses_the_verdict_says_that_the_room_was_not_heard() -> None:
    assert sound_verdict(CLEAR, WORDS).is_room_heard
    assert not sound_verdict(replace(CLEAR, room_s=0.1), WORDS).is_room_heard


levels = st.builds(
    SoundLevels,
    duration_s=st.floats(60, 90),
    speech_s=st.floats(0, 60),
    speech_dbfs=st.floats(-90, 0),
    noise_dbfs=st.floats(-90, 0),
    room_s=st.floats(0, 30),
    clipped_s=st.floats(0, 60),
)


@given(levels, st.floats(0, 1), st.sampled_from(ENGINES), st.floats(0, 90), st.floats(0, 1))
def test_more_noise_or_less_sure_words_never_give_a_better_verdict(
    some: SoundLevels, sure: float, engine: str, louder_db: float, less: float
) -> None:
    before = sound_verdict(some, heard(sure, engine)).grade
    noisier = replace(some, noise_dbfs=min(0.0, some.noise_dbfs + louder_db))
    if some.speech_s:
        assert sound_verdict(noisier, heard(sure, engine)).grade.rank >= before.rank
    assert sound_verdict(some, heard(sure * less, engine)).grade.rank >= before.rank


@given(levels, st.floats(0, 60), st.floats(0, 30))
def test_more_clipping_or_a_softer_voice_never_gives_a_better_verdict(
    some: SoundLevels, clipped_s: float, softer_db: float
) -> None:
    before = sound_verdict(some, WORDS).grade.rank
    cut_off = replace(some, clipped_s=some.clipped_s + clipped_s)
    softer = replace(some, speech_dbfs=max(-90.0, some.speech_dbfs - softer_db))
    assert sound_verdict(cut_off, WORDS).grade.rank >= before
    assert sound_verdict(softer, WORDS).grade.rank >= before


@given(levels, st.floats(0, 1), st.sampled_from(ENGINES))
def test_whatever_is_not_good_has_a_reason_and_a_next_step(
    some: SoundLevels, sure: float, engine: str
) -> None:
    verdict = sound_verdict(some, heard(sure, engine))
    is_good = verdict.grade is Grade.GOOD
    assert bool(verdict.reason) is bool(verdict.next_step) is not is_good
