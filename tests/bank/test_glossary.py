from tests.bank.samples import a_bank, a_concept, a_question
from voiceprep.bank.glossary import glossary
from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Bank


def _bank(**fields: object) -> Bank:
    question = a_question(1, a_concept(**fields), hint="PCI-DSS and the customer's AML/KYC file")
    return Bank(id="one", title="Unheard", questions=(question,))


def test_the_words_of_hints_labels_and_keywords_are_there_as_written() -> None:
    words = glossary([_bank(label="Rules", keywords=["SHAP values", "F1"], says=["spoken"])])
    assert words == (
        *("PCI", "DSS", "and", "the", "customer's", "AML", "KYC", "file"),
        *("Rules", "SHAP", "values", "F1"),
    )


def test_numbers_alone_are_no_words() -> None:
    assert "2" not in glossary([_bank(label="SOC 2")])


def test_each_word_comes_once_over_all_banks() -> None:
    words = glossary([a_bank(), a_bank(), _bank(label="Rules")])
    assert len(words) == len(set(words))
    assert words == glossary([a_bank(), _bank(label="Rules")])


def test_the_acronyms_of_the_shipped_bank_are_there() -> None:
    assert {"GDPR", "PCI", "DSS", "AML", "KYC", "SHAP", "LIME", "RAG", "XAI"} <= set(
        glossary(built_in_banks())
    )
