"""Models are added from folders and from caches of other programs, and deleted again."""

import json
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.speech.transcribers.folders import FILES, put, put_in_cache
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.speech.transcribers.importing import delete, import_folder, models_in
from voiceprep.speech.transcribers.models import installed

pytestmark = pytest.mark.usefixtures("cache")


def test_a_model_is_added_by_copying_what_it_needs(own: Path, tmp_path: Path) -> None:
    source = put(tmp_path / "faster-whisper-base.en")
    (source / "README.md").write_text("not needed")
    model = import_folder(source, own)
    assert model.name == "base.en"
    assert installed(own) == (model,)
    assert {file.name for file in model.path.iterdir()} == set(FILES)
    assert json.loads((model.path / "config.json").read_text())


def test_links_of_the_cache_are_followed(own: Path, tmp_path: Path) -> None:
    blobs = put(tmp_path / "blobs")
    source = tmp_path / "faster-whisper-base.en"
    source.mkdir()
    for name in FILES:
        (source / name).symlink_to(blobs / name)
    model = import_folder(source, own)
    assert not any(file.is_symlink() for file in model.path.iterdir())


def test_a_name_that_is_taken_is_refused(own: Path, tmp_path: Path) -> None:
    source = put(tmp_path / "base.en")
    import_folder(source, own)
    with pytest.raises(VoicePrepError, match=r"There is a model base\.en already"):
        import_folder(source, own)


def test_a_copy_that_fails_leaves_nothing_behind(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = put(tmp_path / "base.en")
    real = Path.open

    def fill_the_disk(path: Path, mode: str = "r", **names: Any) -> Any:
        if path.name == "tokenizer.json" and mode == "wb":
            raise OSError(28, "No space left on device")
        return real(path, mode, **names)

    monkeypatch.setattr(Path, "open", fill_the_disk)
    with pytest.raises(VoicePrepError, match="No space left on device") as raised:
        import_folder(source, own)
    assert "MB" in raised.value.next_step
    assert list(own.iterdir()) == []


def test_the_copy_tells_how_far_it_is_and_can_be_left(own: Path, tmp_path: Path) -> None:
    source = put(tmp_path / "base.en")
    told: list[tuple[int, int]] = []
    leave = Event()

    def report(done: int, total: int) -> None:
        told.append((done, total))
        leave.set()

    with pytest.raises(Cancelled):
        import_folder(source, own, leave, report)
    assert 0 < told[0][0] < told[0][1]
    assert list(own.iterdir()) == []
    assert import_folder(source, own, report=report).name == "base.en"
    assert told[-1][0] == told[-1][1]


def test_all_models_of_another_cache_are_meant_by_its_folder(own: Path, tmp_path: Path) -> None:
    other = tmp_path / "stick" / "hub"
    put_in_cache(other, "Systran/faster-whisper-base.en", "new", ref="new")
    put_in_cache(other, "Systran/faster-whisper-tiny")
    for named in (other, other.parent):
        assert [path.parent.parent.name[-7:] for path in models_in(named)] == ["base.en", "er-tiny"]
    (one,) = models_in(other / "models--Systran--faster-whisper-tiny")
    assert import_folder(one, own).name == "tiny"


def test_what_holds_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VoicePrepError, match="no complete Whisper model"):
        models_in(tmp_path)
    with pytest.raises(VoicePrepError, match="is no folder"):
        models_in(tmp_path / "missing")


def test_a_model_is_deleted_for_good(own: Path, tmp_path: Path) -> None:
    model = import_folder(put(tmp_path / "base.en"), own)
    delete(model)
    assert installed(own) == ()
    assert list(own.iterdir()) == []


def test_what_other_programs_use_is_not_deleted(own: Path, cache: Path) -> None:
    folder = put_in_cache(cache, "Systran/faster-whisper-tiny.en")
    (model,) = installed(own)
    with pytest.raises(VoicePrepError, match="lies in the Hugging Face cache") as raised:
        delete(model)
    assert str(folder) in raised.value.next_step
    assert {file.name for file in folder.iterdir()} == set(FILES)
