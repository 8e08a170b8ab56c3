import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voiceprep.bank.draft import MOST_CONCEPTS, draft_concepts

HINTS = json.loads((Path(__file__).parents[1] / "data" / "hints.json").read_text("utf-8"))


def labels(hint: str) -> list[str]:
    return [concept.label for concept in draft_concepts(hint)]


SOME = "latency cost and or plus vs. SHAP , ; : . should mention it's a clear robust - useful"
words = st.sampled_from(
    [
        *SOME.split(),
        "(e.g. hosting, talent)",
        "(a, (b and c))",
        "'black boxes,'",
        "“so, so”",
        "\n1.",
    ]
)
hints = st.one_of(st.text(), st.lists(words).map(" ".join)).filter(lambda text: text.strip())


@given(hints)
@example("(" + "very " * 300 + "long)")
@example("\x1f")
@example("A" * 5000)
@example(", ".join(f"idea number {number} (x, y)" for number in range(200)))
def test_any_hint_gives_one_to_six_verbatim_parts_in_order(hint: str) -> None:
    concepts = draft_concepts(hint)
    assert 1 <= len(concepts) <= MOST_CONCEPTS
    assert len({concept.id for concept in concepts}) == len(concepts)
    position = 0
    for concept in concepts:
        assert concept.hint
        assert concept.label
        position = hint.index(concept.hint, position) + len(concept.hint)


@given(hints)
def test_the_same_hint_is_always_parted_in_the_same_way(hint: str) -> None:
    assert draft_concepts(hint) == draft_concepts(hint)


@given(st.lists(words).map(" ".join).filter(lambda text: text.strip()))
def test_what_stands_in_brackets_stays_together(hint: str) -> None:
    for concept in draft_concepts(hint):
        assert concept.hint.count("(") == concept.hint.count(")")


@pytest.mark.parametrize(
    ("hint", "parts"),
    [
        ("Should mention latency, cost and data privacy.", ["Latency", "Cost and data privacy"]),
        ("latency, throughput, cost", ["Latency", "Throughput", "Cost"]),
        ("Latency. Cost of hosting; risk", ["Latency", "Cost of hosting", "Risk"]),
        ("Data privacy and customer trust", ["Data privacy", "Customer trust"]),
        ("- ship small steps\n- measure them", ["Ship small steps", "Measure them"]),
        ("1. Talk to users\n2. Measure", ["Talk to users", "Measure"]),
        ("Rules vs. learned patterns", ["Rules vs. learned patterns"]),
        ("Fixed old rules vs. new learned patterns", ["Fixed old rules", "New learned patterns"]),
        ("Use caches etc. where it helps", ["Use caches etc. where it helps"]),
        (
            "explaining how inputs fool a model and discussing defenses like filters",
            ["How inputs fool a model", "Defenses like filters"],
        ),
    ],
)
def test_a_list_is_parted_into_its_ideas(hint: str, parts: list[str]) -> None:
    assert labels(hint) == parts


@pytest.mark.parametrize(
    "hint",
    [
        "explore quantization, pruning, or distillation",
        "human judgment to review, correct, or guide decisions",
        "halt deployment or add warnings",
        "adjust the features; or reconsider the product",
    ],
)
def test_alternatives_stay_together(hint: str) -> None:
    assert len(draft_concepts(hint)) == 1


@pytest.mark.parametrize(
    "hint",
    [
        "clear, granular controls of consent",
        "adaptive, pattern-based detection",
        "a place for storing, managing, and serving features",
        "data and money",
        "a data cleaning and normalization pipeline",
        "regulatory and trust issues",
    ],
)
def test_words_of_one_idea_stay_together(hint: str) -> None:
    assert len(draft_concepts(hint)) == 1


@pytest.mark.parametrize(
    ("hint", "label"),
    [
        ("Must argue for precision", "Precision"),
        ("Steps include: retraining the model", "Retraining the model"),
        ("Because finance involves money", "Finance involves money"),
        ("This is a critical fairness issue.", "Critical fairness issue"),
        ("It's a method to compare versions", "Method to compare versions"),
        ("A great answer covers static thresholds", "Static thresholds"),
        ("Should describe it as a deep learning model", "Deep learning model"),
        ("The core argument should be about control", "Control"),
        ("Tools would be a combination of dashboards", "Dashboards"),
        ("A structured comparison is needed: check the cost", "Check the cost"),
        ("Should prepare data", "Prepare data"),
        ("Should mention", "Mention"),
        ("Should cover the cost (hosting, (two) people)", "Cost"),
    ],
)
def test_introductions_stay_out_of_labels(hint: str, label: str) -> None:
    assert labels(hint) == [label]


def test_terms_in_brackets_and_acronyms_become_keywords() -> None:
    (concept,) = draft_concepts("explainable AI (XAI) like SHAP (e.g., plots, charts and tables)")
    assert concept.keywords == ("XAI", "SHAP", "plots", "charts", "tables")


def test_a_sentence_in_brackets_is_no_keyword() -> None:
    (concept,) = draft_concepts("care (which everybody in the whole company should take every day)")
    assert concept.keywords == ()


@pytest.mark.parametrize("entry", HINTS, ids=lambda entry: entry["id"])
def test_the_49_hints_are_parted_as_a_person_would(entry: dict[str, str]) -> None:
    concepts = draft_concepts(entry["hint"])
    assert [concept.label for concept in concepts] == EXPECTED[entry["id"]]


EXPECTED: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "data" / "drafts.json").read_text("utf-8")
)
