"""``voiceprep demo`` and ``voiceprep practice``: whole interviews in the terminal."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from voiceprep.commands.output import out, print_error, toolbox
from voiceprep.commands.report import save_report
from voiceprep.commands.sitting import Sitting
from voiceprep.commands.soundcheck import check_sound
from voiceprep.errors import VoicePrepError
from voiceprep.interview.selection import choose
from voiceprep.interview.toolbox import Toolbox
from voiceprep.report.options import Form, Options
from voiceprep.resources import asset
from voiceprep.scoring.batch import find_question
from voiceprep.store.paths import user_folders


def demo(
    report: Annotated[
        Path | None, typer.Option(help="Write the session to this file: html, pdf, md or json.")
    ] = None,
    silent: Annotated[bool, typer.Option(help="Do not read the questions aloud.")] = False,
) -> None:
    """A whole interview without a microphone: recordings answer three questions.

    Voice, recogniser, scorer and store are the real ones; the answers are synthetic recordings
    that ship with the app. It is kept apart from your own history.

    Examples:
        voiceprep demo
        voiceprep demo --report demo.html
    """
    answers = json.loads(asset("demo", "demo.json").read_text(encoding="utf-8"))["answers"]
    own = user_folders()
    with toolbox(folders=replace(own, data=own.data / "demo")) as tools:
        bank = tools.banks[0]
        questions = tuple(
            question for one in answers if (question := bank.find(one["question_id"])) is not None
        )
        out.print(
            f"[bold]VoicePrep demo[/bold]: {len(questions)} questions, answered by synthetic "
            "voices. Nothing leaves this machine."
        )
        sitting = Sitting(out, tools, bank, questions, read_aloud=not silent)
        session = sitting.play_back([asset("demo", one["file"]) for one in answers])
    if report:
        save_report(session, report, Options(Form.of(report) or Form.HTML))
    out.print("\nYour turn: [bold]voiceprep[/bold] (window) or [bold]voiceprep practice[/bold].")


def practice(
    category: Annotated[
        list[str] | None, typer.Option(help="Only this category; may be given several times.")
    ] = None,
    count: Annotated[int, typer.Option(min=1, help="How many questions.")] = 3,
    question: Annotated[
        list[str] | None, typer.Option(help="Ask this question (its id); may be given often.")
    ] = None,
    in_order: Annotated[bool, typer.Option(help="In the bank's order, not shuffled.")] = False,
    silent: Annotated[bool, typer.Option(help="Do not read the questions aloud.")] = False,
    check: Annotated[
        bool, typer.Option(help="Check a new microphone before the first question.")
    ] = True,
    bank: Annotated[Path | None, typer.Option(help="A question bank of your own (YAML).")] = None,
) -> None:
    """The interview in the terminal, with your microphone or by typing.

    Examples:
        voiceprep practice
        voiceprep practice --category Behavioral --count 2
        voiceprep practice --question beginner-02 --silent
        voiceprep practice --no-check
    """
    with toolbox(bank=bank) as tools:
        chosen_bank = tools.banks[0]
        if question:
            questions = tuple(find_question(one, (chosen_bank,)) for one in question)
        else:
            questions = choose(
                chosen_bank, categories=category or (), count=count, shuffle=not in_order
            )
        tools.executor.submit(_warm_up, tools)
        if check and sys.stdin.isatty():  # whoever pipes answers in has nobody to speak
            check_sound(out, tools, user_folders())
        Sitting(out, tools, chosen_bank, questions, read_aloud=not silent).by_person()


def _warm_up(tools: Toolbox) -> None:
    """Load the recogniser while the first question is read."""
    try:
        tools.judge.transcriber.warm_up()
    except VoicePrepError as error:
        print_error(error)
