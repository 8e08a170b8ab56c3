"""The one piece of advice that helps most after a check of the sound, for each system."""

from dataclasses import dataclass

from voiceprep.speech.soundcheck import Verdict


@dataclass(frozen=True, slots=True)
class Advice:
    """What to tell the person.

    Attributes:
        title: What was found.
        next_step: What to do now, in one sentence.
        look_at: Places to look at, in this order; empty where one step is all.
    """

    title: str
    next_step: str
    look_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _System:
    """Where an operating system keeps its switches.

    Attributes:
        permission: Where programs are allowed to use the microphone; empty where there is no such.
        mute: Where a muted microphone is found.
        volume: Where it is turned up and down.
    """

    permission: str
    mute: str
    volume: str


_LINUX = _System(
    permission="",
    mute="Sound settings, Input, or pavucontrol, Input Devices: the microphone must not be muted. "
    "In a terminal: pactl set-source-mute @DEFAULT_SOURCE@ 0",
    volume="Sound settings, Input, or pavucontrol",
)
_SYSTEMS = {
    "win32": _System(
        permission="Settings, Privacy & security, Microphone: switch on \u201cMicrophone access"
        "\u201d and \u201cLet desktop apps access your microphone\u201d.",
        mute="Settings, System, Sound, Input: the microphone must not be muted.",
        volume="Settings, System, Sound, Input",
    ),
    "darwin": _System(
        permission="System Settings, Privacy & Security, Microphone: allow VoicePrep (or the "
        "terminal it was started from), then start VoicePrep again.",
        mute="System Settings, Sound, Input: raise the input volume.",
        volume="System Settings, Sound, Input",
    ),
}
_SWITCH = "A switch or key with a crossed-out microphone, on the headset or keyboard."
_CHOICE = "Another microphone may be the right one: choose it."


def advise(verdict: Verdict, platform: str) -> Advice:
    """What to tell about a verdict.

    Args:
        verdict: What was found.
        platform: As ``sys.platform``: where to look depends on the system.
    """
    at = _SYSTEMS.get(platform, _LINUX)
    return {
        Verdict.GOOD: Advice("You are heard well.", "Listen to yourself, or begin."),
        Verdict.TOO_QUIET: Advice(
            "Too quiet: parts of your answers would be lost.",
            f"Move closer, or turn the microphone up: {at.volume}.",
        ),
        Verdict.CLIPPING: Advice(
            "Too loud: your voice is cut off.",
            f"Move back a little, or turn the microphone down: {at.volume}.",
        ),
        Verdict.NOISY: Advice(
            "The room is loud beside your voice.",
            "Move closer to the microphone, close the window, or use a headset.",
        ),
        Verdict.NO_VOICE: Advice(
            "There is sound, but no voice in it.",
            "Read the sentence aloud. If you did, choose another microphone.",
        ),
        Verdict.SILENT: Advice(
            "Nothing was heard.",
            "The microphone is switched off, or it is not the right one. Look here, in this "
            "order, then record again:",
            (_CHOICE, _SWITCH, at.mute),
        ),
        Verdict.MUTED: Advice(
            "Nothing comes in at all: the microphone is muted"
            + (", or VoicePrep may not use it." if at.permission else "."),
            "Look here, in this order, then record again:",
            tuple(place for place in (at.permission, at.mute, _SWITCH, _CHOICE) if place),
        ),
    }[verdict]
