"""A transcript set right: times stay where words survive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.fakes import spoken
from voiceprep.scoring.correction import Entry, corrected, replaced, rewritten, with_dictionary
from voiceprep.scoring.transcript import Segment, Transcript, Word

WORDS = ("we", "use", "RAG", "ragged", "a", ",", "b.")
HEARD = spoken("we use rack with a vector store and cash the answers")


def words(transcript: Transcript) -> dict[str, Word]:
    return {one.text: one for one in transcript.words}


def test_words_that_survive_keep_their_times() -> None:
    after = corrected(HEARD, "We use RAG with a vector store, and cache the answers.")
    before, now = words(HEARD), words(after)
    assert now["vector"] == before["vector"]
    assert (now["store,"].start_s, now["store,"].end_s) == (
        before["store"].start_s,
        before["store"].end_s,
    )
    assert after.text == "We use RAG with a vector store, and cache the answers."


def test_a_replaced_word_takes_the_time_of_what_was_heard_and_remembers_it() -> None:
    now = words(corrected(HEARD, HEARD.text.replace("rack", "RAG")))["RAG"]
    rack = words(HEARD)["rack"]
    assert (now.start_s, now.end_s) == pytest.approx((rack.start_s, rack.end_s))
    assert (now.heard, now.confidence) == ("rack", 1.0)


def test_a_word_that_is_corrected_twice_remembers_what_was_heard_at_first() -> None:
    once = corrected(HEARD, HEARD.text.replace("rack", "rag tag"))
    twice = corrected(once, HEARD.text.replace("rack", "RAG"))
    assert words(twice)["RAG"].heard == "rack"
    assert words(corrected(twice, HEARD.text))["rack"].heard == ""


def test_a_typed_answer_keeps_its_lines() -> None:
    after = corrected(Transcript.typed("one\ntwo"), "one\nthree\n")
    assert after == Transcript.typed("one\nthree")


def test_words_can_be_added_and_left_out() -> None:
    after = corrected(HEARD, "First we use a vector store and cash all the answers")
    assert after.text == "First we use a vector store and cash all the answers"
    times = [one.start_s for one in after.words]
    assert times == sorted(times)


def test_a_typed_answer_is_corrected_too() -> None:
    after = corrected(Transcript.typed("we use rack"), "we use RAG")
    assert after == Transcript.typed("we use RAG")


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        corrected(HEARD, " \n ")


@given(strategies.transcripts, st.lists(st.sampled_from(WORDS)))
def test_any_correction_says_what_was_written_in_the_order_of_time(
    transcript: Transcript, wanted: list[str]
) -> None:
    if not wanted:
        return
    after = corrected(transcript, " ".join(wanted))
    assert after.text.split() == wanted
    for segment in after.segments:
        assert not segment.words or segment.text == " ".join(one.text for one in segment.words)


@given(strategies.transcripts)
def test_no_change_changes_nothing(transcript: Transcript) -> None:
    if transcript.words and transcript.text.split() == [one.text for one in transcript.words]:
        assert corrected(transcript, transcript.text) == transcript


def test_what_was_replaced_could_go_into_a_dictionary() -> None:
    after = corrected(HEARD, "we use RAG with a vector store, and cache the answers")
    assert replaced(HEARD, after) == (Entry("rack", "RAG"), Entry("cash", "cache"))


# -- the dictionary --------------------------------------------------------------------------


def test_the_dictionary_writes_words_as_they_were_meant_and_shows_what_was_heard() -> None:
    after = with_dictionary(HEARD, (Entry("rack", "RAG"), Entry("Cash", "cache")))
    assert after.text == "we use RAG with a vector store and cache the answers"
    assert words(after)["RAG"].heard == "rack"
    assert words(after)["with"] == words(HEARD)["with"]


def test_an_entry_may_have_several_words_and_the_longest_counts() -> None:
    heard = spoken("the key why see rules and the key")
    entries = (Entry("key", "KEY"), Entry("key why see", "KYC"))
    assert with_dictionary(heard, entries).text == "the KYC rules and the KEY"


def test_punctuation_stays_and_capitals_do_not_matter() -> None:
    said = (Word("Rack,", 0.0, 0.5, 0.9), Word("rack.", 0.6, 1.0, 0.9))
    heard = Transcript((Segment.spoken(said),), "whisper")
    assert with_dictionary(heard, (Entry("rack", "RAG"),)).text == "RAG, RAG."


def test_all_that_was_rewritten_is_told_once() -> None:
    heard = spoken("the rack and the rack")
    after = with_dictionary(heard, (Entry("rack", "RAG"),))
    assert rewritten(after) == (Entry("rack", "RAG"),)
    assert rewritten(heard) == ()


@given(strategies.transcripts)
def test_an_empty_dictionary_changes_nothing(transcript: Transcript) -> None:
    assert with_dictionary(transcript, ()) == transcript


@given(strategies.transcripts)
def test_a_dictionary_applied_twice_is_as_good_as_once(transcript: Transcript) -> None:
    if not transcript.words:
        return
    entries = (Entry(transcript.words[0].text, "RAG"),)
    once = with_dictionary(transcript, entries)
    if "rag" not in transcript.words[0].text.casefold():
        assert with_dictionary(once, entries).text == once.text
