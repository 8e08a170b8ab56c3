import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceprep.scoring.assessment import Assessment, ConceptVerdict, Level, coverage


def verdict(level: Level, weight: float = 1.0) -> ConceptVerdict:
    return ConceptVerdict("one", "One", "", weight, level, 0.5, (), "because")


verdicts = st.lists(
    st.builds(verdict, st.sampled_from(Level), st.floats(0.01, 10)), max_size=8
).map(tuple)


def test_partial_counts_half() -> None:
    three = (verdict(Level.COVERED), verdict(Level.PARTIAL), verdict(Level.MISSED))
    assert coverage(three) == 50.0


def test_weights_are_shares() -> None:
    assert coverage((verdict(Level.COVERED, 3), verdict(Level.MISSED, 1))) == 75.0
    assert coverage((verdict(Level.COVERED), verdict(Level.MISSED, 2))) == 33.3


def test_nothing_to_cover_is_nothing_covered() -> None:
    assert coverage(()) == 0.0


@given(verdicts)
def test_coverage_lies_between_nothing_and_all(some: tuple[ConceptVerdict, ...]) -> None:
    assert 0 <= coverage(some) <= 100


@given(verdicts, st.floats(0.1, 10))
def test_only_the_proportion_of_weights_counts(
    some: tuple[ConceptVerdict, ...], factor: float
) -> None:
    scaled = tuple(verdict(one.level, one.weight * factor) for one in some)
    assert coverage(scaled) == pytest.approx(coverage(some), abs=0.1)


@given(verdicts)
def test_doing_better_never_lowers_it(some: tuple[ConceptVerdict, ...]) -> None:
    better = (*some, verdict(Level.COVERED))
    worse = (*some, verdict(Level.MISSED))
    assert coverage(worse) <= coverage(better)


def test_levels_are_counted() -> None:
    two = (verdict(Level.COVERED), verdict(Level.COVERED), verdict(Level.MISSED))
    assessment = Assessment("q", coverage(two), two, "test")
    assert [assessment.count(level) for level in Level] == [2, 0, 1]
