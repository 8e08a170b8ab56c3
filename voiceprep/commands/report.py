"""``voiceprep report``: a session to keep, print or share."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress as Bar

from voiceprep.commands.history import find_session
from voiceprep.commands.output import emit, err
from voiceprep.errors import VoicePrepError
from voiceprep.interview.records import SessionRecord
from voiceprep.report.options import Form, Options, Paper, Sound


def report(
    session_id: Annotated[
        str | None, typer.Argument(metavar="[SESSION]", help="Its id; else the newest.")
    ] = None,
    form: Annotated[
        Form | None, typer.Option("--format", help="What to write; else by OUTPUT's ending.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write to this file; else it is printed.")
    ] = None,
    sound: Annotated[
        Sound | None,
        typer.Option(
            "--audio",
            help="Recordings in a web page: inside it, in a folder beside it, or none. "
            "By default inside a file, and none where the page is printed.",
        ),
    ] = None,
    paper: Annotated[Paper, typer.Option(help="What a PDF is printed on.")] = Paper.A4,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of `--format json`, no report.")
    ] = False,
) -> None:
    """A session as a page to keep, print or share.

    A web page plays the words that you click, offline. Subtitles (srt, vtt) of several answers
    become several files, with the number of the question in their names.

    Examples:
        voiceprep report --output last.html
        voiceprep report --output last.html --audio link
        voiceprep report --output last.pdf --paper letter
        voiceprep report 20260131-101500-1a2b3c4d --format md
        voiceprep report --output last.srt
        voiceprep report --schema > session.schema.json
    """
    if schema:
        from voiceprep.report.document import json_schema  # noqa: PLC0415 - only where it is used

        emit(json_schema())
        return
    form = form or (Form.of(output) if output else None) or Form.HTML
    if sound is None:
        sound = Sound.EMBED if output else Sound.NONE
    if sound is Sound.LINK and output is None:
        raise typer.BadParameter("--audio link needs --output: the folder lies beside the page.")
    if form is Form.PDF and output is None and sys.stdout.isatty():
        raise typer.BadParameter("A PDF is no text to print: give --output, or pipe it on.")
    options = Options(form, sound, paper)
    session = find_session(session_id)
    if output is None:
        _print(session, options)
    else:
        save_report(session, output, options)


def save_report(session: SessionRecord, path: Path, options: Options) -> None:
    """Write a report, show how far it is, and say where it lies."""
    from voiceprep.gui.printing.tools import report_tools  # noqa: PLC0415 - only where it is used
    from voiceprep.report.export import write_report  # noqa: PLC0415 - jinja only where it is used

    with Bar(console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("Packing recordings", total=1.0)
        written = write_report(
            session, path, options, report_tools(), lambda share: bar.update(task, completed=share)
        )
    for one in written[:1] if options.form is Form.HTML else written:
        err.print(f"Report: {one}", soft_wrap=True)


def _print(session: SessionRecord, options: Options) -> None:
    from voiceprep.gui.printing.tools import report_tools  # noqa: PLC0415 - only where it is used
    from voiceprep.report.export import render  # noqa: PLC0415 - jinja only where it is used

    files = tuple(render(session, options, report_tools()))
    if len(files) > 1:
        raise VoicePrepError(
            f"These are {len(files)} files.",
            "The session has several spoken answers, and each has subtitles of its own.",
            "Say where to write them: --output NAME.",
        )
    sys.stdout.buffer.write(files[0].content)
    sys.stdout.flush()
