"""The real faster-whisper, on a model of our own that knows a few sentences."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import ctranslate2
import numpy as np
import pytest

from tests.speech.transcribers.conftest import MICRO_WHISPER, WHISPER, wrong_words
from tests.speech.transcribers.voices import silence, write_flac
from voiceprep.errors import VoicePrepError
from voiceprep.speech.audio_file import read_speech
from voiceprep.speech.transcribers import child
from voiceprep.speech.transcribers.child import main as real_main
from voiceprep.speech.transcribers.messages import EngineChoice
from voiceprep.speech.transcribers.transcriber import ChildTranscriber
from voiceprep.speech.transcribers.whisper import Whisper

AUDIO = MICRO_WHISPER / "audio"
SAID: dict[str, str] = json.loads((AUDIO / "expected.json").read_text(encoding="utf-8"))
TIMES: dict[str, list[tuple[str, float, float]]] = json.loads(
    (AUDIO / "word_times.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", [name for name, text in SAID.items() if text])
def test_every_word_comes_back_with_its_case_and_punctuation(
    whisper: ChildTranscriber, name: str
) -> None:
    transcript = whisper.transcribe(AUDIO / name, Event())
    assert transcript.text == SAID[name]
    assert transcript.engine == "whisper"
    assert transcript.model == "micro-whisper"


@pytest.mark.parametrize("name", [name for name, words in TIMES.items() if words])
def test_words_are_where_they_were_said(whisper: ChildTranscriber, name: str) -> None:
    heard = whisper.transcribe(AUDIO / name, Event()).words
    assert [word.text for word in heard] == [text for text, *_ in TIMES[name]]
    off_s = [
        abs(word.start_s - start_s)
        for word, (_, start_s, _) in zip(heard, TIMES[name], strict=True)
    ]
    assert np.median(off_s) < 0.25
    assert max(off_s) < 1.0


def test_a_recording_without_speech_gives_no_text(whisper: ChildTranscriber) -> None:
    with pytest.raises(VoicePrepError, match="Nothing was heard"):
        whisper.transcribe(AUDIO / "silence.flac", Event())


def test_a_long_pause_is_no_gap_in_the_text(whisper: ChildTranscriber, tmp_path: Path) -> None:
    """Longer than Whisper's window of 30 s, which alone would be filled with made-up words."""
    said = read_speech(AUDIO / "single.flac")
    apart = np.concatenate([said, silence(35.0), said])
    heard = whisper.transcribe(write_flac(tmp_path / "apart.flac", apart), Event())
    assert wrong_words(f"{SAID['single.flac']} {SAID['single.flac']}", heard.text) == 0
    assert heard.segments[-1].start_s == pytest.approx(len(said) / 16_000 + 35.0, abs=0.6)


def copy_of_the_model(folder: Path) -> Path:
    names = ("model.bin", "config.json", "tokenizer.json", "vocabulary.json")
    folder.mkdir()
    for name in names:
        shutil.copyfile(MICRO_WHISPER / name, folder / name)
    return folder


def refusal(model: Path) -> VoicePrepError:
    transcriber = ChildTranscriber(EngineChoice("whisper", model))
    with pytest.raises(VoicePrepError) as raised:
        transcriber.warm_up()
    transcriber.close()
    return raised.value


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    error = refusal(tmp_path / "gone")
    assert str(tmp_path / "gone") in error.title
    assert error.next_step


def test_a_missing_file_of_a_model_is_named(tmp_path: Path) -> None:
    model = copy_of_the_model(tmp_path / "half")
    (model / "tokenizer.json").unlink()
    assert "tokenizer.json" in refusal(model).cause


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_model_that_was_cut_off_cannot_be_loaded_and_says_so(tmp_path: Path, keep: float) -> None:
    model = copy_of_the_model(tmp_path / "cut")
    content = (model / "model.bin").read_bytes()
    (model / "model.bin").write_bytes(content[: int(len(content) * keep)])
    error = refusal(model)
    assert error.title == f"The Whisper model {model} cannot be loaded."
    assert error.cause
    assert "again" in error.next_step


def test_a_repaired_model_is_taken_without_a_restart(tmp_path: Path) -> None:
    model = copy_of_the_model(tmp_path / "mended")
    (model / "config.json").rename(model / "config.bak")
    transcriber = ChildTranscriber(EngineChoice("whisper", model))
    with pytest.raises(VoicePrepError, match="no complete Whisper model"):
        transcriber.transcribe(AUDIO / "single.flac", Event())
    (model / "config.bak").rename(model / "config.json")
    assert transcriber.transcribe(AUDIO / "single.flac", Event()).text == SAID["single.flac"]
    transcriber.close()


def test_a_graphics_card_that_does_not_work_leaves_the_work_to_the_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """CTranslate2 is told that there is a card; the real driver is missing and says so."""
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
    monkeypatch.setattr(ctranslate2, "get_supported_compute_types", lambda _: {"float16"})
    engine = Whisper(WHISPER)
    assert engine.device == "cpu"
    heard = engine.segments(read_speech(AUDIO / "single.flac"), lambda _: None)
    assert " ".join(segment.text for segment in heard) == SAID["single.flac"]


def test_a_graphics_card_that_gives_up_halfway_costs_no_answer() -> None:
    engine = Whisper(WHISPER)
    working = engine._whisper

    class Failing:
        model = None

        def transcribe(self, *_args: object, **_names: object) -> None:
            raise RuntimeError("CUDA failed with error out of memory")

    engine._whisper, engine.device = Failing(), "cuda"
    heard = engine.segments(read_speech(AUDIO / "single.flac"), lambda _: None)
    assert " ".join(segment.text for segment in heard) == SAID["single.flac"]
    assert engine.device == "cpu"
    assert engine._whisper is not working


def test_a_driver_that_takes_the_process_down_is_not_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child, "main", aborting_with_cuda)
    transcriber = ChildTranscriber(WHISPER)
    try:
        assert transcriber.transcribe(AUDIO / "single.flac", Event()).text == SAID["single.flac"]
    finally:
        transcriber.close()


def aborting_with_cuda(connection: Any, choice: EngineChoice) -> None:
    """The child's main function on a machine whose CUDA libraries abort, as missing cuDNN does."""
    if choice.device == "auto":
        os._exit(134)
    real_main(connection, choice)


def test_whisper_is_told_the_language_or_finds_it_out() -> None:
    for language, said in (("en", "en"), ("de", "de"), ("", None)):
        engine = Whisper(replace(WHISPER, language=language))
        assert engine._language == said
