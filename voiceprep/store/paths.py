"""Where VoicePrep keeps what belongs to the user."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Folders:
    """The user's folders; nothing here is created before something is written to it.

    Attributes:
        data: History, settings, recordings, models.
        cache: Synthesised speech; may be deleted at any time.
    """

    data: Path
    cache: Path

    @property
    def database(self) -> Path:
        """The history."""
        return self.data / "history.sqlite3"

    @property
    def recordings(self) -> Path:
        """One audio file an attempt."""
        return self.data / "recordings"

    @property
    def models(self) -> Path:
        """One folder a Whisper model (CTranslate2 format)."""
        return self.data / "models"

    @property
    def settings(self) -> Path:
        """The settings as JSON."""
        return self.data / "settings.json"

    @property
    def log(self) -> Path:
        """The log file."""
        return self.data / "voiceprep.log"

    @property
    def speech(self) -> Path:
        """Synthesised questions."""
        return self.cache / "speech"


def user_folders() -> Folders:
    """The platform's folders, or those below the environment variable VOICEPREP_HOME."""
    home = os.environ.get("VOICEPREP_HOME")
    if home:
        return Folders(Path(home).resolve() / "data", Path(home).resolve() / "cache")
    return Folders(
        platformdirs.user_data_path("VoicePrep", appauthor=False),
        platformdirs.user_cache_path("VoicePrep", appauthor=False),
    )
