"""Finding something in the history: what to look for, and what a list shows of what was found.

Lines are light: they carry what a row of a list needs and no transcript, so that ten thousand
answers can be browsed a page at a time.
"""

from dataclasses import dataclass, field
from typing import Protocol

PAGE = 60
"""Lines a page: several screens of the window, and quick to draw."""

Snippet = tuple[tuple[str, bool], ...]
"""Some words around what was found: pieces of text, each with whether it was looked for."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; what is empty filters nothing.

    All conditions on answers must hold for one and the same answer.

    Attributes:
        text: Words that questions and answers contain; each may be the beginning of one. A session
            is found by its name, note, tags and bank, too.
        bank: Id of a bank.
        category: Of a question.
        level: Of a question.
        engine: What made the transcript: "whisper", "pocketsphinx" or "typed".
        tag: Of a session.
        since: The earliest start, ISO 8601 in UTC or the beginning of that.
        until: The first start that is too late, likewise.
        least: The lowest coverage, 0 to 100.
        most: The highest coverage, 0 to 100.
        in_trash: Look in the trash instead.
    """

    text: str = ""
    bank: str = ""
    category: str = ""
    level: str = ""
    engine: str = ""
    tag: str = ""
    since: str = ""
    until: str = ""
    least: float | None = None
    most: float | None = None
    in_trash: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """What the person calls a session.

    Attributes:
        name: Instead of its date; "" for none.
        tags: Without repetition, in the order in which they were given.
        note: Free text.
    """

    name: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in a list.

    Attributes:
        id: Its id.
        bank_title: Its bank.
        started_at: ISO 8601, UTC.
        ended_at: ISO 8601, UTC; empty while it runs or when it was broken off.
        deleted_at: When it was put into the trash, ISO 8601, UTC; else "".
        label: What the person calls it.
        questions: How many were chosen.
        answered: How many of them have an answer.
        waiting: How many answers wait to be transcribed.
        spoken_s: Length of all answers together, in seconds.
        score: Mean coverage of the last assessed attempt at each question, or None.
        snippet: What was found in its answers; empty when no text was looked for.
        found: How many of its answers have what was looked for.
        doubtful: How many of the answers that make its score are doubtful by their sound.
    """

    id: str
    bank_title: str
    started_at: str
    ended_at: str
    deleted_at: str = ""
    label: Label = field(default_factory=Label)
    questions: int = 0
    answered: int = 0
    waiting: int = 0
    spoken_s: float = 0.0
    score: float | None = None
    snippet: Snippet = ()
    found: int = 0
    doubtful: int = 0


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer in a list.

    Attributes:
        id: Id of the attempt.
        session_id: Its session.
        question: The text that was asked.
        category: Of the question.
        bank_title: Title of the session's bank.
        started_at: ISO 8601, UTC.
        status: The AttemptStatus as text.
        engine: What made the transcript, or "".
        spoken_s: Length in seconds; 0 for typed ones.
        score: Coverage that counts, or None.
        snippet: What was found in it; empty when no text was looked for.
        grade: Of its sound ("good", "doubtful", "unusable"), or "" where that was not found out.
        with_session: It is in the trash because its session is.
    """

    id: str
    session_id: str
    question: str
    category: str
    bank_title: str
    started_at: str
    status: str
    engine: str = ""
    spoken_s: float = 0.0
    score: float | None = None
    snippet: Snippet = ()
    grade: str = ""
    with_session: bool = False


@dataclass(frozen=True, slots=True)
class Sessions:
    """A page of sessions.

    Attributes:
        lines: The newest first.
        found: How many there are on all pages.
        total: How many there are without the filter (in the trash, or out of it).
    """

    lines: tuple[SessionLine, ...] = ()
    found: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Answers:
    """A page of answers; as ``Sessions``."""

    lines: tuple[AnswerLine, ...] = ()
    found: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Choices:
    """What a history can be filtered by: the values that occur in it, in order.

    Attributes:
        banks: Ids and titles.
        categories: Of questions.
        levels: Of questions.
        engines: Of transcripts.
        tags: Of sessions.
    """

    banks: tuple[tuple[str, str], ...] = ()
    categories: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Catalogue(Protocol):
    """Finds sessions and answers and keeps them in order; may be called from any thread.

    Raises:
        VoicePrepError: From every call: the history cannot be read or written.
    """

    def sessions(self, wanted: Filter, offset: int = 0, limit: int = PAGE) -> Sessions:
        """A page of the sessions that fit, the newest first."""

    def answers(self, wanted: Filter, offset: int = 0, limit: int = PAGE) -> Answers:
        """A page of the answers that fit, the newest first."""

    def choices(self) -> Choices:
        """What can be filtered by."""

    def label(self, session_id: str) -> Label:
        """What the person calls a session."""

    def set_label(self, session_id: str, label: Label) -> None:
        """Rename a session, tag it, note something down."""

    def discard(self, session_ids: tuple[str, ...]) -> None:
        """Put sessions into the trash: they are found nowhere else any more."""

    def put_back(self, session_ids: tuple[str, ...]) -> None:
        """Take sessions out of the trash."""

    def discarded(self, before: str = "") -> tuple[str, ...]:
        """The sessions in the trash; only those put there before a time (ISO 8601, UTC)."""

    def discard_answers(self, attempt_ids: tuple[str, ...]) -> None:
        """Put single answers into the trash: no list and no total has them any more."""

    def put_back_answers(self, attempt_ids: tuple[str, ...]) -> None:
        """Take single answers out of the trash."""

    def discarded_answers(self, before: str = "") -> tuple[str, ...]:
        """The single answers in the trash; only those put there before a time (ISO 8601, UTC)."""

    def bytes_used(self, session_id: str) -> int:
        """The disk space that a session's recordings take, in bytes."""
