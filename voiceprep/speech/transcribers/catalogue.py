"""The Whisper models that VoicePrep downloads: pinned files of pinned revisions.

Each is the official conversion to CTranslate2's format that faster-whisper itself would load. A
revision is a commit of its repository, so its files never change; size and SHA-256 of each file
are pinned as well and checked by ``download``. A newer revision needs new lines here.
"""

import os
from dataclasses import dataclass
from typing import Literal

Accuracy = Literal["fair", "good", "very good", "excellent"]
"""Classes in the order of the word error rates that Whisper's authors measured on English
(Radford et al. 2022, https://arxiv.org/abs/2212.04356, appendix D); turbo as the large models."""

HUB = "https://huggingface.co"
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """One file of a model."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that can be downloaded.

    Attributes:
        name: As people call it, and as its folder will be called.
        repository: On the Hugging Face hub.
        revision: The commit of the repository.
        files: All that faster-whisper needs.
        accuracy: How well it hears.
        parameters_m: Its parameters in millions; the work it takes grows with them.
    """

    name: str
    repository: str
    revision: str
    files: tuple[PinnedFile, ...]
    accuracy: Accuracy
    parameters_m: int

    @property
    def size_bytes(self) -> int:
        """All files together: what is downloaded, and what it takes on disk."""
        return sum(file.size_bytes for file in self.files)

    def url(self, file: PinnedFile) -> str:
        """Where a file is; the environment variable HF_ENDPOINT names another hub."""
        hub = (os.environ.get("HF_ENDPOINT") or HUB).rstrip("/")
        return f"{hub}/{self.repository}/resolve/{self.revision}/{file.name}"


def understands(name: str, language: str) -> bool:
    """Whether a model of this name hears this language.

    Those called ".en" hear English only, and so do the distilled ones.
    """
    return language == ENGLISH or not (name.endswith(".en") or name.startswith("distil-"))


def offer(name: str) -> Offer | None:
    """The model of this name, if it can be downloaded."""
    return next((one for one in OFFERS if one.name == name), None)


def _english(config: PinnedFile, model: PinnedFile) -> tuple[PinnedFile, ...]:
    return (
        config,
        PinnedFile(
            "tokenizer.json",
            2_128_466,
            "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
        ),
        PinnedFile(
            "vocabulary.txt",
            422_309,
            "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
        ),
        model,
    )


def _multilingual(config: PinnedFile, model: PinnedFile) -> tuple[PinnedFile, ...]:
    return (
        config,
        PinnedFile(
            "tokenizer.json",
            2_203_239,
            "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
        ),
        PinnedFile(
            "vocabulary.txt",
            459_861,
            "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
        ),
        model,
    )


def _config(size_bytes: int, sha256: str) -> PinnedFile:
    return PinnedFile("config.json", size_bytes, sha256)


def _model(size_bytes: int, sha256: str) -> PinnedFile:
    return PinnedFile("model.bin", size_bytes, sha256)


OFFERS = (
    Offer(
        "tiny.en",
        "Systran/faster-whisper-tiny.en",
        "0d3d19a32d3338f10357c0889762bd8d64bbdeba",
        _english(
            _config(2_317, "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"),
            _model(75_537_502, "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"),
        ),
        "fair",
        39,
    ),
    Offer(
        "base.en",
        "Systran/faster-whisper-base.en",
        "3d3d5dee26484f91867d81cb899cfcf72b96be6c",
        _english(
            _config(2_227, "f3bc3821e9fc76a27bae538e11ae5b677dcdd352b4600429ce7951d398569aeb"),
            _model(145_216_508, "2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef"),
        ),
        "good",
        74,
    ),
    Offer(
        "small.en",
        "Systran/faster-whisper-small.en",
        "d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        _english(
            _config(2_657, "666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae"),
            _model(483_545_366, "62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a"),
        ),
        "very good",
        244,
    ),
    Offer(
        "medium.en",
        "Systran/faster-whisper-medium.en",
        "a29b04bd15381511a9af671baec01072039215e3",
        _english(
            _config(2_643, "4a1848ebabe7938d9797c15a2e8e4ce1d36e6fd4a43d096ae5955257c67c7962"),
            _model(
                1_527_904_330, "11b220779aea4c6f3ce9d2549c8a95ea869ed84066864b999531ef53e594fe5b"
            ),
        ),
        "excellent",
        769,
    ),
    Offer(
        "tiny",
        "Systran/faster-whisper-tiny",
        "d90ca5fe260221311c53c58e660288d3deb8d356",
        _multilingual(
            _config(2_249, "a73a28cdfe1c43ccc7202fa333d1f89c202477271407ae9a7f19afa52039cac8"),
            _model(75_538_270, "dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1"),
        ),
        "fair",
        39,
    ),
    Offer(
        "base",
        "Systran/faster-whisper-base",
        "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
        _multilingual(
            _config(2_309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            _model(145_217_532, "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"),
        ),
        "good",
        74,
    ),
    Offer(
        "small",
        "Systran/faster-whisper-small",
        "536b0662742c02347bc0e980a01041f333bce120",
        _multilingual(
            _config(2_370, "b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828"),
            _model(483_546_902, "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671"),
        ),
        "very good",
        244,
    ),
    Offer(
        "medium",
        "Systran/faster-whisper-medium",
        "08e178d48790749d25932bbc082711ddcfdfbc4f",
        _multilingual(
            _config(2_257, "3622a2ddc41ec0e0fd4e68c13c6830f03b90c38d89aaad184de02c8c642cf807"),
            _model(
                1_527_906_378, "9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae"
            ),
        ),
        "excellent",
        769,
    ),
    Offer(
        "large-v3-turbo",
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        "0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        (
            _config(2_263, "b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e"),
            PinnedFile(
                "preprocessor_config.json",
                340,
                "7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711",
            ),
            PinnedFile(
                "tokenizer.json",
                2_710_337,
                "297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd",
            ),
            PinnedFile(
                "vocabulary.json",
                1_068_114,
                "c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1",
            ),
            _model(
                1_617_884_929, "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da"
            ),
        ),
        "excellent",
        809,
    ),
)
