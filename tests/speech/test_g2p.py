"""Terms get the sounds that people make for them."""

import random
import re

import pocketsphinx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from voiceprep.speech.g2p import (
    LETTERS,
    Espeak,
    from_mnemonics,
    is_acronym,
    pronunciations,
    spelled,
)

ARPABET = {
    "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH",
    "IH", "IY", "JH", "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH",
    "UW", "V", "W", "Y", "Z", "ZH",
}  # fmt: skip


@pytest.fixture(scope="module")
def espeak() -> Espeak:
    return Espeak()


@pytest.fixture(scope="module")
def dictionary() -> dict[str, list[list[str]]]:
    """All pronunciations of the words in PocketSphinx's CMU dictionary."""
    words: dict[str, list[list[str]]] = {}
    with open(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict")) as lines:  # noqa: PTH123
        for line in lines:
            word, *sounds = line.split()
            words.setdefault(re.sub(r"\(\d+\)$", "", word), []).append(sounds)
    return words


def test_letters_have_the_names_that_the_dictionary_gives_them(
    dictionary: dict[str, list[list[str]]],
) -> None:
    for letter, sounds in LETTERS.items():
        assert sounds.split() in dictionary[f"{letter}."], letter


@pytest.mark.parametrize(
    ("term", "sounds"),
    [
        ("GDPR", "JH IY D IY P IY AA R"),
        ("PCI-DSS", "P IY S IY AY D IY EH S EH S"),
        ("A/B", "EY B IY"),
        ("P&L", "P IY AE N D EH L"),
        ("KPIs", "K EY P IY AY Z"),
        ("dbt", "D IY B IY T IY"),
        ("F1-score", "EH F W AH N S K AO R"),
        ("MLOps", "EH M EH L AA P S"),
        ("p95", "P IY N AY N T IY F AY V"),
        ("99th", "N AY N T IY N AY N TH"),
        ("onboarding", "AA N B AO R D IH NG"),
        ("résumé", "R EH Z UW M EY"),
        ("tokenization", "T OW K AH N IH Z EY SH AH N"),
    ],
)
def test_terms_sound_as_people_say_them(espeak: Espeak, term: str, sounds: str) -> None:
    assert pronunciations(term, espeak.say)[0] == sounds


def test_an_acronym_that_can_be_said_as_a_word_is_known_both_ways(espeak: Espeak) -> None:
    assert pronunciations("SHAP", espeak.say) == ("EH S EY CH EY P IY", "SH AE P")
    assert len(pronunciations("GDPR", espeak.say)) == 1


def test_a_name_in_mixed_case_is_also_read_as_one_word(espeak: Espeak) -> None:
    assert "F EH D R AE M P" in pronunciations("FedRAMP", espeak.say)


def test_a_dictionary_comes_before_the_rules() -> None:
    assert pronunciations("schema", {"schema": "S K IY M AH"}.get) == ("S K IY M AH",)


def test_what_nobody_can_say_has_no_sounds() -> None:
    assert pronunciations("chargeback", lambda _: None) == ()
    assert pronunciations("---", lambda _: "AH") == ()


@pytest.mark.parametrize(
    ("term", "expected"),
    [("GDPR", True), ("PCI-DSS", True), ("KPIs", True), ("F1", True), ("A/B", True),
     ("FedRAMP", False), ("Gini", False), ("rules", False), ("95", False)],
)  # fmt: skip
def test_acronyms_are_what_is_all_in_capitals(term: str, expected: bool) -> None:
    assert is_acronym(term) is expected


def test_the_rules_agree_with_the_dictionary_on_known_words(
    espeak: Espeak, dictionary: dict[str, list[list[str]]]
) -> None:
    """Words of the recogniser's own language model, whose sounds are known: 7 % differ."""
    model = pocketsphinx.Decoder(loglevel="FATAL")
    known = model.get_lm(model.current_search())
    least = model.logmath.get_zero()
    words = [
        word
        for word in sorted(dictionary)
        if re.fullmatch("[a-z]{3,}", word) and known.prob([word]) > least
    ]
    errors = total = 0
    for word in random.Random(1).sample(words, 2000):  # noqa: S311 - no secret
        said = espeak.say(word).split()
        assert set(said) <= ARPABET
        distance, length = min(
            (Levenshtein.distance(said, sounds), len(sounds)) for sounds in dictionary[word]
        )
        errors += distance
        total += length
    assert errors / total < 0.08


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=20))
def test_whatever_the_term_its_sounds_are_known_to_the_recogniser(term: str) -> None:
    say = Espeak().say
    for sounds in (*pronunciations(term, say), spelled(term), from_mnemonics(term)):
        assert set(sounds.split()) <= ARPABET
