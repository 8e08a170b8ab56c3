from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import spoken
from tests.gui.samples import THREE, an_attempt
from voiceprep.interview.comparison import (
    Line,
    Said,
    Shift,
    best,
    by_meaning,
    by_words,
    change,
    compare,
    concepts,
    lines,
    verdict_on,
)
from voiceprep.meaning.encoder import Encoder
from voiceprep.scoring.assessment import Level
from voiceprep.scoring.transcript import Segment, Transcript, Word

WELL = (
    "Model drift makes predictions worse. So we start monitoring at once. "
    "Then we retrain it at once."
)
POOR = "I would ask the business."


def of(*texts: str) -> tuple[Line, ...]:
    return tuple(map(Line, texts))


def test_the_best_attempt_is_the_latest_of_the_highest() -> None:
    poor, well = an_attempt(text=POOR, name="poor"), an_attempt(text=WELL, name="well")
    again = replace(well, id="again")
    assert best((poor, well, again)) is again
    assert best((replace(poor, assessment=None),)) is None
    assert best(()) is None


def test_a_verdict_set_right_counts_in_the_comparison() -> None:
    poor = an_attempt(text=POOR).overruled("drift", Level.COVERED)
    found = verdict_on(poor, "drift")
    assert found is not None
    assert found.level is Level.COVERED


def test_concepts_are_gained_and_lost() -> None:
    poor, well = an_attempt(text=POOR), an_attempt(text=WELL)
    worse, better = verdict_on(poor, "drift"), verdict_on(well, "drift")
    assert change(worse, better) is Shift.GAINED
    assert change(better, worse) is Shift.LOST
    assert change(better, better) is Shift.KEPT
    assert change(None, better) is Shift.KEPT


def test_concepts_of_an_older_checklist_come_last() -> None:
    old = THREE.model_copy(update={"concepts": THREE.concepts[1:]})
    new = THREE.model_copy(update={"concepts": THREE.concepts[:2]})
    attempts = an_attempt(text=WELL, question=old), an_attempt(text=WELL, question=new)
    assert [one.id for one in concepts(attempts)] == ["drift", "monitor", "retrain"]


def test_an_answer_is_cut_into_its_sentences_with_their_times() -> None:
    found = lines(spoken(WELL))
    assert " ".join(one.text for one in found) == WELL
    assert found[0].text == "Model drift makes predictions worse."
    assert len(found) == 3
    assert found[0].start_s == 0.0
    assert all(one.end_s is not None for one in found)
    assert lines(None) == ()


def test_without_punctuation_pauses_part_the_lines() -> None:
    parts = ("the model gets worse with time", "so we always watch all the inputs")
    segments = tuple(
        Segment.spoken(
            tuple(
                Word(one, 10 * at + n, 10 * at + n + 0.5, 1.0) for n, one in enumerate(text.split())
            )
        )
        for at, text in enumerate(parts)
    )
    found = lines(Transcript(segments, "pocketsphinx"))
    assert [one.text for one in found] == list(parts)
    assert [one.start_s for one in found] == [0.0, 10.0]


def test_lines_are_told_apart_by_what_became_of_them() -> None:
    left = of("We watch the inputs.", "Hello there everybody.", "We retrain every week.")
    right = of("We watch the inputs", "We retrain it every single week", "The bank was glad.")
    assert [(one.said, one.left, one.right) for one in compare(left, right)] == [
        (Said.SAME, left[0], right[0]),
        (Said.LEFT_OUT, left[1], None),
        (Said.REWORDED, left[2], right[1]),
        (Said.NEW, None, right[2]),
    ]


def test_a_line_that_went_to_another_place_has_moved() -> None:
    first, second, third = of("We watch the inputs", "Rules are static", "People pay less")
    pairs = compare((first, second, third), (third, first, second))
    assert [one.said for one in pairs] == [Said.MOVED, Said.SAME, Said.SAME]


def test_other_words_with_the_same_meaning_belong_together() -> None:
    left = of("Fraudsters learn the limit and stay below it", "I worked at a bank")
    right = of(
        "The criminals know the threshold so they pay a little less than that",
    )
    pairs = compare(left, right, by_meaning(Encoder()))
    assert pairs[0].said is Said.REWORDED
    assert pairs[0].left == left[0]
    assert [one.said for one in compare(left, right, by_words)].count(Said.REWORDED) == 0


@pytest.mark.parametrize(("left", "right"), [((), of("one")), (of("one"), ()), ((), ())])
def test_an_answer_without_words_can_be_compared(
    left: tuple[Line, ...], right: tuple[Line, ...]
) -> None:
    assert len(compare(left, right)) == len(left) + len(right)


_TEXTS = st.lists(
    st.sampled_from(["we watch", "rules are old", "drift", "a b", "the the"]), max_size=7
)


@given(left=_TEXTS, right=_TEXTS)
def test_every_line_stands_in_exactly_one_pair(left: list[str], right: list[str]) -> None:
    ours = tuple(Line(text, float(at)) for at, text in enumerate(left))
    theirs = tuple(Line(text, float(at)) for at, text in enumerate(right))
    pairs = compare(ours, theirs)
    assert sorted(one.left.start_s or 0 for one in pairs if one.left) == list(range(len(left)))
    assert [one.right for one in pairs if one.right] == list(theirs)
    assert all((one.left is None) == (one.said is Said.NEW) for one in pairs)
    assert all((one.right is None) == (one.said is Said.LEFT_OUT) for one in pairs)
