import json
import logging
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceprep.errors import VoicePrepError
from voiceprep.store.settings import Settings, load_settings, save_settings

CHOSEN = Settings(theme="dark", rate_wpm=180, microphone="Zoom H1 (ALSA) 🎙️", read_aloud=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "settings.json"


def test_without_a_file_there_are_defaults_and_no_file(path: Path) -> None:
    assert load_settings(path) == Settings()
    assert not path.parent.exists()


def test_what_was_chosen_comes_back(path: Path) -> None:
    save_settings(path, CHOSEN)

    assert load_settings(path) == CHOSEN
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rate_wpm", 9000),
        ("rate_wpm", "fast"),
        ("rate_wpm", None),
        ("theme", "pink"),
        ("read_aloud", []),
        ("voice", 7),
        ("target_min_s", float("nan")),
        ("engine", "\ud800"),
    ],
)
def test_a_broken_value_has_its_default_and_the_rest_is_kept(
    name: str, value: object, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    save_settings(path, CHOSEN)
    broken = json.dumps(CHOSEN.model_dump() | {name: value, "unheard_of": 1})
    path.write_text(broken)

    with caplog.at_level(logging.WARNING):
        loaded = load_settings(path)

    assert loaded == CHOSEN.model_copy(update={name: getattr(Settings(), name)})
    assert name in caplog.text
    assert path.with_name("settings.json.broken").read_text() == broken
    assert path.read_text() == broken


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"null", b"[1]", b'"text"', b"\xff\xfe\x00", b"[" * 100_000, b"1" * 5000],
)
def test_a_file_that_is_no_settings_gives_defaults_and_is_kept(
    content: bytes, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    with caplog.at_level(logging.WARNING):
        assert load_settings(path) == Settings()

    assert str(path) in caplog.text
    assert path.with_name("settings.json.broken").read_bytes() == content


@given(content=st.binary() | st.text().map(str.encode))
def test_no_file_keeps_the_app_from_starting(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any-settings.json"
    path.write_bytes(content)

    assert isinstance(load_settings(path), Settings)


def test_settings_that_cannot_be_read_give_defaults(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.mkdir(parents=True)

    with caplog.at_level(logging.WARNING):
        assert load_settings(path) == Settings()

    assert str(path) in caplog.text


def test_settings_that_cannot_be_written_say_why(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")

    with pytest.raises(VoicePrepError, match="data") as caught:
        save_settings(tmp_path / "data" / "settings.json", CHOSEN)

    assert caught.value.next_step


def test_a_failed_save_keeps_what_was_there(path: Path) -> None:
    path.mkdir(parents=True)  # a folder cannot be replaced by a file

    with pytest.raises(VoicePrepError, match=r"settings\.json"):
        save_settings(path, CHOSEN)

    assert [one.name for one in path.parent.iterdir()] == ["settings.json"]


def test_a_link_to_the_settings_stays_a_link(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "voiceprep.json"
    save_settings(real, Settings())
    path.parent.mkdir()
    path.symlink_to(real)

    save_settings(path, CHOSEN)

    assert path.is_symlink()
    assert load_settings(real) == CHOSEN


def test_the_usual_settings_leave_no_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(theme="dark"))
    assert path.exists()
    save_settings(path, Settings())
    assert not path.exists()
    assert load_settings(path) == Settings()
