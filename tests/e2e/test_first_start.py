"""The first start on computers where something is missing, broken or forbidden."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from tests.e2e.app import ROOT, App, a_running_app
from tests.e2e.screen import Screen
from tests.sound import wait_until
from voiceprep.gui import theme


def nothing(_home: Path) -> None:
    pass


def settings_cut_short(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "settings.json").write_text('{"theme": "light", "rate_')


def settings_are_a_folder(home: Path) -> None:
    (home / "data" / "settings.json").mkdir(parents=True)


def history_is_noise(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "history.sqlite3").write_bytes(os.urandom(20_000))


def history_is_a_folder(home: Path) -> None:
    (home / "data" / "history.sqlite3").mkdir(parents=True)


def a_file_lies_in_the_way(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "data").write_text("not a folder")


def the_model_is_half_there(home: Path) -> None:
    folder = home / "data" / "models" / "base.en"
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(b"half")


class Start(NamedTuple):
    """What was done to the computer, and whether the user must be told of it at once."""

    prepare: Callable[[Path], None]
    alert: bool


STARTS = {
    "fresh": Start(nothing, alert=False),
    "settings-cut-short": Start(settings_cut_short, alert=True),
    "settings-are-a-folder": Start(settings_are_a_folder, alert=True),
    "history-is-noise": Start(history_is_noise, alert=True),
    "history-is-a-folder": Start(history_is_a_folder, alert=True),
    "a-file-in-the-way": Start(a_file_lies_in_the_way, alert=True),
    "half-a-model": Start(the_model_is_half_there, alert=False),
}


@pytest.mark.window
@pytest.mark.usefixtures("no_sound")
@pytest.mark.parametrize("name", STARTS)
def test_the_window_opens_says_what_is_wrong_and_every_page_works(
    name: str, screen: Screen, home: Path, tmp_path: Path
) -> None:
    start = STARTS[name]
    start.prepare(home)
    with a_running_app(
        home, checks_sound=True, DISPLAY=screen.display, HF_HUB_CACHE=str(tmp_path / "no")
    ) as app:
        wait_for_page(app, screen)
        if start.alert:
            with app.explaining("waited for the notice"):
                wait_until(lambda: alerted(screen))
        screen.keep(tmp_path / f"{name}.png")
        walk(app, screen)
        ends_well(app, screen)


@pytest.mark.window
@pytest.mark.usefixtures("no_sound")
def test_where_nothing_may_be_written_the_window_says_so(screen: Screen, tmp_path: Path) -> None:
    """Not even root may make a folder there."""
    forbidden = Path("/sys/voiceprep")
    with a_running_app(
        tmp_path / "home", checks_sound=True, DISPLAY=screen.display, VOICEPREP_HOME=str(forbidden)
    ) as app:
        wait_for_page(app, screen)
        with app.explaining("waited for the notice"):
            wait_until(lambda: alerted(screen))
        screen.keep(tmp_path / "forbidden.png")
        walk(app, screen)
        ends_well(app, screen)
    assert not forbidden.exists()


@pytest.mark.window
@pytest.mark.usefixtures("no_sound")
def test_a_broken_question_bank_is_named_and_the_rest_works(
    screen: Screen, home: Path, tmp_path: Path
) -> None:
    """An installation whose bank somebody has edited."""
    copy = tmp_path / "installation"
    shutil.copytree(ROOT / "voiceprep", copy / "voiceprep")
    (copy / "assets").symlink_to(ROOT / "assets")
    shutil.copytree(ROOT / "questions", copy / "questions")
    (bank,) = (copy / "questions").glob("*.yaml")
    bank.write_text(bank.read_text(encoding="utf-8").replace("weight:", "wait:"), encoding="utf-8")
    with a_running_app(home, root=copy, checks_sound=True, DISPLAY=screen.display) as app:
        wait_for_page(app, screen)
        with app.explaining("waited for the error"):
            wait_until(lambda: bank.name in app.log)
            wait_until(lambda: alerted(screen))
        screen.keep(tmp_path / "bank.png")
        walk(app, screen)
        ends_well(app, screen)


def wait_for_page(app: App, screen: Screen) -> None:
    screen.wait_for_window("VoicePrep")
    with app.explaining("waited for the first page"):
        wait_until(lambda: np.count_nonzero(screen.colours() == 0xFFFFFF) > 50_000, 30)


def alerted(screen: Screen) -> bool:
    """Whether something with the ground of an alarm is on the screen."""
    ground = int(theme.LIGHT.alert_soft[1:], 16)
    return bool(np.count_nonzero(screen.colours() == ground) > 5000)


def walk(app: App, screen: Screen) -> None:
    """Every page comes up and shows something else."""
    for key in ("ctrl+2", "ctrl+3", "ctrl+4", "ctrl+1"):
        before = screen.colours().copy()
        screen.press(key)
        with app.explaining(f"waited for the page behind {key}"):
            wait_until(lambda old=before: np.count_nonzero(screen.colours() != old) > 2000)


def ends_well(app: App, screen: Screen) -> None:
    """It ends by itself, without a word, and nothing was a mistake of ours."""
    screen.press("ctrl+q")
    assert app.ended() == 0
    app.leaves_nothing_behind()
    assert app.printed == ""
    assert " CRITICAL " not in app.log
