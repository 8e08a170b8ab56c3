"""The real recognisers, each loaded once for all tests of this folder."""

import re
from collections.abc import Iterator
from pathlib import Path

import jiwer
import numpy as np
import pytest

from tests.speech.transcribers.voices import say, silence, write_flac
from voiceprep.speech.transcribers.messages import EngineChoice
from voiceprep.speech.transcribers.transcriber import ChildTranscriber

MICRO_WHISPER = Path(__file__).parents[2] / "data" / "micro-whisper"

SENTENCES = ("Under G D P R we need consent.", "We use shap values to explain the model.")
TEXT = "under gdpr we need consent we use shap values to explain the model"

WHISPER = EngineChoice("whisper", MICRO_WHISPER, threads=2)
SPHINX = EngineChoice("pocketsphinx", glossary=("GDPR", "SHAP"))


def plain(text: str) -> str:
    """Lower case without punctuation."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


def wrong_words(said: str, heard: str) -> float:
    """Word error rate without regard to case and punctuation."""
    return jiwer.wer(plain(said), plain(heard))


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sentences with a pause after each, 16 kHz mono: what PocketSphinx can hear."""
    parts = [part for one in SENTENCES for part in (say(one), silence(0.7))]
    folder = tmp_path_factory.mktemp("spoken")
    return write_flac(folder / "spoken.flac", np.concatenate(parts))


@pytest.fixture(scope="session")
def whisper() -> Iterator[ChildTranscriber]:
    transcriber = ChildTranscriber(WHISPER)
    yield transcriber
    transcriber.close()


@pytest.fixture(scope="session")
def sphinx() -> Iterator[ChildTranscriber]:
    transcriber = ChildTranscriber(SPHINX)
    yield transcriber
    transcriber.close()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty Hugging Face cache in place of the user's."""
    folder = tmp_path / "hub"
    folder.mkdir()
    monkeypatch.setenv("HF_HUB_CACHE", str(folder))
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "models"
