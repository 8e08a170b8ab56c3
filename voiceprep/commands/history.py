"""``voiceprep history``: what was practised."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from voiceprep.commands.finding import day, print_found
from voiceprep.commands.output import emit, out
from voiceprep.commands.terminal import print_attempt, print_summary
from voiceprep.errors import VoicePrepError
from voiceprep.interview.catalogue import Filter, SessionLine
from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.report.phrases import SIGN
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders

app = typer.Typer(
    invoke_without_command=True,
    help="Past sessions: list, show, correct, overrule, score again, delete.",
    rich_markup_mode=None,
)


@app.callback()
def list_sessions(
    context: typer.Context,
    as_csv: Annotated[bool, typer.Option("--csv", help="All attempts as CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Sessions as JSON.")] = False,
    search: Annotated[str, typer.Option(help="Words in questions and answers.")] = "",
    bank: Annotated[str, typer.Option(help="Id of a bank.")] = "",
    category: Annotated[str, typer.Option(help="Of a question.")] = "",
    level: Annotated[str, typer.Option(help="Of a question.")] = "",
    engine: Annotated[str, typer.Option(help="whisper, pocketsphinx or typed.")] = "",
    tag: Annotated[str, typer.Option(help="Of a session.")] = "",
    since: Annotated[str, typer.Option(help="From this day on: 2026-01-31.")] = "",
    until: Annotated[str, typer.Option(help="Up to and with this day.")] = "",
    least: Annotated[
        float | None, typer.Option("--min-score", min=0, max=100, help="Coverage at least.")
    ] = None,
    most: Annotated[
        float | None, typer.Option("--max-score", min=0, max=100, help="Coverage at most.")
    ] = None,
    trash: Annotated[bool, typer.Option("--trash", help="What was deleted.")] = False,
) -> None:
    """Past sessions, the newest first; with a filter those that fit, with the words found.

    Examples:
        voiceprep history
        voiceprep history --csv > history.csv
        voiceprep history --search "model drift" --since 2026-01-01 --min-score 60
        voiceprep history --trash
        voiceprep history show 20260131-101500-1a2b3c4d
    """
    if context.invoked_subcommand is not None:
        return
    history = SqliteHistory(user_folders())
    wanted = Filter(
        search,
        bank,
        category,
        level,
        engine,
        tag,
        day(since),
        day(until, days_later=1),
        least,
        most,
        trash,
    )
    if wanted != Filter():
        found = history.catalogue.sessions(wanted, limit=-1).lines
        if as_csv:
            from voiceprep.report import table  # noqa: PLC0415 - only where it is used

            whole = (history.session(one.id) for one in found)
            emit(table.render(one for one in whole if one is not None))
        elif as_json:
            emit(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
        else:
            alone = history.catalogue.answers(wanted, limit=-1).lines if trash else ()
            print_found(found, tuple(one for one in alone if not one.with_session))
        return
    if as_csv:
        from voiceprep.report import table  # noqa: PLC0415 - only where it is used

        emit(table.render(history.each_session()))
    elif as_json:
        rows = [_row(session) for session in history.each_session()]
        emit(json.dumps(rows, ensure_ascii=False, indent=2))
    elif lines := history.catalogue.sessions(Filter(), limit=-1).lines:
        out.print(_table(lines))
    else:
        out.print("No sessions yet. `voiceprep practice` or the window starts one.")


@app.command()
def show(session_id: str) -> None:
    """One session with its transcripts and checklists.

    Example: voiceprep history show 20260131-101500-1a2b3c4d
    """
    session = find_session(session_id)
    for attempt in session.attempts:
        out.print(Text(f"\n{attempt.position + 1}. {attempt.question.question}", style="bold"))
        out.print(Text(f"Answer {attempt.id}", style="dim"))
        print_attempt(out, attempt)
    print_summary(out, session)


@app.command()
def delete(
    which: Annotated[str, typer.Argument(help="Id of a session or of an answer.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    for_good: Annotated[bool, typer.Option("--for-good", help="With its recordings.")] = False,
) -> None:
    """Put a session or one answer into the trash, for 30 days; or delete it for good.

    `voiceprep history show` tells the ids of answers.

    Examples:
        voiceprep history delete 20260131-101500-1a2b3c4d
        voiceprep history delete 20260131-101500-1a2b3c4d --for-good
    """
    history = SqliteHistory(user_folders())
    is_answer = history.attempt(which) is not None
    session = None if is_answer else find_session(which)
    if not for_good:
        discard = history.catalogue.discard_answers if is_answer else history.catalogue.discard
        discard((which,))
        out.print(f"{which} is in the trash. `voiceprep history undelete` brings it back.")
        return
    if not yes:
        what = f" with {len(session.attempts)} answers" if session is not None else ""
        typer.confirm(f"Delete {which}{what} for good?", abort=True)
    (history.delete_attempt if is_answer else history.delete_session)(which)
    out.print(f"Deleted {which}.")


def find_session(session_id: str | None) -> SessionRecord:
    """The session with this id, or the newest.

    Raises:
        VoicePrepError: There is none.
    """
    history = SqliteHistory(user_folders())
    if session_id is None:
        found = next(history.each_session(), None)
    else:
        found = history.session(session_id)
    if found is None:
        raise VoicePrepError(
            f"There is no session {session_id!r}." if session_id else "There is no session yet.",
            "",
            "`voiceprep history` lists them." if session_id else "`voiceprep practice` starts one.",
        )
    return found


def find_attempt(attempt_id: str) -> Attempt:
    """The answer with this id.

    Raises:
        VoicePrepError: There is none.
    """
    found = SqliteHistory(user_folders()).attempt(attempt_id)
    if found is None:
        raise VoicePrepError(
            f"There is no answer {attempt_id!r}.",
            "",
            "`voiceprep history show SESSION` and `voiceprep history --csv` name the answers.",
        )
    return found


def _table(lines: Iterable[SessionLine]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("Session", "Started (UTC)", "Bank", "Answered", "Coverage"):
        table.add_column(name, justify="right" if name in {"Answered", "Coverage"} else "left")
    table.add_column("")
    for line in lines:
        table.add_row(
            line.id,
            line.started_at.replace("T", " ")[:16],
            Text(line.bank_title),
            f"{line.answered} of {line.questions}",
            "-" if line.score is None else f"{line.score:.0f} %",
            f"{SIGN} {line.doubtful} doubtful" if line.doubtful else "",
        )
    return table


def _row(session: SessionRecord) -> dict[str, object]:
    return {
        "id": session.id,
        "bank": session.bank_title,
        "started_at": session.started_at,
        "ended_at": session.ended_at,
        "questions": len(session.question_ids),
        "attempts": len(session.attempts),
        "score": session.score,
        "doubtful": session.doubtful,
    }
