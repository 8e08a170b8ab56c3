"""All that is to be told of the models: those that are here and those that can be had."""

from dataclasses import dataclass
from pathlib import Path

from voiceprep.speech.transcribers import advice
from voiceprep.speech.transcribers.catalogue import ENGLISH, OFFERS, Offer, offer, understands
from voiceprep.speech.transcribers.download import begun_bytes
from voiceprep.speech.transcribers.models import Model, installed
from voiceprep.speech.transcribers.speed import Speed, known_speeds


@dataclass(frozen=True, slots=True)
class Entry:
    """One model.

    Attributes:
        name: As people call it.
        size_bytes: On disk.
        model: Where it is, if it is here.
        offer: Where it comes from, if it can be downloaded.
        begun_bytes: What an unfinished download has got; 0 if there is none.
        speed: As measured here.
        expected_rtf: What to expect where it was not measured; None for models of one's own.
        recommended: Whether it is the one for this computer.
    """

    name: str
    size_bytes: int
    model: Model | None
    offer: Offer | None
    begun_bytes: int
    speed: Speed | None
    expected_rtf: float | None
    recommended: bool

    @property
    def english_only(self) -> bool:
        """Whether it hears no other language."""
        return not understands(self.name, "")

    @property
    def begun(self) -> float:
        """The share of an unfinished download that is here."""
        return self.begun_bytes / self.size_bytes


def overview(models_folder: Path, language: str = ENGLISH) -> tuple[Entry, ...]:
    """The models that are here, the one to prefer first, then those to download.

    Looks into folders and asks the driver of the graphics card: not for the GUI thread.
    """
    found = installed(models_folder)
    speeds = known_speeds(models_folder)
    machine = advice.this_machine()
    best = advice.recommended(machine, speeds, language)

    def entry(name: str, model: Model | None, one: Offer | None) -> Entry:
        size_bytes = model.size_bytes if model else one.size_bytes if one else 0
        return Entry(
            name=name,
            size_bytes=size_bytes,
            model=model,
            offer=one,
            begun_bytes=begun_bytes(one, models_folder) if one and not model else 0,
            speed=speeds.get(name),
            expected_rtf=advice.expected_rtf(one, machine, speeds) if one else None,
            recommended=one is best,
        )

    here = [entry(model.name, model, offer(model.name)) for model in found]
    names = {model.name for model in found}
    return (*here, *(entry(one.name, None, one) for one in OFFERS if one.name not in names))
