import pytest
from pydantic import ValidationError

from tests.bank.samples import a_bank, a_concept, a_question


def test_a_bank_cannot_be_changed_by_accident() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        a_bank().title = "Another"


def test_what_is_written_as_not_is_read_and_written_as_not() -> None:
    concept = a_concept(**{"not": ["drift is fine"]})
    assert concept.not_ == ("drift is fine",)
    assert concept.model_dump(by_alias=True)["not"] == ("drift is fine",)


def test_two_concepts_of_a_question_have_two_ids() -> None:
    with pytest.raises(ValidationError, match="the id 'drift-hurts' stands twice"):
        a_question(1, a_concept("One"), a_concept("Two"))


def test_a_concept_needs_no_part_of_the_hint() -> None:
    assert a_question(1, a_concept("Anything")).concepts[0].hint == ""


def test_categories_come_in_the_order_of_their_first_question() -> None:
    assert a_bank(3).categories == ("Basics", "Practice")
