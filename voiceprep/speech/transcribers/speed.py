"""How fast a model is on this machine: measured once, remembered, and told from then on."""

import json
import logging
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event

from voiceprep.errors import VoicePrepError
from voiceprep.resources import asset
from voiceprep.speech.audio_file import SPEECH_RATE_HZ, read_speech
from voiceprep.speech.transcribers.messages import EngineChoice
from voiceprep.speech.transcribers.transcriber import ChildTranscriber

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Speed:
    """A measurement.

    Attributes:
        rtf: Real-time factor: seconds of work for one second of speech; under 1 keeps pace.
        load_s: Seconds to load the model.
    """

    rtf: float
    load_s: float

    @property
    def minute_s(self) -> float:
        """Seconds of work for a minute of speech."""
        return self.rtf * 60


def sample() -> Path:
    """The recording that models are measured with: 40 s of clear speech that ships with the app."""
    return asset("demo", "beginner-01.flac")


def measure(model: Path, audio: Path, cancel: Event) -> Speed:
    """Load a model in a child of its own and transcribe a recording; blocks.

    Args:
        model: The model's folder.
        audio: Half a minute of speech or more; shorter ones measure Whisper's window of 30 s.
        cancel: Leaves.

    Raises:
        VoicePrepError: The model cannot be loaded, or the recording cannot be read.
        Cancelled: ``cancel`` was set.
    """
    duration_s = len(read_speech(audio)) / SPEECH_RATE_HZ
    transcriber = ChildTranscriber(EngineChoice("whisper", model))
    try:
        begun = time.perf_counter()
        transcriber.warm_up()
        loaded = time.perf_counter()
        transcriber.transcribe(audio, cancel)
        return Speed((time.perf_counter() - loaded) / duration_s, loaded - begun)
    finally:
        transcriber.close()


def known_speeds(models_folder: Path) -> dict[str, Speed]:
    """What was measured here so far, by the models' names."""
    try:
        found = json.loads(_book(models_folder).read_text(encoding="utf-8"))
        return {name: Speed(float(one["rtf"]), float(one["load_s"])) for name, one in found.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        _log.warning("the measured speeds cannot be read (%s); they are measured anew", error)
        return {}


def remember(models_folder: Path, name: str, speed: Speed | None) -> None:
    """Keep a measurement, or forget that of a model that is gone.

    Raises:
        VoicePrepError: It cannot be written.
    """
    speeds = {one: asdict(value) for one, value in known_speeds(models_folder).items()}
    if speed is None:
        if speeds.pop(name, None) is None:
            return
    else:
        speeds[name] = asdict(speed)
    book = _book(models_folder)
    try:
        models_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = book.with_suffix(".new")
        draft.write_text(json.dumps(speeds, indent=1), encoding="utf-8")
        with suppress(OSError):
            draft.chmod(0o600)
        draft.replace(book)
    except OSError as error:
        raise VoicePrepError(
            "The measured speed could not be kept.",
            f"{error.strerror or error}.",
            f"Check the folder {models_folder}.",
        ) from error


def _book(models_folder: Path) -> Path:
    return models_folder / ".speeds.json"
