from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Desk
from tests.gui.looks import clipped, nameless, texts, unreachable
from tests.gui.samples import ANSWER, a_session, an_attempt, keep, tone
from voiceprep.errors import VoicePrepError
from voiceprep.gui.pages.compare import ComparePage
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.review.attempts_table import first_said
from voiceprep.gui.widgets.small import TimeButton
from voiceprep.interview.records import Attempt

KEY = Qt.Key
TEXTS = (
    "we talk to the business",
    f"{ANSWER} and then we retrain",
    "in the end model drift makes predictions worse over time",
)


def three(folder: Path) -> tuple[Attempt, ...]:
    """Three attempts in three sessions."""
    return tuple(
        replace(
            an_attempt(tone(folder / f"{number}.wav"), text=text, name=f"a{number}"),
            session_id=f"s{number}",
            started_at=f"2026-11-0{number}T10:00:00+00:00",
        )
        for number, text in enumerate(TEXTS, start=1)
    )


def known(desk: Desk, attempts: tuple[Attempt, ...]) -> None:
    desk.ready()
    for one in attempts:
        keep(desk.history, a_session(one, name=one.session_id, started_at=one.started_at))


def opened(desk: Desk, attempts: tuple[Attempt, ...], which: int = -1) -> ComparePage:
    known(desk, attempts)
    desk.context.compare.emit(attempts[which].id)
    desk.until(lambda: desk.window.here == "compare")
    page = desk.window.compare_page
    desk.until(lambda: "Lines by what they mean" in texts(page))
    return page


def press(page: ComparePage, name: str) -> None:
    (button,) = [one for one in page.findChildren(Button) if one.accessibleName() == name]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_attempts_stand_side_by_side_with_what_was_gained_and_lost(
    desk: Desk, tmp_path: Path
) -> None:
    said = texts(opened(desk, three(tmp_path)))
    assert [f"Attempt {number}" in said for number in (1, 2, 3)] == [True] * 3
    assert "3 attempts" in said
    assert said.count("\u25b2 gained") == 2  # drift and retraining, in the second
    assert said.count("\u25bc lost") == 1  # retraining again
    assert "Words a minute" in said


def test_the_best_attempt_is_marked_and_compared_with(desk: Desk, tmp_path: Path) -> None:
    page = opened(desk, three(tmp_path))
    names = [one.id for one in page.two]
    assert names == ["a2", "a3"]


def test_from_the_result_to_the_comparison_and_back(desk: Desk, tmp_path: Path) -> None:
    attempts = three(tmp_path)
    known(desk, attempts)
    desk.window.open_attempt("a3")
    desk.until(lambda: desk.window.here == "result")
    page = desk.window.result_page
    desk.until(page.compare_button.isVisible)
    assert page.compare_button.text() == "Compare 3 attempts"
    desk.press(KEY.Key_V)
    desk.until(lambda: desk.window.here == "compare")
    press(desk.window.compare_page, "Open attempt 1")
    desk.until(lambda: desk.window.here == "result")
    desk.press(KEY.Key_Escape)
    desk.until(lambda: desk.window.here == "compare")
    desk.press(KEY.Key_Escape)
    desk.until(lambda: desk.window.here == "result")


def test_a_single_attempt_offers_nothing_to_compare(desk: Desk, tmp_path: Path) -> None:
    known(desk, three(tmp_path)[:1])
    desk.window.open_attempt("a1")
    desk.until(lambda: desk.window.here == "result")
    page = desk.window.result_page
    desk.until(lambda: page.player.heights)
    assert not page.compare_button.isVisible()
    desk.press(KEY.Key_V)
    assert desk.window.here == "result"


def test_the_history_leads_to_the_comparison(desk: Desk, tmp_path: Path) -> None:
    known(desk, three(tmp_path))
    desk.window.go("review")
    page = desk.window.review_page

    def offered() -> list[Button]:
        return [
            one
            for one in page.findChildren(Button)
            if one.text() == "Compare 3 attempts" and one.isVisible()
        ]

    desk.until(offered)
    QTest.mouseClick(offered()[0], Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.window.here == "compare")
    desk.press(KEY.Key_Escape)
    desk.until(lambda: desk.window.here == "review")


def test_both_recordings_play_one_after_the_other_at_the_same_concept(
    desk: Desk, tmp_path: Path
) -> None:
    attempts = three(tmp_path)
    page = opened(desk, attempts)
    heard = []
    for one in attempts[1:]:
        said = first_said(one, "drift")
        assert said is not None
        assert one.recording is not None
        heard.append((one.recording.path, said.start_s, said.end_s))
    press(page, "Hear both on Drift makes predictions worse")
    desk.until(lambda: desk.player.played == heard)
    desk.until(lambda: not page.playback.is_playing)
    desk.press(KEY.Key_1)
    desk.until(lambda: desk.player.played == heard * 2)


def test_space_stops_the_first_and_the_second_does_not_come(desk: Desk, tmp_path: Path) -> None:
    desk.player.duration_s = 60
    page = opened(desk, three(tmp_path))
    desk.press(KEY.Key_1)
    desk.until(lambda: desk.player.position_s is not None)
    assert "Attempt 2" in page.now.text()
    desk.press(KEY.Key_Space)
    desk.until(lambda: desk.player.position_s is None)
    assert len(desk.player.played) == 1
    assert not page.stop_button.isVisible()


def test_what_one_did_not_say_is_told(desk: Desk, tmp_path: Path) -> None:
    page = opened(desk, three(tmp_path), which=0)
    page.left_choice.setCurrentIndex(0)
    page.right_choice.setCurrentIndex(0)
    page.hear_both("drift")
    assert "nothing of this to hear in attempt 1" in page.now.text()
    assert desk.player.played == []


def test_each_quote_and_each_line_can_be_heard_at_the_chosen_speed(
    desk: Desk, tmp_path: Path
) -> None:
    attempts = three(tmp_path)
    page = opened(desk, attempts)
    desk.press(KEY.Key_Period)
    said = first_said(attempts[1], "drift")
    assert said is not None
    quote = page.table.findChildren(TimeButton)[0]
    QTest.mouseClick(quote, Qt.MouseButton.LeftButton)
    desk.until(lambda: len(desk.player.played) == 1 and not page.playback.is_playing)
    assert desk.player.played[0][1:] == (said.start_s, said.end_s)
    line = page.diff.findChildren(TimeButton)[-1]
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    desk.until(lambda: len(desk.player.played) == 2)
    assert desk.player.speeds == [1.25, 1.25]


def test_other_attempts_can_be_chosen(desk: Desk, tmp_path: Path) -> None:
    page = opened(desk, three(tmp_path))
    page.left_choice.setCurrentIndex(0)
    page.left_choice.activated.emit(0)
    desk.until(lambda: TEXTS[0] in texts(page))
    assert "Left out" in texts(page)


def test_a_recording_that_is_gone_says_so(desk: Desk, tmp_path: Path) -> None:
    desk.player.error = VoicePrepError("It is gone.", "It was moved.", "Put it back.")
    page = opened(desk, three(tmp_path))
    desk.press(KEY.Key_1)
    desk.until(lambda: "It is gone." in texts(page))


def test_typed_answers_are_compared_without_a_player(desk: Desk) -> None:
    typed = tuple(
        replace(
            an_attempt(text=text, name=f"t{number}"),
            session_id=f"s{number}",
            started_at=f"2026-11-0{number}T10:00:00+00:00",
        )
        for number, text in enumerate(TEXTS[:2], start=1)
    )
    page = opened(desk, typed)
    assert page.findChildren(TimeButton) == []
    assert "Words a minute" not in texts(page)


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640), (960, 600)])
def test_nothing_is_cut_off_nameless_or_out_of_reach(
    desk: Desk, tmp_path: Path, size: tuple[int, int]
) -> None:
    page = opened(desk, three(tmp_path))
    desk.window.resize(*size)
    desk.until(lambda: desk.window.width() == size[0])
    assert nameless(page) == []
    assert unreachable(page) == []
    desk.until(lambda: clipped(page) == [])


def test_figures_over_time_are_told_to_screen_readers(desk: Desk, tmp_path: Path) -> None:
    page = opened(desk, three(tmp_path))
    said = page.courses[0].accessibleDescription()
    assert said.startswith("attempt 1: 0\u00a0%, attempt 2:")


def many(number: int) -> tuple[Attempt, ...]:
    return tuple(
        replace(
            an_attempt(text=TEXTS[each % 3], name=f"a{each:02}"),
            session_id=f"s{each:02}",
            started_at=f"2026-11-01T{each:02}:00:00+00:00",
        )
        for each in range(1, number + 1)
    )


def test_of_many_attempts_the_newest_are_shown_and_the_others_on_demand(desk: Desk) -> None:
    attempts = many(18)
    page = opened(desk, attempts)
    assert "Attempts 13 to 18 of 18" in texts(page)
    assert not page.table.later.isEnabled()
    told = texts(page)
    press(page, "Earlier attempts")
    assert "Attempts 7 to 12 of 18" in texts(page)
    told += texts(page)
    press(page, "Earlier attempts")
    assert "Attempts 1 to 6 of 18" in texts(page)
    told += texts(page)
    assert not page.table.earlier.isEnabled()
    assert page.table.later.hasFocus()
    assert all(f"Attempt {number}\n" in told for number in range(1, 19))
    assert told.count("\u25b2 gained") == 2 * 5  # as if all were beside each other
    assert nameless(page) == []


def test_a_few_attempts_need_no_pages(desk: Desk) -> None:
    page = opened(desk, many(6))
    assert not page.table.earlier.isVisible()
