import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.texts import texts
from voiceprep.scoring.terms import How, find_exactly, find_term
from voiceprep.scoring.text import tokenize


def how(term: str, text: str) -> How | None:
    found = find_term(term, tokenize(text))
    return found.how if found else None


def said(term: str, text: str) -> str | None:
    tokens = tokenize(text)
    found = find_term(term, tokens)
    return text[tokens[found.first].start : tokens[found.last].end] if found else None


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("node", "all nodes agree"),
        ("nodes", "one node agrees"),
        ("cat", "two cats"),
        ("API", "we call APIs"),
        ("KPIs", "a KPI"),
        ("retrain", "it was retrained"),
        ("na\u00efve Bayes", "naive bayes"),
        ("data-driven", "it is data driven"),
        ("F1", "the F one score"),
        ("false positive rate", "the False Positive rates"),
    ],
)
def test_a_term_is_found_whatever_its_ending_case_or_hyphens(term: str, text: str) -> None:
    assert how(term, text) in {How.WRITTEN, How.SPELLED}


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("GDPR", "under g d p r we ask", "g d p r"),
        ("GDPR", "under G.D.P.R. we ask", "G.D.P.R"),
        ("PCI-DSS", "the P.C.I. D.S.S. standard", "P.C.I. D.S.S"),
        ("PCI DSS", "the PCI d s s standard", "PCI d s s"),
        ("A/B test", "an a b test", "a b test"),
        ("AB test", "an A/B test", "A/B test"),
        ("SOC 2", "we have sock too, I mean soc two", "soc two"),
        ("database", "a data base", "data base"),
        ("real time", "in realtime", "realtime"),
    ],
)
def test_acronyms_and_parted_words_are_found_as_they_are_spoken(
    term: str, text: str, found: str
) -> None:
    assert said(term, text) == found


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("quantization", "quantisation helps"),
        ("hyperparameter", "hyper parameter search"),
        ("explainability", "explain ability counts"),
        ("federated learning", "federate learning"),
        ("differential privacy", "diferential privacy"),
    ],
)
def test_near_spellings_of_rare_words_are_found(term: str, text: str) -> None:
    assert how(term, text) is not None


def test_what_sounds_alike_is_found_and_named_as_such() -> None:
    assert how("precision", "the precession of the model") is How.SOUNDS


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("cat", "concatenate the strings"),
        ("node", "take a note"),
        ("bias", "she buys it"),
        ("us", "we use it"),
        ("art", "start with part of it"),
        ("GDPR", "g d p is not it"),
        ("SHAP", "in what shape"),
        ("supervised learning", "unsupervised learning"),
        ("explainable", "unexplainable"),
        ("centralized", "decentralized"),
        ("structured data", "unstructured data"),
        ("interpretability", "interoperability"),
        ("data privacy", "privacy of data"),
        ("", "anything"),
        ("\u2026", "anything"),
    ],
)
def test_other_words_are_not_taken_for_a_term(term: str, text: str) -> None:
    assert how(term, text) is None


def test_what_does_not_count_is_passed_over() -> None:
    tokens = tokenize("drift is one thing, drift is another")
    first = find_term("drift", tokens)
    second = find_term("drift", tokens, frozenset({0}))
    assert first is not None
    assert second is not None
    assert (first.first, second.first) == (0, 4)
    assert find_term("drift", tokens, frozenset({0, 4})) is None


def test_all_places_of_a_term_are_found() -> None:
    tokens = tokenize("GDPR, g d p r and gdpr")
    assert [(one.first, one.last) for one in find_exactly("GDPR", tokens)] == [
        (0, 0),
        (1, 4),
        (6, 6),
    ]


@given(texts, texts)
def test_any_term_is_found_within_the_answer_or_not_at_all(term: str, text: str) -> None:
    tokens = tokenize(text)
    found = find_term(term, tokens)
    if found is not None:
        assert 0 <= found.first <= found.last < len(tokens)


@given(texts, st.data())
def test_words_that_were_said_one_after_the_other_are_found(text: str, data: st.DataObject) -> None:
    tokens = tokenize(text)
    if not tokens:
        return
    first = data.draw(st.integers(0, len(tokens) - 1))
    last = data.draw(st.integers(first, min(first + 3, len(tokens) - 1)))
    term = text[tokens[first].start : tokens[last].end]
    found = find_term(term, tokens)
    assert found is not None
    assert found.how in {How.WRITTEN, How.SPELLED}
