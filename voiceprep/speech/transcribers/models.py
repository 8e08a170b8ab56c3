"""Whisper models on this machine: folders in the format of CTranslate2.

They lie in VoicePrep's own models folder or in the Hugging Face cache, where other programs that
use faster-whisper have put them.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from voiceprep.errors import VoicePrepError
from voiceprep.speech.transcribers.catalogue import ENGLISH, understands
from voiceprep.speech.transcribers.messages import EngineChoice

PREFERENCE = ("base.en", "small.en", "base", "small", "distil-small.en", "tiny.en", "tiny")
"""Which model is taken when none is chosen. base.en keeps pace with speech on a laptop without a
GPU; bigger ones are for those who ask for them. Where other languages than English are spoken,
those of them that know more than English."""

_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_OPTIONAL = ("preprocessor_config.json",)
_VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
_GET_ONE = (
    "Get the whole folder again, for example all files of Systran/faster-whisper-base.en from "
    "huggingface.co."
)


@dataclass(frozen=True, slots=True)
class Model:
    """A Whisper model.

    Attributes:
        name: As people call it: "base.en".
        path: Its folder.
        size_bytes: What it takes on disk.
        shared: Whether it lies in the Hugging Face cache, which is not ours to change.
    """

    name: str
    path: Path
    size_bytes: int
    shared: bool = False


def installed(models_folder: Path, hub_cache: Path | None = None) -> tuple[Model, ...]:
    """All usable models, the one to prefer first; broken folders are left out.

    Args:
        models_folder: VoicePrep's own; it need not exist.
        hub_cache: Hugging Face's; by default where its library would look.
    """
    found: dict[str, Model] = {}
    for path, shared in (
        *((path, False) for path in _folders_in(models_folder)),
        *((path, True) for path in snapshots(hub_cache or _hub_cache())),
    ):
        try:
            check_folder(path)
        except VoicePrepError:
            continue
        model = Model(model_name(path), path, model_size_bytes(path), shared)
        found.setdefault(model.name, model)
    return tuple(sorted(found.values(), key=_rank))


def engine_in_use(engine: str, model: str, models_folder: Path) -> str:
    """The recogniser that ``choose`` leads to, the basic one where that fails; reads folders."""
    try:
        return choose(engine, model, models_folder).engine
    except VoicePrepError:
        return "pocketsphinx"


def choose(
    engine: str,
    model: str,
    models_folder: Path,
    glossary: tuple[str, ...] = (),
    hub_cache: Path | None = None,
    languages: Sequence[str] = (ENGLISH,),
) -> EngineChoice:
    """The recogniser for the user's settings and the languages of the questions.

    Args:
        engine: "whisper", "pocketsphinx", or "auto": Whisper once there is a model.
        model: A model's name, or "" for the best one there is; "auto" takes that also in place of
            one that is gone.
        models_folder: VoicePrep's own.
        glossary: The bank's terms, for PocketSphinx.
        hub_cache: As for ``installed``.
        languages: Those of the banks (ISO 639-1). A model that hears them all is taken; of
            several languages Whisper finds out for itself which one is spoken.

    Raises:
        VoicePrepError: Whisper is wanted and its model is not there, or no recogniser knows a
            bank's language.
    """
    foreign = next((one for one in languages if one != ENGLISH), "")
    if engine != "pocketsphinx":
        models = installed(models_folder, hub_cache)
        chosen = [one for one in models if one.name == model]
        if not model or engine == "auto":
            chosen.extend(models)
        able = [one for one in chosen if understands(one.name, foreign or ENGLISH)]
        if able:
            spoken = languages[0] if len(set(languages)) == 1 else ""
            return EngineChoice("whisper", able[0].path, language=spoken)
    if foreign:
        raise VoicePrepError(
            f"No recogniser here hears the language of the questions ({foreign}).",
            "The basic recogniser and the models whose name ends in .en hear English only.",
            "Get a model for all languages: `voiceprep models download base`, or in Settings.",
        )
    if engine == "whisper":
        raise VoicePrepError(
            f"The Whisper model {model} is not installed." if model else "No Whisper model yet.",
            f"Looked in {models_folder} and in the Hugging Face cache.",
            "Get it with `voiceprep models download base.en`, or add its folder with "
            "`voiceprep models add FOLDER`; or choose the basic recogniser.",
        )
    return EngineChoice("pocketsphinx", glossary=glossary)


def check_folder(folder: Path) -> None:
    """Check that a folder holds a whole Whisper model.

    Raises:
        VoicePrepError: It does not; the message names what is missing or wrong.
    """
    if not folder.is_dir():
        raise VoicePrepError(
            f"{folder} is no folder.", "A model is a folder with several files.", _GET_ONE
        )
    missing = [name for name in _NEEDED if not _filled(folder / name)]
    if not any(_filled(folder / name) for name in _VOCABULARIES):
        missing.append(" or ".join(_VOCABULARIES))
    if missing:
        raise VoicePrepError(
            f"{folder} is no complete Whisper model.",
            f"Missing or empty: {', '.join(missing)}.",
            _GET_ONE,
        )
    try:
        with (folder / "model.bin").open("rb") as file:
            head = file.read(64)
    except OSError as error:
        raise VoicePrepError(
            f"{folder / 'model.bin'} cannot be read.", f"{error}.", _GET_ONE
        ) from error
    # CTranslate2 writes a version, a length and the name of the model's kind.
    if b"WhisperSpec" not in head:
        raise VoicePrepError(
            f"{folder} is no Whisper model in CTranslate2's format.",
            "Its model.bin is damaged, of another kind, or of another program.",
            _GET_ONE,
        )
    for name in ("config.json", "tokenizer.json"):
        try:
            json.loads((folder / name).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise VoicePrepError(
                f"{folder / name} cannot be read.", f"{error}.", _GET_ONE
            ) from error


def _folders_in(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in sorted(folder.iterdir()) if not path.name.startswith("."))


def snapshots(hub_cache: Path) -> Iterator[Path]:
    """The current revision of each faster-whisper model in the Hugging Face cache."""
    for repository in sorted(hub_cache.glob("models--*--faster*whisper*")):
        main = repository / "refs" / "main"
        if main.is_file():
            yield repository / "snapshots" / main.read_text(encoding="utf-8").strip()
        else:  # downloaded by revision
            newest = sorted(repository.glob("snapshots/*"), key=lambda path: path.stat().st_mtime)
            yield from newest[-1:]


def _hub_cache() -> Path:
    """Where Hugging Face's library keeps what it downloads, by its own rules."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huggingface"
    home = Path(os.environ.get("HF_HOME") or home)
    return Path(os.environ.get("HF_HUB_CACHE") or home / "hub").expanduser()


def model_name(folder: Path) -> str:
    """base.en from faster-whisper-base.en, or from the cache's path of that name."""
    name = folder.name
    if folder.parent.name == "snapshots":
        name = folder.parent.parent.name.rpartition("--")[2]
    return name.removeprefix("faster-").replace("whisper-", "") or name


def _rank(model: Model) -> tuple[int, str]:
    known = model.name in PREFERENCE
    return PREFERENCE.index(model.name) if known else len(PREFERENCE), model.name


def model_files(folder: Path) -> list[Path]:
    """The files in a folder that belong to a model."""
    names = (*_NEEDED, *_VOCABULARIES, *_OPTIONAL)
    return [folder / name for name in names if (folder / name).is_file()]


def file_bytes(file: Path) -> int:
    """Its size; 0 where it is none, or gone: models are deleted while others are listed."""
    try:
        return file.stat().st_size if file.is_file() else 0
    except OSError:
        return 0


def _filled(file: Path) -> bool:
    return file_bytes(file) > 0


def model_size_bytes(folder: Path) -> int:
    """What a model's files take."""
    return sum(map(file_bytes, model_files(folder)))
