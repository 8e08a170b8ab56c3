"""The level of a voice and of its room are found, however loud either is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.fakes import spoken
from tests.speech.transcribers.voices import say, silence
from voiceprep.interview.sound import SoundLevels
from voiceprep.interview.sound_verdict import Grade, sound_verdict
from voiceprep.scoring.transcript import NOTHING_HEARD
from voiceprep.speech.levels import SILENCE_DBFS
from voiceprep.speech.measure import Gauge, measure
from voiceprep.speech.vad import STRIDE_S, speech_probabilities

SENTENCE = "Thank you for having me today. Let me tell you about a project that I am proud of."


@pytest.fixture(scope="module")
def voice() -> np.ndarray:
    """A sentence with a second of silence before and behind it, at a level of 0 dB by itself."""
    said = np.concatenate([silence(1.0), say(SENTENCE), silence(1.0)])
    return (said / 10 ** (measure(said).speech_dbfs / 20)).astype(np.float32)


def room(level_dbfs: float, length: int) -> np.ndarray:
    return np.random.default_rng(5).normal(0, 10 ** (level_dbfs / 20), length).astype(np.float32)


@pytest.mark.parametrize("level_dbfs", [-15, -26, -40, -50, -60])
def test_the_level_of_a_voice_is_found(voice: np.ndarray, level_dbfs: float) -> None:
    said = voice * np.float32(10 ** (level_dbfs / 20))
    found = measure(said + room(level_dbfs - 30, len(said)))
    assert found.speech_dbfs == pytest.approx(level_dbfs, abs=1)
    assert found.noise_dbfs == pytest.approx(max(SILENCE_DBFS, level_dbfs - 30), abs=1)
    assert 3.5 < found.speech_s < 6
    assert found.duration_s == pytest.approx(len(said) / 16_000)


@pytest.mark.parametrize("snr_db", [40, 30, 20, 15, 10, 5, 0])
def test_the_distance_of_voice_and_room_is_found(voice: np.ndarray, snr_db: float) -> None:
    said = voice * np.float32(10 ** (-26 / 20))
    found = measure(said + room(-26 - snr_db, len(said)))
    assert found.snr_db == pytest.approx(snr_db, abs=1)


def test_a_click_says_nothing_of_the_room(voice: np.ndarray) -> None:
    said = voice * np.float32(0.05) + room(-60, len(voice))
    said[3000:3100] = 0.9
    assert measure(said).noise_dbfs == pytest.approx(-60, abs=1)


def test_who_speaks_all_the_time_still_has_a_room_between_the_words(voice: np.ndarray) -> None:
    said = voice * np.float32(0.05) + room(-60, len(voice))
    found = measure(said[18_000:50_000])
    assert found.noise_dbfs < -45
    assert found.speech_share > 0.8


@pytest.mark.parametrize("level_dbfs", [-70, -40, -20])
def test_a_room_without_a_voice_has_no_speech(level_dbfs: float) -> None:
    found = measure(room(level_dbfs, 80_000))
    assert (found.speech_s, found.speech_dbfs) == (0, SILENCE_DBFS)
    assert found.noise_dbfs == pytest.approx(level_dbfs, abs=0.5)
    assert found.snr_db == -90


def test_pure_zeros_are_silence_and_a_constant_offset_is_no_sound() -> None:
    for samples in (silence(2.0), silence(2.0) + np.float32(0.25), silence(0.0), silence(0.01)):
        found = measure(samples)
        assert (found.speech_dbfs, found.noise_dbfs) == (SILENCE_DBFS, SILENCE_DBFS)
        assert found.speech_share == 0


@settings(max_examples=50)
@given(
    arrays(np.float32, st.integers(0, 20_000), elements=st.floats(-1, 1, width=32)),
    st.data(),
)
def test_any_sound_has_sensible_levels(samples: np.ndarray, data: st.DataObject) -> None:
    windows = -(-len(samples) // round(STRIDE_S * 16_000))
    probabilities = data.draw(
        arrays(np.float32, windows, elements=st.floats(0, 1, width=32)), "probabilities"
    )
    found = measure(samples, probabilities)
    assert SILENCE_DBFS <= found.speech_dbfs <= 0
    assert SILENCE_DBFS <= found.noise_dbfs <= 0
    assert -90 <= found.snr_db <= 90
    assert 0 <= found.speech_share <= 1
    assert found.speech_s <= found.duration_s


@given(st.floats(-90, 0), st.floats(-90, 0))
def test_more_noise_is_never_a_better_ratio(speech_dbfs: float, noise_dbfs: float) -> None:
    quieter = SoundLevels(5.0, 3.0, speech_dbfs, noise_dbfs)
    louder = SoundLevels(5.0, 3.0, speech_dbfs, min(0.0, noise_dbfs + 3))
    assert louder.snr_db <= quieter.snr_db


def test_cut_off_peaks_are_counted_in_seconds(voice: np.ndarray) -> None:
    said = voice * np.float32(10 ** (-26 / 20))
    assert measure(said).clipped_s == 0
    loud = measure(np.clip(said * np.float32(30), -1, 1))
    assert 1 < loud.clipped_s <= loud.speech_s + 0.2


def test_digital_silence_before_and_behind_says_nothing_of_the_room(voice: np.ndarray) -> None:
    said = voice[12_000:-12_000] * np.float32(10 ** (-26 / 20))
    noisy = said + room(-46, len(said))
    gated = np.concatenate([silence(1.0), noisy, silence(1.0)])
    assert measure(gated).snr_db == pytest.approx(20, abs=1)
    assert measure(np.concatenate([silence(1.0), said, silence(1.0)])).snr_db > 35


def test_how_much_of_the_room_was_heard_is_told(voice: np.ndarray) -> None:
    said = voice * np.float32(0.05) + room(-60, len(voice))
    whole = measure(said)
    assert whole.tells_noise
    assert 1.2 < whole.room_s < 2.6
    assert not measure(said[18_000:50_000]).tells_noise
    assert not measure(room(-40, 80_000)).tells_noise


def test_while_it_comes_in_the_levels_are_those_of_the_whole(voice: np.ndarray) -> None:
    said = voice * np.float32(0.05) + room(-50, len(voice))
    gauge = Gauge()
    for part in np.array_split(said, 97):
        gauge.feed(part)
    assert gauge.levels(speech_probabilities(said)) == measure(said)


def babble(length: int) -> np.ndarray:
    """Eight other sentences at once, at a level of 0 dB."""
    chance, many = np.random.default_rng(5), np.zeros(length)
    for name in ("slt", "awb"):
        for text in ("These days a chicken leg is a rare dish.", "Rice is often served in bowls."):
            for _ in range(2):
                said = np.roll(say(text, name), chance.integers(40_000))
                many += np.resize(said, length)
    return (many / np.std(many)).astype(np.float32)


@pytest.mark.parametrize("kind", ["white", "babble"])
def test_more_noise_never_gives_a_better_verdict(voice: np.ndarray, kind: str) -> None:
    said = voice * np.float32(10 ** (-26 / 20))
    noise = room(0, len(said)) if kind == "white" else babble(len(said))
    words = replace(spoken(SENTENCE, confidence=0.9), engine="whisper")
    grades = [
        sound_verdict(measure(said + noise * np.float32(10 ** ((-26 - snr_db) / 20))), words).grade
        for snr_db in range(40, -13, -4)
    ]
    assert grades[0] is Grade.GOOD
    assert grades[-1] is Grade.UNUSABLE
    assert [one.rank for one in grades] == sorted(one.rank for one in grades)


ONE_WORD = np.concatenate([silence(30.0), say("Yes."), silence(29.0)])


@pytest.mark.parametrize(
    ("said", "noise_dbfs", "words", "grade", "reason"),
    [
        (ONE_WORD, -70, "yes", Grade.UNUSABLE, "You were heard for only 0.5 of 61 seconds."),
        (silence(5.0), -75, "", Grade.UNUSABLE, "No voice was heard, only the room."),
        (silence(5.0), -200, "", Grade.UNUSABLE, "Nothing but silence was recorded."),
        (say(SENTENCE) / 16, -85, SENTENCE, Grade.GOOD, ""),
        (say(SENTENCE) / 60, -85, SENTENCE, Grade.DOUBTFUL, "You were hardly heard"),
        (say(SENTENCE) * 8, -85, SENTENCE, Grade.DOUBTFUL, "Too loud: your voice is cut off"),
        (say(SENTENCE) * 99, -85, SENTENCE, Grade.UNUSABLE, "Too loud: your voice is cut off"),
    ],
    ids=["one word in a minute", "a room", "zeros", "quiet", "soft", "cut off", "all cut off"],
)
def test_what_came_into_the_microphone_makes_the_verdict(
    said: np.ndarray, noise_dbfs: float, words: str, grade: Grade, reason: str
) -> None:
    sound = np.clip(np.concatenate([silence(0.5), said, silence(0.5)]), -1, 1)
    heard = measure(sound + room(noise_dbfs, len(sound)))
    transcript = (
        replace(spoken(words, confidence=0.9), engine="whisper") if words else NOTHING_HEARD
    )
    verdict = sound_verdict(heard, transcript)
    assert (verdict.grade, verdict.reason.replace("\u00a0", " ")[: len(reason)]) == (grade, reason)
    assert bool(verdict.reason) is bool(reason)
