"""PocketSphinx: its words, the terms it is taught, and how long recordings are cut."""

import json

import jiwer
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.speech.transcribers.conftest import plain, wrong_words
from tests.speech.transcribers.voices import say, silence
from voiceprep.bank.glossary import glossary
from voiceprep.bank.load import built_in_banks
from voiceprep.errors import Cancelled
from voiceprep.resources import asset
from voiceprep.scoring.transcript import Segment, Word
from voiceprep.speech.audio_file import read_speech
from voiceprep.speech.transcribers.messages import EngineChoice
from voiceprep.speech.transcribers.sphinx import Sphinx, between_pauses, pieces
from voiceprep.speech.vad import STRIDE_S, Span, speech_spans


@pytest.fixture(scope="module")
def taught() -> Sphinx:
    """As the app has it: it knows the terms of all questions."""
    return Sphinx(EngineChoice("pocketsphinx", glossary=glossary(built_in_banks())))


def heard(engine: Sphinx, *sentences: str, voice: str = "rms") -> str:
    samples = np.concatenate(
        [part for one in sentences for part in (say(one, voice), silence(0.6))]
    )
    return " ".join(segment.text for segment in engine.segments(samples, lambda _: None))


@pytest.mark.parametrize(
    ("sentence", "voice", "term"),
    [
        ("Under G D P R we need consent.", "slt", "GDPR"),
        ("The P C I D S S standard protects card data.", "slt", "PCI DSS"),
        ("We use shap values to explain the model.", "rms", "SHAP"),
        ("The S H A P values are easy to read.", "rms", "SHAP"),
        ("K Y C checks know the customer.", "awb", "KYC"),
        ("The L L M answers, and we read it.", "rms", "LLM"),
    ],
)
def test_the_banks_terms_are_heard_and_written_as_in_the_bank(
    taught: Sphinx, sentence: str, voice: str, term: str
) -> None:
    assert term in heard(taught, sentence, voice=voice)


def test_a_word_of_the_bank_that_no_dictionary_has_is_heard(taught: Sphinx) -> None:
    assert "onboarding" in heard(taught, "We made the onboarding of new customers easy.")


def test_without_the_glossary_they_are_not_heard() -> None:
    untaught = Sphinx(EngineChoice("pocketsphinx"))
    assert "GDPR" not in heard(untaught, "Under G D P R we need consent.")


def test_terms_nobody_said_are_not_written(taught: Sphinx) -> None:
    ordinary = (
        "We went to the park in the morning, and the weather was very good.",
        "My brother called me and said that he would come later with his dog.",
        "See you at the sea, he said, and then he asked me for a cup of tea.",
    )
    assert not [word for word in heard(taught, *ordinary).split() if word.isupper()]


def test_ordinary_words_are_in_lower_case_without_marks(taught: Sphinx) -> None:
    text = heard(taught, "The old rules are static. To read, we read it.")
    assert text == text.lower()
    assert not set(text) & set("()<>[]+~.0123456789")


@pytest.fixture(scope="module")
def demo(taught: Sphinx) -> list[tuple[str, tuple[Segment, ...]]]:
    """What is said in each demo recording, and what is heard."""
    answers = json.loads(asset("demo", "demo.json").read_text(encoding="utf-8"))["answers"]
    return [
        (one["text"], taught.segments(read_speech(asset("demo", one["file"])), lambda _: None))
        for one in answers
    ]


def test_the_demo_answers_are_understood(demo: list[tuple[str, tuple[Segment, ...]]]) -> None:
    assert len(demo) == 3
    for said, segments in demo:
        assert wrong_words(said, " ".join(segment.text for segment in segments)) < 0.15
        assert len(segments) > 3


def test_confidence_is_lower_where_the_word_is_wrong(
    demo: list[tuple[str, tuple[Segment, ...]]],
) -> None:
    right: list[float] = []
    wrong: list[float] = []
    for said, segments in demo:
        words = [word for segment in segments for word in segment.words]
        heard = " ".join(word.text.lower() for word in words)
        for chunk in jiwer.process_words(plain(said), heard).alignments[0]:
            into = right if chunk.type == "equal" else wrong
            into += [word.confidence for word in words[chunk.hyp_start_idx : chunk.hyp_end_idx]]
    assert np.mean(right) > np.mean(wrong) + 0.2


def test_a_whisper_is_brought_to_the_same_level(taught: Sphinx) -> None:
    said = say("The old rules never change.")
    loud, quiet = (
        " ".join(one.text for one in taught.segments(said * np.float32(gain), lambda _: None))
        for gain in (1.0, 0.05)
    )
    assert wrong_words(loud, quiet) < 0.21


def test_what_was_heard_before_leaves_no_trace(taught: Sphinx) -> None:
    recordings = (say("We need it."), say("My brother called me."), say("We need it."))
    first, _, again = (taught.segments(one, lambda _: None) for one in recordings)
    assert first == again


@pytest.mark.parametrize("length_s", [0.001, 0.02, 0.05, 0.1, 0.3])
def test_a_snatch_of_speech_is_no_trouble(taught: Sphinx, length_s: float) -> None:
    snatch = say("We need it.")[4000 : 4000 + round(length_s * 16_000)]
    words = [word for one in taught.segments(snatch, lambda _: None) for word in one.words]
    assert all(word.end_s <= length_s + 0.01 for word in words)


def test_it_stops_between_two_pieces(taught: Sphinx) -> None:
    long = np.concatenate([part for _ in range(8) for part in (say("We need it."), silence(4.0))])
    done_s: list[float] = []

    def report(at_s: float) -> None:
        done_s.append(at_s)
        raise Cancelled

    with pytest.raises(Cancelled):
        taught.segments(long, report)
    assert len(done_s) == 1
    assert done_s[0] < len(long) / 32_000


# -- Cutting -------------------------------------------------------------------------------------

runs = st.lists(st.tuples(st.integers(1, 700), st.sampled_from((0.0, 0.2, 0.6, 1.0))), max_size=12)


@given(runs)
def test_pieces_hold_all_speech_once_and_in_order(stretches: list[tuple[int, float]]) -> None:
    likely = [np.full(count, value, np.float32) for count, value in stretches]
    probabilities = np.concatenate([np.zeros(0, np.float32), *likely])
    duration_s = len(probabilities) * STRIDE_S
    cut = list(pieces(probabilities, duration_s))
    edges = [edge for piece in cut for edge in (piece.start_s, piece.end_s)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= duration_s + 1e-6 for edge in edges)
    assert all(piece.end_s - piece.start_s <= 15.0 + 2 * 0.3 + 1e-6 for piece in cut)
    for span in speech_spans(probabilities):
        covered_s = sum(
            max(0.0, min(span.end_s, piece.end_s) - max(span.start_s, piece.start_s))
            for piece in cut
        )
        assert covered_s == pytest.approx(span.end_s - span.start_s)


def test_someone_who_never_pauses_is_cut_at_the_softest_moment() -> None:
    probabilities = np.full(round(20 / STRIDE_S), 0.9, np.float32)
    probabilities[round(11 / STRIDE_S) : round(11.2 / STRIDE_S)] = 0.5
    first, second = pieces(probabilities, 20.0)
    assert first.end_s == pytest.approx(11.1, abs=0.1)
    assert second.start_s == pytest.approx(first.end_s)


words = arrays(np.float64, st.integers(0, 30), elements=st.floats(0, 60)).map(
    lambda starts: [Word("word", at_s, at_s + 0.2, 1.0) for at_s in sorted(starts)]
)


@given(words, st.lists(st.floats(0, 60), max_size=20))
def test_segments_keep_every_word_and_end_at_pauses(said: list[Word], edges_s: list[float]) -> None:
    edges_s = sorted(edges_s)
    spans = tuple(Span(*pair) for pair in zip(edges_s[::2], edges_s[1::2], strict=False))
    segments = list(between_pauses(said, spans))
    assert [word for segment in segments for word in segment.words] == said
    assert len(segments) <= max(1, len(spans))


def test_a_pause_parts_two_segments() -> None:
    said = [Word("one", 0.0, 0.4, 1.0), Word("two", 0.5, 0.9, 1.0), Word("three", 2.0, 2.4, 1.0)]
    first, second = between_pauses(said, (Span(0.0, 0.9), Span(2.0, 2.4)))
    assert (first.text, second.text) == ("one two", "three")
