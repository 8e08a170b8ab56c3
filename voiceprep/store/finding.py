"""A filter as conditions of SQL, and what full-text search gives as pieces of text; all pure."""
# ruff: noqa: S608 - the texts of the queries are ours, all that comes from outside is bound

import re
from collections.abc import Sized
from dataclasses import dataclass

from voiceprep.interview.catalogue import Filter, Snippet

OPENS, CLOSES = "\x02", "\x03"
"""Around each word that was found, in what SQLite gives; no text that people read has them."""
_AROUND = 14
"""Words of a snippet: two lines of the window's list."""
SNIPPET = f"snippet(said, -1, '{OPENS}', '{CLOSES}', '\u2026', {_AROUND})"

_LIKE = re.compile(r"[!%_]")
_ESCAPED = r"!\g<0>"

IN_TRASH = "SELECT number FROM attempt WHERE deleted_at <> ''"
"""The answers that are in the trash by themselves; few, and an index has them."""

Value = str | float


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold, with the values for its question marks."""

    sql: str = "1"
    values: tuple[Value, ...] = ()


def marks(values: Sized) -> str:
    """A placeholder for each of these values."""
    return ", ".join("?" * len(values))


def together(*conditions: Condition, word: str = "AND") -> Condition:
    """All of these (or, with OR, one of them)."""
    parts = [one for one in conditions if one.sql != "1"]
    if not parts:
        return Condition()
    sql = f" {word} ".join(f"({one.sql})" for one in parts)
    return Condition(sql, tuple(value for one in parts for value in one.values))


def match(text: str) -> str:
    """What FTS5 is asked for a text that a person typed; "" when there is no word in it.

    Each word is quoted, so that nothing in it is taken for an operator, and may go on: people see
    what they search for while they type. Only a single letter stands for itself, for it begins
    half of all words and would take half a second.
    """
    words = re.findall(r"\w+", text)
    return " ".join(f'"{word}"*' if len(word) > 1 else f'"{word}"' for word in words)


def where_session(wanted: Filter) -> Condition:
    """On the table ``session`` (as ``s``): in the trash, or not."""
    return Condition("s.deleted_at <> ''" if wanted.in_trash else "s.deleted_at = ''")


def where_answer(wanted: Filter) -> Condition:
    """On the table ``listing`` (as ``l``): in the trash by itself or with its session, or not."""
    away = (
        f"(l.number IN ({IN_TRASH})"
        " OR l.session_id IN (SELECT id FROM session WHERE deleted_at <> ''))"
    )
    return Condition(away if wanted.in_trash else f"NOT {away}")


def of_session(wanted: Filter) -> Condition:
    """On the table ``session`` (as ``s``): whose it is, without place and text."""
    return together(
        _equal("s.bank_id", wanted.bank),
        Condition("EXISTS (SELECT 1 FROM json_each(s.tags) WHERE value = ?)", (wanted.tag,))
        if wanted.tag
        else Condition(),
    )


def of_time(wanted: Filter, table: str) -> Condition:
    """When it was begun."""
    return together(
        Condition(f"{table}.started_at >= ?", (wanted.since,)) if wanted.since else Condition(),
        Condition(f"{table}.started_at < ?", (wanted.until,)) if wanted.until else Condition(),
    )


def of_answer(wanted: Filter) -> Condition:
    """On the table ``listing`` (as ``l``), without the text."""
    return together(
        _equal("l.category", wanted.category),
        _equal("l.level", wanted.level),
        _equal("l.engine", wanted.engine),
        Condition() if wanted.least is None else Condition("l.score >= ?", (wanted.least,)),
        Condition() if wanted.most is None else Condition("l.score <= ?", (wanted.most,)),
    )


def in_label(text: str) -> Condition:
    """Each word is in what the person calls a session, or in the title of its bank."""
    return together(
        *(
            Condition(
                "(s.name || char(10) || s.note || char(10) || s.tags || char(10) || s.bank_title)"
                " LIKE ? ESCAPE '!'",
                (f"%{_LIKE.sub(_ESCAPED, word)}%",),
            )
            for word in text.split()
        )
    )


def pieces(marked: str) -> Snippet:
    """What ``SNIPPET`` gives, as pieces of text on one line."""
    found = []
    for part in re.split(f"({OPENS}[^{CLOSES}]*{CLOSES})", " ".join(marked.split())):
        if part:
            is_hit = part.startswith(OPENS)
            found.append((part.strip(OPENS + CLOSES), is_hit))
    return tuple(found)


def _equal(column: str, value: str) -> Condition:
    return Condition(f"{column} = ?", (value,)) if value else Condition()
