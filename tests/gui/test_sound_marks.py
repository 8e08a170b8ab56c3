"""What cannot be understood has no score, and a doubtful score is marked wherever it is shown."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Desk
from tests.gui.looks import clipped, nameless, texts
from tests.gui.samples import a_session, an_attempt, keep, tone
from voiceprep.gui.trend_figures import Wanted, figures
from voiceprep.gui.widgets.attempt_row import AttemptRow
from voiceprep.gui.widgets.questions.own_answers import OwnAnswers
from voiceprep.gui.widgets.review.attempts_table import AttemptsTable
from voiceprep.gui.widgets.review.course import Course
from voiceprep.gui.widgets.review.history_list import HistoryModel, entry
from voiceprep.gui.widgets.review.plots import LinePlot
from voiceprep.gui.widgets.settings.rescore_section import points as points_of
from voiceprep.gui.widgets.sound_mark import SoundMark
from voiceprep.interview.catalogue import AnswerLine, SessionLine
from voiceprep.interview.records import Attempt
from voiceprep.interview.rescoring import Outcome
from voiceprep.interview.sound_verdict import Grade, SoundVerdict
from voiceprep.interview.trends import points

LOUD = "The room was loud: 6 dB between your voice and the noise."
CLOSER = "Move closer to the microphone."
NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)


def verdict(grade: Grade) -> SoundVerdict:
    return SoundVerdict(grade, LOUD, CLOSER, 6.0, 0.7, -30.0, 0.5)


def doubtful(folder: Path, name: str = "attempt") -> Attempt:
    made = an_attempt(tone(folder / f"{name}.wav"), name=name)
    return replace(made, sound=verdict(Grade.DOUBTFUL))


def unusable(folder: Path, name: str = "attempt") -> Attempt:
    made = an_attempt(tone(folder / f"{name}.wav"), name=name)
    return replace(made, sound=verdict(Grade.UNUSABLE), assessment=None)


# -- the result ----------------------------------------------------------------------------------


def test_good_sound_is_not_talked_about(desk: Desk, tmp_path: Path) -> None:
    made = an_attempt(tone(tmp_path / "answer.wav"))
    page = desk.result(replace(made, sound=SoundVerdict(Grade.GOOD, snr_db=40.0)))
    assert not page.sound.isVisible()
    assert page.coverage.ring.accessibleName().endswith("per cent")


def test_an_answer_from_before_is_neither_good_nor_marked(desk: Desk, tmp_path: Path) -> None:
    page = desk.result(an_attempt(tone(tmp_path / "answer.wav")))
    assert not page.sound.isVisible()


def test_a_doubtful_result_has_its_score_the_mark_and_the_reason(
    desk: Desk, tmp_path: Path
) -> None:
    page = desk.result(doubtful(tmp_path))
    assert page.coverage.ring.value is not None
    assert page.coverage.ring.accessibleName().endswith("doubtful sound")
    said = texts(page.sound)
    assert "Doubtful sound" in said
    assert LOUD in said
    assert CLOSER in said
    assert not page.sound.anyway.isVisible()
    assert not nameless(page)
    desk.until(lambda: not clipped(page))


def test_an_unusable_result_has_words_and_sound_but_no_score(desk: Desk, tmp_path: Path) -> None:
    page = desk.result(unusable(tmp_path))
    assert page.coverage.ring.value is None
    assert not page.checklist.isVisible()
    assert not page.delivery.isVisible()
    assert page.answer.has_words
    assert page.player.isVisible()
    assert "Unusable sound" in texts(page.sound)
    assert page.sound.try_again.isVisible()
    assert not nameless(page)
    desk.until(lambda: not clipped(page))


def test_it_is_scored_anyway_and_that_is_undone(desk: Desk, tmp_path: Path) -> None:
    before = unusable(tmp_path)
    page = desk.result(before)
    QTest.mouseClick(page.sound.anyway, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.kept().scored_anyway)
    desk.until(lambda: page.coverage.ring.value is not None)
    assert page.coverage.ring.accessibleName().endswith("unusable sound")
    assert "because you wished it" in texts(page.sound)
    QTest.keySequence(page, "Ctrl+Z")
    desk.until(lambda: desk.kept() == before)
    assert page.coverage.ring.value is None


def test_the_score_can_be_taken_away_later_and_that_is_undone_too(
    desk: Desk, tmp_path: Path
) -> None:
    made = an_attempt(tone(tmp_path / "answer.wav"))
    scored = replace(made, sound=verdict(Grade.UNUSABLE), scored_anyway=True)
    page = desk.result(scored)
    QTest.mouseClick(page.sound.back, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.kept() == scored.without_score())
    assert page.coverage.ring.value is None
    QTest.keySequence(page, "Ctrl+Z")
    desk.until(lambda: desk.kept() == scored)


def test_try_again_leads_to_the_same_question(desk: Desk, tmp_path: Path) -> None:
    page = desk.result(unusable(tmp_path))
    with desk.qtbot.waitSignal(page.again):
        QTest.mouseClick(page.sound.try_again, Qt.MouseButton.LeftButton)


def test_without_words_there_is_nothing_to_score_anyway(desk: Desk, tmp_path: Path) -> None:
    made = unusable(tmp_path)
    assert made.transcript is not None
    page = desk.result(replace(made, transcript=replace(made.transcript, segments=())))
    assert page.sound.try_again.isVisible()
    assert not page.sound.anyway.isVisible()


# -- lists ---------------------------------------------------------------------------------------


def test_the_summary_marks_answers_and_the_mean_and_counts_no_unusable_ones(
    desk: Desk, tmp_path: Path
) -> None:
    desk.ready()
    noise = replace(unusable(tmp_path, "noise"), position=1)
    keep(desk.history, a_session(doubtful(tmp_path), noise, questions=("q1", "q2", "q3")))
    desk.window.open_session("session")
    desk.until(lambda: desk.window.here == "summary")
    page = desk.window.summary_page
    desk.until(lambda: len(page.rows) == 3)
    assert page.ring.accessibleName().endswith("1 answer with doubtful sound")
    said = texts(page)
    assert "1 of 3 questions answered" in said
    assert "1 not counted: unusable sound" in said
    marks = [row.findChildren(SoundMark) for row in page.rows]
    assert [len(one) for one in marks] == [1, 1, 0]
    assert LOUD in page.rows[0].accessibleName()
    assert not nameless(page)
    desk.until(lambda: not clipped(page))


@pytest.mark.parametrize("make", [doubtful, unusable])
def test_a_row_of_a_session_says_it_with_a_sign_and_words(
    desk: Desk, tmp_path: Path, make: type
) -> None:
    attempt = make(tmp_path)
    row = AttemptRow(1, attempt.question.question, attempt)
    desk.qtbot.addWidget(row)
    (mark,) = row.findChildren(SoundMark)
    assert LOUD in mark.toolTip()
    assert LOUD in row.accessibleName()


def test_the_history_list_marks_sessions_and_answers() -> None:
    session = SessionLine(
        "s", "Bank", "2026-11-02T10:00:00+00:00", "", questions=2, answered=2, score=50.0
    )
    answer = AnswerLine(
        *("a", "s", "Why?", "Category", "Bank", "2026-11-02T10:00:00+00:00", "assessed"),
        score=50.0,
        grade="doubtful",
    )
    lines = (
        session,
        replace(session, doubtful=1),
        answer,
        replace(answer, grade="unusable", score=None),
        replace(answer, grade=""),
        replace(answer, grade="good"),
    )
    model = HistoryModel()
    model.set_entries([entry(one, NOW) for one in lines], len(lines))
    spoken = [
        model.data(model.index(number, 0, QModelIndex()), Qt.ItemDataRole.AccessibleTextRole)
        for number in range(len(lines))
    ]
    assert "sound" not in spoken[0]
    assert "mean coverage 50 per cent, 1 doubtful" in spoken[1]
    assert "Doubtful sound" in spoken[2]
    assert "not scored, Unusable sound" in spoken[3]
    assert "sound" not in spoken[4] + spoken[5]


def test_the_last_interview_on_the_practice_page_is_marked(desk: Desk, tmp_path: Path) -> None:
    desk.ready()
    noise = replace(unusable(tmp_path, "noise"), position=1)
    keep(desk.history, a_session(doubtful(tmp_path), noise, questions=("q1", "q2")))
    desk.window.go("practice")
    recent = desk.practice.recent
    recent.load()
    desk.until(lambda: len(recent.answers) == 2)
    assert recent.answers[0].endswith("%")
    assert "doubtful sound, " in recent.answers[0]
    assert recent.answers[1].endswith("unusable sound, not scored")
    assert recent.what.startswith("1 of 2")
    assert recent.ring.accessibleName().endswith("1 answer with doubtful sound")


# -- side by side, over time ---------------------------------------------------------------------


def test_attempts_side_by_side_are_marked(desk: Desk, tmp_path: Path) -> None:
    table = AttemptsTable()
    desk.qtbot.addWidget(table)
    table.show_attempts([an_attempt(tone(tmp_path / "a.wav"), name="a"), doubtful(tmp_path)])
    assert len(table.findChildren(SoundMark)) == 1
    course = Course("Coverage", "%")
    desk.qtbot.addWidget(course)
    course.set_values([40.0, 60.0], [False, True])
    assert course.accessibleDescription() == "attempt 1: 40%, attempt 2: 60% (doubtful sound)"


def test_unusable_attempts_are_not_compared(desk: Desk, tmp_path: Path) -> None:
    desk.ready()
    made = (an_attempt(tone(tmp_path / "a.wav"), name="a"), doubtful(tmp_path))
    noise = unusable(tmp_path, "noise")
    keep(desk.history, a_session(*made, noise))
    desk.context.compare.emit("attempt")
    desk.until(lambda: desk.window.here == "compare")
    page = desk.window.compare_page
    desk.until(lambda: "2 attempts" in texts(page))
    assert "Attempt 3" not in texts(page)


def test_the_answers_to_a_question_are_marked_and_unusable_ones_not_compared(
    desk: Desk, tmp_path: Path
) -> None:
    answers = OwnAnswers()
    desk.qtbot.addWidget(answers)
    made = (an_attempt(tone(tmp_path / "a.wav"), name="a"), doubtful(tmp_path))
    answers.show_attempts((*made, unusable(tmp_path, "noise")))
    assert [len(one.findChildren(SoundMark)) for one in answers.rows] == [1, 1, 0]
    assert answers.compare_button.text() == "Compare 2 attempts"
    with desk.qtbot.waitSignal(answers.compare) as asked:
        answers.compare_button.click()
    assert asked.args == ["attempt"]


def test_a_doubtful_answer_that_is_scored_again_stays_marked(tmp_path: Path) -> None:
    made = doubtful(tmp_path)
    assert points_of(Outcome(made, made)).endswith("; \u26a0 doubtful sound")


def test_trends_leave_out_what_is_unusable_and_mark_what_is_doubtful(tmp_path: Path) -> None:
    made = (
        an_attempt(tone(tmp_path / "a.wav"), name="a"),
        doubtful(tmp_path, "b"),
        unusable(tmp_path, "c"),
    )
    found = figures(points([a_session(*made)]), Wanted(), date(2026, 11, 3))
    assert found.coverage.doubtful == (False, True)
    assert len(found.pace.values) == 2
    (day,) = found.days
    assert (day.answers, day.doubtful) == (2, 1)
    coverage = found.numbers["coverage"]
    sound = coverage.head.index("Sound")
    assert [row[sound] for row in coverage.rows] == ["doubtful", ""]
    assert "hollow" in coverage.summary
    assert found.numbers["practice"].rows[0][-1] == "1 answer with doubtful sound"


def test_doubtful_points_are_hollow(desk: Desk) -> None:
    plot = LinePlot("Coverage", fixed=True)
    desk.qtbot.addWidget(plot)
    with desk.qtbot.waitExposed(plot):
        plot.show()
    plot.show_values([NOW, NOW], [40.0, 60.0], [False, True])
    (dots,) = [one for one in plot.getPlotItem().items if hasattr(one, "points")]
    full, hollow = dots.points()
    assert full.brush().color() != hollow.brush().color()
    assert hollow.pen().widthF() > full.pen().widthF()
