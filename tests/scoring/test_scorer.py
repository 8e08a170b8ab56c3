"""Scoring with meaning, by the real encoder."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Concept, Question
from voiceprep.meaning.encoder import Encoder
from voiceprep.scoring.answer import Answer
from voiceprep.scoring.assessment import Assessment, ConceptVerdict, Level
from voiceprep.scoring.judgement import recited
from voiceprep.scoring.score import LEXICAL, MEANING, WORDS_ALONE, Scorer, score
from voiceprep.scoring.signals import Signals
from voiceprep.scoring.transcript import Transcript
from voiceprep.scoring.why import explain_likeness, explain_terms

BANK = built_in_banks()[0]
SCORER = Scorer(Encoder())
NO_SIGNALS = Signals(None, None, None, ())
FRAUD = BANK.questions[0]
STRONG = (
    "The old engine is a list of hard-coded limits, over three thousand dollars gets stopped, and "
    "nobody touches that number for years. The AI weighs device, merchant, time and amount "
    "together, and since it is retrained on confirmed cases it adapts when criminals change their "
    "tactics. And it learns what is normal for each single customer, so it asks whether a payment "
    "is strange for you."
)
PARAPHRASE = (
    "There used to be a sheet on the wall, anything above two thousand gets stopped, and that "
    "sheet was older than I was. What replaced it is more like an experienced doorman. He knows "
    "that Mrs. Chen buys her groceries on Saturday morning around the corner, so a jet ski at "
    "midnight in another state is odd for her, though it would be fine for the guy next door. And "
    "whenever the crooks come up with a new trick, he has picked it up by next week."
)


def assess(text: str, question: Question = FRAUD) -> Assessment:
    return SCORER(question, Transcript.typed(text))


def verdict_on(concept_id: str, assessment: Assessment) -> ConceptVerdict:
    return next(one for one in assessment.concepts if one.id == concept_id)


def test_a_strong_answer_covers_everything_and_says_who_judged() -> None:
    result = assess(STRONG)
    assert [one.level for one in result.concepts] == [Level.COVERED] * 3
    assert result.scorer == MEANING


def test_the_idea_in_other_words_is_covered_and_proved_by_them() -> None:
    learns = verdict_on("learns-from-user", assess(PARAPHRASE))
    assert learns.level is Level.COVERED
    assert "Mrs. Chen" in learns.evidence[0].quote
    assert not learns.terms_said


def test_the_checklist_said_as_it_stands_is_covered() -> None:
    assert assess("Rules rely on static thresholds.").concepts[0].level is Level.COVERED


@pytest.mark.parametrize(
    "text",
    [
        "Federated learning, forget it, that's a research toy, I'd skip federated learning.",
        "We don't need federated learning, we would never bother with it.",
    ],
)
def test_a_denied_point_is_not_covered(text: str) -> None:
    question = next(one for one in BANK.questions if "federated-learning" in _ids(one))
    assert verdict_on("federated-learning", assess(text, question)).level is not Level.COVERED


def _ids(question: Question) -> list[str]:
    return [one.id for one in question.concepts]


def test_a_bluff_that_says_nothing_covers_nothing() -> None:
    bluff = (
        "AI is really the game changer here. We leverage cutting-edge technology and a holistic "
        "approach, it is a paradigm shift for the whole industry, very robust and scalable, and at "
        "the end of the day it is all about delivering value with intelligent innovation."
    )
    assert assess(bluff).count(Level.COVERED) == 0


def test_every_quote_is_in_the_answer_and_every_reason_is_said() -> None:
    for text in (STRONG, PARAPHRASE):
        for one in assess(text).concepts:
            assert one.why
            for quote in one.evidence:
                assert text[quote.start_char : quote.end_char] == quote.quote


def test_of_a_partly_made_point_the_missing_part_is_named() -> None:
    both = Concept.model_construct(
        id="both", label="Encrypts the data and deletes it after a year", hint="", weight=1.0,
        keywords=(), says=(), not_=(), probe="",
    )  # fmt: skip
    question = FRAUD.model_copy(update={"question": "What about privacy?", "concepts": (both,)})
    half = assess("All of the data is encrypted, on the disk and on the wire.", question)
    near = explain_likeness(Level.PARTIAL, both.label, "deletes it after a year", NO_SIGNALS)
    assert "says too little of “deletes it after a year”" in near
    if half.concepts[0].level is Level.PARTIAL:
        assert "deletes it after a year" in half.concepts[0].why


def test_a_denied_point_shows_the_words_that_deny_it() -> None:
    question = next(one for one in BANK.questions if "federated-learning" in _ids(one))
    answer = "I would keep it simple. We don't need federated learning here. That is my view."
    denied = verdict_on("federated-learning", assess(answer, question))
    assert denied.level is Level.MISSED
    assert "turned it down" in denied.why
    assert "don't need federated learning" in denied.evidence[0].quote


def test_a_quote_is_one_or_two_stretches_and_not_the_whole_answer() -> None:
    for text in (STRONG, PARAPHRASE):
        for one in assess(text).concepts:
            assert len(one.evidence) <= 3
            assert sum(len(quote.quote) for quote in one.evidence) < 0.7 * len(text)


def test_a_key_term_that_the_reason_names_stands_in_a_quote() -> None:
    heard = (
        "a few years ago my team built a new savings product and almost nobody used it that was my "
        "mistake we had not talked to a single customer before we started so i changed our process "
        "for the next project we used the same process and that product was a great success"
    )
    question = next(one for one in BANK.questions if one.id == "behavioral-04")
    applied = next(one for one in assess(heard, question).concepts if "next project" in one.why)
    assert any("next project" in quote.quote for quote in applied.evidence)


def test_key_terms_are_a_figure_of_their_own_beside_the_score() -> None:
    told, named = assess(PARAPHRASE), assess("Static thresholds, anomaly detection.")
    assert told.score > named.score
    assert told.named < len(told.concepts)
    assert named.named >= 2
    assert explain_terms(named) == f"Key terms said for {named.named} of 3 concepts"


def test_without_the_model_it_goes_by_words_and_says_so(tmp_path: Path) -> None:
    for scorer in (Scorer(None), Scorer(Encoder(tmp_path))):
        result = scorer(FRAUD, Transcript.typed(STRONG))
        assert result.scorer == LEXICAL
        assert all(WORDS_ALONE in one.why for one in result.concepts)
        assert result.score == score(FRAUD, Transcript.typed(STRONG)).score


def test_the_same_answer_gives_the_same_verdicts_from_any_scorer() -> None:
    fresh = Scorer(Encoder())
    fresh(BANK.questions[5], Transcript.typed(PARAPHRASE))
    assert fresh(FRAUD, Transcript.typed(STRONG)) == assess(STRONG)


# -- no way around it ------------------------------------------------------------------------


def test_a_list_of_the_key_words_covers_nothing() -> None:
    for question in BANK.questions[:10]:
        words = ", ".join(term for one in question.concepts for term in one.keywords)
        assert assess(words, question).count(Level.COVERED) == 0


def test_the_question_read_back_covers_nothing() -> None:
    for question in BANK.questions:
        assert assess(question.question, question).count(Level.COVERED) == 0, question.id


def test_an_answer_with_the_words_of_the_question_in_another_order_may_make_a_point() -> None:
    question = Question.model_construct(
        id="", category="", level="beginner", hint="", star=None,
        question="What does the graph of the size of an ice cube over time tell you?",
        concepts=(
            Concept.model_construct(
                id="melts", label="The ice cube becomes smaller over time", hint="", weight=1.0,
                keywords=(), says=(), not_=(), probe="",
            ),
        ),
    )  # fmt: skip
    answered = assess("Over time the ice cube loses size.", question)
    repeated = assess(question.question, question)
    assert answered.concepts[0].confidence > repeated.concepts[0].confidence


def test_the_hint_read_aloud_covers_everything_also_with_words_around_it() -> None:
    for question in BANK.questions[::7]:
        framed = f"Well, I would say the following. {question.hint} And that is my answer."
        assert assess(question.hint, question).score == assess(framed, question).score == 100


def test_words_of_the_hint_in_sentences_of_ones_own_are_not_the_hint_read_aloud() -> None:
    question = next(one for one in BANK.questions if one.id == "beginner-04")
    text = (
        "It matters less, I'd say. People's money is at stake when they pay for a movie, so there "
        "one wants to see how it works, and a bank has guards for that."
    )
    assert not recited(question, Answer.of(Transcript.typed(text)))
    assert recited(question, Answer.of(Transcript.typed(question.hint)))


def test_the_hint_of_another_question_earns_little() -> None:
    scores = [
        assess(other.hint, question).score
        for question, other in zip(BANK.questions, BANK.questions[20:], strict=False)
    ]
    assert sum(scores) / len(scores) < 20  # neighbours of one bank have something in common


def test_one_strong_sentence_ten_times_is_worth_it_once() -> None:
    sentence = "It learns what is normal for each single customer and reacts to what is not. "
    once, often = assess(sentence), assess(sentence * 10)
    assert [one.level for one in often.concepts] == [one.level for one in once.concepts]
    assert often.count(Level.COVERED) == 1


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "Yes.", "AI", "...", "\u200b\u200b", "um",
        "Das ist eine gute Frage, ich würde sagen, die Regeln sind einfach älter als alles andere.",
        "Es que no lo sé, la verdad, me gustaría pasar a la siguiente pregunta.",
        "How the fuck should I know, this is a shitty damn question, next one please.",
        "🙂🙃 ﷽ \u202e\u0301\u0301 \uff21\uff29 ½ \ufeff\n\n\t",
    ],
)  # fmt: skip
def test_what_is_no_answer_covers_nothing(text: str) -> None:
    assert assess(text).score == 0


def test_three_thousand_words_beside_the_point_take_bounded_time_and_earn_little() -> None:
    day = (
        "So on Monday we had lunch with the whole team and somebody told a story about his boat. "
        "It was a nice place near the river, number {}, and the soup was far too hot for me. "
        "Then we walked back and talked about holidays and about the traffic on the bridge. "
    )
    ramble = " ".join(day.format(number) for number in range(65))
    started = time.monotonic()
    result = assess(ramble)
    assert len(ramble.split()) > 3_000
    assert result.score <= 20
    assert time.monotonic() - started < 20


def test_words_beside_the_point_around_an_answer_change_no_verdict_to_missed() -> None:
    chatter = "I had coffee this morning and the train was late again. "
    padded = assess(chatter * 3 + STRONG + " " + chatter * 3)
    assert padded.count(Level.MISSED) == 0


def test_a_concept_that_is_only_a_label_is_judged_by_meaning() -> None:
    label = Concept.model_construct(
        id="consent", label="Users must agree before their data is used", hint="", weight=1.0,
        keywords=(), says=(), not_=(), probe="",
    )  # fmt: skip
    question = FRAUD.model_copy(update={"question": "What about privacy?", "concepts": (label,)})
    made = assess("We ask customers to agree before we use any of their data.", question)
    other = assess("The model runs on a cluster of eight machines in Ohio.", question)
    assert made.concepts[0].confidence > other.concepts[0].confidence + 0.2
    assert other.concepts[0].level is Level.MISSED


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text_gets_verdicts_with_true_quotes(text: str) -> None:
    result = assess(text)
    for one in result.concepts:
        assert 0 <= one.confidence <= 1
        for quote in one.evidence:
            assert text[quote.start_char : quote.end_char] == quote.quote
