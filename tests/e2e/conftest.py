"""The whole app in a real window, and a person who uses it."""

from collections.abc import Iterator

import pytest

from tests.e2e.screen import Screen, a_screen


@pytest.fixture
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """A screen of this test's own."""
    with a_screen(tmp_path_factory.mktemp("screen")) as started:
        yield started
