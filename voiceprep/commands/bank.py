"""``voiceprep bank``: look at question banks and check your own."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from voiceprep.bank.load import load_bank
from voiceprep.commands.output import chosen_banks, emit, out
from voiceprep.scoring.batch import find_question

app = typer.Typer(
    no_args_is_help=True,
    help="Question banks: list, show, validate, schema.",
    rich_markup_mode=None,
)

BankFile = Annotated[Path | None, typer.Option(help="A question bank of your own (YAML).")]


@app.command("list")
def list_questions(bank: BankFile = None) -> None:
    """All questions with their ids, by category.

    Example: voiceprep bank list
    """
    for one in chosen_banks(bank):
        out.print(f"[bold]{one.title}[/bold]  ({one.id}, {len(one.questions)} questions)")
        for category in one.categories:
            questions = [question for question in one.questions if question.category == category]
            out.print(f"\n[bold]{category}[/bold]  {len(questions)}")
            table = Table.grid(padding=(0, 2))
            for question in questions:
                table.add_row(
                    f"  {question.id}",
                    f"{len(question.concepts)} concepts",
                    Text(question.question),
                )
            out.print(table)


@app.command()
def show(question_id: str, bank: BankFile = None) -> None:
    """One question with its hint and its checklist.

    Example: voiceprep bank show beginner-01
    """
    question = find_question(question_id, chosen_banks(bank))
    out.print(Text(question.question, style="bold"))
    out.print(Text(f"{question.category} · {question.level} · wording {question.question_source}"))
    out.print(Text(f"\nHint: {question.hint}\n"))
    for concept in question.concepts:
        out.print(Text(f"• {concept.label}  (weight {concept.weight:g})", style="bold"))
        if concept.keywords:
            out.print(Text(f"  terms: {', '.join(concept.keywords)}"))
        for said in concept.says:
            out.print(Text(f"  “{said}”", style="dim"))


@app.command()
def validate(file: Path) -> None:
    """Check a bank; mistakes are named with line, question and field.

    Example: voiceprep bank validate my-questions.yaml
    """
    bank = load_bank(file)
    concepts = sum(len(question.concepts) for question in bank.questions)
    out.print(f"{file} is valid: {len(bank.questions)} questions, {concepts} concepts.")


@app.command()
def schema() -> None:
    """The JSON Schema of a bank, for editors that check YAML as you type.

    Example: voiceprep bank schema > schema.json
    """
    from voiceprep.bank.schema import bank_schema  # noqa: PLC0415 - slow to build, rarely needed

    emit(bank_schema())
