"""Work off the thread that owns the interview: its failures in words, and its order."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait

from voiceprep.errors import Cancelled, VoicePrepError

_log = logging.getLogger(__name__)


Post = Callable[[Callable[[], None]], None]
"""Runs a function on the thread that owns the interview, soon."""


def problem_of(work: Callable[[], object], title: str, next_step: str) -> VoicePrepError | None:
    """Run this; what went wrong, or None. A worker must report, never vanish.

    Args:
        work: What may fail.
        title: What has happened if it fails in a way that nobody foresaw.
        next_step: What the user can do then.
    """
    try:
        work()
    except VoicePrepError as error:
        _log.info("%s %s", title, error)
        return error
    except Cancelled:
        return VoicePrepError(title, "It was stopped before it was done.", next_step)
    except Exception:  # noqa: BLE001 - whatever it is, the one who waits must hear of it
        _log.exception(title)
        cause = "Something unexpected happened; the log has the details."
        return VoicePrepError(title, cause, next_step)
    return None


class Turns:
    """Runs jobs on an executor, each once the one before it has ended.

    A job waits only for an earlier one, which an executor starts first, so that even a single
    worker is enough.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._latest: Future[None] | None = None

    def submit(self, job: Callable[[], object]) -> None:
        """Run this after all that was submitted before."""
        earlier = self._latest

        def run() -> None:
            if earlier is not None:
                wait([earlier])
            job()

        self._latest = self._executor.submit(run)
