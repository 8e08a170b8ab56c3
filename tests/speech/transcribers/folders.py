"""Folders with whole Whisper models in them, as users have them."""

import shutil
from pathlib import Path

from tests.speech.transcribers.conftest import MICRO_WHISPER

FILES = ("model.bin", "config.json", "tokenizer.json", "vocabulary.json")


def put(folder: Path) -> Path:
    """A whole model under any name."""
    folder.mkdir(parents=True)
    for name in FILES:
        shutil.copyfile(MICRO_WHISPER / name, folder / name)
    return folder


def put_in_cache(cache: Path, repository: str, revision: str = "abc", ref: str = "") -> Path:
    home = cache / f"models--{repository.replace('/', '--')}"
    if ref:
        (home / "refs").mkdir(parents=True, exist_ok=True)
        (home / "refs" / "main").write_text(ref)
    return put(home / "snapshots" / revision)
