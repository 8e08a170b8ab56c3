"""``voiceprep history correct``, ``overrule`` and ``rescore``: what becomes of old answers."""

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from rich.progress import Progress
from rich.text import Text

from voiceprep.commands.history import find_attempt
from voiceprep.commands.output import emit, err, out, text_lines, toolbox
from voiceprep.commands.terminal import print_attempt
from voiceprep.errors import VoicePrepError
from voiceprep.interview.rescoring import Outcome, Rescored, outdated, rescore_all
from voiceprep.report.phrases import SIGN, sound_mark
from voiceprep.scoring.assessment import Level
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders


class Verdict(StrEnum):
    """Levels, and the way back to what was judged."""

    COVERED = "covered"
    PARTIAL = "partial"
    MISSED = "missed"
    JUDGED = "judged"


def correct(
    attempt_id: Annotated[str, typer.Argument(metavar="ANSWER")],
    text: Annotated[Path | None, typer.Option(help="What was really said; - for stdin.")] = None,
    as_heard: Annotated[
        bool, typer.Option("--as-heard", help="Put back what was heard at first.")
    ] = False,
) -> None:
    """Set the transcript of an answer right and score it again.

    Words that stay keep their times; what was heard and judged before is kept.

    Examples:
        voiceprep history correct 20260131-101500-1a2b3c4d --text answer.txt
        voiceprep history correct 20260131-101500-1a2b3c4d --as-heard
    """
    if (text is None) != as_heard:
        raise typer.BadParameter("Give either --text or --as-heard.")
    attempt = find_attempt(attempt_id)
    first = attempt.first_transcript
    wanted = (
        "".join(text_lines(text)) if text is not None else first.text if first is not None else ""
    )
    with toolbox() as tools:
        print_attempt(out, tools.judge.correct(attempt, wanted))


def overrule(
    attempt_id: Annotated[str, typer.Argument(metavar="ANSWER")],
    concept: Annotated[str, typer.Argument(help="Its id, or its place in the checklist, from 1.")],
    level: Annotated[Verdict, typer.Argument(help="What it was; judged: as VoicePrep said.")],
    note: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Set a verdict right: it counts from now on, and what was judged is kept beside it.

    Examples:
        voiceprep history overrule 20260131-101500-1a2b3c4d 2 covered --note "I named it"
        voiceprep history overrule 20260131-101500-1a2b3c4d 2 judged
    """
    attempt = find_attempt(attempt_id)
    verdicts = attempt.assessment.concepts if attempt.assessment is not None else ()
    places = {str(place): one for place, one in enumerate(verdicts, start=1)}
    found = {one.id: one for one in verdicts}.get(concept) or places.get(concept)
    if found is None:
        raise VoicePrepError(
            f"There is no verdict on a concept {concept!r} in this answer.",
            "" if verdicts else "It has not been scored yet.",
            f"Its concepts: {', '.join(one.id for one in verdicts)}." if verdicts else "",
        )
    wanted = found.level if level is Verdict.JUDGED else Level(level.value)
    mine = attempt.overruled(found.id, wanted, note.strip())
    SqliteHistory(user_folders()).save_attempt(mine)
    print_attempt(out, mine)


def score_anyway(
    attempt_id: Annotated[str, typer.Argument(metavar="ANSWER")],
    undo: Annotated[bool, typer.Option("--undo", help="Take the score away again.")] = False,
) -> None:
    """Score an answer although its sound is unusable; the score stays marked.

    Examples:
        voiceprep history score-anyway 20260131-101500-1a2b3c4d
        voiceprep history score-anyway 20260131-101500-1a2b3c4d --undo
    """
    attempt = find_attempt(attempt_id)
    if undo and attempt.scored_anyway:
        unscored = attempt.without_score()
        SqliteHistory(user_folders()).save_attempt(unscored)
        print_attempt(out, unscored)
        return
    if undo or not attempt.is_unusable or not attempt.words:
        raise VoicePrepError(
            f"The answer {attempt_id} was not scored at your wish."
            if undo
            else f"The answer {attempt_id} need not be scored anyway.",
            "" if undo else "Only one whose sound is unusable, and in which words were heard, is.",
            "`voiceprep history show SESSION` shows its answers.",
        )
    with toolbox() as tools:
        print_attempt(out, tools.judge.score_anyway(attempt))


def rescore(
    which: Annotated[
        str, typer.Argument(metavar="[ID]", help="Only this session, or this answer.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what changed as JSON.")] = False,
    bank: Annotated[Path | None, typer.Option(help="A question bank of your own (YAML).")] = None,
) -> None:
    """Score old answers again, after VoicePrep's scorer or a bank has changed.

    Earlier results are kept. Ctrl+C stops; what was scored again stays so.

    Examples:
        voiceprep history rescore --dry-run
        voiceprep history rescore
        voiceprep history rescore 20260131-101500-1a2b3c4d --json
    """
    with toolbox(bank=bank) as tools, Progress(console=err, transient=True) as shown:
        waiting = outdated(tools.judge, tools.banks)
        if which:
            own = _answers(which)
            waiting = tuple(one for one in waiting if one in own)
        found = Rescored(0, len(waiting), ())
        if not dry_run:
            task = shown.add_task("Scoring again", total=1.0)
            found = rescore_all(
                waiting,
                tools.judge,
                tools.banks,
                Event(),
                lambda share: shown.update(task, completed=share),
            )
    if as_json:
        emit(json.dumps(_rescored(found), ensure_ascii=False, indent=2))
    elif not waiting:
        out.print("Nothing to do: all answers were scored by this scorer with these checklists.")
    elif dry_run:
        out.print(f"To be scored again: {len(waiting)}. Without --dry-run they are.")
    else:
        for one in found.changed:
            out.print(_change(one))
        out.print(
            f"{found.answers} scored again: {len(found.changed)} with other verdicts, "
            f"{found.higher} higher, {found.lower} lower."
        )


def _answers(which: str) -> frozenset[str]:
    """The ids of a session's answers, or the one that was asked for."""
    history = SqliteHistory(user_folders())
    session = history.session(which)
    if session is not None:
        return frozenset(one.id for one in session.attempts)
    return frozenset((find_attempt(which).id,))


def _change(outcome: Outcome) -> Text:
    """A question with its coverage before and after, and a line for each verdict that changed."""
    old, new = outcome.before.standing, outcome.after.standing
    figures = f"  {old.score:.0f} % -> {new.score:.0f} %" if old and new else ""
    if mark := sound_mark(outcome.after):
        figures += f"  {SIGN} {mark}"
    text = Text.assemble((outcome.after.question.question, "bold"), (figures, "cyan"))
    for one in outcome.changes:
        before, after = one.before or "not asked", one.after or "no more asked"
        text.append(f"\n  {one.label}: {before} -> {after}")
    return text


def _rescored(found: Rescored) -> dict[str, object]:
    return {
        "answers": found.answers,
        "left": found.left,
        "changed": [
            {
                "attempt": one.after.id,
                "question_id": one.after.question.id,
                "score_before": one.before.standing.score if one.before.standing else None,
                "score": one.after.standing.score if one.after.standing else None,
                "sound": one.after.sound.grade.value if one.after.sound else None,
                "concepts": [asdict(change) for change in one.changes],
            }
            for one in found.changed
        ],
    }
