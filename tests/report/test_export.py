"""A session becomes files, whole or not at all."""

import base64
import os
import re
import stat
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from tests.report import samples
from tests.report.page import Page
from tests.report.samples import session
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.records import SessionRecord
from voiceprep.report.export import Tools, write_file, write_report
from voiceprep.report.options import Form, Options, Paper, Sound

SECOND = replace(samples.MICROPHONE, id="second")
WHOLE = session(samples.MICROPHONE, SECOND, samples.TYPED, samples.FAILED)


def compress(path: Path, _cancel: Event) -> bytes:
    if path.name != "1.wav":
        raise VoicePrepError(f"{path} does not exist.")
    return b"sound of 1.wav"


def print_pdf(_session: SessionRecord, paper: Paper) -> bytes:
    return f"%PDF on {paper}".encode()


TOOLS = Tools(compress, print_pdf)


def test_recordings_travel_inside_the_page(tmp_path: Path) -> None:
    told: list[float] = []
    path = tmp_path / "report.html"

    written = write_report(WHOLE, path, Options(), TOOLS, told.append)

    assert written == (path,)
    sources = Page(path.read_text(encoding="utf-8")).all("src")
    inside = base64.b64encode(b"sound of 1.wav").decode()
    assert sources == [f"data:audio/mpeg;base64,{inside}"] * 3
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert list(tmp_path.iterdir()) == [path]


def test_recordings_lie_beside_the_page(tmp_path: Path) -> None:
    path = tmp_path / "my report?.html"

    written = write_report(WHOLE, path, Options(sound=Sound.LINK), TOOLS)

    folder = tmp_path / "my report?-audio"
    names = ["answer-1.mp3", "answer-1-2.mp3", "answer-3.mp3"]
    assert written == (path, *(folder / name for name in names))
    assert (folder / "answer-1.mp3").read_bytes() == b"sound of 1.wav"
    sources = Page(path.read_text(encoding="utf-8")).all("src")
    assert sources == [f"my%20report%3F-audio/{name}" for name in names]


def test_recordings_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(WHOLE, path, Options(sound=Sound.NONE), TOOLS)
    page = Page(path.read_text(encoding="utf-8"))
    assert page.count("audio") == page.count("script") == 0


def test_a_recording_that_is_gone_is_told_and_the_rest_is_written(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    gone = replace(samples.SYNTHETIC, id="gone")
    write_report(session(samples.MICROPHONE, gone), path, Options(), TOOLS)
    page = Page(path.read_text(encoding="utf-8"))
    assert page.count("audio") == 1
    assert any(
        "not in this page: " in text and "slt.wav does not exist" in text for text in page.texts
    )


def test_a_recording_that_was_not_to_be_kept_is_no_mistake(tmp_path: Path) -> None:
    assert samples.MICROPHONE.recording is not None
    removed = replace(samples.MICROPHONE.recording, removed_at="2026-01-01T00:00:00+00:00")
    path = tmp_path / "report.html"
    write_report(session(replace(samples.MICROPHONE, recording=removed)), path, Options(), TOOLS)
    page = Page(path.read_text(encoding="utf-8"))
    assert page.count("audio") == 0
    assert any("was deleted on 1 January 2026" in text for text in page.texts)


@pytest.mark.parametrize("form", [Form.MARKDOWN, Form.JSON, Form.PDF])
def test_other_forms_are_one_file(tmp_path: Path, form: Form) -> None:
    path = tmp_path / f"report.{form}"
    assert write_report(WHOLE, path, Options(form, paper=Paper.LETTER), TOOLS) == (path,)
    begins = {Form.MARKDOWN: b"# A bank", Form.JSON: b"{", Form.PDF: b"%PDF on letter"}
    assert path.read_bytes().startswith(begins[form])


@pytest.mark.parametrize(("form", "begins"), [(Form.SRT, "1\n00:00"), (Form.VTT, "WEBVTT")])
def test_each_spoken_answer_has_its_subtitles(tmp_path: Path, form: Form, begins: str) -> None:
    written = write_report(WHOLE, tmp_path / f"said.{form}", Options(form), TOOLS)
    assert [one.name for one in written] == [f"said-1.{form}", f"said-1-2.{form}"]
    assert written[0].read_text(encoding="utf-8").startswith(begins)
    single = session(samples.MICROPHONE, samples.TYPED)
    (one,) = write_report(single, tmp_path / f"one.{form}", Options(form), TOOLS)
    assert one.name == f"one.{form}"


def test_a_session_that_was_typed_has_no_subtitles(tmp_path: Path) -> None:
    with pytest.raises(VoicePrepError, match="There are no subtitles"):
        write_report(session(samples.TYPED), tmp_path / "said.srt", Options(Form.SRT), TOOLS)
    assert list(tmp_path.iterdir()) == []


def test_cancelled_nothing_is_written(tmp_path: Path) -> None:
    cancel = Event()
    cancel.set()
    with pytest.raises(Cancelled):
        write_report(WHOLE, tmp_path / "report.html", Options(), TOOLS, cancel=cancel)
    assert list(tmp_path.iterdir()) == []


def test_a_report_is_for_its_owner_and_replaces_an_older_one_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(WHOLE, path, Options(Form.JSON), TOOLS)
    write_report(session(), path, Options(Form.MARKDOWN), TOOLS)
    assert path.read_text(encoding="utf-8").startswith("# A bank")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_place_that_takes_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(VoicePrepError, match=re.escape(f"{tmp_path}/file/report.md cannot be")):
        write_file(tmp_path / "file" / "report.md", b"")


def test_a_device_takes_what_it_is_given() -> None:
    write_file(Path(os.devnull), b"anything")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.HTML", Form.HTML), ("a.htm", Form.HTML), ("a.markdown", Form.MARKDOWN), ("a.txt", None)],
)
def test_a_name_asks_for_its_form(name: str, form: Form | None) -> None:
    assert Form.of(Path(name)) is form
