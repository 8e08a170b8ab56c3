"""``voiceprep models``: Whisper models on this machine, and those to download."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table

from voiceprep.commands.output import emit, err, out
from voiceprep.errors import VoicePrepError
from voiceprep.speech.transcribers import advice, speed
from voiceprep.speech.transcribers.catalogue import ENGLISH, OFFERS, Offer, offer
from voiceprep.speech.transcribers.download import Progress as Got
from voiceprep.speech.transcribers.download import begun_bytes, discard
from voiceprep.speech.transcribers.download import download as fetch
from voiceprep.speech.transcribers.importing import delete as erase
from voiceprep.speech.transcribers.importing import import_folder, models_in
from voiceprep.speech.transcribers.models import Model, installed
from voiceprep.speech.transcribers.overview import Entry, overview
from voiceprep.store.paths import user_folders
from voiceprep.store.settings import Settings, load_settings, save_settings

app = typer.Typer(
    no_args_is_help=True,
    help="Whisper models: list, download, add, use, measure, delete.",
    rich_markup_mode=None,
)


@app.command("list")
def list_models(
    language: Annotated[str, typer.Option(help="Recommend for this language.")] = ENGLISH,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """All models: what is here, what is used, size, accuracy, speed, and what is recommended.

    The speed is the time for a minute of speech: as measured here (`voiceprep models measure`),
    or, with "about", as expected of this computer.

    Examples:
        voiceprep models list
        voiceprep models list --language de
    """
    folders = user_folders()
    entries = overview(folders.models, language)
    used = _used(load_settings(folders.settings), entries)
    if as_json:
        emit(json.dumps([_row(one, used=one.name == used) for one in entries], indent=2))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("Model", "Size", "Hears", "Accuracy", "A minute takes", "State"):
        table.add_column(title, no_wrap=title != "State")
    for one in entries:
        table.add_row(
            one.name,
            _megabytes(one.size_bytes),
            "English" if one.english_only else "all languages",
            one.offer.accuracy if one.offer else "",
            _minute(one),
            ", ".join(_states(one, used=one.name == used)),
        )
    out.print(table)
    if not used:
        out.print("\nIn use: the basic recogniser (PocketSphinx), for clear US English only.")
        best = next(one for one in entries if one.recommended)
        if best.model is None:
            out.print(f"Recommended here: voiceprep models download {best.name}")


@app.command()
def download(
    name: Annotated[str, typer.Argument(help="Else the one recommended here.")] = "",
    language: Annotated[str, typer.Option(help="Recommend for this language.")] = ENGLISH,
    start_over: Annotated[
        bool, typer.Option("--discard", help="Throw away what came of it, and end.")
    ] = False,
) -> None:
    """Download a model, or the rest of it; nothing else in VoicePrep uses the network.

    Ctrl+C pauses: the same command goes on from there. A broken connection is tried again. Every
    file is checked against its known size and SHA-256. Behind a proxy set HTTPS_PROXY.

    Examples:
        voiceprep models download
        voiceprep models download small.en
        voiceprep models download small.en --discard
    """
    folders = user_folders()
    one = _offered(name) if name else _recommended(folders.models, language)
    if start_over:
        discard(one, folders.models)
        out.print(f"Nothing is left of the download of {one.name}.")
        return
    try:
        with _bar(f"Downloading {one.name}", one.size_bytes) as bar:
            model = fetch(one, folders.models, Event(), lambda got: _show(bar, got))
    except KeyboardInterrupt:
        share = begun_bytes(one, folders.models) / one.size_bytes
        err.print(f"Paused at {share:.0%}. `voiceprep models download {one.name}` goes on.")
        raise
    out.print(
        f"{model.name} is here ({_megabytes(model.size_bytes)}). It is used from now on unless "
        "another one is chosen (`voiceprep models use`)."
    )


@app.command()
def add(folder: Path) -> None:
    """Copy a model folder (CTranslate2 format), or a Hugging Face cache, to VoicePrep's own.

    Examples:
        voiceprep models add ~/Downloads/faster-whisper-base.en
        voiceprep models add /media/stick/huggingface/hub
    """
    for source in models_in(folder):
        with _bar("Copying", 0) as bar:
            model = import_folder(
                source,
                user_folders().models,
                report=lambda done, total: bar.update(bar.task_ids[0], completed=done, total=total),
            )
        out.print(f"Added {model.name} ({_megabytes(model.size_bytes)}).")


@app.command()
def use(name: str) -> None:
    """Choose the recogniser: a model's name, "basic" or "auto".

    Examples:
        voiceprep models use base.en
        voiceprep models use basic
    """
    folders = user_folders()
    settings = load_settings(folders.settings)
    if name in {"basic", "auto"}:
        engine = "pocketsphinx" if name == "basic" else "auto"
        changed = settings.model_copy(update={"engine": engine, "model": ""})
    else:
        _installed(name, folders.models)
        changed = settings.model_copy(update={"engine": "whisper", "model": name})
    save_settings(folders.settings, changed)
    out.print(f"From now on: {name}.")


@app.command()
def measure(
    name: Annotated[str, typer.Argument(help="Else every model that is here.")] = "",
) -> None:
    """Measure how fast a model is on this computer, with a recording of 40 seconds.

    Example: voiceprep models measure base.en
    """
    folders = user_folders()
    chosen = (_installed(name, folders.models),) if name else installed(folders.models)
    if not chosen:
        raise VoicePrepError(
            "There is no model to measure.", "", "`voiceprep models download` gets one."
        )
    for model in chosen:
        with err.status(f"Measuring {model.name}"):
            found = speed.measure(model.path, speed.sample(), Event())
        speed.remember(folders.models, model.name, found)
        out.print(
            f"{model.name}: a minute of speech takes {found.minute_s:.1f} s "
            f"(RTF {found.rtf:.2f}); loading it {found.load_s:.1f} s."
        )


@app.command()
def delete(name: str) -> None:
    """Delete one of VoicePrep's models, or what came of a download.

    Example: voiceprep models delete small.en
    """
    folders = user_folders()
    one = offer(name)
    if one is not None and begun_bytes(one, folders.models):
        discard(one, folders.models)
    else:
        erase(_installed(name, folders.models))
        speed.remember(folders.models, name, None)
        settings = load_settings(folders.settings)
        if settings.model == name:
            changed = settings.model_copy(update={"engine": "auto", "model": ""})
            save_settings(folders.settings, changed)
            out.print("It was in use; the best recogniser there is takes its place.")
    out.print(f"{name} is deleted.")


def _used(settings: Settings, entries: tuple[Entry, ...]) -> str:
    """The name of the model that the settings lead to, or "" for the basic recogniser."""
    here = [one.name for one in entries if one.model is not None]
    if settings.engine == "pocketsphinx" or not here:
        return ""
    return settings.model if settings.model in here else here[0]


def _installed(name: str, models_folder: Path) -> Model:
    found = installed(models_folder)
    for model in found:
        if model.name == name:
            return model
    raise VoicePrepError(
        f"There is no model {name!r}.",
        f"Installed: {', '.join(model.name for model in found) or 'none'}.",
        "`voiceprep models download NAME` gets one, `voiceprep models add FOLDER` adds one.",
    )


def _offered(name: str) -> Offer:
    one = offer(name)
    if one is None:
        raise VoicePrepError(
            f"There is no model {name!r} to download.",
            f"There are: {', '.join(one.name for one in OFFERS)}.",
            "Others can be added as a folder: `voiceprep models add FOLDER`.",
        )
    return one


def _recommended(models_folder: Path, language: str) -> Offer:
    best = advice.recommended(advice.this_machine(), speed.known_speeds(models_folder), language)
    out.print(f"Recommended for this computer: {best.name} ({_megabytes(best.size_bytes)}).")
    return best


def _states(one: Entry, *, used: bool) -> Iterator[str]:
    if used:
        yield "in use"
    if one.recommended:
        yield "recommended"
    if one.model is None:
        yield f"paused at {one.begun:.0%}" if one.begun_bytes else "to download"
    else:
        yield f"in the Hugging Face cache: {one.model.path}" if one.model.shared else "here"


def _minute(one: Entry) -> str:
    if one.speed is not None:
        return f"{one.speed.minute_s:.1f} s"
    if one.model is not None or one.expected_rtf is None:
        return "not measured"
    return f"about {one.expected_rtf * 60:.0f} s"


def _row(one: Entry, *, used: bool) -> dict[str, object]:
    return {
        "name": one.name,
        "size_bytes": one.size_bytes,
        "english_only": one.english_only,
        "accuracy": one.offer.accuracy if one.offer else None,
        "installed": one.model is not None,
        "path": str(one.model.path) if one.model else None,
        "in_use": used,
        "downloaded_bytes": one.begun_bytes,
        "measured_rtf": one.speed.rtf if one.speed else None,
        "expected_rtf": one.expected_rtf,
        "recommended": one.recommended,
    }


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:,.0f} MB"


@contextmanager
def _bar(what: str, total: int) -> Iterator[Progress]:
    columns = (
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(),
        TimeRemainingColumn(), TextColumn("{task.fields[trouble]}"),
    )  # fmt: skip
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        bar.add_task(what, total=total, trouble="")
        yield bar


def _show(bar: Progress, got: Got) -> None:
    trouble = f"{got.trouble}; trying again" if got.trouble else ""
    bar.update(bar.task_ids[0], completed=got.done_bytes, trouble=trouble)
