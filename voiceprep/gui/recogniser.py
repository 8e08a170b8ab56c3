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
    from voiceprep.speech.transcribers.choice import choose_engine  # noqa: PLC0415 - window first

    try:
        choice = choose_engine(settings.engine, settings.model, models, ())
    except VoicePrepError as error:
        return Recogniser("No recogniser", str(error), basic=True)
    if choice.model is not None:
        return Recogniser(f"Whisper {choice.model.name}", "Ready", basic=False)
    return Recogniser("Basic recogniser", "Ready. A Whisper model hears better.", basic=True)
