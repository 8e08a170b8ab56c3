"""The whole app in a real window, and a person who uses it."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from tests.e2e.past import make_past
from tests.e2e.reader import Reader, a_reader
from tests.e2e.screen import Screen, a_screen
from voiceprep.store.paths import Folders, user_folders


@pytest.fixture
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """A screen of this test's own."""
    with a_screen(tmp_path_factory.mktemp("screen")) as started:
        yield started


@pytest.fixture
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A screen reader of this test's own."""
    with a_reader(tmp_path_factory.mktemp("reader")) as started:
        yield started


@pytest.fixture(scope="session")
def made_past(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """Weeks of practice, made once."""
    folder = tmp_path_factory.mktemp("past")
    folders = Folders(folder / "data", folder / "cache")
    make_past(folders)
    return folders


@pytest.fixture
def past(home: Path, made_past: Folders) -> Folders:
    """The same weeks of practice, for this test to do with as it likes."""
    copytree(made_past.data, home / "data")
    return user_folders()
