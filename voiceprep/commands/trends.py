"""``voiceprep history trends``: what changes from answer to answer, in figures."""

import json
from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from voiceprep.commands.output import emit, out
from voiceprep.gui import trend_words as words
from voiceprep.interview import trends as found
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders


def trends(
    category: Annotated[str, typer.Option(help="Only questions of this category.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="All tables as JSON.")] = False,
) -> None:
    """How coverage, practice and delivery change, and which concepts are never covered.

    Examples:
        voiceprep history trends
        voiceprep history trends --category Advanced
        voiceprep history trends --json
    """
    some = found.chosen(SqliteHistory(user_folders()).points(), category=category)
    today = datetime.now().astimezone().date()
    tables = {
        "coverage": words.coverage_numbers(some, None),
        "concepts": words.concept_numbers(found.concept_trends(some)),
        "practice": words.practice_numbers(found.days(some), today),
        "delivery": words.delivery_numbers(some),
    }
    if as_json:
        document = {
            name: [dict(zip(table.head, row, strict=True)) for row in table.rows]
            for name, table in tables.items()
        }
        emit(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for name, table in tables.items():
        out.print(Text(f"{name.capitalize()}: {table.summary}"))
    if tables["concepts"].rows:
        out.print()
        out.print(_table(tables["concepts"]))


def _table(numbers: words.Numbers) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for number, name in enumerate(numbers.head):
        inside = 0 < number < len(numbers.head) - 1
        table.add_column(name, justify="right" if inside else "left")
    for row in numbers.rows:
        table.add_row(*map(Text, row))
    return table
