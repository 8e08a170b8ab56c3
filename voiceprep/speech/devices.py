"""Microphones and outputs, listed fresh and remembered by name.

A device is remembered as "name (host API)": PortAudio's index changes whenever something is
plugged in.
"""

import logging
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from voiceprep.errors import VoicePrepError
from voiceprep.speech import portaudio

_log = logging.getLogger(__name__)

Kind = Literal["input", "output"]

_WINDOWS_APIS = ("Windows WASAPI", "Windows DirectSound", "MME", "Windows WDM-KS")
"""Every one of them lists every device; the first that is there is used. WASAPI gives whole names
and is the one that Windows itself builds the others on."""

_ALSA_CONVERTERS = frozenset(
    {
        "lavrate", "samplerate", "speexrate", "speex", "upmix", "vdownmix", "dmix", "dsnoop",
        "null", "oss", "jack", "usbstream", "arcam_av_ctl", "a52", "sysdefault", "front", "rear",
        "center_lfe", "side", "surround21", "surround40", "surround41", "surround50",
        "surround51", "surround71", "iec958", "spdif", "hdmi", "modem", "phoneline",
    }
)  # fmt: skip
"""ALSA's own plug-ins and aliases: they lead to devices that are listed under their own names."""


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or an output.

    Attributes:
        name: As the system calls it.
        host_api: The sound system that it was found in, such as "ALSA" or "Core Audio".
        channels: How many it has.
        rate_hz: Its own sample rate.
        is_default: Whether the system prefers it.
    """

    name: str
    host_api: str
    channels: int
    rate_hz: int
    is_default: bool

    @property
    def key(self) -> str:
        """What is kept in the settings."""
        return f"{self.name} ({self.host_api})"


def in_words(kind: Kind, name: str) -> str:
    """A device as the beginning of a sentence: on Linux the default one has no better name."""
    noun = {"input": "microphone", "output": "sound output"}[kind]
    return f"The system's default {noun}" if name == "default" else f"The {noun} {name}"


def microphones() -> tuple[Device, ...]:
    """What can record, the default first; empty if there is nothing.

    Raises:
        VoicePrepError: PortAudio is missing or cannot start.
    """
    return _list("input")


def outputs() -> tuple[Device, ...]:
    """What can play, the default first; empty if there is nothing.

    Raises:
        VoicePrepError: PortAudio is missing or cannot start.
    """
    return _list("output")


def in_use(found: Sequence[Device], key: str) -> Device | None:
    """Which of these will be used: the remembered one, else the default, else the first."""
    wanted = (one for one in found if one.key == key)
    usual = (one for one in found if one.is_default)
    return next(wanted, None) or next(usual, None) or next(iter(found), None)


def find_microphone(key: str) -> tuple[int, Device]:
    """PortAudio's index of a remembered microphone; of the default if it is gone or "".

    An answer must not fail because a headset stayed at home, so another microphone steps in;
    the recording says which.

    Raises:
        VoicePrepError: There is no microphone at all.
    """
    found = _numbered("input")
    for index, device in found:
        if device.key == key:
            return index, device
    if not found:
        raise VoicePrepError(
            "No microphone was found.",
            "The system lists no device that can record.",
            "Plug one in, or switch it on in the system's sound settings, and try again."
            " You can also type your answer or drop an audio file.",
        )
    if key:
        _log.warning("the microphone %s is not connected; using %s", key, found[0][1].key)
    return found[0]


def find_output(key: str) -> tuple[int, Device]:
    """PortAudio's index of a remembered output, or of the default for "".

    A chosen output that is gone is an error: someone who chose headphones does not want to be
    heard by the whole room, unless that was said before.

    Raises:
        VoicePrepError: It is not connected, or there is no output at all.
    """
    found = _numbered("output")
    for index, device in found:
        if key in {"", device.key}:
            return index, device
    if found:
        raise VoicePrepError(
            f"The sound output {key} is not connected.",
            "It was chosen in the settings.",
            "Connect it, or choose another output in the settings.",
        )
    raise VoicePrepError(
        "No loudspeaker or headphones were found.",
        "The system lists no device that can play sound.",
        "Connect one, or switch it on in the system's sound settings, and try again.",
    )


def select(
    devices: Iterable[dict[str, Any]], apis: list[dict[str, Any]], kind: Kind, platform: str
) -> tuple[tuple[int, Device], ...]:
    """From PortAudio's raw list: one entry a device, the default first, each with its index."""
    wanted = _host_apis(apis, platform)
    choices = (api[f"default_{kind}_device"] for api in wanted.values())
    default = next((index for index in choices if index >= 0), None)
    found: list[tuple[int, Device]] = []
    seen: dict[str, int] = {}
    for index, raw in enumerate(devices):
        channels = int(raw[f"max_{kind}_channels"])
        api = wanted.get(raw["hostapi"])
        name = " ".join(str(raw["name"]).split())
        if not channels or api is None or _is_converter(name, api["name"]):
            continue
        device = Device(
            name, api["name"], channels, round(raw["default_samplerate"]), index == default
        )
        seen[device.key] = seen.get(device.key, 0) + 1
        if seen[device.key] > 1:  # two of the same make: tell them apart
            device = replace(device, name=f"{name} #{seen[device.key]}")
        found.append((index, device))
    return tuple(sorted(found, key=lambda one: not one[1].is_default))


def _list(kind: Kind) -> tuple[Device, ...]:
    return tuple(device for _, device in _numbered(kind))


def _numbered(kind: Kind) -> tuple[tuple[int, Device], ...]:
    devices, apis = portaudio.query()
    return select(devices, apis, kind, sys.platform)


def _host_apis(apis: list[dict[str, Any]], platform: str) -> dict[int, dict[str, Any]]:
    """The host APIs to list, by number; on Windows only the best, or each device shows often."""
    with_devices = {number: api for number, api in enumerate(apis) if api["devices"]}
    if platform != "win32":
        return with_devices
    for name in _WINDOWS_APIS:
        for number, api in with_devices.items():
            if api["name"] == name:
                return {number: api}
    return with_devices


def _is_converter(name: str, host_api: str) -> bool:
    return host_api == "ALSA" and name in _ALSA_CONVERTERS
