"""Which questions a sitting asks."""

import random
from collections.abc import Collection

from voiceprep.bank.model import Bank, Question
from voiceprep.errors import VoicePrepError


def choose(
    bank: Bank,
    *,
    categories: Collection[str] = (),
    count: int | None = None,
    shuffle: bool = False,
    rng: random.Random | None = None,
) -> tuple[Question, ...]:
    """Questions of these categories (none named: all), at most ``count``.

    With ``shuffle`` they are drawn by chance, spread over the categories as evenly as they allow;
    otherwise the bank's own order counts.

    Raises:
        VoicePrepError: A category is not in the bank, or ``count`` is less than one.
    """
    if count is not None and count < 1:
        raise VoicePrepError(
            "There is no question to ask.", f"The number is {count}.", "Choose at least one."
        )
    unknown = sorted(set(categories) - set(bank.categories))
    if unknown:
        raise VoicePrepError(
            f"The bank has no category {unknown[0]!r}.",
            f"Its categories are: {', '.join(bank.categories)}.",
            "Choose among these.",
        )
    wanted = [one for one in bank.questions if not categories or one.category in categories]
    if shuffle:
        wanted = _deal(wanted, rng or random.SystemRandom())
    return tuple(wanted[:count])


def _deal(questions: list[Question], rng: random.Random) -> list[Question]:
    """Shuffle, then take from each category in turn."""
    piles: dict[str, list[Question]] = {}
    for question in rng.sample(questions, len(questions)):
        piles.setdefault(question.category, []).append(question)
    order = rng.sample(list(piles), len(piles))
    dealt: list[Question] = []
    while any(piles.values()):
        dealt += [piles[name].pop() for name in order if piles[name]]
    return dealt
