"""The history's tables, as the steps that lead to them.

A step is a tuple of SQL statements that run in one transaction; ``user_version`` counts the steps
that a file has seen. A step that has been released is never changed: a later one mends it.

What is searched or sorted by is a column; a record that is only read as a whole is JSON (UTF-8)
and comes last, so that a list never has to read past it. ``number`` keeps the order in which
attempts were made and stays the same for ever, which a full-text index can build on.
"""

APPLICATION_ID = int.from_bytes(b"VPrp")
"""Marks the file as ours (SQLite's ``application_id``)."""

Migration = tuple[str, ...]

MIGRATIONS: tuple[Migration, ...] = (
    (
        f"PRAGMA application_id = {APPLICATION_ID}",
        """
        CREATE TABLE session (
            id TEXT PRIMARY KEY,
            bank_id TEXT NOT NULL,
            bank_title TEXT NOT NULL,
            started_at TEXT NOT NULL,  -- ISO 8601, UTC
            ended_at TEXT NOT NULL,  -- '' while it runs or when it was broken off
            question_ids TEXT NOT NULL  -- JSON, an array
        ) STRICT
        """,
        "CREATE INDEX session_by_time ON session (started_at)",
        """
        CREATE TABLE attempt (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            bank_id TEXT NOT NULL,
            question_id TEXT NOT NULL,
            started_at TEXT NOT NULL,  -- ISO 8601, UTC
            status TEXT NOT NULL,
            score REAL,  -- of the assessment, 0 to 100
            failure TEXT NOT NULL,
            recording_path ANY,  -- relative to the recordings folder when inside it
            recording TEXT,  -- JSON, all but the path
            question TEXT NOT NULL,  -- JSON, as it was when it was asked
            transcript TEXT,  -- JSON
            assessment TEXT  -- JSON
        ) STRICT
        """,
        "CREATE INDEX attempt_by_session ON attempt (session_id)",
        "CREATE INDEX attempt_by_status ON attempt (status)",
    ),
    (
        "ALTER TABLE attempt ADD COLUMN self_rating INTEGER",  # 0 to 100
        "ALTER TABLE attempt ADD COLUMN overrulings TEXT NOT NULL DEFAULT '[]'",  # JSON, an array
    ),
    ("ALTER TABLE attempt ADD COLUMN earlier TEXT NOT NULL DEFAULT '[]'",),  # JSON, an array
)
