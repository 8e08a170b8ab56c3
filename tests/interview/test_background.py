from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.interview.desk import AtOnce
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.background import Turns, problem_of

BROKEN = VoicePrepError("It broke.", "A test broke it.", "Try again.")


def _raise(error: Exception) -> None:
    raise error


def test_work_that_succeeds_has_no_problem() -> None:
    assert problem_of(lambda: 1, "It failed.", "Try again.") is None


def test_a_problem_that_has_words_keeps_them() -> None:
    assert problem_of(lambda: _raise(BROKEN), "It failed.", "Wait.") is BROKEN


@pytest.mark.parametrize(
    ("error", "cause"), [(Cancelled(), "stopped before it was done"), (ValueError("x"), "the log")]
)
def test_any_other_end_is_put_into_words(error: Exception, cause: str) -> None:
    problem = problem_of(lambda: _raise(error), "It failed.", "Try again.")
    assert problem is not None
    assert (problem.title, problem.next_step) == ("It failed.", "Try again.")
    assert cause in problem.cause


def test_a_mistake_of_ours_is_logged_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    problem_of(lambda: _raise(ValueError("secret")), "It failed.", "Try again.")
    assert "ValueError: secret" in caplog.text


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_jobs_follow_each_other_however_many_workers_there_are(workers: int) -> None:
    ran: list[int] = []
    first_may_end = Event()
    with ThreadPoolExecutor(workers) as executor:
        turns = Turns(executor)
        turns.submit(lambda: (first_may_end.wait(5), ran.append(1)))
        turns.submit(lambda: ran.append(2))
        turns.submit(lambda: ran.append(3))
        assert ran == []
        first_may_end.set()
    assert ran == [1, 2, 3]


def test_a_job_that_fails_does_not_stop_the_next() -> None:
    ran: list[int] = []
    turns = Turns(AtOnce())
    turns.submit(lambda: _raise(BROKEN))
    turns.submit(lambda: ran.append(2))
    assert ran == [2]
