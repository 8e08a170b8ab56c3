from dataclasses import replace

from tests.gui.samples import ANSWER, THREE, a_session, an_attempt, unjudged
from voiceprep.gui.digest import counting, most_missed, numbers
from voiceprep.interview.records import AttemptStatus


def test_the_last_assessed_attempt_counts() -> None:
    first = an_attempt(name="first", text="nothing of it")
    second = an_attempt(name="second")
    failed = unjudged(an_attempt(name="failed"), AttemptStatus.FAILED)
    other = unjudged(an_attempt(name="other", position=1), AttemptStatus.WAITING)
    session = a_session(first, second, failed, other)
    assert {at: one.id for at, one in counting(session).items()} == {0: "second", 1: "other"}
    assert numbers(session) == {"first": 1, "second": 2, "failed": 3, "other": 1}


def test_what_was_missed_again_and_again_comes_first() -> None:
    session = a_session(
        an_attempt(name="one", text="we retrain it, that is all"),
        an_attempt(name="two", text=f"{ANSWER} and we retrain"),
        an_attempt(name="three", position=1, question=replace_id("other"), text=ANSWER),
    )
    found = most_missed(session)
    assert [(one.label, one.attempt.position, one.times) for one in found] == [
        ("Monitor the inputs", 0, 2),
        ("Retrain", 1, 1),
        ("Monitor the inputs", 1, 1),
    ]
    asks = "How would you notice?"
    assert [one.probe for one in found] == [asks, "And then?", asks]


def test_what_was_made_up_for_is_not_missing() -> None:
    session = a_session(
        an_attempt(name="one", text="nothing of it"),
        an_attempt(name="two", text=f"{ANSWER} and we retrain"),
    )
    assert "Retrain" not in [one.label for one in most_missed(session)]


def test_without_a_verdict_nothing_is_missed() -> None:
    waiting = unjudged(an_attempt(), AttemptStatus.WAITING)
    assert most_missed(a_session(waiting)) == ()


def replace_id(name: str):
    return THREE.model_copy(update={"id": name})


def test_a_session_of_nothing_is_empty() -> None:
    assert counting(replace(a_session(), attempts=())) == {}
