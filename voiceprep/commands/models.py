"""``voiceprep models``: Whisper models on this machine."""

from pathlib import Path

import typer
from rich.table import Table

from voiceprep.commands.output import out
from voiceprep.errors import VoicePrepError
from voiceprep.speech.transcribers.models import Model, import_folder, installed
from voiceprep.store.paths import user_folders
from voiceprep.store.settings import Settings, load_settings, save_settings

app = typer.Typer(
    no_args_is_help=True, help="Whisper models: list, add, use.", rich_markup_mode=None
)


@app.command("list")
def list_models() -> None:
    """The models on this machine, and which one is used.

    Example: voiceprep models list
    """
    folders = user_folders()
    settings = load_settings(folders.settings)
    found = installed(folders.models)
    if not found:
        out.print(
            "No Whisper model yet: the basic recogniser (PocketSphinx) is used.\n"
            "Add a folder in CTranslate2 format, such as faster-whisper-base.en from Hugging "
            "Face, with `voiceprep models add FOLDER`."
        )
        return
    used = _used(settings, found)
    table = Table.grid(padding=(0, 2))
    for model in found:
        mark = "in use" if model is used else ""
        table.add_row(model.name, f"{model.size_bytes / 1e6:.0f} MB", mark, str(model.path))
    out.print(table)


@app.command()
def add(folder: Path) -> None:
    """Copy a model folder (CTranslate2 format) to VoicePrep's own.

    Example: voiceprep models add ~/Downloads/faster-whisper-base.en
    """
    model = import_folder(folder, user_folders().models)
    out.print(f"Added {model.name} ({model.size_bytes / 1e6:.0f} MB).")


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
        found = installed(folders.models)
        if name not in {model.name for model in found}:
            raise VoicePrepError(
                f"There is no model {name!r}.",
                f"Installed: {', '.join(model.name for model in found) or 'none'}.",
                "`voiceprep models add FOLDER` adds one.",
            )
        changed = settings.model_copy(update={"engine": "whisper", "model": name})
    save_settings(folders.settings, changed)
    out.print(f"From now on: {name}.")


def _used(settings: Settings, found: tuple[Model, ...]) -> Model | None:
    if settings.engine == "pocketsphinx":
        return None
    return next((model for model in found if model.name == settings.model), found[0])
