from collections.abc import Iterator
from pathlib import Path

import pytest

from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data", tmp_path / "cache")


@pytest.fixture
def history(folders: Folders) -> Iterator[SqliteHistory]:
    history = SqliteHistory(folders)
    yield history
    history.close()
