"""``voiceprep dictionary``: terms that recognisers mishear, and what they stand for."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.text import Text

from voiceprep.commands.output import emit, out
from voiceprep.errors import VoicePrepError
from voiceprep.scoring.correction import Entry, with_entry, without_entry
from voiceprep.store.paths import user_folders
from voiceprep.store.settings import Settings, load_settings, save_settings

app = typer.Typer(
    invoke_without_command=True,
    help="Terms that are misheard: list, add, remove. Later transcripts have them as you mean.",
    rich_markup_mode=None,
)


@app.callback()
def list_entries(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """What is heard, and what is written instead.

    Examples:
        voiceprep dictionary
        voiceprep dictionary add "sharp values" "SHAP values"
    """
    if context.invoked_subcommand is not None:
        return
    entries = _settings().dictionary
    if as_json:
        emit(json.dumps([asdict(one) for one in entries], ensure_ascii=False, indent=2))
    elif not entries:
        out.print("Your dictionary is empty. `voiceprep dictionary add rack RAG` adds to it.")
    for one in () if as_json else entries:
        out.print(Text(f"{one.heard} -> {one.meant}"))


@app.command()
def add(heard: str, meant: str) -> None:
    """Write a term as it is meant wherever it is heard, from the next answer on.

    Example: voiceprep dictionary add rack RAG
    """
    entry = Entry(" ".join(heard.split()), " ".join(meant.split()))
    if not entry.heard or not entry.meant or entry.heard == entry.meant:
        raise VoicePrepError(
            "That is no entry for the dictionary.",
            "It needs what is heard and, other than that, what is meant.",
            "For example: voiceprep dictionary add rack RAG",
        )
    _keep(with_entry(_settings().dictionary, entry))
    out.print(Text(f"{entry.heard} -> {entry.meant}"))


@app.command()
def remove(heard: str) -> None:
    """Forget a term.

    Example: voiceprep dictionary remove rack
    """
    before = _settings().dictionary
    after = without_entry(before, " ".join(heard.split()))
    if after == before:
        raise VoicePrepError(
            f"Your dictionary has no {heard!r}.", "", "`voiceprep dictionary` lists what it has."
        )
    _keep(after)
    out.print(Text(f"Forgotten: {heard}"))


def _settings() -> Settings:
    return load_settings(user_folders().settings)


def _keep(entries: tuple[Entry, ...]) -> None:
    changed = _settings().model_copy(update={"dictionary": entries})
    save_settings(user_folders().settings, changed)
