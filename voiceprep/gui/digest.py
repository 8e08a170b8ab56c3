"""What a session comes to: the attempt that counts at each question, and what is still missing."""

from collections import Counter
from dataclasses import dataclass

from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.scoring.assessment import Level


@dataclass(frozen=True, slots=True)
class Missed:
    """A concept that the answers of a session did not make.

    Attributes:
        attempt: The attempt that counts at its question.
        label: The concept as the checklist shows it.
        probe: What an interviewer would ask, or "".
        times: How many attempts at the question missed it.
    """

    attempt: Attempt
    label: str
    probe: str
    times: int


def counting(session: SessionRecord) -> dict[int, Attempt]:
    """The attempt that counts at each position: the last one that was assessed, or the last."""
    found: dict[int, Attempt] = {}
    for attempt in session.attempts:
        before = found.get(attempt.position)
        if before is None or attempt.assessment is not None or before.assessment is None:
            found[attempt.position] = attempt
    return dict(sorted(found.items()))


def numbers(session: SessionRecord) -> dict[str, int]:
    """Which attempt at its question each one is, from 1, by the attempt's id."""
    seen: Counter[int] = Counter()
    found = {}
    for attempt in session.attempts:
        seen[attempt.position] += 1
        found[attempt.id] = seen[attempt.position]
    return found


def most_missed(session: SessionRecord, limit: int = 3) -> tuple[Missed, ...]:
    """The concepts still missing, the ones that matter most first.

    What was missed again and again comes first, then what weighs most, then the session's order.
    """
    misses = Counter(
        (attempt.position, verdict.id)
        for attempt in session.attempts
        if (standing := attempt.standing) is not None
        for verdict in standing.concepts
        if verdict.level is Level.MISSED
    )
    found = [
        (misses[position, verdict.id], verdict.weight, attempt, verdict)
        for position, attempt in counting(session).items()
        if (standing := attempt.standing) is not None
        for verdict in standing.concepts
        if verdict.level is Level.MISSED
    ]
    found.sort(key=lambda one: (-one[0], -one[1]))
    return tuple(
        Missed(
            attempt,
            verdict.label,
            next((one.probe for one in attempt.question.concepts if one.id == verdict.id), ""),
            times,
        )
        for times, _, attempt, verdict in found[:limit]
    )
