"""Devices as a person finds them in the settings."""

import ctypes.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.sound import Sound
from voiceprep.errors import VoicePrepError
from voiceprep.speech.devices import (
    find_microphone,
    find_output,
    microphones,
    outputs,
    select,
)


def device(name: str, host_api: int, inputs: int = 1, outputs: int = 0) -> dict[str, Any]:
    return {
        "name": name,
        "hostapi": host_api,
        "max_input_channels": inputs,
        "max_output_channels": outputs,
        "default_samplerate": 48_000.0,
    }


def host_api(name: str, devices: list[int], default_input: int) -> dict[str, Any]:
    return {
        "name": name,
        "devices": devices,
        "default_input_device": default_input,
        "default_output_device": -1,
    }


WINDOWS = [
    device("Microsoft Sound Mapper - Input", 0, 2),
    device("Microphone (Realtek High Defini", 0, 2),
    device("Headset (WH-1000XM4)", 0),
    device("Primary Sound Capture Driver", 1, 2),
    device("Microphone (Realtek High Definition Audio)", 1, 2),
    device("Headset (WH-1000XM4)", 1),
    device("Microphone (Realtek High Definition Audio)", 2, 2),
    device("Headset (WH-1000XM4)", 2),
    device("Loudspeakers (Realtek High Definition Audio)", 2, 0, 2),
]
WINDOWS_APIS = [
    host_api("MME", [0, 1, 2], 1),
    host_api("Windows DirectSound", [3, 4, 5], 3),
    host_api("Windows WASAPI", [6, 7, 8], 7),
]


def test_windows_shows_each_microphone_once_by_its_whole_name() -> None:
    found = select(WINDOWS, WINDOWS_APIS, "input", "win32")
    assert [(index, one.key) for index, one in found] == [
        (7, "Headset (WH-1000XM4) (Windows WASAPI)"),
        (6, "Microphone (Realtek High Definition Audio) (Windows WASAPI)"),
    ]
    assert [one.is_default for _, one in found] == [True, False]


def test_windows_without_wasapi_falls_back_to_the_next_best() -> None:
    found = select(WINDOWS[:6], WINDOWS_APIS[:2], "input", "win32")
    assert {one.host_api for _, one in found} == {"Windows DirectSound"}


def test_outputs_are_no_microphones() -> None:
    found = select(WINDOWS, WINDOWS_APIS, "output", "win32")
    assert [one.name for _, one in found] == ["Loudspeakers (Realtek High Definition Audio)"]


def test_linux_hides_converters_and_shows_the_default_first() -> None:
    names = ["HDA Intel PCH: ALC257 (hw:0,0)", "lavrate", "speex", "upmix", "pulse", "default"]
    listed = [device(name, 0) for name in names]
    found = select(listed, [host_api("ALSA", list(range(6)), 5)], "input", "linux")
    assert [one.name for _, one in found] == ["default", "HDA Intel PCH: ALC257 (hw:0,0)", "pulse"]
    assert [one.is_default for _, one in found] == [True, False, False]


def test_two_of_the_same_make_can_be_told_apart() -> None:
    listed = [device("USB  Microphone\r\n", 0), device("USB Microphone", 0)]
    found = select(listed, [host_api("Core Audio", [0, 1], -1)], "input", "darwin")
    assert [one.key for _, one in found] == [
        "USB Microphone (Core Audio)",
        "USB Microphone #2 (Core Audio)",
    ]


@pytest.mark.sound
@pytest.mark.usefixtures("sound")
def test_the_default_comes_first_and_is_remembered_by_name() -> None:
    for listed, find in ((microphones(), find_microphone), (outputs(), find_output)):
        assert listed[0].is_default
        assert listed[0].key == "default (ALSA)"
        assert [one.key for one in listed].count("pulse (ALSA)") == 1
        for one in listed:
            assert find(one.key)[1] == one
        assert find("")[1] == listed[0]


@pytest.mark.sound
def test_a_device_is_found_again_when_its_number_has_changed(sound: Sound) -> None:
    sound.connect("second")
    sound.name_devices(Mixer="second.monitor")
    index, mixer = find_microphone("Mixer (ALSA)")
    sound.name_devices(Camera="room.monitor", Headset="second.monitor", Mixer="second.monitor")
    found_index, found = find_microphone(mixer.key)
    assert found == mixer
    assert found_index != index
    assert find_output(mixer.key)[1].name == "Mixer"


@pytest.mark.sound
def test_what_is_plugged_in_later_is_found(no_sound: None, request: pytest.FixtureRequest) -> None:
    assert no_sound is None
    assert microphones() == outputs() == ()
    request.getfixturevalue("sound")
    assert microphones()
    assert outputs()


@pytest.mark.usefixtures("no_sound")
def test_without_devices_it_says_so() -> None:
    with pytest.raises(VoicePrepError, match="No microphone was found"):
        find_microphone("")
    with pytest.raises(VoicePrepError, match="No loudspeaker or headphones were found"):
        find_output("")


@pytest.mark.sound
def test_a_gone_microphone_is_replaced_but_gone_headphones_are_not(sound: Sound) -> None:
    assert sound.folder.exists()
    assert find_microphone("Gone (ALSA)")[1].is_default
    with pytest.raises(VoicePrepError, match=r"The sound output Gone \(ALSA\) is not connected"):
        find_output("Gone (ALSA)")


def test_without_portaudio_it_names_the_package_and_what_still_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _name: None)
    with pytest.raises(VoicePrepError) as caught:
        microphones()
    message = str(caught.value)
    for part in ("libportaudio2", "sudo apt install libportaudio2", "type an answer", "drop"):
        assert part in message


def test_a_stream_that_never_closes_holds_nothing_up(tmp_path: Path) -> None:
    # A child, because what happens then changes its process for good.
    code = (
        "import os, sys, time\n"
        "from voiceprep.speech import portaudio\n"
        "class Stuck:\n"
        "    def start(self): ...\n"
        "    def close(self, ignore_errors=True):\n"
        "        while True:\n"
        "            print('failed', file=sys.stderr, flush=True)\n"
        "            time.sleep(0.01)\n"
        "stream = Stuck()\n"
        "portaudio.query()\n"
        "portaudio.start_stream(stream)\n"
        "portaudio.close_stream(stream)\n"
        "portaudio.query()\n"
        "silenced = os.path.samestat(os.fstat(2), os.stat(os.devnull))\n"
        "print('goes on', silenced)\n"
    )
    with (tmp_path / "errors.txt").open("w") as errors:
        done = subprocess.run(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            timeout=20,
            check=True,
        )
    assert done.stdout == "goes on True\n"
