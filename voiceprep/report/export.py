"""A session written to files in one of the forms, with its recordings where the form takes them."""

import base64
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from urllib.parse import quote

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.ports import Progress
from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.report import data, html, markdown, phrases, subtitles
from voiceprep.report.html import Clip
from voiceprep.report.options import Form, Options, Paper, Sound


@dataclass(frozen=True, slots=True)
class Tools:
    """What other rooms do for a report.

    Attributes:
        compress: Gives a recording as MP3, as ``speech.compact.as_mp3``.
        print_pdf: Gives a session as PDF, as ``gui.printing.pdf.session_pdf``.
    """

    compress: Callable[[Path, Event], bytes]
    print_pdf: Callable[[SessionRecord, Paper], bytes]


@dataclass(frozen=True, slots=True)
class File:
    """One file of a report: its name (with a folder, if it lies in one) and what is in it."""

    name: str
    content: bytes


def write_report(
    session: SessionRecord,
    path: Path,
    options: Options,
    tools: Tools,
    progress: Progress = lambda _: None,
    cancel: Event | None = None,
) -> tuple[Path, ...]:
    """Write a report; all of it is made before the first file is touched.

    Args:
        session: What it is about.
        path: Where it goes. Subtitles of several answers go to files beside it, with a number.
        options: How.
        tools: What other rooms do for it.
        progress: Told how far it is.
        cancel: Ends it early, with nothing written.

    Returns:
        The files, that of the report itself first.

    Raises:
        VoicePrepError: There is nothing to write in this form, or a file cannot be written.
        Cancelled: ``cancel`` was set.
    """
    files = tuple(render(session, options, tools, name=path.name, progress=progress, cancel=cancel))
    places = tuple(path.parent / file.name for file in files)
    for place, file in reversed(tuple(zip(places, files, strict=True))):
        if place.parent != path.parent and path.parent.is_dir():
            place.parent.mkdir(exist_ok=True)
        write_file(place, file.content)
    return places


def render(
    session: SessionRecord,
    options: Options,
    tools: Tools,
    *,
    name: str = "report",
    progress: Progress = lambda _: None,
    cancel: Event | None = None,
) -> Iterator[File]:
    """The files of a report, itself (``name``) first; the rest as ``write_report``."""
    cancel = cancel or Event()
    match options.form:
        case Form.HTML:
            sounds = dict(_sounds(session, options.sound, tools, progress, cancel))
            folder = f"{Path(name).stem}-audio" if options.sound is Sound.LINK else ""
            page = html.render(
                session, {attempt_id: _clip(one, folder) for attempt_id, one in sounds.items()}
            )
            yield File(name, page.encode("utf-8", "replace"))
            if folder:
                yield from (
                    File(f"{folder}/{one.name}", one.content)
                    for one in sounds.values()
                    if isinstance(one, File)
                )
        case Form.PDF:
            yield File(name, tools.print_pdf(session, options.paper))
        case Form.MARKDOWN:
            yield File(name, markdown.render(session).encode("utf-8", "replace"))
        case Form.JSON:
            yield File(name, data.render(session).encode())
        case Form.SRT | Form.VTT:
            yield from _subtitles(session, options.form, Path(name))


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only.

    Raises:
        VoicePrepError: It cannot be written; what was there before is still there.
    """
    temporary = ""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a pipe or a device takes what it is given
            return
        descriptor, temporary = tempfile.mkstemp(prefix=".voiceprep-", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise VoicePrepError(
            f"{path} cannot be written.",
            f"{error.strerror or error}.",
            "Choose another place with enough room that you may write to.",
        ) from error


def _sounds(
    session: SessionRecord, sound: Sound, tools: Tools, progress: Progress, cancel: Event
) -> Iterator[tuple[str, File | VoicePrepError]]:
    """Each recording by its attempt's id, or why there is none."""
    if sound is Sound.NONE:
        return
    spoken = [(one, one.recording) for one in session.attempts if one.recording is not None]
    for done, (attempt, recording) in enumerate(spoken):
        progress(done / len(spoken))
        if cancel.is_set():
            raise Cancelled
        if recording.removed_at:
            yield attempt.id, VoicePrepError(phrases.explain_removed(attempt))
            continue
        try:
            content = tools.compress(recording.path, cancel)
        except VoicePrepError as error:
            problem = f"The recording is not in this page: {error.title}"
            yield attempt.id, VoicePrepError(problem)
        else:
            yield attempt.id, File(f"answer-{_number(session, attempt)}.mp3", content)
    progress(1.0)


def _clip(found: File | VoicePrepError, folder: str) -> Clip:
    if isinstance(found, VoicePrepError):
        return Clip(problem=found.title)
    if folder:
        return Clip(quote(f"{folder}/{found.name}"))
    return Clip(f"data:audio/mpeg;base64,{base64.b64encode(found.content).decode()}")


def _number(session: SessionRecord, attempt: Attempt) -> str:
    """Which answer it is: "3" for question 3, "3-2" for the second one at it."""
    at_question = [one.id for one in session.attempts if one.position == attempt.position]
    take = at_question.index(attempt.id)
    return f"{attempt.position + 1}" + (f"-{take + 1}" if take else "")


def _subtitles(session: SessionRecord, form: Form, name: Path) -> Iterator[File]:
    timed = [
        (one, one.transcript)
        for one in session.attempts
        if one.transcript is not None and one.transcript.words
    ]
    if not timed:
        raise VoicePrepError(
            "There are no subtitles to write.",
            "No answer of this session was spoken and transcribed.",
            "Choose another form, or another session.",
        )
    for attempt, transcript in timed:
        text = subtitles.as_text(transcript, subtitles.FORMATS(form.value))
        number = f"-{_number(session, attempt)}" if len(timed) > 1 else ""
        yield File(f"{name.stem}{number}{name.suffix}", text.encode("utf-8", "replace"))
