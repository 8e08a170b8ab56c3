"""Whisper models are found, checked, chosen and added."""

import shutil
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

from tests.speech.transcribers.conftest import MICRO_WHISPER
from tests.speech.transcribers.folders import FILES, put, put_in_cache
from voiceprep.errors import VoicePrepError
from voiceprep.speech.transcribers.messages import physical_cores
from voiceprep.speech.transcribers.models import check_folder, choose, engine_in_use, installed

pytestmark = pytest.mark.usefixtures("cache")


def test_no_folder_means_no_models(own: Path) -> None:
    assert installed(own) == ()


def test_the_one_to_prefer_comes_first(own: Path) -> None:
    for name in ("large-v3", "tiny.en", "base.en", "small.en", "my-own"):
        put(own / name)
    found = [model.name for model in installed(own)]
    assert found == ["base.en", "small.en", "tiny.en", "large-v3", "my-own"]


def test_models_in_the_hugging_face_cache_are_found_by_their_short_name(
    own: Path, cache: Path
) -> None:
    put_in_cache(cache, "Systran/faster-whisper-base.en", "old")
    current = put_in_cache(cache, "Systran/faster-whisper-base.en", "new", ref="new")
    put_in_cache(cache, "Systran/faster-distil-whisper-small.en")
    put_in_cache(cache, "bert/bert-base")
    found = {model.name: model for model in installed(own)}
    assert set(found) == {"base.en", "distil-small.en"}
    assert found["base.en"].path == current
    assert found["base.en"].shared


def test_the_cache_lies_where_hugging_face_puts_it(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_HUB_CACHE")
    monkeypatch.delenv("HF_HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    put_in_cache(tmp_path / ".cache" / "huggingface" / "hub", "Systran/faster-whisper-tiny")
    assert [model.name for model in installed(own)] == ["tiny"]
    put_in_cache(tmp_path / "elsewhere" / "hub", "Systran/faster-whisper-base")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "elsewhere"))
    assert [model.name for model in installed(own)] == ["base"]


def test_broken_folders_are_left_out(own: Path) -> None:
    put(own / "base.en")
    (put(own / "small.en") / "config.json").unlink()
    (own / "notes.txt").write_text("hello")
    assert [model.name for model in installed(own)] == ["base.en"]


def test_a_models_size_is_what_it_takes(own: Path) -> None:
    put(own / "base.en")
    (model,) = installed(own)
    assert model.size_bytes == sum((MICRO_WHISPER / name).stat().st_size for name in FILES)


@pytest.mark.parametrize("missing", FILES)
def test_what_is_missing_in_a_folder_is_named(own: Path, missing: str) -> None:
    folder = put(own / "base.en")
    (folder / missing).unlink()
    with pytest.raises(VoicePrepError, match="no complete Whisper model") as raised:
        check_folder(folder)
    assert missing in raised.value.cause
    assert all(name not in raised.value.cause for name in FILES if name != missing)


def test_an_empty_file_counts_as_missing(own: Path) -> None:
    folder = put(own / "base.en")
    (folder / "model.bin").write_bytes(b"")
    with pytest.raises(VoicePrepError, match=r"Missing or empty: model\.bin"):
        check_folder(folder)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("model.bin", b"\6\0\0\0\x10\0TransformerSpec\0" + bytes(99), "in CTranslate2's format"),
        ("model.bin", b"GGUF" + bytes(99), "in CTranslate2's format"),
        ("config.json", b"{", r"config\.json cannot be read"),
        ("tokenizer.json", b"\xff\xfe", r"tokenizer\.json cannot be read"),
    ],
)
def test_what_is_no_whisper_model_is_refused(
    own: Path, name: str, content: bytes, fault: str
) -> None:
    folder = put(own / "base.en")
    (folder / name).write_bytes(content)
    with pytest.raises(VoicePrepError, match=fault):
        check_folder(folder)


class Case(NamedTuple):
    """Two settings and the model to expect, None for PocketSphinx."""

    engine: str
    model: str
    expected: str | None


@pytest.mark.parametrize(
    "case",
    [
        Case("auto", "", "base.en"),
        Case("auto", "tiny.en", "tiny.en"),
        Case("auto", "gone", "base.en"),
        Case("whisper", "", "base.en"),
        Case("whisper", "tiny.en", "tiny.en"),
        Case("pocketsphinx", "", None),
        Case("pocketsphinx", "tiny.en", None),
    ],
)
def test_the_users_choice_is_followed(own: Path, case: Case) -> None:
    put(own / "base.en")
    put(own / "tiny.en")
    choice = choose(case.engine, case.model, own, ("GDPR",))
    assert (choice.model and choice.model.name) == case.expected
    assert choice.engine == ("whisper" if case.expected else "pocketsphinx")


def test_without_a_model_the_basic_recogniser_is_taught_the_terms(own: Path) -> None:
    choice = choose("auto", "", own, ("GDPR",))
    assert choice.engine == "pocketsphinx"
    assert choice.glossary == ("GDPR",)


def test_the_engine_in_use_is_the_basic_one_until_there_is_a_model(own: Path) -> None:
    assert engine_in_use("auto", "", own) == "pocketsphinx"
    assert engine_in_use("whisper", "large-v3", own) == "pocketsphinx"
    put(own / "base.en")
    assert engine_in_use("auto", "", own) == "whisper"
    assert engine_in_use("pocketsphinx", "", own) == "pocketsphinx"


@pytest.mark.parametrize(("model", "title"), [("", "No Whisper model"), ("small.en", "small.en")])
def test_asking_for_a_whisper_that_is_not_there_names_the_way(
    own: Path, model: str, title: str
) -> None:
    with pytest.raises(VoicePrepError, match=title) as raised:
        choose("whisper", model, own)
    assert "voiceprep models download base.en" in raised.value.next_step
    assert "voiceprep models add FOLDER" in raised.value.next_step


@pytest.mark.parametrize("engine", ["auto", "whisper"])
def test_for_another_language_a_model_for_all_languages_is_taken(own: Path, engine: str) -> None:
    put(own / "base.en")
    put(own / "tiny")
    choice = choose(engine, "", own, languages=("de",))
    assert choice.model == own / "tiny"
    assert choice.language == "de"


def test_for_english_and_another_language_whisper_finds_out_which_is_spoken(own: Path) -> None:
    put(own / "base.en")
    put(own / "small")
    choice = choose("auto", "base.en", own, languages=("en", "de"))
    assert choice.model == own / "small"
    assert choice.language == ""


@pytest.mark.parametrize("engine", ["auto", "whisper", "pocketsphinx"])
def test_without_a_model_for_the_language_it_says_which_to_get(own: Path, engine: str) -> None:
    put(own / "base.en")
    with pytest.raises(VoicePrepError, match=r"language of the questions \(de\)") as raised:
        choose(engine, "", own, languages=("de",))
    assert "voiceprep models download base" in raised.value.next_step


def test_whisper_gets_one_to_four_threads(own: Path) -> None:
    put(own / "base.en")
    assert choose("auto", "", own).threads == min(4, physical_cores()) >= 1


def test_models_can_be_deleted_while_they_are_listed(own: Path) -> None:
    def come_and_go() -> None:
        for _ in range(300):
            shutil.rmtree(put(own / "base.en"))

    coming = Thread(target=come_and_go)
    coming.start()
    while coming.is_alive():
        assert {model.name for model in installed(own)} <= {"base.en"}
    coming.join()
