"""What every test gets: a home of its own, and sound devices where it asks for them."""

import signal
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("voiceprep", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("voiceprep")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as what runs in the background inherits it
    signal.signal(signal.SIGINT, signal.default_int_handler)  # programs under test are in front

pytest_plugins = ["tests.sound"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh VOICEPREP_HOME."""
    folder = tmp_path / "home"
    monkeypatch.setenv("VOICEPREP_HOME", str(folder))
    return folder
