"""Which recogniser will write down the answers, in words."""

from dataclasses import dataclass
from pathlib import Path

from voiceprep.errors import VoicePrepError
from voiceprep.store.settings import Settings


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A recogniser as the window names it.

    Attributes:
        title: Its name.
        remark: What to expect of it.
        basic: Whether it is the built-in one, which a Whisper model would better.
    """

    title: str
    remark: str
    basic: bool


def recogniser_in_use(settings: Settings, models: Path) -> Recogniser:
    """The one that these settings lead to; looks into folders, so not for the GUI thread."""
    from voiceprep.speech.transcribers.models import choose, installed  # noqa: PLC0415 - window first

    try:
        folder = choose(settings.engine, settings.model, models).model
    except VoicePrepError as error:
        return Recogniser("No recogniser", str(error), basic=True)
    if folder is None:
        return Recogniser("Basic recogniser", "Ready. A Whisper model hears better.", basic=True)
    name = next((one.name for one in installed(models) if one.path == folder), folder.name)
    return Recogniser(f"Whisper {name}", "Ready", basic=False)
