import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.texts import STRANGE, texts
from voiceprep.scoring.text import content_stems, sentence_spans, tokenize

_latin = st.text(alphabet=st.characters(max_codepoint=0x24F, categories=["Ll", "Lu", "Zs", "Po"]))


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


def is_of_a_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


@given(texts)
def test_tokens_lie_in_order_on_word_boundaries(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end
        assert is_of_a_word(text[token.start])
        assert token.start == 0 or not text[token.start - 1].isalnum()
        assert token.end == len(text) or not is_of_a_word(text[token.end])


@given(texts)
def test_no_letter_is_left_out(text: str) -> None:
    covered = {at for token in tokenize(text) for at in range(token.start, token.end)}
    assert all(at in covered for at, character in enumerate(text) if character.isalnum())


@given(_latin | st.sampled_from(STRANGE))
def test_composed_and_decomposed_accents_give_the_same_words(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert words(composed) == words(decomposed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Na\u00efve CAF\u00c9", ["naive", "cafe"]),
        ("Don\u2019t don't", ["don't", "don't"]),
        ("the node's nodes' state", ["the", "node", "nodes", "state"]),
        ("PCI-DSS and AML/KYC", ["pci", "dss", "and", "aml", "kyc"]),
        ("step one of three", ["step", "1", "of", "3"]),
        ("quan\u00adti\u200bzation", ["quantization"]),
        ("\U0001f600drift\U0001f600", ["drift"]),
        ("", []),
        (" \u200b \u200d ", []),
    ],
)
def test_words_are_compared_in_one_form(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_words_without_a_point_of_their_own_are_left_out() -> None:
    assert content_stems("I don't think it's one of the things we'd use, e.g. monitoring") == (
        "monitor",
    )


@given(texts)
def test_sentences_lie_in_order_and_leave_no_word_out(text: str) -> None:
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    for token in tokenize(text):
        assert sum(start <= token.start < end for start, end in spans) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("no punctuation at all", 1),
        ("One. Two! Three? Four", 4),
        ("P.C.I. D.S.S. is a standard, e.g. for cards, old vs. new", 1),
        ("It costs 5.5 percent. And so do I. We agree", 3),
        ("Wait... what", 2),
        ("first line\nsecond line", 2),
    ],
)
def test_sentences_end_where_a_reader_says_so(text: str, number: int) -> None:
    assert len(sentence_spans(text)) == number
