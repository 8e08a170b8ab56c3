import json
import re
from itertools import chain, groupby
from pathlib import Path

import pytest

from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Concept, Question

HINTS = json.loads((Path(__file__).parents[1] / "data" / "hints.json").read_text("utf-8"))
(BANK,) = built_in_banks()
CONCEPTS = [(question, concept) for question in BANK.questions for concept in question.concepts]
_INTRODUCTORY = set(
    """
    a an the of to in on for and or but by with as is are be it its this that these those from at
    vs e g i s must should may will also more such like not how what who while which into than
    good great strong comprehensive answer response process involves include includes mention
    discuss describe cover covers consider considers outline focus explain explaining
    discussing look using structured
    clearly involve evaluates seeks identify must argue about core story take
    """.split()  # noqa: SIM905 - a hundred quotation marks would hide the words
)


def _id(pair: tuple[Question, Concept]) -> str:
    return f"{pair[0].id}/{pair[1].id}"


def test_it_has_the_49_hints_word_for_word_in_their_order() -> None:
    found = [(one.id, one.category, one.hint) for one in BANK.questions]
    assert found == [(one["id"], one["category"], one["hint"]) for one in HINTS]


def test_its_categories_are_as_large_as_the_source_has_them() -> None:
    sizes = [len(list(group)) for _, group in groupby(BANK.questions, key=lambda one: one.category)]
    assert sizes == [5, 10, 9, 10, 10, 5]


def test_every_question_text_is_marked_as_ours() -> None:
    assert {question.question_source for question in BANK.questions} == {"reconstructed"}


@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.id)
def test_a_question_has_two_to_six_concepts_that_cover_its_hint(question: Question) -> None:
    assert 2 <= len(question.concepts) <= 6
    rest = question.hint
    for concept in question.concepts:
        rest = rest.replace(concept.hint, " ")
    left = {word.lower() for word in re.findall(r"[A-Za-z0-9]+", rest)} - _INTRODUCTORY
    assert not left


@pytest.mark.parametrize("pair", CONCEPTS, ids=_id)
def test_a_concept_has_all_that_the_scorer_needs(pair: tuple[Question, Concept]) -> None:
    concept = pair[1]
    assert concept.hint
    assert len(concept.keywords) >= 2
    assert len(concept.says) >= 6
    assert len(concept.not_) >= 3
    assert concept.probe.endswith("?")


def test_no_two_ways_of_saying_are_the_same() -> None:
    lines = list(chain.from_iterable((*one.says, *one.not_) for _, one in CONCEPTS))
    assert len({line.lower() for line in lines}) == len(lines)


def test_behavioural_questions_tell_what_each_part_of_the_story_holds() -> None:
    with_star = {question.category for question in BANK.questions if question.star is not None}
    assert with_star == {"Behavioral"}
    assert all(one.star for one in BANK.questions if one.category == "Behavioral")
