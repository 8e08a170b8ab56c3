import shutil
from pathlib import Path

import pytest

from voiceprep.gui.recogniser import recogniser_in_use
from voiceprep.store.settings import Settings

MICRO_WHISPER = Path(__file__).parents[1] / "data" / "micro-whisper"

pytestmark = pytest.mark.usefixtures("no_models")


def test_without_a_model_it_is_the_basic_one(tmp_path: Path) -> None:
    found = recogniser_in_use(Settings(), tmp_path / "models")
    assert found.title == "Basic recogniser"
    assert found.basic


def test_a_whisper_model_is_named(tmp_path: Path) -> None:
    shutil.copytree(MICRO_WHISPER, tmp_path / "models" / "faster-whisper-micro.en")
    found = recogniser_in_use(Settings(), tmp_path / "models")
    assert found.title == "Whisper micro.en"
    assert not found.basic


def test_a_model_that_was_chosen_and_is_gone_is_told(tmp_path: Path) -> None:
    wanted = Settings(engine="whisper", model="large-v3")
    found = recogniser_in_use(wanted, tmp_path / "models")
    assert found.title == "No recogniser"
    assert "large-v3" in found.remark
