"""The app where no window can be shown."""

import re
from pathlib import Path

import pytest

from tests.e2e.app import a_running_app


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":54321"}], ids=["none", "nobody there"])
def test_without_a_display_it_names_the_commands(environment: dict[str, str], home: Path):
    with a_running_app(home, **environment) as app:
        assert app.ended() == 1
    printed = " ".join(app.printed.split())
    assert "There is no display, so no window can be shown." in printed
    for command in ("demo", "practice", "score", "history", "--help"):
        assert f"`voiceprep {command}`" in printed
    assert "Traceback" not in printed + app.log


@pytest.mark.usefixtures("no_sound")
def test_the_demo_holds_a_whole_interview_by_itself(home: Path, tmp_path: Path):
    report = tmp_path / "report.html"
    with a_running_app(home, "demo", "--report", str(report), COLUMNS="100") as app:
        assert app.ended(patience_s=150) == 0
        app.leaves_nothing_behind()
    printed = app.printed
    assert printed.count("Transcript by the basic recogniser") == 3
    scores = [int(score) for score in re.findall(r"^Coverage (\d+) %", printed, re.MULTILINE)]
    assert len(scores) == 3
    assert min(scores) > 0
    assert len(re.findall(r"”  \d:\d\d", printed)) >= 3  # quotes with their times
    assert "Mean coverage" in printed
    page = report.read_text(encoding="utf-8")
    assert page.count("<mark") >= 3
