from tests.bank.samples import a_concept, a_question
from voiceprep.bank.model import Concept
from voiceprep.scoring.answer import Answer
from voiceprep.scoring.assessment import Level
from voiceprep.scoring.checklist import prepare
from voiceprep.scoring.reading import COVERED, PARTIAL, Reading, level_of, read
from voiceprep.scoring.transcript import Transcript

SAYS = ["the longer it runs the less you believe it"]


def reading(text: str, concept: Concept) -> Reading:
    (prepared,) = prepare(a_question(1, concept, question="What happens?"))
    return read(prepared, Answer.of(Transcript.typed(text)), frozenset())


def test_a_near_miss_that_is_said_less_than_the_point_takes_nothing_away() -> None:
    label, trap = "Drift makes predictions worse", "drift makes predictions better and cheaper"
    text = "I think drift makes predictions worse"
    plain = reading(text, a_concept(label, says=SAYS))
    trapped = reading(text, a_concept(label, says=SAYS, **{"not": [trap]}))
    assert trapped.confidence == plain.confidence


def test_a_label_alone_proves_more_where_nothing_else_could() -> None:
    text, label = "we monitor the drift", "Monitor input drift daily"
    alone = reading(text, a_concept(label))
    with_says = reading(text, a_concept(label, says=SAYS))
    with_terms = reading(text, a_concept(label, keywords=["SHAP"]))
    assert alone.confidence > max(with_says.confidence, with_terms.confidence)


def test_a_misheard_term_proves_less_than_a_clear_one() -> None:
    concept = a_concept("Something else", keywords=["quantization"])
    clear = reading("we use quantization here", concept)
    misheard = reading("we use quantisasion here", concept)
    nothing = reading("we use nothing here", concept)
    assert clear.confidence > misheard.confidence > nothing.confidence


def test_levels_begin_at_their_thresholds() -> None:
    assert level_of(COVERED) is Level.COVERED
    assert level_of(COVERED - 0.001) is Level.PARTIAL
    assert level_of(PARTIAL) is Level.PARTIAL
    assert level_of(PARTIAL - 0.001) is Level.MISSED
