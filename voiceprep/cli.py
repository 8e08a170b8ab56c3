"""The command line: a thin layer over the packages; everything the window does, a script can do.

Exit status: 0 done, 1 failed with a message that names cause and next step, 2 wrong usage.
"""

import logging
import sys
from typing import Annotated

import typer

from voiceprep import __version__
from voiceprep.commands import (
    bank,
    dictionary,
    doctor,
    history,
    interviews,
    keeping,
    models,
    report,
    revising,
    scoring,
    transcribing,
    trends,
)
from voiceprep.commands.display import display_problem
from voiceprep.commands.output import err, print_error
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.logs import log_to
from voiceprep.store.paths import user_folders

_log = logging.getLogger(__name__)

app = typer.Typer(
    name="voiceprep",
    help="Practise interviews out loud, offline. Without a command the window opens.",
    invoke_without_command=True,
    no_args_is_help=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(interviews.demo)
app.command()(interviews.practice)
app.command()(scoring.score)
app.command()(transcribing.transcribe)
for revising_command in (
    revising.correct,
    revising.overrule,
    revising.score_anyway,
    revising.rescore,
):
    history.app.command()(revising_command)
for keeping_command in (
    keeping.label,
    keeping.undelete,
    keeping.tidy,
    keeping.backup,
    keeping.restore,
    keeping.erase,
):
    history.app.command()(keeping_command)
history.app.command()(trends.trends)
app.add_typer(history.app, name="history")
app.add_typer(dictionary.app, name="dictionary")
app.command()(report.report)
app.add_typer(bank.app, name="bank")
app.add_typer(models.app, name="models")
app.command()(doctor.doctor)


@app.callback()
def window(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Practise interviews out loud, offline. Without a command the window opens."""
    if version:
        typer.echo(f"voiceprep {__version__}")
    elif context.invoked_subcommand is None:
        problem = display_problem()
        if problem is not None:
            raise problem
        from voiceprep.app import open_window  # noqa: PLC0415 - Qt only where it is used

        raise typer.Exit(open_window())


def main() -> None:
    """Run a command; what goes wrong is said in words."""
    for stream in (sys.stdout, sys.stderr):  # Windows' code pages know no check marks
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    folders = user_folders()
    log_to(folders.log)
    try:
        app()
    except VoicePrepError as error:
        _log.warning("%s", error)
        print_error(error)
        sys.exit(1)
    except Cancelled:
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # the reader went away, as `head` does
        sys.stderr.close()
        sys.exit(1)
    except Exception:  # noqa: BLE001 - the last net: a traceback is for the log
        _log.exception("unexpected")
        err.print(
            "[bold red]Something went wrong that is our mistake.[/bold red]\n"
            f"The details are in {folders.log}; your recordings and history are kept."
        )
        sys.exit(1)
