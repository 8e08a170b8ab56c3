"""Which questions a sitting asks."""

import random
from collections.abc import Collection, Sequence

from voiceprep.bank.model import Bank, Question
from voiceprep.errors import VoicePrepError
from voiceprep.interview.records import SessionRecord


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


def bank_of(bank_id: str, banks: Sequence[Bank]) -> Bank | None:
    """The bank with this id, or the first: an attempt outlives the bank it came from."""
    return next((bank for bank in banks if bank.id == bank_id), next(iter(banks), None))


def asked_in(session: SessionRecord, bank: Bank) -> tuple[Question, ...]:
    """The questions of a session once more: as the bank has them now, or else as they were asked.

    One that was never answered and is in the bank no more is left out.
    """
    asked = {attempt.question.id: attempt.question for attempt in session.attempts}
    found = (bank.find(one) or asked.get(one) for one in session.question_ids)
    return tuple(one for one in found if one is not None)


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
