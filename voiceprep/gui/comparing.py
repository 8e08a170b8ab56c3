"""Finds out at which questions there are several attempts, so that comparing can be offered."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from voiceprep.gui.context import Context
from voiceprep.interview.comparison import comparable
from voiceprep.interview.records import Attempt


def offer_comparisons(
    context: Context,
    owner: QObject,
    attempts: Sequence[Attempt],
    offer: Callable[[str, int], None],
) -> None:
    """Call ``offer`` with the id of each attempt that is not alone, and how many there are.

    The history is read in the background; nothing is offered when it cannot be, as whoever shows
    the attempts says so anyhow.
    """
    history = context.history
    usable = comparable(attempts)
    if history is None or not usable:
        return

    def work() -> dict[str, int]:
        numbers = history.attempt_counts()
        return {one.id: numbers.get((one.bank_id, one.question.id), 0) for one in usable}

    def found(numbers: dict[str, int]) -> None:
        for attempt_id, number in numbers.items():
            if number > 1:
                offer(attempt_id, number)

    context.jobs.run(owner, work, found, lambda _: None)
