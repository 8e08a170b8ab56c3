"""Many answers scored again, after the scorer or a bank has changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Event

from voiceprep.bank.model import Bank, Question
from voiceprep.errors import Cancelled
from voiceprep.interview.judging import Judge
from voiceprep.interview.ports import Progress
from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.scoring.assessment import Assessment, Level


@dataclass(frozen=True, slots=True)
class Rescored:
    """What scoring again came to.

    Attributes:
        answers: How many were scored again.
        changed: Of how many the verdicts are others now.
        higher: Of how many the coverage is higher.
    """

    answers: int
    changed: int
    higher: int


@dataclass(frozen=True, slots=True)
class Change:
    """A concept whose level is another one; None: it was not, or is no more, in the checklist."""

    label: str
    before: Level | None
    after: Level | None


def current_questions(banks: Iterable[Bank]) -> dict[tuple[str, str], Question]:
    """The questions as they are now, by the ids of bank and question."""
    return {(bank.id, one.id): one for bank in banks for one in bank.questions}


def outdated(
    sessions: Iterable[SessionRecord], judge: Judge, now: Mapping[tuple[str, str], Question]
) -> Iterator[Attempt]:
    """The answers that scoring again may change."""
    return (
        attempt
        for session in sessions
        for attempt in session.attempts
        if judge.is_outdated(attempt, now.get((attempt.bank_id, attempt.question.id)))
    )


def rescore_all(
    judge: Judge,
    banks: Iterable[Bank],
    sessions: Iterable[SessionRecord],
    cancel: Event,
    progress: Progress | None = None,
) -> Rescored:
    """Score every outdated answer again and keep it; blocks.

    Raises:
        VoicePrepError: One cannot be kept; those before it are.
        Cancelled: ``cancel`` was set; those that were scored again stay so.
    """
    now = current_questions(banks)
    waiting = list(outdated(sessions, judge, now))
    changed = higher = 0
    for number, attempt in enumerate(waiting):
        if cancel.is_set():
            raise Cancelled
        before = attempt.standing
        after = judge.rescore(attempt, now.get((attempt.bank_id, attempt.question.id))).standing
        if before is not None and after is not None:
            changed += bool(changes(before, after))
            higher += after.score > before.score
        if progress is not None:
            progress((number + 1) / len(waiting))
    return Rescored(len(waiting), changed, higher)


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
