"""Delete everything that VoicePrep knows about its user."""

import shutil
from pathlib import Path

from voiceprep.errors import VoicePrepError
from voiceprep.store.connection import Connection
from voiceprep.store.files import refused
from voiceprep.store.paths import Folders
from voiceprep.store.rows import own_recordings_elsewhere

_KINDS = ("history*", "settings.json*", "voiceprep.log*", ".settings.json.*", ".history*")
"""What lies in the data folder beside the recordings: the history with its copies, the settings,
the log. Models are no one's; other programs' files are not ours."""


def erase(folders: Folders) -> None:
    """Remove history, trash, recordings, settings, log and spoken questions for good; blocks.

    Models stay: nothing about the user is in them. Every connection of this process to the history
    has to be closed before.

    Raises:
        VoicePrepError: Another VoicePrep is open, or something cannot be removed.
    """
    elsewhere: tuple[tuple[str, Path], ...] = ()
    if folders.database.exists():
        connection = Connection(folders)
        try:
            with connection.alone() as alone:
                if not alone:
                    raise VoicePrepError(
                        "Nothing was deleted.",
                        "Another VoicePrep is open and still writes.",
                        "Close all other VoicePrep windows and commands, then try again.",
                    )
            with connection.read() as reading:
                if reading is not None:
                    elsewhere = own_recordings_elsewhere(reading, folders.recordings)
        finally:
            connection.close()
    for path in (*(path for _, path in elsewhere), folders.recordings, folders.speech):
        _remove(path)
    for kind in _KINDS:
        for path in folders.data.glob(kind):
            _remove(path)


def _remove(path: Path) -> None:
    try:
        if path.is_symlink() or not path.is_dir():
            path.unlink(missing_ok=True)
        else:
            shutil.rmtree(path)
    except OSError as error:
        raise refused(f"{path} could not be removed.", error) from error
