import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.test_widgets import share_of, shown
from voiceprep.gui.moments import Kind, Moment, moments, tally
from voiceprep.gui.widgets.result.timeline import Timeline
from voiceprep.scoring.assessment import ConceptVerdict, Evidence, Level
from voiceprep.scoring.transcript import Segment, Transcript, Word

KEY = Qt.Key
SAID = Transcript(
    (
        Segment.spoken((Word("Um,", 1.0, 1.4, 0.9), Word("drift", 1.5, 2.0, 0.9))),
        Segment.spoken((Word("hurts", 5.0, 6.0, 0.9),)),
    ),
    "whisper",
    duration_s=60,
)


def verdict(name: str, *quotes: tuple[float | None, float | None]) -> ConceptVerdict:
    evidence = tuple(Evidence("quote", 0, 5, start_s, end_s) for start_s, end_s in quotes)
    return ConceptVerdict(name, name, "", 1, Level.COVERED, 1, evidence, "")


FOUND = moments(SAID, [verdict("Drift", (1.5, 6.0)), verdict("Harm", (5.0, 6.0), (None, None))])


def a_timeline(qtbot: QtBot) -> Timeline:
    line = Timeline()
    shown(qtbot, line, 600, line.height())
    line.set_peaks([0.2, 0.9, 0.4], 60.0)
    line.set_moments(FOUND)
    return line


def test_concepts_pauses_and_fillers_are_found_on_the_line_of_time() -> None:
    assert [(one.kind, one.start_s, one.concept) for one in FOUND] == [
        (Kind.FILLER, 1.0, -1),
        (Kind.CONCEPT, 1.5, 0),
        (Kind.PAUSE, 2.0, -1),
        (Kind.CONCEPT, 5.0, 1),
    ]
    assert [one.text for one in FOUND] == [
        "\u201cum\u201d, 0:01",
        "1. Drift: Covered, 0:01",
        "Pause of 3.0 s, 0:02",
        "2. Harm: Covered, 0:05",
    ]
    assert tally(FOUND, Kind.PAUSE) == "1 pause"
    assert moments(Transcript.typed("um"), [verdict("Drift", (None, None))]) == ()


def test_a_pause_is_heard_with_what_is_around_it() -> None:
    assert FOUND[2].heard == (1.0, 6.0)
    assert FOUND[1].heard == (1.5, 6.0)
    assert FOUND[0].heard[0] == 0.0


def test_a_click_on_a_mark_hears_it_and_elsewhere_plays_from_there(qtbot: QtBot) -> None:
    line = a_timeline(qtbot)
    heard: list[Moment] = []
    sought: list[float] = []
    line.chosen.connect(heard.append)
    line.seek.connect(sought.append)
    for moment in FOUND:
        point = line.box_of(moment).center().toPoint()
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=point)
    assert heard == list(FOUND)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(300, 60))
    assert sought == [pytest.approx(30.0, abs=0.2)]


def test_a_mark_under_the_mouse_says_what_it_is(qtbot: QtBot) -> None:
    line = a_timeline(qtbot)
    pointed: list[int] = []
    line.pointed.connect(pointed.append)
    QTest.mouseMove(line, line.box_of(FOUND[1]).center().toPoint())
    qtbot.waitUntil(lambda: line.toolTip().startswith("1. Drift: Covered"))
    assert pointed[-1] == 0
    QTest.mouseMove(line, QPoint(500, 60))
    qtbot.waitUntil(lambda: not line.toolTip())
    assert pointed[-1] == -1


def test_the_keyboard_goes_from_mark_to_mark(qtbot: QtBot) -> None:
    line = a_timeline(qtbot)
    heard: list[Moment] = []
    line.chosen.connect(heard.append)
    line.setFocus()
    QTest.keyClick(line, KEY.Key_Return)
    assert heard == []
    for _ in range(2):
        QTest.keyClick(line, KEY.Key_Down)
    assert line.accessibleName() == "Recording, mark 2: 1. Drift: Covered, 0:01"
    QTest.keyClick(line, KEY.Key_Return)
    QTest.keyClick(line, KEY.Key_Up)
    QTest.keyClick(line, KEY.Key_Return)
    assert heard == [FOUND[1], FOUND[0]]


def test_a_screen_reader_hears_all_marks(qtbot: QtBot) -> None:
    line = a_timeline(qtbot)
    assert "2. Harm: Covered, 0:05" in line.accessibleDescription()


def test_marks_never_cover_each_other(qtbot: QtBot) -> None:
    line = a_timeline(qtbot)
    first, second = line.box_of(FOUND[1]), line.box_of(FOUND[3])
    assert not first.intersects(second)


def test_an_empty_timeline_cannot_be_sought(qtbot: QtBot) -> None:
    line = Timeline()
    shown(qtbot, line)
    sought: list[float] = []
    line.seek.connect(sought.append)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    QTest.keyClick(line, KEY.Key_End)
    assert sought == []


def test_what_was_played_is_drawn_in_the_accent(qtbot: QtBot) -> None:
    line = Timeline()
    shown(qtbot, line, 600, line.height())
    line.set_peaks([0.8] * 100, 10.0)
    line.set_position(1.0)
    little = share_of(line, "accent")
    line.set_position(9.0)
    assert share_of(line, "accent") > 4 * little > 0


def test_marks_made_in_the_same_breath_never_lie_over_each_other(qtbot: QtBot) -> None:
    line = a_timeline(qtbot)
    low = line.height()
    found = moments(SAID, [verdict(name, (10.0, 14.0 + at)) for at, name in enumerate("ABCD")])
    line.set_moments(found)
    boxes = [line.box_of(one) for one in found if one.kind is Kind.CONCEPT]
    assert len(boxes) == 4
    for place, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[place + 1 :])
        assert box.bottom() < line.height()
    assert line.height() > low
    line.set_moments(FOUND)
    assert line.height() == low


def test_a_narrow_line_takes_more_rows_for_the_same_marks(qtbot: QtBot) -> None:
    line = a_timeline(qtbot)
    line.set_moments(
        moments(SAID, [verdict(name, (5.0 * at, 5.0 * at + 1)) for at, name in enumerate("ABC")])
    )
    wide = line.height()
    line.resize(120, line.height())
    assert line.height() > wide
