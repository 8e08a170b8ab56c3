"""Answers and sessions of weeks of practice, for the pictures: real questions, real scores."""

import math
import random
import struct
import wave
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studio import Stage

from voiceprep.app import installed_scorer
from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Question
from voiceprep.interview.records import Attempt, AttemptStatus, Recording, SessionRecord
from voiceprep.scoring.transcript import Segment, Transcript, Word

RATE_HZ = 16_000
score = installed_scorer()
FRAUD = (
    "So a traditional system is really a list of fixed rules, somebody writes over a thousand,",
    "block it, and that number sits there for years.",
    "Um, and once the fraudsters know the limit they simply stay below it.",
    "The AI one weighs device, time and merchant together, and it keeps updating itself.",
    "In my last project we retrained it every week, and false alarms went down by a third.",
)


def spoken(parts: tuple[str, ...], engine: str, model: str) -> Transcript:
    """Words with times as a person would say them, the same ones at each call."""
    chance = random.Random(7)  # noqa: S311 - no secret
    at_s, segments = 0.4, []
    for part in parts:
        words = []
        for text in part.split():
            takes_s = (0.12 + 0.05 * len(text)) * chance.uniform(0.7, 1.2)
            words.append(Word(text, at_s, at_s + 0.9 * takes_s, chance.uniform(0.5, 1.0)))
            at_s += takes_s
        segments.append(Segment.spoken(tuple(words)))
        at_s += chance.uniform(0.6, 2.4)
    return Transcript(tuple(segments), engine, model, duration_s=at_s)


def record(path: Path, transcript: Transcript) -> None:
    """A file that is as loud as speech would be, word by word."""
    chance = random.Random(11)  # noqa: S311 - no secret
    loudness = [0.0] * int(transcript.duration_s * RATE_HZ)
    for word in transcript.words:
        first, last = int(word.start_s * RATE_HZ), int(word.end_s * RATE_HZ)
        peak = chance.uniform(0.08, 0.7)
        for number in range(first, min(last, len(loudness))):
            loudness[number] = peak * math.sin(math.pi * (number - first) / (last - first))
    samples = (int(20_000 * loud * chance.uniform(-1, 1)) for loud in loudness)
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(struct.pack(f"<{len(loudness)}h", *samples))


def answer(
    stage: Stage,
    question: Question,
    parts: tuple[str, ...],
    name: str,
    position: int = 0,
    *,
    whisper: bool = True,
) -> Attempt:
    """An answer that was recorded, transcribed and scored."""
    engine = ("whisper", "base.en") if whisper else ("pocketsphinx", "en-us")
    transcript = spoken(parts, *engine)
    path = stage.folders.recordings / f"{name}.wav"
    record(path, transcript)
    return Attempt(
        name,
        "session",
        position,
        built_in_banks()[0].id,
        question,
        datetime.now(UTC).isoformat(timespec="seconds"),
        AttemptStatus.ASSESSED,
        Recording(path, transcript.duration_s, RATE_HZ, "Built-in Microphone"),
        transcript,
        score(question, transcript),
    )


def sitting(stage: Stage, name: str, days_ago: float, numbers: tuple[int, ...]) -> SessionRecord:
    """A session with these questions of the bank; every fourth one was not answered."""
    bank = built_in_banks()[0]
    started = datetime.now(UTC) - timedelta(days=days_ago)
    questions = [bank.questions[number] for number in numbers]
    attempts = []
    for position, question in enumerate(questions):
        if position % 4 == 3:
            continue
        says = [
            f"{concept.says[(position + number) % len(concept.says)].capitalize()}."
            for number, concept in enumerate(question.concepts)
            if (number + position + len(numbers)) % 3
        ]
        said = tuple(says) or ("I have not thought about that yet, to be honest.",)
        made = answer(stage, question, said, f"{name}-{position}", position)
        attempts.append(replace(made, session_id=name))
    ids = tuple(question.id for question in questions)
    moment = started.isoformat(timespec="seconds")
    return SessionRecord(name, bank.id, bank.title, moment, ids, moment, tuple(attempts))


def keep(stage: Stage, *sessions: SessionRecord) -> None:
    """Write sessions to the history."""
    history = stage.context.toolbox.judge.history
    for session in sessions:
        history.save_session(replace(session, attempts=()))
        for attempt in session.attempts:
            history.save_attempt(attempt)


def weeks(stage: Stage) -> tuple[SessionRecord, ...]:
    """Some weeks of practice."""
    sessions = [
        sitting(stage, f"s{number}", days, numbers)
        for number, (days, numbers) in enumerate(
            (
                (0, (0, 6, 16, 26, 37)),
                (1, (3, 12)),
                (3, (20, 31, 44)),
                (4.4, (1,)),
                (9, (8, 9, 10)),
                (30, (40, 41)),
                (400, (15, 25)),
            )
        )
    ]
    waiting = replace(
        sessions[1].attempts[1], status=AttemptStatus.WAITING, transcript=None, assessment=None
    )
    failed = replace(
        sessions[1].attempts[0],
        status=AttemptStatus.FAILED,
        transcript=None,
        assessment=None,
        failure="The recogniser's process ended unexpectedly.",
    )
    sessions[1] = replace(sessions[1], attempts=(failed, waiting))
    keep(stage, *sessions)
    return tuple(sessions)


def months(stage: Stage) -> None:
    """The same questions again and again over months, a little better each time."""
    chance = random.Random(3)  # noqa: S311 - no secret
    bank = built_in_banks()[0]
    for number, days_ago in enumerate((150, 131, 120, 96, 90, 61, 44, 40, 31, 16, 9, 3, 2, 1, 0)):
        started = datetime.now(UTC) - timedelta(days=days_ago)
        moment = started.isoformat(timespec="seconds")
        name = f"m{number}"
        attempts = []
        for position, question in enumerate((bank.questions[0], bank.questions[6])):
            ways = [chance.choice(one.says) for one in question.concepts[: 1 + number // 4]]
            said = tuple(f"Um, well, {way}." for way in ways)
            made = answer(stage, question, said, f"{name}-{position}", position)
            attempts.append(replace(made, session_id=name, started_at=moment))
        ids = (bank.questions[0].id, bank.questions[6].id)
        keep(
            stage,
            SessionRecord(name, bank.id, bank.title, moment, ids, moment, tuple(attempts)),
        )
