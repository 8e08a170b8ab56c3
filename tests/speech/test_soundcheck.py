"""Levels become one verdict; a check ends by itself and knows its microphone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sound import Sound
from voiceprep.interview.sound import SoundLevels
from voiceprep.interview.sound_verdict import SNR_DB, VOICE_DBFS, Grade
from voiceprep.speech.soundcheck import LONGEST_S, Verdict, is_over, judge, microphone_in_use

decibels = st.floats(-90, 0)
levels = st.builds(
    SoundLevels,
    duration_s=st.floats(3, 12),
    speech_s=st.sampled_from([0.0, 0.2, 0.5, 2.0, 5.0]),
    speech_dbfs=decibels,
    noise_dbfs=decibels,
)
engines = st.sampled_from(sorted(SNR_DB))
ORDER = (
    Verdict.MUTED, Verdict.SILENT, Verdict.NO_VOICE, Verdict.CLIPPING, Verdict.TOO_QUIET,
    Verdict.NOISY, Verdict.GOOD,
)  # fmt: skip
"""From what must be mended first to what is best."""


def found(
    speech_dbfs: float = -26, noise_dbfs: float = -60, peak_dbfs: float = -10, clips: int = 0,
    speech_s: float = 4.5, engine: str = "pocketsphinx",
) -> Verdict:  # fmt: skip
    return judge(SoundLevels(6.5, speech_s, speech_dbfs, noise_dbfs), peak_dbfs, clips, engine)


@pytest.mark.parametrize(
    ("verdict", "wanted"),
    [
        (found(), Verdict.GOOD),
        (found(-39, -75), Verdict.GOOD),
        (found(-41, -90), Verdict.TOO_QUIET),
        (found(-26, -50), Verdict.NOISY),
        (found(-26, -52), Verdict.GOOD),
        (found(-26, -42, engine="whisper"), Verdict.GOOD),
        (found(-26, -39, engine="whisper"), Verdict.NOISY),
        (found(clips=1), Verdict.GOOD),
        (found(-8, -50, 0, clips=12), Verdict.CLIPPING),
        (found(-90, -40, -25, speech_s=0), Verdict.NO_VOICE),
        (found(-90, -80, -68, speech_s=0), Verdict.SILENT),
        (found(-90, -90, -90, speech_s=0), Verdict.MUTED),
        (found(-50, -55, clips=0), Verdict.TOO_QUIET),
        (found(-8, -20, 0, clips=12), Verdict.CLIPPING),
    ],
)
def test_the_one_thing_that_is_most_wrong_is_found(verdict: Verdict, wanted: Verdict) -> None:
    assert verdict is wanted


@given(levels, decibels, st.integers(0, 100), engines)
def test_every_sound_has_a_verdict_and_more_noise_is_never_better(
    heard: SoundLevels, peak_dbfs: float, clips: int, engine: str
) -> None:
    verdict = judge(heard, peak_dbfs, clips, engine)
    noisier = SoundLevels(
        heard.duration_s, heard.speech_s, heard.speech_dbfs, min(0.0, heard.noise_dbfs + 6)
    )
    assert ORDER.index(judge(noisier, peak_dbfs, clips, engine)) <= ORDER.index(verdict)
    assert ORDER.index(judge(heard, peak_dbfs, clips + 2, engine)) <= ORDER.index(verdict)


@given(levels, decibels, engines)
def test_what_the_check_calls_good_makes_no_answer_doubtful(
    heard: SoundLevels, peak_dbfs: float, engine: str
) -> None:
    if judge(heard, peak_dbfs, 0, engine) is Verdict.GOOD:
        assert VOICE_DBFS.below(heard.speech_dbfs) is Grade.GOOD
        assert SNR_DB[engine].below(heard.snr_db) is Grade.GOOD
        assert heard.speech_s > 0


def test_it_listens_until_the_sentence_was_read_and_the_room_was_heard() -> None:
    assert not is_over(1.0, 0.0)
    assert not is_over(5.0, 0.0)  # still reading
    assert not is_over(5.0, 0.8)  # between the two sentences
    assert is_over(6.0, 1.6)
    assert is_over(LONGEST_S, 0.0)
    assert not is_over(2.0, 1.8)  # one word is too little


def test_who_is_not_heard_has_the_time_to_read_it() -> None:
    assert not is_over(5.0, None)
    assert is_over(7.0, None)


@given(st.floats(0, 60), st.none() | st.floats(0, 60))
def test_it_never_listens_for_longer_than_it_says(more_s: float, quiet_s: float | None) -> None:
    assert is_over(LONGEST_S + more_s, quiet_s)


@pytest.mark.sound
def test_another_headset_behind_the_systems_default_is_another_microphone(sound: Sound) -> None:
    assert microphone_in_use("") == "default (ALSA): room.monitor"
    sound.connect("headset")
    sound.prefer("headset")
    assert microphone_in_use("") == "default (ALSA): headset.monitor"
    assert microphone_in_use("gone (ALSA)") == microphone_in_use("")


@pytest.mark.usefixtures("no_sound")
def test_without_devices_there_is_no_microphone_to_check() -> None:
    assert microphone_in_use("") == ""
