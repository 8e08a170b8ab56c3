"""Where the files that ship with VoicePrep lie: banks, models, demo recordings, icons."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    """The folder that holds assets/ and questions/: in the wheel, or in a checkout."""
    packed = _PACKAGE / "_data"
    return packed if packed.is_dir() else _PACKAGE.parent


def asset(*parts: str) -> Path:
    """Path of a file or folder under assets/."""
    return _root().joinpath("assets", *parts)


def questions_folder() -> Path:
    """Folder of the question banks that ship with the app."""
    return _root() / "questions"
