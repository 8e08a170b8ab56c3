"""Copies Whisper models into VoicePrep's own folder, and deletes them there."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Event

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.speech.transcribers.models import (
    Model,
    check_folder,
    model_files,
    model_name,
    model_size_bytes,
    snapshots,
)

_BLOCK_BYTES = 1 << 20

Report = Callable[[int, int], None]
"""Told the bytes that are copied and those of the whole model."""


def models_in(source: Path) -> tuple[Path, ...]:
    """The model folders that the user means by a folder.

    It may be a model, one model of a Hugging Face cache ("models--..."), or a whole cache.

    Raises:
        VoicePrepError: It is none of these; the message names what is missing.
    """
    for cache in (source, source / "hub", source.parent):
        found = tuple(
            path for path in snapshots(cache) if cache != source.parent or source in path.parents
        )
        if found:
            return tuple(path for path in found if _is_whole(path)) or found
    check_folder(source)
    return (source,)


def import_folder(
    source: Path,
    models_folder: Path,
    cancel: Event | None = None,
    report: Report | None = None,
) -> Model:
    """Copy a model into VoicePrep's models folder; all of it or nothing. Blocks.

    Args:
        source: The model's folder; links in it are followed.
        models_folder: VoicePrep's own.
        cancel: Leaves; nothing remains of the copy.
        report: Told how far it is.

    Raises:
        VoicePrepError: The source is no whole model, one of its name is there, or the disk is
            full or not writable.
        Cancelled: ``cancel`` was set.
    """
    check_folder(source)
    target = models_folder / model_name(source.absolute())
    if target.exists():
        raise VoicePrepError(
            f"There is a model {target.name} already.",
            f"It is in {target}.",
            "Delete that folder first, or rename the one to add.",
        )
    size_bytes = model_size_bytes(source)
    try:
        models_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=models_folder) as unfinished:
            copy = Path(unfinished) / target.name
            copy.mkdir()
            done = 0
            for file in model_files(source):
                with file.open("rb") as original, (copy / file.name).open("wb") as made:
                    while block := original.read(_BLOCK_BYTES):
                        if cancel is not None and cancel.is_set():
                            raise Cancelled
                        made.write(block)
                        done += len(block)
                        if report is not None:
                            report(done, size_bytes)
            copy.rename(target)
    except OSError as error:
        raise VoicePrepError(
            f"The model could not be copied to {models_folder}.",
            f"{error.strerror or error}.",
            f"It needs {size_bytes / 1e6:.0f} MB there; check the room and your permissions.",
        ) from error
    return Model(target.name, target, size_bytes)


def delete(model: Model) -> None:
    """Delete one of VoicePrep's own models for good.

    Raises:
        VoicePrepError: It belongs to the Hugging Face cache, or the disk refuses.
    """
    if model.shared:
        raise VoicePrepError(
            f"{model.name} lies in the Hugging Face cache.",
            "Other programs may use it from there, so VoicePrep does not delete it.",
            f"If nothing else needs it, delete the folder {model.path}.",
        )
    try:
        # Away with its name first: half a model must not be found.
        doomed = model.path.with_name(f".deleting-{model.path.name}")
        model.path.rename(doomed)
        shutil.rmtree(doomed)
    except OSError as error:
        raise VoicePrepError(
            f"The model {model.name} could not be deleted.",
            f"{error.strerror or error}.",
            f"It may be in use. Close other windows of VoicePrep, or delete {model.path} by hand.",
        ) from error


def _is_whole(folder: Path) -> bool:
    try:
        check_folder(folder)
    except VoicePrepError:
        return False
    return True
