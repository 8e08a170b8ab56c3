"""Models in Settings: downloaded from a hub on this computer, copied, measured, deleted."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.gui.conftest import Desk
from tests.gui.looks import clipped, nameless, texts, unreachable
from tests.speech.transcribers.hub import MICRO_WHISPER, Fault, Hub, a_hub, micro_offer
from voiceprep.gui import models as module
from voiceprep.gui.confirm import Confirm
from voiceprep.gui.widgets.settings.model_row import ModelRow
from voiceprep.gui.widgets.settings.recogniser_section import RecogniserSection
from voiceprep.speech import devices, speaker
from voiceprep.speech.transcribers import catalogue, overview
from voiceprep.speech.transcribers.download import begun_bytes
from voiceprep.speech.transcribers.models import installed
from voiceprep.speech.transcribers.speed import Speed, known_speeds

MICRO = micro_offer()


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """The hub, with one more model to download; measuring is quick."""
    offers = (*catalogue.OFFERS, MICRO)
    for one in (catalogue, overview):
        monkeypatch.setattr(one, "OFFERS", offers)
    monkeypatch.setattr(module, "measure", lambda *_: Speed(0.1, 1.0))
    monkeypatch.delenv("http_proxy", raising=False)
    with a_hub() as started:
        monkeypatch.setenv("HF_ENDPOINT", started.endpoint)
        yield started


@pytest.fixture
def section(desk: Desk, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> RecogniserSection:  # noqa: ARG001 - before the page
    monkeypatch.setattr(devices, "outputs", tuple)
    monkeypatch.setattr(speaker, "voices", tuple)
    desk.ready().window.go("settings")
    found = desk.window.settings_page.recogniser
    desk.until(lambda: found.models.rows)
    found.models.others.set_open(is_open=True)
    return found


def row(section: RecogniserSection, name: str = "micro.en") -> ModelRow:
    return next(one for one in section.models.rows if one.entry.name == name)


def press(section: RecogniserSection, action: str, name: str = "micro.en") -> None:
    QTest.mouseClick(row(section, name).buttons[action], Qt.MouseButton.LeftButton)


def idle(desk: Desk, section: RecogniserSection) -> None:
    """Wait until nothing is under way any more."""
    desk.until(lambda: section.work.work is None)


def test_the_recommended_model_stands_first_and_the_rest_is_folded_away(
    desk: Desk, section: RecogniserSection
) -> None:
    section.models.others.set_open(is_open=False)
    assert [one.entry.recommended for one in section.models.rows].index(True) == 0
    assert section.models.rows[0].isVisible()
    assert not section.models.rows[1].isVisible()
    assert section.models.others.head.text() == f"All models ({len(catalogue.OFFERS) - 1} more)"
    section.models.others.set_open(is_open=True)
    desk.until(section.models.rows[1].isVisible)
    assert "486 MB \u00b7 English \u00b7 very good accuracy \u00b7 a minute of speech" in texts(
        section
    )


def test_a_model_is_downloaded_measured_and_used(desk: Desk, section: RecogniserSection) -> None:
    built = len(desk.built)
    press(section, "download")
    assert section.work.work is not None
    assert not section.add.isEnabled()
    desk.until(lambda: "Whisper micro.en is downloaded." in texts(section))
    desk.until(lambda: row(section).entry.speed is not None)
    assert "takes 6.0 s here (measured)" in row(section).detail.text()
    assert [one.name for one in installed(desk.context.folders.models)] == ["micro.en"]
    desk.until(lambda: section.choice.currentText() == "Best there is (Whisper micro.en)")
    desk.until(lambda: len(desk.built) == built + 1)
    assert "use" not in row(section).buttons
    assert section.add.isEnabled()


def test_progress_tells_share_speed_and_time_left(
    desk: Desk, section: RecogniserSection, hub: Hub
) -> None:
    hub.faults = [Fault(slow=0.05)]
    press(section, "download")
    shown = row(section).progress
    desk.until(lambda: "MB/s" in shown.words.text() and "left" in shown.words.text())
    assert "% of 3 MB" in shown.words.text()
    assert 0 < shown.bar.value() < 1000
    assert not any(one.isVisible() for one in row(section).buttons.values())
    assert not any(
        one.buttons["download"].isEnabled()
        for one in section.models.rows
        if one.entry.name == "tiny"
    )
    desk.until(lambda: "is downloaded" in texts(section))


def test_a_download_is_paused_and_goes_on_later(
    desk: Desk, section: RecogniserSection, hub: Hub
) -> None:
    hub.faults = [Fault(after=900_000, stalls=True)]
    press(section, "download")
    desk.until(hub.stalled.is_set)
    desk.until(lambda: "%" in row(section).progress.words.text())
    desk.until(lambda: begun_bytes(MICRO, desk.context.folders.models) >= 900_000)
    QTest.mouseClick(row(section).progress.pause, Qt.MouseButton.LeftButton)
    idle(desk, section)
    desk.until(lambda: "discard" in row(section).buttons)
    assert row(section).buttons["download"].text() == "Resume"
    press(section, "download")
    desk.until(lambda: "is downloaded" in texts(section))
    assert hub.ranges()[-1] == "bytes=900000-"


def test_a_cancelled_download_leaves_nothing(
    desk: Desk, section: RecogniserSection, hub: Hub
) -> None:
    hub.faults = [Fault(after=900_000, stalls=True)]
    press(section, "download")
    desk.until(hub.stalled.is_set)
    QTest.mouseClick(row(section).progress.cancel, Qt.MouseButton.LeftButton)
    desk.until(lambda: begun_bytes(MICRO, desk.context.folders.models) == 0)
    idle(desk, section)
    desk.until(lambda: list(row(section).buttons) == ["download"])


def test_a_paused_download_can_be_discarded(
    desk: Desk, section: RecogniserSection, hub: Hub
) -> None:
    hub.faults = [Fault(after=900_000), Fault(status=404)]
    press(section, "download")
    desk.until(lambda: "does not give out the model" in texts(section))
    assert "add their folder" in texts(section)
    desk.until(lambda: "discard" in row(section).buttons)
    press(section, "discard")
    desk.until(lambda: list(row(section).buttons) == ["download"])
    assert begun_bytes(MICRO, desk.context.folders.models) == 0


def test_the_page_can_be_left_meanwhile(desk: Desk, section: RecogniserSection, hub: Hub) -> None:
    hub.faults = [Fault(slow=0.02)]
    press(section, "download")
    desk.window.go("review")
    desk.until(lambda: installed(desk.context.folders.models))
    desk.window.go("settings")
    desk.until(lambda: "is downloaded" in texts(section))


def test_closing_the_window_pauses_a_download(
    desk: Desk, section: RecogniserSection, hub: Hub
) -> None:
    hub.faults = [Fault(after=900_000, stalls=True)]
    press(section, "download")
    desk.until(hub.stalled.is_set)
    desk.context.jobs.close()  # as run() does at the end; it does not wait for the network
    assert begun_bytes(MICRO, desk.context.folders.models) > 0


def test_a_folder_is_copied_and_the_chosen_model_stays(
    desk: Desk, section: RecogniserSection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(MICRO_WHISPER, tmp_path / "faster-whisper-mine.en")
    desk.context.change_settings(engine="whisper", model="base.en")
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "faster-whisper-mine.en")
    )
    QTest.mouseClick(section.add, Qt.MouseButton.LeftButton)
    desk.until(lambda: "Whisper mine.en is added." in texts(section))
    assert "base.en stays in use" in texts(section)
    desk.until(lambda: any(one.entry.name == "mine.en" for one in section.models.rows))
    idle(desk, section)
    desk.until(lambda: row(section, "mine.en").entry.speed is not None)
    press(section, "use", "mine.en")
    assert desk.context.settings.model == "mine.en"


def test_a_model_is_deleted_after_a_question(desk: Desk, section: RecogniserSection) -> None:
    press(section, "download")
    desk.until(lambda: row(section).entry.speed is not None)
    idle(desk, section)
    desk.context.change_settings(engine="whisper", model="micro.en")
    press(section, "delete")
    desk.window.findChild(Confirm).reject()
    assert installed(desk.context.folders.models)
    press(section, "delete")
    desk.window.findChildren(Confirm)[-1].accept()
    desk.until(lambda: list(row(section).buttons) == ["download"])
    assert installed(desk.context.folders.models) == ()
    assert known_speeds(desk.context.folders.models) == {}
    assert (desk.context.settings.engine, desk.context.settings.model) == ("auto", "")


def test_a_model_is_measured_again(
    desk: Desk, section: RecogniserSection, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(section, "download")
    desk.until(lambda: row(section).entry.speed is not None)
    idle(desk, section)
    monkeypatch.setattr(module, "measure", lambda *_: Speed(0.2, 1.0))
    press(section, "measure")
    desk.until(lambda: "takes 12.0 s here (measured)" in row(section).detail.text())


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640), (960, 600)])
def test_nothing_is_cut_off(
    desk: Desk, section: RecogniserSection, hub: Hub, size: tuple[int, int]
) -> None:
    desk.window.resize(*size)
    hub.faults = [Fault(after=900_000, stalls=True)]
    press(section, "download")
    desk.until(hub.stalled.is_set)
    desk.qtbot.wait(50)
    for _ in range(2):
        assert clipped(section) == []
        assert nameless(section) == []
        assert unreachable(section) == []
        section.work.leave()
        desk.until(lambda: "discard" in row(section).buttons)
