"""Concepts beyond the ninth are reached by two digits."""

import pytest
from PySide6.QtCore import Qt

from voiceprep.gui.widgets.digits import Digits


def typed(most: int, *keys: tuple[float, int]) -> list[int | None]:
    """What comes of digits typed at these seconds."""
    now_s = 0.0
    digits = Digits(lambda: now_s)
    found = []
    for at_s, digit in keys:
        now_s = at_s
        found.append(digits.add(Qt.Key.Key_0 + digit, most))
    return found


@pytest.mark.parametrize(
    ("most", "keys", "numbers"),
    [
        (9, [(0, 1), (0.2, 2)], [1, 2]),
        (12, [(0, 1), (0.2, 2)], [1, 12]),
        (12, [(0, 1), (0.2, 0)], [1, 10]),
        (12, [(0, 1), (3, 2)], [1, 2]),
        (12, [(0, 1), (0.2, 3)], [1, 3]),
        (12, [(0, 1), (0.2, 1), (0.4, 2)], [1, 11, 2]),
        (12, [(0, 0), (0.2, 2)], [None, 2]),
        (3, [(0, 4), (0.2, 3)], [None, 3]),
        (0, [(0, 1)], [None]),
    ],
)
def test_digits_that_follow_each_other_quickly_are_one_number_where_there_are_so_many(
    most: int, keys: list[tuple[float, int]], numbers: list[int | None]
) -> None:
    assert typed(most, *keys) == numbers


def test_other_keys_are_no_numbers() -> None:
    assert Digits().add(Qt.Key.Key_A, 12) is None
