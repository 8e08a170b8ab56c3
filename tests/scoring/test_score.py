"""What a person gets for an answer."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bank.samples import a_concept, a_question
from tests.fakes import spoken
from tests.scoring.texts import texts
from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Question
from voiceprep.scoring.assessment import Assessment, ConceptVerdict, Level, coverage
from voiceprep.scoring.score import score
from voiceprep.scoring.transcript import Segment, Transcript, Word

BANK = built_in_banks()[0]
QUESTION = a_question(
    1,
    a_concept(
        "Drift makes predictions worse",
        id="drift",
        hint="Model drift makes predictions worse over time",
        keywords=["model drift", "data drift", "drift", "SHAP", "MLOps"],
        says=["the longer it runs the less you can believe what it tells you"],
        **{
            "not": [
                "a model in production stays as good as on its first day",
                "model drift makes predictions better and worse over time, so who cares",
            ]
        },
    ),
    a_concept("Monitor the inputs", id="monitor", hint="monitor the inputs", weight=3.0),
)
GOOD = (
    "I would say that model drift makes the predictions worse over time, so we monitor the inputs."
)


def answered(text: str, question: Question = QUESTION) -> Assessment:
    return score(question, Transcript.typed(text))


def levels(text: str, question: Question = QUESTION) -> list[str]:
    return [verdict.level.value for verdict in answered(text, question).concepts]


def drift(text: str) -> ConceptVerdict:
    return answered(text).concepts[0]


# -- levels ----------------------------------------------------------------------------------


def test_an_answer_that_makes_all_points_is_complete() -> None:
    assert answered(GOOD).score == 100.0


def test_half_of_an_answer_counts_by_weight() -> None:
    assert answered("I would say that model drift makes the predictions worse.").score == 25.0


@pytest.mark.parametrize("text", ["", " ", "Yes.", "I don't know", "...", "\u200b", "😀"])
def test_an_answer_that_says_nothing_gets_nothing(text: str) -> None:
    assessment = answered(text)
    assert assessment.score == 0
    assert all(one.evidence == () for one in assessment.concepts)
    assert all(one.why == "Nothing in the answer says this." for one in assessment.concepts)


def test_other_words_for_the_same_count() -> None:
    text = "well, the longer it runs, the less you can really believe what the thing tells you"
    assert drift(text).level is Level.COVERED


def test_a_single_term_is_not_enough() -> None:
    assert drift("It is about MLOps and so on.").level is Level.MISSED
    assert drift("MLOps.").level is Level.MISSED
    assert drift("Drift.").level is not Level.COVERED


def test_a_list_of_terms_is_never_covered_and_says_why() -> None:
    verdict = drift("Model drift, predictions, worse, time, SHAP, MLOps")
    assert verdict.level is Level.PARTIAL
    assert "list of terms" in verdict.why


def test_the_question_repeated_is_no_answer() -> None:
    assert answered(QUESTION.question).score == 0


def test_a_point_that_is_turned_down_is_missed_and_the_words_for_it_are_shown() -> None:
    verdict = drift("I think we don't need to worry that model drift makes predictions worse.")
    assert verdict.level is Level.MISSED
    assert "turned it down" in verdict.why
    assert verdict.evidence[0].quote.startswith("don't need")


def test_a_point_is_made_in_spite_of_a_denial_of_something_else() -> None:
    assert levels(f"You don't need to retrain it manually every day. {GOOD}") == ["covered"] * 2


def test_a_point_that_is_turned_down_once_and_made_once_is_made() -> None:
    assert levels(f"Some say we don't need to monitor the inputs. {GOOD}") == ["covered"] * 2


def test_a_near_miss_is_missed_and_named() -> None:
    trap = "GDPR and consent say how card numbers are encrypted"
    keywords = ["GDPR", "consent"]
    concept = a_concept("Protects personal details", keywords=keywords, **{"not": [trap]})
    (verdict,) = answered(f"I think {trap}.", a_question(1, concept)).concepts
    assert verdict.level is Level.MISSED
    assert trap in verdict.why
    assert verdict.evidence[0].quote == f"I think {trap}"
    (fair,) = answered("GDPR asks for consent.", a_question(1, concept)).concepts
    assert fair.level is Level.PARTIAL


def test_a_lone_word_is_not_called_a_near_miss() -> None:
    question = BANK.find("intermediate-03")
    assert question is not None
    assert not any("comes close" in one.why for one in answered("Latency.", question).concepts)


def test_levels_are_cut_from_the_confidence() -> None:
    found = [drift(text) for text in (GOOD, "drift is a thing that exists", "no idea")]
    assert [one.confidence for one in found] == sorted(
        (one.confidence for one in found), reverse=True
    )
    assert all(0 <= one.confidence <= 1 for one in found)


def test_terms_that_were_really_said_are_named() -> None:
    assert drift("I use SHAP against data drift").terms_said == ("SHAP", "data drift")


def test_two_keywords_that_share_their_words_count_once() -> None:
    assert drift("it has model drift").terms_said == ("model drift",)


def test_a_concept_that_is_a_label_alone_can_be_covered_and_missed() -> None:
    question = a_question(1, a_concept("Privacy of customers"), a_concept("Cost", id="cost"))
    assert levels("we protect the privacy of each customer", question) == ["covered", "missed"]


def test_of_a_label_alone_more_than_half_must_be_said_and_more_than_one_word() -> None:
    question = a_question(1, a_concept("Monitor input drift daily"))
    assert levels("we monitor the drift", question) != ["missed"]
    assert levels("we monitor it", a_question(1, a_concept("Monitor drift"))) == ["missed"]


def test_a_list_that_was_spoken_without_punctuation_is_a_list_too() -> None:
    parts = ("model drift shap mlops predictions worse time", "my grandmother has a green bicycle")
    segments = tuple(segment for part in parts for segment in spoken(part).segments)
    verdict = score(QUESTION, Transcript(segments, "pocketsphinx")).concepts[0]
    assert verdict.level is Level.PARTIAL


# -- proof -----------------------------------------------------------------------------------


@given(texts)
@settings(max_examples=60)
def test_every_quote_stands_in_the_answer_between_word_boundaries(text: str) -> None:
    transcript = Transcript.typed(f"{text} model drift {text}. We monitor the inputs, {text}")
    check_quotes(score(QUESTION, transcript), transcript)


def check_quotes(assessment: Assessment, transcript: Transcript) -> None:
    text = transcript.text
    for verdict in assessment.concepts:
        end = 0
        for one in verdict.evidence:
            assert end <= one.start_char < one.end_char <= len(text)
            end = one.end_char
            assert text[one.start_char : one.end_char] == one.quote
            assert one.start_char == 0 or not text[one.start_char - 1].isalnum()
            assert one.end_char == len(text) or not is_of_a_word(text[one.end_char])


def is_of_a_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


@given(st.lists(st.sampled_from(GOOD.split()), min_size=1, max_size=60), st.integers(1, 9))
def test_quotes_of_a_recording_have_the_times_of_their_words(words: list[str], size: int) -> None:
    timed = tuple(Word(word, number, number + 0.5, 0.9) for number, word in enumerate(words))
    segments = [Segment.spoken(timed[at : at + size]) for at in range(0, len(timed), size)]
    transcript = Transcript(tuple(segments), "pocketsphinx")
    assessment = score(QUESTION, transcript)
    check_quotes(assessment, transcript)
    for verdict in assessment.concepts:
        for one in verdict.evidence:
            said = one.quote.split()
            assert one.start_s is not None
            assert one.end_s == one.start_s + len(said) - 0.5
            assert words[int(one.start_s) : int(one.start_s) + len(said)][0].startswith(said[0])


def test_a_typed_answer_has_quotes_without_times() -> None:
    (one,) = drift("model drift makes predictions worse").evidence
    assert (one.start_s, one.end_s) == (None, None)


def test_a_quote_is_short_enough_to_be_read() -> None:
    text = f"{'so we talked and talked ' * 40} and model drift was there {'and on it went ' * 40}"
    assert all(len(one.quote.split()) < 40 for one in drift(text).evidence)


def test_at_most_three_quotes_are_shown() -> None:
    terms = ("Data drift", "SHAP", "MLOps", "Model drift", "Drift")
    text = " ".join(
        f"{term} is what my colleagues and I talked about for a while." for term in terms
    )
    assert len(drift(text).evidence) == 3


def test_a_quote_takes_the_whole_clause() -> None:
    clause = "I would say model drift makes the predictions worse over time for us"
    (one,) = drift(f"Well, {clause}, and then we had lunch").evidence
    assert one.quote == clause


def test_no_quote_ends_in_the_middle_of_a_phrase() -> None:
    text = (
        "We like MLOps a lot around here. It rains in Portugal now. "
        "We have SHAP because it is very nice and the rest is too"
    )
    quotes = [one.quote for one in drift(text).evidence]
    assert quotes == ["We like MLOps a lot around here", "We have SHAP because it is very nice"]


def test_nothing_is_quoted_twice() -> None:
    evidence = drift(f"{GOOD} SHAP is nice. We use MLOps as well.").evidence
    ends = [0, *(one.end_char for one in evidence)]
    assert all(one.start_char >= end for one, end in zip(evidence, ends, strict=False))


# -- what must make no difference ------------------------------------------------------------

_CHATTER = st.lists(
    st.sampled_from(
        [
            "My grandmother has a green bicycle.",
            "On Sunday we bake bread with friends.",
            "The weather was lovely in Portugal.",
            "He sings quite loudly under the shower.",
            "Yellow flowers grow behind the church.",
        ]
    ),
    max_size=12,
).map(" ".join)


@given(
    st.sampled_from(
        [GOOD, "Drift.", "Model drift, SHAP, worse predictions", "we don't need model drift", ""]
    ),
    _CHATTER,
    _CHATTER,
)
def test_talking_more_about_something_else_changes_no_verdict(
    text: str, before: str, after: str
) -> None:
    alone = answered(text)
    padded = answered(f"{before}\n{text}\n{after}")
    assert [one.level for one in padded.concepts] == [one.level for one in alone.concepts]
    assert padded.score == alone.score


@pytest.mark.parametrize("text", [GOOD, "Model drift is bad.", "We monitor it."])
def test_saying_it_ten_times_changes_no_verdict(text: str) -> None:
    assert levels(" ".join([text] * 10)) == levels(text)


@given(texts)
@settings(max_examples=50)
def test_the_same_answer_always_gets_the_same(text: str) -> None:
    assert answered(text) == answered(text)


@given(st.sampled_from(["naïve", "Café", "résumé", GOOD]), st.booleans())
def test_the_form_of_accents_makes_no_difference(word: str, upper: bool) -> None:
    text = f"Model drift makes predictions worse, {word}"
    text = text.upper() if upper else text
    forms = [answered(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")]
    assert [one.level for one in forms[0].concepts] == [one.level for one in forms[1].concepts]
    for form, assessment in zip(("NFC", "NFD"), forms, strict=True):
        normal = unicodedata.normalize(form, text)
        for verdict in assessment.concepts:
            for one in verdict.evidence:
                assert normal[one.start_char : one.end_char] == one.quote


def test_a_very_long_answer_is_scored() -> None:
    text = f"{'word after word ' * 20_000} {GOOD} {'and so on. ' * 20_000}"
    assert levels(text) == ["covered", "covered"]


# -- the shipped questions -------------------------------------------------------------------


def _share(some: list[ConceptVerdict], level: Level) -> float:
    return sum(one.level is level for one in some) / len(some)


@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.id)
def test_the_hint_of_a_question_answers_it(question: Question) -> None:
    assert answered(f"I think {question.hint}", question).score >= 95


@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.id)
def test_a_question_does_not_answer_itself(question: Question) -> None:
    assert answered(question.question, question).score == 0


def test_the_hint_of_another_question_hardly_ever_covers_anything() -> None:
    questions = BANK.questions
    verdicts = [
        verdict
        for number, question in enumerate(questions)
        for step in (1, 7, 20)
        for verdict in answered(questions[(number + step) % len(questions)].hint, question).concepts
    ]
    assert _share(verdicts, Level.COVERED) < 0.02
    assert _share(verdicts, Level.MISSED) > 0.95


def test_a_list_of_all_keywords_covers_nothing() -> None:
    for question in BANK.questions:
        said = ", ".join(word for concept in question.concepts for word in concept.keywords)
        assert "covered" not in levels(said, question)


def test_a_keyword_alone_covers_nothing() -> None:
    for question in BANK.questions[::4]:
        for number, concept in enumerate(question.concepts):
            for keyword in concept.keywords:
                assert levels(keyword, question)[number] != "covered"


def test_each_way_of_saying_a_concept_makes_it() -> None:
    verdicts = [
        answered(line, question).concepts[number]
        for question in BANK.questions[::3]
        for number, concept in enumerate(question.concepts)
        for line in concept.says
    ]
    assert _share(verdicts, Level.COVERED) > 0.98


def test_what_only_sounds_close_does_not_make_it() -> None:
    verdicts = [
        answered(line, question).concepts[number]
        for question in BANK.questions[::3]
        for number, concept in enumerate(question.concepts)
        for line in concept.not_
    ]
    assert _share(verdicts, Level.COVERED) < 0.05


@pytest.mark.parametrize(
    ("template", "level"),
    [
        ("We don't need {}.", Level.MISSED),
        ("There is no need for {} here.", Level.MISSED),
        ("For us {} is overkill.", Level.MISSED),
        ("We can't ignore {}.", Level.COVERED),
        ("Instead of guessing I would go for {}.", Level.COVERED),
        ("No need for a meeting because we have {}.", Level.COVERED),
    ],
)
@pytest.mark.parametrize(
    ("question_id", "part"),
    [
        ("intermediate-03", "detection latency"),
        ("advanced-02", "clear escalation path to human agents"),
        ("workflow-02", "defining clear fine-tuning objectives"),
        ("scenario-04", "reviewing qualitative feedback"),
    ],
)
def test_for_or_against_is_told_apart(
    template: str, level: Level, question_id: str, part: str
) -> None:
    question = BANK.find(question_id)
    assert question is not None
    (found,) = (
        one for one in answered(template.format(part), question).concepts if one.hint == part
    )
    assert found.level is level


def test_every_reason_is_true_of_the_answer() -> None:
    for question in BANK.questions[::5]:
        says = [concept.says[0] for concept in question.concepts]
        for text in (question.hint, ". ".join(says), f"We don't need {question.hint}", "GDPR"):
            assessment = answered(text, question)
            assert assessment.score == coverage(assessment.concepts)
            for concept, verdict in zip(question.concepts, assessment.concepts, strict=True):
                lines = (concept.label, concept.hint, *concept.keywords, *concept.says)
                known = " ".join(" ".join([text, *lines, *concept.not_]).split())
                for quoted in verdict.why.split("“")[1:]:
                    assert quoted.split("”")[0] in known
                assert set(verdict.terms_said) <= set(concept.keywords)
