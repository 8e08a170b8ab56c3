"""``voiceprep doctor``: what works on this machine, and what to do where something does not."""

import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from voiceprep import __version__
from voiceprep.app import build_toolbox
from voiceprep.bank.load import built_in_banks
from voiceprep.commands.display import display_problem
from voiceprep.commands.output import out
from voiceprep.commands.soundcheck import heard
from voiceprep.errors import VoicePrepError
from voiceprep.interview.catalogue import Filter
from voiceprep.speech.sound_advice import advise
from voiceprep.speech.soundcheck import SENTENCE, Verdict
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders, user_folders
from voiceprep.store.settings import load_settings

_LEAST_FREE_BYTES = 200_000_000
"""An hour of recordings takes 115 MB (16 kHz, 16 bit, mono)."""

_MARKS = {True: ("✓", "green"), False: ("✗", "red")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    good: bool
    said: str


def doctor(
    listen: Annotated[
        bool, typer.Option("--listen", help="Also record a sentence of yours and judge its sound.")
    ] = False,
) -> None:
    """Check window, sound, voice, recogniser, models, disk and banks.

    The exit status is 1 when something needs mending.

    Examples:
        voiceprep doctor
        voiceprep doctor --listen
    """
    folders = user_folders()
    checks: list[tuple[str, Callable[[], str]]] = [
        ("VoicePrep", lambda: f"{__version__}, Python {platform.python_version()}, {sys.platform}"),
        ("Window", _window),
        ("Question banks", _banks),
        ("Microphone", _microphone),
        ("Sound output", _output),
        ("Voice", _voice),
        ("Recogniser", lambda: _recogniser(folders)),
        ("History", lambda: _history(folders)),
        ("Disk", lambda: _disk(folders)),
    ]
    if listen:
        checks.append(("Your voice", lambda: _your_voice(folders)))
    table = Table.grid(padding=(0, 2))
    table.add_column(width=1)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    findings = [_look(what, check) for what, check in checks]
    for one in findings:
        mark, colour = _MARKS[one.good]
        table.add_row(Text(mark, style=colour), Text(one.what, style="bold"), Text(one.said))
    out.print(table)
    if not all(one.good for one in findings):
        raise typer.Exit(1)


def _look(what: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(what, good=True, said=check())
    except VoicePrepError as error:
        return Finding(what, good=False, said=str(error))


def _window() -> str:
    problem = display_problem()
    if problem is not None:
        raise problem
    return "a display is there"


def _banks() -> str:
    return ", ".join(f"{bank.title} ({len(bank.questions)})" for bank in built_in_banks())


def _microphone() -> str:
    from voiceprep.speech.devices import microphones  # noqa: PLC0415 - opens PortAudio

    found = microphones()
    if not found:
        raise VoicePrepError(
            "No microphone was found.", "", "Plug one in; typing and audio files work without."
        )
    return "; ".join(device.key for device in found)


def _output() -> str:
    from voiceprep.speech.devices import outputs  # noqa: PLC0415 - opens PortAudio

    found = outputs()
    if not found:
        raise VoicePrepError(
            "No loudspeaker or headphones were found.",
            "",
            "Questions are shown instead of read aloud.",
        )
    return "; ".join(device.key for device in found)


def _voice() -> str:
    from voiceprep.speech.speaker import voices  # noqa: PLC0415 - starts the engine

    return f"{len(voices())} voices"


def _your_voice(folders: Folders) -> str:
    from voiceprep.speech.recorder import MicrophoneRecorder  # noqa: PLC0415 - opens PortAudio
    from voiceprep.speech.transcribers.models import engine_in_use  # noqa: PLC0415

    out.print(f"Read this aloud now: [italic]{SENTENCE}[/italic]")
    settings = load_settings(folders.settings)
    engine = engine_in_use(settings.engine, settings.model, folders.models)
    found = heard(out, MicrophoneRecorder(settings.microphone), engine)
    advice = advise(found.verdict, sys.platform)
    if found.verdict is not Verdict.GOOD:
        raise VoicePrepError(
            advice.title, f"({found.figures})", " ".join((advice.next_step, *advice.look_at))
        )
    return f"{advice.title} ({found.figures})"


def _recogniser(folders: Folders) -> str:
    from voiceprep.speech.transcribers.models import installed  # noqa: PLC0415

    tools = build_toolbox(load_settings(folders.settings), folders)
    try:
        tools.judge.transcriber.warm_up()
    finally:
        tools.close()
    models = installed(folders.models)
    if models:
        return f"ready; Whisper models: {', '.join(model.name for model in models)}"
    return "ready: the basic recogniser (no Whisper model yet; see `voiceprep models`)"


def _history(folders: Folders) -> str:
    number = SqliteHistory(folders).catalogue.sessions(Filter(), limit=1).total
    return f"{number} sessions in {folders.database}"


def _disk(folders: Folders) -> str:
    place = folders.data
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if not os.access(place, os.W_OK):
        raise VoicePrepError(f"{place} cannot be written.", "", "Give yourself permission.")
    if free < _LEAST_FREE_BYTES:
        raise VoicePrepError(
            f"Only {free // 1_000_000} MB are free at {place}.",
            "A long session needs about 100 MB.",
            "Free some room.",
        )
    return f"{free / 1e9:.1f} GB free at {place}"
