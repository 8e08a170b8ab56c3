"""A history of ten thousand answers, for measuring: real records, made up from the bank's words."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Question
from voiceprep.interview.records import Attempt, AttemptStatus, Recording, SessionRecord
from voiceprep.scoring.assessment import Assessment, ConceptVerdict, Evidence, Level, coverage
from voiceprep.scoring.transcript import Segment, Transcript, Word
from voiceprep.store.history import SqliteHistory

SEED = 5
EACH = 5
"""Answers a session."""


def fill(history: SqliteHistory, answers: int, recordings: Path, words: int = 150) -> None:
    """Write sessions of five answers; every answer has ``words`` timed words.

    The answers of one question share a handful of records, so that making them takes seconds; what
    is written and read is whole all the same.
    """
    chance = random.Random(SEED)  # noqa: S311 - no secret
    bank = built_in_banks()[0]
    templates = {
        question.id: [_template(question, chance, words) for _ in range(4)]
        for question in bank.questions
    }
    begin = datetime(2020, 1, 1, 9, tzinfo=UTC)
    for number in range(answers // EACH):
        started = (begin + timedelta(hours=20 * number)).isoformat(timespec="seconds")
        asked = chance.sample(bank.questions, EACH)
        name = f"session-{number:05}"
        ids = tuple(question.id for question in asked)
        history.save_session(SessionRecord(name, bank.id, bank.title, started, ids, started))
        for position, question in enumerate(asked):
            made = chance.choice(templates[question.id])
            recording = Recording(recordings / f"{name}-{position}.wav", 60.0, 48_000, "Microphone")
            history.save_attempt(
                replace(
                    made,
                    id=f"{name}-{position}",
                    session_id=name,
                    position=position,
                    started_at=started,
                    recording=recording,
                )
            )


def _template(question: Question, chance: random.Random, words: int) -> Attempt:
    said = " ".join(line for concept in question.concepts for line in concept.says).split()
    texts = [chance.choice(said) for _ in range(words)]
    texts[words // 2] = chance.choice(("ledger", "reconciliation", "sandbox", "tokenisation"))
    timed = tuple(Word(text, 0.4 * at, 0.4 * at + 0.3, 0.9) for at, text in enumerate(texts))
    segments = tuple(Segment.spoken(timed[at : at + 15]) for at in range(0, words, 15))
    engine = chance.choice((("whisper", "base.en"), ("pocketsphinx", "en-us")))
    transcript = Transcript(segments, *engine, duration_s=0.4 * words)
    verdicts = tuple(
        ConceptVerdict(
            concept.id,
            concept.label,
            concept.hint,
            concept.weight,
            chance.choice(tuple(Level)),
            0.5,
            (Evidence(texts[0], 0, len(texts[0]), 0.0, 0.3),),
            "Said in these words.",
        )
        for concept in question.concepts
    )
    assessment = Assessment(question.id, coverage(verdicts), verdicts, "made up")
    return Attempt(
        "",
        "",
        0,
        built_in_banks()[0].id,
        question,
        "",
        AttemptStatus.ASSESSED,
        None,
        transcript,
        assessment,
    )
