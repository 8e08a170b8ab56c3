"""The microphone behind the system's default, where a sound server tells."""

from pathlib import Path

import pytest

from tests.sound import Sound
from voiceprep.speech.sound_server import default_source


@pytest.mark.sound
def test_it_is_the_one_that_the_system_prefers_now(sound: Sound) -> None:
    assert default_source() == "room.monitor"
    sound.connect("headset")
    sound.prefer("headset")
    assert default_source() == "headset.monitor"


def test_without_the_tool_of_a_sound_server_the_default_has_no_other_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert default_source() == ""


@pytest.mark.parametrize("script", ["exit 1", "echo garbage", "echo Default Source:"])
def test_a_tool_that_tells_nothing_of_use_is_not_trusted(
    script: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pactl = tmp_path / "pactl"
    pactl.write_text(f"#!/bin/sh\n{script}\n")
    pactl.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert default_source() == ""
