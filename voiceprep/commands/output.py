"""What all commands share: consoles, the user's folders, settings and engines."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.text import Text

from voiceprep.app import build_toolbox
from voiceprep.bank.load import built_in_banks, load_bank
from voiceprep.bank.model import Bank
from voiceprep.errors import VoicePrepError
from voiceprep.interview.toolbox import Toolbox
from voiceprep.store.paths import Folders, user_folders
from voiceprep.store.settings import Settings, load_settings

out = Console(highlight=False, soft_wrap=False)
"""What a command was asked for."""

err = Console(stderr=True, highlight=False)
"""What goes beside it: errors, notes, progress."""


def print_error(error: VoicePrepError, console: Console = err) -> None:
    """What happened, why, and what to do next."""
    console.print(Text(error.title, style="bold red"))
    for part in (error.cause, error.next_step):
        if part:
            console.print(Text(part))


def chosen_banks(bank: Path | None) -> tuple[Bank, ...]:
    """The bank in a file, or those that ship with the app."""
    return (load_bank(bank),) if bank else built_in_banks()


@contextmanager
def toolbox(
    *, engine: str | None = None, folders: Folders | None = None, bank: Path | None = None
) -> Iterator[Toolbox]:
    """The engines by the user's settings, closed afterwards."""
    own = user_folders()
    settings = load_settings(own.settings)
    if engine:
        settings = Settings.model_validate({**settings.model_dump(), "engine": engine})
    built = build_toolbox(settings, folders or own, banks=chosen_banks(bank), models=own.models)
    try:
        yield built
    finally:
        built.close()


def write_text(path: Path, text: str) -> None:
    """Write a file that the user asked for.

    Raises:
        VoicePrepError: It cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise VoicePrepError(
            f"{path} cannot be written.",
            f"{error.strerror or error}.",
            "Choose another place with enough room that you may write to.",
        ) from error


def emit(text: str) -> None:
    """Print for other programs: no wrapping, no colours."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    sys.stdout.flush()


def text_lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 file, or of stdin for "-".

    Raises:
        VoicePrepError: It cannot be read, or is no text.
    """
    try:
        if str(path) == "-":
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
            yield from sys.stdin
        else:
            with path.open(encoding="utf-8-sig", errors="replace", newline=None) as lines:
                yield from lines
    except OSError as error:
        raise VoicePrepError(
            f"{path} cannot be read.",
            f"{error.strerror or error}.",
            "Check the path and your permission to read it.",
        ) from error
