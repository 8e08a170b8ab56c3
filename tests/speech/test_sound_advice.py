"""Each verdict has one piece of advice, in the words of the system."""

import pytest

from voiceprep.speech.sound_advice import advise
from voiceprep.speech.soundcheck import Verdict


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin", "freebsd14"])
@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_has_a_next_step_on_each_system(verdict: Verdict, platform: str) -> None:
    advice = advise(verdict, platform)
    assert advice.title.endswith(".")
    assert advice.next_step
    assert bool(advice.look_at) == (verdict in {Verdict.SILENT, Verdict.MUTED})


def test_silence_names_what_to_check_on_this_system() -> None:
    places = {
        platform: " ".join(advise(Verdict.MUTED, platform).look_at)
        for platform in ("linux", "win32", "darwin")
    }
    assert "pavucontrol" in places["linux"]
    assert "pactl set-source-mute" in places["linux"]
    assert "Let desktop apps access your microphone" in places["win32"]
    assert places["darwin"].startswith("System Settings, Privacy & Security, Microphone")
