"""``voiceprep history``: names, the trash, a backup of everything, and the end of everything."""

from pathlib import Path
from typing import Annotated

import typer

from voiceprep.commands.history import find_session
from voiceprep.commands.output import err, out
from voiceprep.errors import VoicePrepError
from voiceprep.interview.catalogue import Label
from voiceprep.logs import log_nowhere
from voiceprep.store.backup import back_up
from voiceprep.store.backup import restore as bring_back
from voiceprep.store.erasing import erase as erase_everything
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders
from voiceprep.store.settings import load_settings
from voiceprep.store.tidying import tidy as tidy_up


def label(
    session_id: str,
    name: Annotated[str | None, typer.Option(help="Instead of its date.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="All its tags, one each.")] = None,
    note: Annotated[str | None, typer.Option(help="Free text.")] = None,
) -> None:
    """Name a session, tag it, take a note; what is not given stays.

    Example: voiceprep history label 20260131-101500-1a2b3c4d --name "Dry run" --tag mock
    """
    session = find_session(session_id)
    catalogue = SqliteHistory(user_folders()).catalogue
    before = catalogue.label(session.id)
    catalogue.set_label(
        session.id,
        Label(
            before.name if name is None else name,
            before.tags if tag is None else tuple(one for one in tag if one),
            before.note if note is None else note,
        ),
    )
    out.print(f"Kept for {session.id}.")


def undelete(
    which: Annotated[str, typer.Argument(help="Id of a session or of an answer.")],
) -> None:
    """Take a session, or a single answer, out of the trash.

    Example: voiceprep history undelete 20260131-101500-1a2b3c4d
    """
    catalogue = SqliteHistory(user_folders()).catalogue
    if which in catalogue.discarded():
        catalogue.put_back((which,))
    elif which in catalogue.discarded_answers():
        catalogue.put_back_answers((which,))
    else:
        raise VoicePrepError(
            f"There is no session and no answer {which!r} in the trash.",
            "",
            "`voiceprep history --trash` lists them.",
        )
    out.print(f"{which} is back.")


def tidy() -> None:
    """Empty the trash of what is older than 30 days, and remove recordings as Settings say.

    The window does so by itself. Example: voiceprep history tidy
    """
    folders = user_folders()
    removed = tidy_up(folders, load_settings(folders.settings))
    out.print(
        f"{removed.sessions} sessions, {removed.answers} answers and {removed.recordings} "
        "recordings removed."
    )


def backup(file: Path) -> None:
    """Write the whole history with all recordings to one file.

    Example: voiceprep history backup voiceprep-backup.zip
    """
    if file.exists():
        raise VoicePrepError(f"{file} is there already.", "", "Choose another name.")
    made = back_up(user_folders(), file)
    err.print(f"{made.sessions} sessions, {made.answers} answers, {made.recordings} recordings.")
    out.print(str(file))


def restore(file: Path) -> None:
    """Bring back what a backup has and this history has not; what is here stays as it is.

    Example: voiceprep history restore voiceprep-backup.zip
    """
    found = bring_back(user_folders(), file)
    out.print(
        f"Restored {found.sessions} sessions, {found.answers} answers, {found.recordings} "
        f"recordings. {found.known} answers were here already."
    )


def erase(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete everything about you: history, recordings, settings, log. Models stay.

    Example: voiceprep history erase
    """
    folders = user_folders()
    if not yes:
        typer.confirm(f"Delete everything about you in {folders.data} for good?", abort=True)
    log_nowhere()  # its file goes, too
    erase_everything(folders)
    out.print("Everything about you is deleted.")
