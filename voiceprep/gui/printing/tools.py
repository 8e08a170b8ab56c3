"""What reports need of other rooms, for the window and for commands."""

from pathlib import Path
from threading import Event

from voiceprep.interview.records import SessionRecord
from voiceprep.report.export import Tools
from voiceprep.report.options import Paper


def report_tools() -> Tools:
    """What packs recordings and prints pages, each imported when it is used."""
    return Tools(_compress, _print_pdf)


def _compress(path: Path, cancel: Event) -> bytes:
    from voiceprep.speech.compact import as_mp3  # noqa: PLC0415 - heavy

    return as_mp3(path, cancel)


def _print_pdf(session: SessionRecord, paper: Paper) -> bytes:
    from voiceprep.gui.printing.pdf import session_pdf  # noqa: PLC0415 - Qt only where it is used

    return session_pdf(session, paper)
