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

_LISTED = """
    INSERT INTO listing
    SELECT number, session_id, position, started_at, status, score,
        CASE json_valid(question)
            WHEN 1 THEN CAST(coalesce(json_extract(question, '$.category'), '') AS TEXT) ELSE ''
        END,
        CASE json_valid(question)
            WHEN 1 THEN CAST(coalesce(json_extract(question, '$.level'), '') AS TEXT) ELSE ''
        END,
        CASE json_valid(transcript)
            WHEN 1 THEN CAST(coalesce(json_extract(transcript, '$.engine'), '') AS TEXT) ELSE ''
        END,
        CAST(coalesce(
            CASE json_valid(recording) WHEN 1 THEN
                nullif(json_extract(recording, '$.duration_s'), 0) END,
            CASE json_valid(transcript) WHEN 1 THEN json_extract(transcript, '$.duration_s') END,
            0) AS REAL),
        status <> 'assessed' AND (recording IS NOT NULL OR transcript IS NOT NULL)
    FROM attempt"""
_SAID = """
    INSERT INTO said (rowid, question, category, answer)
    SELECT number,
        CASE json_valid(question) WHEN 1 THEN json_extract(question, '$.question') END,
        CASE json_valid(question) WHEN 1 THEN json_extract(question, '$.category') END,
        CASE json_valid(transcript) WHEN 1 THEN (
            SELECT group_concat(json_extract(value, '$.text'), ' ')
            FROM json_each(CASE json_valid(transcript) WHEN 1 THEN transcript ELSE '{}' END,
                '$.segments')
        ) END
    FROM attempt"""
# From the sixth step on, with the grade of the sound.
_LISTED_WITH_SOUND = f"""{_LISTED.partition("FROM attempt")[0].rstrip()},
        CASE json_valid(sound)
            WHEN 1 THEN CAST(coalesce(json_extract(sound, '$.grade'), '') AS TEXT) ELSE ''
        END
    FROM attempt"""
_FORGET = (
    "DELETE FROM listing WHERE number = old.number; DELETE FROM said WHERE rowid = old.number;"
)
_KEEP_WITH_SOUND = (
    f"{_LISTED_WITH_SOUND} WHERE number = new.number; {_SAID} WHERE number = new.number;"
)
_KEEP = f"{_LISTED} WHERE number = new.number; {_SAID} WHERE number = new.number;"

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
    (
        "ALTER TABLE session ADD COLUMN name TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE session ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'",  # JSON, an array
        "ALTER TABLE session ADD COLUMN note TEXT NOT NULL DEFAULT ''",
        # ISO 8601, UTC; '' when it is not in the trash
        "ALTER TABLE session ADD COLUMN deleted_at TEXT NOT NULL DEFAULT ''",
        # ISO 8601, UTC; '' when its result was never looked at
        "ALTER TABLE attempt ADD COLUMN reviewed_at TEXT NOT NULL DEFAULT ''",
        # What lists and filters need of an attempt, beside its large JSON; kept by triggers,
        # whoever writes. The same with its words.
        """
        CREATE TABLE listing (
            number INTEGER PRIMARY KEY,
            session_id TEXT NOT NULL,
            position INTEGER NOT NULL,
            started_at TEXT NOT NULL,
            status TEXT NOT NULL,
            score REAL,
            category TEXT NOT NULL,
            level TEXT NOT NULL,
            engine TEXT NOT NULL,
            spoken_s REAL NOT NULL,
            waiting INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX listing_by_session ON listing (session_id)",
        "CREATE INDEX listing_by_time ON listing (started_at)",
        """
        CREATE VIRTUAL TABLE said USING fts5(
            question, category, answer, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
        )
        """,
        _LISTED,
        _SAID,
        f"CREATE TRIGGER attempt_made AFTER INSERT ON attempt BEGIN {_KEEP} END",
        f"""
        CREATE TRIGGER attempt_changed AFTER UPDATE OF session_id, position, started_at, status,
            score, recording, question, transcript ON attempt
        BEGIN {_FORGET} {_KEEP} END
        """,
        f"CREATE TRIGGER attempt_gone AFTER DELETE ON attempt BEGIN {_FORGET} END",
    ),
    ("CREATE INDEX attempt_by_question ON attempt (bank_id, question_id)",),
    (
        "ALTER TABLE attempt ADD COLUMN sound TEXT",  # JSON
        "ALTER TABLE attempt ADD COLUMN scored_anyway INTEGER NOT NULL DEFAULT 0",
        # "good", "doubtful", "unusable"; '' where it was never found out
        "ALTER TABLE listing ADD COLUMN grade TEXT NOT NULL DEFAULT ''",
        "DROP TRIGGER attempt_made",
        "DROP TRIGGER attempt_changed",
        f"CREATE TRIGGER attempt_made AFTER INSERT ON attempt BEGIN {_KEEP_WITH_SOUND} END",
        f"""
        CREATE TRIGGER attempt_changed AFTER UPDATE OF session_id, position, started_at, status,
            score, recording, question, transcript, sound ON attempt
        BEGIN {_FORGET} {_KEEP_WITH_SOUND} END
        """,
    ),
    (
        # What trends need of an answer, as points.py works it out; gone once the answer is another.
        """
        CREATE TABLE point (
            number INTEGER PRIMARY KEY,
            made_by TEXT NOT NULL,
            point TEXT NOT NULL  -- JSON; '' where there is none
        ) STRICT
        """,
        """
        CREATE TRIGGER point_outdated AFTER UPDATE ON attempt
            WHEN old.reviewed_at = new.reviewed_at  -- that it was looked at changes nothing
        BEGIN DELETE FROM point WHERE number = old.number; END
        """,
        """
        CREATE TRIGGER point_gone AFTER DELETE ON attempt
        BEGIN DELETE FROM point WHERE number = old.number; END
        """,
        """
        CREATE TRIGGER points_outdated AFTER UPDATE OF bank_title ON session
            WHEN old.bank_title <> new.bank_title
        BEGIN
            DELETE FROM point
            WHERE number IN (SELECT number FROM attempt WHERE session_id = old.id);
        END
        """,
    ),
    (
        # A single answer in the trash: ISO 8601, UTC; '' when it is not there
        "ALTER TABLE attempt ADD COLUMN deleted_at TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX attempt_in_trash ON attempt (deleted_at) WHERE deleted_at <> ''",
    ),
)
