"""``voiceprep transcribe``: audio and video files to text, JSON and subtitles."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from voiceprep.app import build_transcriber
from voiceprep.bank.model import Bank
from voiceprep.commands.output import chosen_banks, emit, err, print_error, write_text
from voiceprep.errors import VoicePrepError
from voiceprep.interview.ports import Transcriber
from voiceprep.report.phrases import explain_rewritten
from voiceprep.report.subtitles import FORMATS, as_text
from voiceprep.scoring.correction import rewritten, with_dictionary
from voiceprep.scoring.transcript import Transcript
from voiceprep.store.paths import user_folders
from voiceprep.store.settings import Settings, load_settings


class Engine(StrEnum):
    """Recognisers that can be asked for by name."""

    WHISPER = "whisper"
    POCKETSPHINX = "pocketsphinx"


def transcribe(
    files: Annotated[list[Path], typer.Argument(help="Audio or video files of any usual kind.")],
    engine: Annotated[Engine | None, typer.Option(help="Recogniser; else by settings.")] = None,
    model: Annotated[str, typer.Option(help="A Whisper model's name; else by settings.")] = "",
    language: Annotated[str, typer.Option(help="What is spoken (ISO 639-1).")] = "en",
    format_: Annotated[
        FORMATS | None,
        typer.Option("--format", help="What to write; else by the ending of --output, or txt."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write to this file, or to files in this folder.")
    ] = None,
    as_heard: Annotated[bool, typer.Option("--as-heard", help="Without your dictionary.")] = False,
) -> None:
    """Transcribe files on this machine.

    Several files need a folder as --output; one that cannot be read does not stop the others.
    Ctrl+C stops.

    Examples:
        voiceprep transcribe answer.wav
        voiceprep transcribe talk.mp4 --output talk.srt
        voiceprep transcribe day1.m4a day2.m4a --format vtt --output subtitles/
    """
    form = format_ or _by_ending(output)
    targets = _targets(files, output, form)
    failed = False
    with a_transcriber(engine, language=language, model=model) as transcriber:
        for number, (file, target) in enumerate(targets, 1):
            of = f" ({number} of {len(targets)})" if len(targets) > 1 else ""
            try:
                transcript = transcribed(transcriber, file, of)
                text = as_text(transcript if as_heard else as_meant(transcript), form)
                if target is None:
                    emit(text)
                else:
                    write_text(target, text)
                    err.print(f"{file} \u2192 {target}", markup=False)
            except VoicePrepError as error:
                if len(targets) == 1:
                    raise
                print_error(error)
                failed = True
    if failed:
        raise typer.Exit(1)


@contextmanager
def a_transcriber(
    engine: Engine | None = None,
    *,
    bank: Path | None = None,
    language: str = "",
    model: str = "",
) -> Iterator[Transcriber]:
    """The recogniser by the user's settings and these wishes, closed afterwards.

    Args:
        engine: Else by the settings.
        bank: Whose terms are to be known; else those of the banks that ship.
        language: What is spoken; else that of the banks.
        model: A Whisper model's name; else by the settings.
    """
    folders = user_folders()
    wishes: dict[str, str] = {"engine": engine.value} if engine else {}
    if model:
        wishes |= {"engine": "whisper", "model": model}
    settings = Settings.model_validate(load_settings(folders.settings).model_dump() | wishes)
    banks: tuple[Bank, ...] = chosen_banks(bank)
    languages = (language,) if language else ()
    transcriber = build_transcriber(settings, folders.models, banks, languages)
    try:
        yield transcriber
    finally:
        transcriber.close()


def transcribed(transcriber: Transcriber, file: Path, of: str = "") -> Transcript:
    """A file's transcript, with progress on a terminal.

    Args:
        transcriber: Does the work.
        file: Audio or video.
        of: Which of several files it is, in words.

    Raises:
        VoicePrepError: It cannot be transcribed; the message names the file.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(),
               TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("Loading the recogniser", total=None)

        def show(share: float) -> None:
            bar.update(task, description=f"{file.name}{of}", total=1.0, completed=share)

        try:
            return transcriber.transcribe(file, Event(), show)
        except KeyboardInterrupt:
            bar.stop()
            err.print(f"Stopped. Nothing was written for {file}.", markup=False)
            raise
        except VoicePrepError as error:
            if file.name in str(error):
                raise
            title = f"{file}: {error.title}"
            raise VoicePrepError(title, error.cause, error.next_step) from error


def as_meant(heard: Transcript) -> Transcript:
    """A transcript with what the user's dictionary knows as it was meant; tells what that was."""
    meant = with_dictionary(heard, load_settings(user_folders().settings).dictionary)
    if told := explain_rewritten(rewritten(meant)):
        err.print(told, style="dim", markup=False)
    return meant


def _by_ending(output: Path | None) -> FORMATS:
    """The format that a file's name asks for."""
    ending = output.suffix.removeprefix(".").lower() if output else ""
    return FORMATS(ending) if ending in set(FORMATS) else FORMATS.TXT


def _targets(
    files: list[Path], output: Path | None, form: FORMATS
) -> list[tuple[Path, Path | None]]:
    """Where each file's transcript goes; None is standard output.

    Raises:
        VoicePrepError: There is no such folder; better said before the work than after it.
        BadParameter: Several files would go to one place.
    """
    if output is None:
        if len(files) > 1:
            raise typer.BadParameter("Several files need a folder: --output FOLDER.")
        return [(files[0], None)]
    if len(files) == 1 and not output.is_dir():
        folder, targets = output.absolute().parent, [output]
    else:
        folder, targets = output, [output / f"{file.stem}.{form}" for file in files]
    if not folder.is_dir():
        raise VoicePrepError(
            f"There is no folder {folder}.", "The transcripts are to go there.", "Make it first."
        )
    if len(set(targets)) < len(targets):
        raise typer.BadParameter("Two of the files have the same name; transcribe them apart.")
    return list(zip(files, targets, strict=True))
