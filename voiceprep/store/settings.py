"""The user's settings: one frozen record, kept as JSON."""

import json
import logging
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from voiceprep.errors import VoicePrepError
from voiceprep.interview.soundcheck import Checked
from voiceprep.scoring.correction import Entry
from voiceprep.store.files import remove, write_private

_log = logging.getLogger(__name__)

Theme = Literal["system", "light", "dark"]
Engine = Literal["auto", "whisper", "pocketsphinx"]
KeepAudio = Literal["forever", "days", "reviewed", "never"]
"""How long recordings are kept once they are transcribed: reviewed means until the result has been
opened in Review, never until the interview has ended."""


class Settings(BaseModel):
    """What the user chose.

    Devices are remembered as "name (host API)", never by index; "" is the system's default.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    theme: Theme = "system"
    read_aloud: bool = True
    rate_myself: bool = Field(default=False, description="ask for a self-rating before a result")
    captions: bool = Field(default=True, description="show what is heard while one speaks")
    voice: str = Field(default="", description="pyttsx3's voice id; empty: the default English one")
    rate_wpm: int = Field(default=165, ge=80, le=320)
    microphone: str = ""
    output: str = ""
    sound_check: bool = Field(default=True, description="check a new microphone before it is used")
    checked: tuple[Checked, ...] = Field(default=(), description="microphones and their checks")
    engine: Engine = Field(default="auto", description="auto: Whisper once there is a model")
    model: str = Field(default="", description="Name of a Whisper model; empty: the best there is")
    dictionary: tuple[Entry, ...] = ()
    keep_audio: KeepAudio = "forever"
    keep_audio_days: int = Field(default=30, ge=1, le=3650, description='for keep_audio "days"')
    auto_stop: bool = Field(default=False, description="stop after a silence")
    auto_stop_s: int = Field(default=6, ge=3, le=30)
    thinking_s: int = Field(default=0, ge=0, le=300, description="then recording begins; 0: never")
    limit_s: int = Field(default=0, ge=0, le=1800, description="of an answer; 0: none")
    target_min_s: int = Field(default=60, ge=10, le=600)
    target_max_s: int = Field(default=120, ge=20, le=900)
    playback_speed: float = Field(default=1.0, ge=0.5, le=2.0, description="of recordings")


class Found(NamedTuple):
    """What a file of settings gave.

    Attributes:
        settings: Whatever is missing or wrong in the file has its default.
        problem: What the user should be told of the file, or None.
    """

    settings: Settings
    problem: VoicePrepError | None = None


def load_settings(path: Path) -> Settings:
    """The settings in a file; see ``read_settings``."""
    return read_settings(path).settings


def read_settings(path: Path) -> Found:
    """The settings in a file, and what is wrong with it.

    Settings never keep the app from starting: what is wrong goes to the log, and a copy of the
    broken file is kept beside it as ``<name>.broken``.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Found(Settings())
    except OSError as error:
        _log.warning("the settings %s cannot be read (%s); defaults are used", path, error.strerror)
        return Found(Settings(), _broken(path, f"The system said: {error.strerror}.", ""))
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        return Found(Settings(), _keep_broken(path, content, str(error)))
    if not isinstance(found, dict):
        return Found(Settings(), _keep_broken(path, content, "it is no JSON object"))
    try:
        return Found(Settings.model_validate(found))
    except ValidationError as error:
        wrong = {str(fault["loc"][0]): fault["msg"] for fault in error.errors()}
        right = Settings.model_validate({key: found[key] for key in found.keys() - wrong.keys()})
        why = "; ".join(f"{name}: {why}" for name, why in wrong.items())
        return Found(right, _keep_broken(path, content, why))


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all, readable by their owner only.

    The usual ones need no file: after everything was deleted, nothing is left.

    Raises:
        VoicePrepError: They cannot be written; the ones from before are still there.
    """
    if settings == Settings():
        remove(path)
    else:
        write_private(path, settings.model_dump_json(indent=2).encode() + b"\n")


def _keep_broken(path: Path, content: bytes, why: str) -> VoicePrepError:
    """Keep a copy of the broken file; returns what to tell the user."""
    copy = path.with_name(f"{path.name}.broken")
    kept = f"A copy of the file is {copy.name}, in the same folder."
    try:
        write_private(copy, content)
    except VoicePrepError as error:
        _log.warning("no copy of the broken settings could be kept: %s", error)
        kept = ""
    _log.warning("%s is broken (%s); defaults replace that, a copy is %s", path, why, copy.name)
    return _broken(path, f"Something in it is wrong ({why}).", kept)


def _broken(path: Path, cause: str, kept: str) -> VoicePrepError:
    return VoicePrepError(
        "Your settings could not be read, so the usual ones are used.",
        f"The file is {path}. {cause}",
        f"Look through Settings. {kept}".strip(),
    )
