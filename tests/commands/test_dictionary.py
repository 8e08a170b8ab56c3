"""The personal dictionary from the shell, and in what is transcribed afterwards."""

import json

from tests.commands.cli import Shell
from voiceprep.resources import asset


def test_entries_are_added_listed_replaced_and_removed(voiceprep: Shell) -> None:
    assert "is empty" in voiceprep("dictionary").words
    voiceprep("dictionary", "add", "sharp  values", "SHAP values")
    voiceprep("dictionary", "add", "rack", "rag")
    voiceprep("dictionary", "add", "Rack", "RAG")
    assert json.loads(voiceprep("dictionary", "--json").out) == [
        {"heard": "sharp values", "meant": "SHAP values"},
        {"heard": "Rack", "meant": "RAG"},
    ]
    assert voiceprep("dictionary", "remove", "rack").status == 0
    assert voiceprep("dictionary").out == "sharp values -> SHAP values\n"


def test_what_is_no_entry_is_refused_in_words(voiceprep: Shell) -> None:
    result = voiceprep("dictionary", "add", "RAG", "RAG")
    assert result.status == 1
    assert "no entry for the dictionary" in result.words
    result = voiceprep("dictionary", "remove", "never")
    assert result.status == 1
    assert "Your dictionary has no 'never'." in result.words


def test_a_file_is_transcribed_with_the_dictionary_and_says_so(voiceprep: Shell) -> None:
    audio = sorted(asset("demo").glob("*.wav")) or sorted(asset("demo").glob("*.flac"))
    heard = voiceprep("transcribe", audio[0], "--engine", "pocketsphinx").out
    word = next(one for one in heard.split() if len(one) > 5 and one.isalpha())
    voiceprep("dictionary", "add", word, "WORD")
    with_it = voiceprep("transcribe", audio[0], "--engine", "pocketsphinx")
    assert with_it.out.split() == ["WORD" if one == word else one for one in heard.split()]
    assert f"WORD (heard “{word}”)" in with_it.words
    as_heard = voiceprep("transcribe", audio[0], "--engine", "pocketsphinx", "--as-heard")
    assert as_heard.out == heard
