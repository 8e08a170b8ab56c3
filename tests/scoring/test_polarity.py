import pytest
from hypothesis import given

from tests.scoring.texts import texts
from voiceprep.bank.load import built_in_banks
from voiceprep.scoring.polarity import denials
from voiceprep.scoring.text import sentence_spans, tokenize


def turned_down(text: str) -> list[str]:
    tokens = tokenize(text)
    found = denials(text, tokens, sentence_spans(text))
    return [tokens[number].text for one in found for number in sorted(one.governed)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We don't need consent.", "consent"),
        ("we do not really need to monitor drift", "to monitor drift"),
        ("There is no need for a human.", "for a human"),
        ("I'd skip the audit", "the audit"),
        ("you can just ignore privacy", "privacy"),
        ("Skip the audit. It works.", "the audit"),
        ("nobody needs dashboards", "dashboards"),
        ("Privacy is overkill for us", "for us privacy"),
        ("it isn't important to explain", "to explain it"),
        ("The settings don't matter.", "the settings"),
        ("audits are a waste of time", "audits"),
        ("We don't need GDPR, PCI or KYC.", "gdpr pci or kyc"),
        ("I don\u2019t care about privacy", "about privacy"),
    ],
)
def test_what_is_denied_or_rejected_is_turned_down(text: str, words: str) -> None:
    assert sorted(turned_down(text)) == sorted(words.split())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("You don't need to retrain manually, the pipeline retrains by itself", "pipeline"),
        ("no need for a human because it is automated", "automated"),
        ("privacy isn't a toy, it is important", "important"),
        ("monitoring isn't important but recall is", "recall"),
        ("I'd skip the slides and explain the model", "explain"),
        ("we don't need audits, we monitor", "monitor"),
        ("the rules don't matter; the patterns do", "patterns"),
    ],
)
def test_what_the_denial_does_not_govern_still_counts(text: str, kept: str) -> None:
    assert kept not in turned_down(text)


@pytest.mark.parametrize(
    "text",
    [
        "Instead of ignoring drift we monitor it",
        "we can't skip the audit",
        "never skip the audit",
        "it would be a mistake to ignore privacy",
        "I would never ignore consent",
        "rather than ignoring consent",
        "teams that ignore consent get fined",
        "if we ignore drift it dies",
        "no need to block unless the score is high",
        "you don't need to retrain until it drifts",
        "they ignore the alerts",
        "not only accuracy but also recall",
        "the drop in accuracy",
        "this matters",
    ],
)
def test_a_sentence_that_only_sounds_like_a_denial_turns_nothing_down(text: str) -> None:
    assert turned_down(text) == []


def test_a_denial_ends_with_its_sentence() -> None:
    assert turned_down("We don't need\nit. Privacy counts.") == []


def test_ways_of_saying_a_concept_are_hardly_ever_taken_for_a_denial() -> None:
    lines = [line for q in built_in_banks()[0].questions for one in q.concepts for line in one.says]
    wrongly = [line for line in lines if turned_down(line)]
    assert len(wrongly) < len(lines) / 100


@given(texts)
def test_a_denial_governs_words_of_the_answer(text: str) -> None:
    tokens = tokenize(text)
    for denial in denials(text, tokens, sentence_spans(text)):
        assert denial.governed
        assert denial.governed <= set(range(len(tokens)))
        assert 0 <= denial.first <= denial.last < len(tokens)
        assert denial.words in text
