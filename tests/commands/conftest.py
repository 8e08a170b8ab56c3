import pytest

from tests.commands.cli import Shell


@pytest.fixture
def voiceprep(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Runs ``voiceprep ARGS`` and gives its status and what it printed."""
    monkeypatch.setenv("COLUMNS", "120")
    return Shell(monkeypatch, capsys)
