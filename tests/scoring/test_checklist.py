import pytest

from tests.bank.samples import a_concept, a_question
from voiceprep.scoring.checklist import prepare


def test_words_that_all_concepts_share_weigh_less_than_those_of_one() -> None:
    concepts = (a_concept("Model cost"), a_concept("Model speed", id="speed"))
    question = a_question(1, *concepts, question="What counts?")
    weights = prepare(question)[0].points[0].weights
    assert weights["cost"] == pytest.approx(2 / 3)
    assert sum(weights.values()) == pytest.approx(1)


def test_words_of_the_question_weigh_less() -> None:
    question = a_question(1, a_concept("Cost of production"), question="What is production?")
    weights = prepare(question)[0].points[0].weights
    assert weights["cost"] > 2 * weights["product"]


def test_a_concept_that_is_a_label_alone_has_one_point_and_nothing_else() -> None:
    (prepared,) = prepare(a_question(1, a_concept("Cost")))
    assert [phrase.text for phrase in prepared.points] == ["Cost"]
    assert prepared.says == prepared.nots == ()
