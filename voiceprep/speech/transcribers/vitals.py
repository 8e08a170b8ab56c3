"""Whether a child that should be at work hangs, told from outside.

It works, waits, is stopped, or turns in circles. Only the first two are no reason to worry, and on
a busy machine everything takes its time: so nothing is measured against the clock on the wall
where the processor time that the child used can be had (Linux), and a moment in which we
ourselves got no turn does not count against it.
"""

import math
import os
from dataclasses import dataclass
from pathlib import Path

LOOK_S = 0.25
"""How often to look."""

_MOST_STEP_S = 0.5
"""A longer time between two looks tells of a machine that is busy, or was asleep."""

_WORK_S = 0.05
"""Of processor time: more than a heartbeat alone takes."""

_TURN = "RD"
"""States of a thread that has, or waits for, its turn at a processor or a disk."""

DEAREST_TIMES = 4.0
"""A step may take so many times the processor time of the dearest piece of work so far: where
Whisper is unsure it writes 224 tokens instead of some 40, which is about twice the work."""

LEAST_WORK_S = 10.0
"""Of processor time, that any step may take."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """Signs of life of a process.

    Attributes:
        worked_s: Processor time of all its threads.
        has_turn: Whether a thread runs, or waits for a processor or a disk.
    """

    worked_s: float
    has_turn: bool


def vitals_of(pid: int) -> Vitals | None:
    """What the system tells of a process; None where it tells nothing, or the process is gone."""
    try:
        whole = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        threads = [
            (task / "stat").read_text(encoding="utf-8", errors="replace")
            for task in Path(f"/proc/{pid}/task").iterdir()
        ]
    except OSError:
        return None
    user, system = _after_name(whole)[11:13]
    ticks_per_s = os.sysconf("SC_CLK_TCK")
    states = {_after_name(thread)[0] for thread in threads}
    return Vitals((int(user) + int(system)) / ticks_per_s, bool(states & set(_TURN)))


def _after_name(stat: str) -> list[str]:
    """The fields of a stat file behind the program's name, which may hold anything (proc(5))."""
    return stat.rpartition(")")[2].split()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one waits.

    Attributes:
        still_s: A child that has done nothing for so long hangs.
        unseen_s: The same where the system tells nothing: then it has to speak for itself.
        whole_s: The longest for one step, whatever it does.
        length_s: Seconds of speech in the piece of work; 0 where it is none.
    """

    still_s: float
    unseen_s: float
    whole_s: float
    length_s: float = 0.0


class Effort:
    """What pieces of work have taken so far: the measure of what a step may take."""

    def __init__(self) -> None:
        self._dearest_s = 0.0
        self._per_second = 0.0

    def note(self, worked_s: float, length_s: float) -> None:
        """A piece of work on so much speech took so much processor time; 0 s are none of ours."""
        if not length_s:
            return
        self._dearest_s = max(self._dearest_s, worked_s)
        self._per_second = max(self._per_second, worked_s / length_s)

    def allowed_s(self, length_s: float) -> float:
        """Processor time that a step may take; no end of it while none was measured."""
        if not self._dearest_s or not length_s:
            return math.inf
        expected_s = max(self._dearest_s, self._per_second * length_s)
        return max(LEAST_WORK_S, DEAREST_TIMES * expected_s)


class Watch:
    """Watches one piece of work from its beginning.

    Args:
        patience: How long it may take.
        effort: What earlier steps took; learns from this one.
        now_s: The time now.
        seen: The vitals now.
    """

    def __init__(
        self, patience: Patience, effort: Effort, now_s: float, seen: Vitals | None
    ) -> None:
        self._patience = patience
        self._effort = effort
        self._looked_s = now_s
        self._still_s = self._whole_s = 0.0
        self._worked_s = seen.worked_s if seen else 0.0
        self._marked_s = self._began_s = self._stepped_s = self._worked_s

    def look(self, now_s: float, seen: Vitals | None) -> str:
        """Why the child hangs, in words; "" while it does not."""
        step_s = min(max(0.0, now_s - self._looked_s), _MOST_STEP_S)
        self._looked_s = now_s
        self._whole_s += step_s
        if seen is not None:
            self._took(seen.worked_s)
        if seen is None or not seen.has_turn:
            self._still_s += step_s
        limit_s = self._patience.unseen_s if seen is None else self._patience.still_s
        if self._still_s > limit_s:
            return f"It gave no sign of life for {limit_s:g} seconds."
        spent_s = self._worked_s - self._stepped_s
        if seen is not None and spent_s > self._effort.allowed_s(self._patience.length_s):
            return f"It turned in circles for {spent_s:.0f} seconds without a result."
        if self._whole_s > self._patience.whole_s:
            return f"It was at work for {self._patience.whole_s:.0f} seconds without a result."
        return ""

    def beat(self, worked_s: float) -> None:
        """It spoke, and says how much processor time it has used."""
        self._took(worked_s)

    def came_further(self) -> None:
        """A step is done."""
        self._stepped_s = self._worked_s
        self._still_s = self._whole_s = 0.0

    def done(self) -> None:
        """All of it is done, and tells what the next may take."""
        self._effort.note(self._worked_s - self._began_s, self._patience.length_s)

    def _took(self, worked_s: float) -> None:
        self._worked_s = max(self._worked_s, worked_s)
        if worked_s - self._marked_s >= _WORK_S:
            self._marked_s = worked_s
            self._still_s = 0.0
