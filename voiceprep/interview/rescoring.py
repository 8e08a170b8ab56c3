"""Answers scored again, one or many, after the scorer or a bank has changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Event

from voiceprep.bank.model import Bank, Question
from voiceprep.interview.judging import Judge
from voiceprep.interview.ports import Progress
from voiceprep.interview.records import Attempt
from voiceprep.scoring.assessment import Assessment, Level


@dataclass(frozen=True, slots=True)
class Change:
    """A concept whose level is another one; None: it was not, or is no more, in the checklist."""

    label: str
    before: Level | None
    after: Level | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer before and after.

    Attributes:
        before: With the result that it had.
        after: With the result that counts now.
    """

    before: Attempt
    after: Attempt

    @property
    def changes(self) -> tuple[Change, ...]:
        """What became other."""
        return changes(self.before.standing, self.after.standing)

    @property
    def gain(self) -> float:
        """Coverage after less before, in points of 100."""
        old, new = self.before.standing, self.after.standing
        return new.score - old.score if old is not None and new is not None else 0.0


@dataclass(frozen=True, slots=True)
class Rescored:
    """What scoring many again came to.

    Attributes:
        answers: How many were scored again.
        left: How many were not, because it was stopped.
        changed: Those with other verdicts now.
    """

    answers: int
    left: int
    changed: tuple[Outcome, ...]

    @property
    def higher(self) -> int:
        """Of how many the coverage is higher."""
        return sum(one.gain > 0 for one in self.changed)

    @property
    def lower(self) -> int:
        """Of how many the coverage is lower."""
        return sum(one.gain < 0 for one in self.changed)


def question_now(banks: Iterable[Bank], bank_id: str, question_id: str) -> Question | None:
    """The question as its bank has it now; None where bank or question are gone."""
    found = (bank.find(question_id) for bank in banks if bank.id == bank_id)
    return next((one for one in found if one is not None), None)


def is_outdated(attempt: Attempt, judge: Judge, banks: Iterable[Bank]) -> bool:
    """Whether scoring an answer again may give another result."""
    if attempt.transcript is None or attempt.assessment is None:
        return False
    now = question_now(banks, attempt.bank_id, attempt.question.id)
    return judge.is_outdated(attempt.question, attempt.assessment.scorer, now)


def outdated(judge: Judge, banks: Iterable[Bank]) -> tuple[str, ...]:
    """The ids of all answers that scoring again may change; reads the history."""
    known = tuple(banks)
    return tuple(
        attempt_id
        for alike in judge.history.judged()
        if judge.is_outdated(
            alike.question,
            alike.scorer,
            question_now(known, alike.bank_id, alike.question.id),
        )
        for attempt_id in alike.attempt_ids
    )


def rescore(attempt: Attempt, judge: Judge, banks: Iterable[Bank]) -> Attempt:
    """Score one answer again, with its checklist as it is now, and keep it; blocks.

    Raises:
        VoicePrepError: It cannot be scored or kept.
    """
    return judge.rescore(attempt, question_now(banks, attempt.bank_id, attempt.question.id))


def rescore_all(
    attempt_ids: Iterable[str],
    judge: Judge,
    banks: Iterable[Bank],
    cancel: Event,
    progress: Progress | None = None,
) -> Rescored:
    """Score many answers again and keep them; blocks, and returns soon after ``cancel`` is set.

    Each is read from the history when its turn comes, so that nothing that is done to it
    meanwhile is lost.

    Raises:
        VoicePrepError: One cannot be scored or kept; those before it are.
    """
    known, waiting = tuple(banks), tuple(attempt_ids)
    outcomes = list(_outcomes(waiting, judge, known, cancel, progress))
    changed = tuple(one for one in outcomes if one is not None and one.changes)
    answers = sum(one is not None for one in outcomes)
    return Rescored(answers, len(waiting) - len(outcomes), changed)


def _outcomes(
    attempt_ids: tuple[str, ...],
    judge: Judge,
    banks: tuple[Bank, ...],
    cancel: Event,
    progress: Progress | None,
) -> Iterator[Outcome | None]:
    for number, attempt_id in enumerate(attempt_ids, start=1):
        if cancel.is_set():
            return
        before = judge.history.attempt(attempt_id)
        yield None if before is None else Outcome(before, rescore(before, judge, banks))
        if progress is not None:
            progress(number / len(attempt_ids))


def changes(before: Assessment | None, after: Assessment | None) -> tuple[Change, ...]:
    """The concepts whose levels differ, in the order of the checklist."""
    old = {one.id: one for one in before.concepts} if before is not None else {}
    new = {one.id: one for one in after.concepts} if after is not None else {}
    found = (
        Change(
            (new.get(key) or old[key]).label,
            old[key].level if key in old else None,
            new[key].level if key in new else None,
        )
        for key in dict.fromkeys((*new, *old))
    )
    return tuple(one for one in found if one.before is not one.after)
