"""Before the first question in the terminal: is the person heard?"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from rich.console import Console
from rich.live import Live
from rich.padding import Padding
from rich.text import Text

from voiceprep.commands.output import print_error
from voiceprep.commands.terminal import ask_choice
from voiceprep.errors import VoicePrepError
from voiceprep.interview.ports import Player, Recorder
from voiceprep.interview.records import Recording
from voiceprep.interview.soundcheck import remember
from voiceprep.interview.toolbox import Toolbox
from voiceprep.speech.sound_advice import advise
from voiceprep.speech.soundcheck import (
    SENTENCE,
    TOO_LOUD_DBFS,
    TOO_QUIET_DBFS,
    Checkup,
    Verdict,
    examine,
    find_unchecked,
    is_over,
)
from voiceprep.speech.transcribers.models import engine_in_use
from voiceprep.store.paths import Folders
from voiceprep.store.settings import load_settings, save_settings

_TICK_S = 0.05
_CELLS = 30
"""Width of the meter; a cell is 2 dB."""


def check_sound(console: Console, tools: Toolbox, folders: Folders) -> None:
    """Check the microphone, where that is due and the settings do not forbid it.

    Whatever goes wrong is told, and the interview begins.
    """
    settings, history = load_settings(folders.settings), tools.judge.history
    if not settings.sound_check:
        return
    now = datetime.now(UTC)
    microphone = find_unchecked(settings.checked, settings.microphone, history, now)
    if not microphone:
        return
    try:
        engine = engine_in_use(settings.engine, settings.model, folders.models)
        good = ask(console, tools.recorder, tools.player, engine)
        if good is not None:
            checked = remember(settings.checked, microphone, now, good=good)
            save_settings(folders.settings, settings.model_copy(update={"checked": checked}))
    except VoicePrepError as error:
        print_error(error, console)


def ask(console: Console, recorder: Recorder, player: Player, engine: str) -> bool | None:
    """Let the person speak as often as they like; whether all is well at last.

    None: they will type. What was recorded is gone afterwards.

    Raises:
        VoicePrepError: The microphone cannot be opened, or went away.
    """
    console.print("\n[bold]Can you be heard?[/bold] Read this aloud when you record:")
    console.print(Text(f"  \u201c{SENTENCE}\u201d\n", style="italic"))
    match ask_choice(console, [("", "record"), ("t", "I will type"), ("s", "skip")]):
        case "t":
            return None
        case "s":
            return False
    while True:
        with TemporaryDirectory(prefix="voiceprep-") as folder:
            recording = record(console, recorder, Path(folder, "check.wav"))
            found = examine(recording, engine)
            print_checkup(console, found)
            if not _wants_again(console, player, recording.path):
                return found.verdict is Verdict.GOOD


def heard(console: Console, recorder: Recorder, engine: str) -> Checkup:
    """Record once and judge for a recogniser; what was recorded is gone afterwards.

    Raises:
        VoicePrepError: The microphone cannot be opened, or went away.
    """
    with TemporaryDirectory(prefix="voiceprep-") as folder:
        return examine(record(console, recorder, Path(folder, "check.wav")), engine)


def record(console: Console, recorder: Recorder, path: Path) -> Recording:
    """Listen until the sentence was read, with a meter.

    Raises:
        VoicePrepError: The microphone cannot be opened, or went away.
    """
    recorder.start(path)
    try:
        with Live(console=console, transient=True) as live:
            while not is_over(recorder.elapsed_s, recorder.quiet_s):
                live.update(meter(recorder.level_dbfs), refresh=True)
                if recorder.problem is not None:
                    raise recorder.problem
                time.sleep(_TICK_S)
    finally:
        recording = recorder.stop()
    return recording


def _wants_again(console: Console, player: Player, path: Path) -> bool:
    """Whether the person wants to record again; until then they can hear themselves."""
    choices = [("p", "hear yourself"), ("r", "record again"), ("", "go on")]
    while (chosen := ask_choice(console, choices)) == "p":
        try:
            player.play(path, Event())
        except VoicePrepError as error:
            print_error(error, console)
    return chosen == "r"


def meter(level_dbfs: float) -> Text:
    """A level as a bar from -60 to 0 dB, the wanted zone between two marks."""
    bar = Text("Read it now  ", style="bold")
    for cell in range(_CELLS):
        from_dbfs = -60 + 60 * cell / _CELLS
        inside = TOO_QUIET_DBFS <= from_dbfs < TOO_LOUD_DBFS
        lit = level_dbfs > from_dbfs
        style = "green" if inside else "yellow" if from_dbfs < TOO_QUIET_DBFS else "red"
        bar.append("\u2588" if lit else "\u2500" if inside else "\u00b7", style if lit else "dim")
    return bar.append("  it stops by itself", "dim")


def print_checkup(console: Console, found: Checkup) -> None:
    """What was found, and what to do."""
    advice = advise(found.verdict, sys.platform)
    good = found.verdict is Verdict.GOOD
    mark = Text("\u2713 " if good else "\u2717 ", style="green" if good else "red")
    console.print(mark + Text(advice.title, style="bold"), Text(f"({found.figures})", style="dim"))
    places = (f"{number}. {place}" for number, place in enumerate(advice.look_at, 1))
    for told in (advice.next_step, *places):
        console.print(Padding(Text(told), (0, 0, 0, 2)))
