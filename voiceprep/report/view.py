"""What a report shows, worked out once for every format; pure."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from math import isfinite

from voiceprep.bank.model import Question
from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.report import phrases
from voiceprep.report.marks import Mark, pieces
from voiceprep.scoring.assessment import ConceptVerdict, Evidence, Level
from voiceprep.scoring.transcript import Transcript, Word
from voiceprep.scoring.why import explain_terms

PARAGRAPH_S = 10.0
"""A pause ends a paragraph that has gone on so long, in seconds, as in the window."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the transcript.

    Attributes:
        text: Its words.
        level: The best level of the concepts that it speaks for; None for plain text.
        ending: Numbers (from 1) of the concepts whose words end with it.
        words: The same text in pieces, each with where in the recording it was said, in seconds;
            None for what has no time of its own, as the spaces between words.
    """

    text: str
    level: Level | None
    ending: tuple[int, ...]
    words: tuple[tuple[str, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of speech; ``at`` and ``start_s`` say where it begins ("" and None: typed)."""

    at: str
    runs: tuple[Run, ...]
    start_s: float | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that prove a verdict.

    Attributes:
        text: The words.
        at: When they were said, or "".
        start_s: The same in seconds, or None.
        end_s: When they ended.
    """

    text: str
    at: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """One line of the checklist.

    Attributes:
        number: From 1, as in the transcript.
        label: What it is.
        level: Covered, partial or missed.
        word: The level in words.
        why: The reason.
        quotes: The words that decide.
        terms: Key terms that were really said.
        hint: The part of the hint it comes from.
        probe: What an interviewer would ask; "" when covered or unknown.
        own_word: What the candidate said of the verdict, or "".
    """

    number: int
    label: str
    level: Level
    word: str
    why: str
    quotes: tuple[Quote, ...]
    terms: tuple[str, ...]
    hint: str
    probe: str
    own_word: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One attempt at a question.

    Attributes:
        attempt_id: Which attempt it is.
        title: "Answer", or "Answer 2 of 3".
        facts: When, with what, how long, transcribed and scored by whom.
        troubles: Why there is no score, what went wrong with the sound.
        score: Coverage, 0 to 100, or None.
        tally: The coverage in words, or how far the attempt has come.
        named: For how many concepts their key terms were said, in words; "" without a score.
        own_word: What the candidate said of the verdicts, and of the answer before them, or "".
        mark: What the score, or the lack of one, is marked with: "Doubtful sound"; or "".
        concepts: The checklist.
        delivery: Names and figures; empty for typed answers.
        paragraphs: The transcript.
    """

    attempt_id: str
    title: str
    facts: tuple[str, ...]
    troubles: tuple[str, ...]
    score: float | None
    tally: str
    named: str
    own_word: str
    mark: str
    concepts: tuple[Concept, ...]
    delivery: tuple[tuple[str, str], ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answers, of which the one that counts is the last that was scored.

    Attributes:
        number: Its place in the session, from 1.
        labels: Number, category and level in words.
        question: As it was asked last.
        answers: In the order in which they were given.
        counts: The one in ``answers`` that counts.
    """

    number: int
    labels: tuple[str, ...]
    question: Question
    answers: tuple[Answer, ...]
    counts: Answer


@dataclass(frozen=True, slots=True)
class View:
    """A whole session.

    Attributes:
        title: The bank's.
        when: Date and time.
        facts: How much was answered, for how long.
        score: Mean coverage, 0 to 100, or None.
        mark: What the mean is marked with: "1 answer with doubtful sound"; or "".
        levels: How many concepts were covered, partly made and missed, with their words.
        asked: The questions that were answered, in order.
    """

    title: str
    when: str
    facts: tuple[str, ...]
    score: float | None
    mark: str
    levels: tuple[tuple[Level, str, int], ...]
    asked: tuple[Asked, ...]


def view(session: SessionRecord, zone: tzinfo | None = None) -> View:
    """What a report on this session shows; times in ``zone`` (None: this machine's)."""
    at_position = defaultdict[int, list[Attempt]](list)
    for attempt in session.attempts:
        at_position[attempt.position].append(attempt)
    asked = tuple(
        _asked(position, attempts, zone) for position, attempts in sorted(at_position.items())
    )
    tally = Counter(concept.level for one in asked for concept in one.counts.concepts)
    usable = [attempt for attempt in session.attempts if not attempt.is_unusable]
    spoken_s = sum(_length_s(attempt) for attempt in usable)
    unusable = len(session.attempts) - len(usable)
    answered = len({attempt.position for attempt in usable})
    facts = (
        f"{answered} of {phrases.count(len(session.question_ids), 'question')} answered",
        f"{phrases.length(spoken_s)} spoken" if spoken_s else "",
        f"{unusable} not counted: unusable sound" if unusable else "",
    )
    return View(
        title=session.bank_title,
        when=phrases.moment(session.started_at, zone),
        facts=tuple(filter(None, facts)),
        score=session.score,
        mark=phrases.doubtful_answers(session.doubtful),
        levels=tuple((level, phrases.LEVEL_WORDS[level], tally[level]) for level in Level),
        asked=asked,
    )


def _asked(position: int, attempts: list[Attempt], zone: tzinfo | None) -> Asked:
    answers = tuple(
        _answer(attempt, f"Answer {number} of {len(attempts)}" if attempts[1:] else "Answer", zone)
        for number, attempt in enumerate(attempts, start=1)
    )
    scored = [answer for answer in answers if answer.score is not None]
    question = attempts[-1].question
    level = "" if question.level == question.category.lower() else question.level.capitalize()
    labels = tuple(filter(None, (f"Question {position + 1}", question.category, level)))
    return Asked(position + 1, labels, question, answers, (scored or list(answers))[-1])


def _answer(attempt: Attempt, title: str, zone: tzinfo | None) -> Answer:
    recording, transcript, assessment = attempt.recording, attempt.transcript, attempt.standing
    length_s = _length_s(attempt)
    facts = (
        phrases.moment(attempt.started_at, zone),
        phrases.source(recording) if recording else "",
        phrases.length(length_s) if length_s else "",
        phrases.recogniser(transcript) if transcript else "",
        f"Scored by {assessment.scorer}" if assessment and assessment.scorer else "",
    )
    verdicts = assessment.concepts if assessment else ()
    found = attempt.delivery
    return Answer(
        attempt_id=attempt.id,
        title=title,
        facts=tuple(filter(None, facts)),
        troubles=phrases.troubles(attempt),
        score=assessment.score if assessment else None,
        tally=phrases.tally(assessment) if assessment else phrases.state(attempt),
        named=explain_terms(assessment) if verdicts and assessment else "",
        own_word=phrases.explain_own_word(attempt),
        mark=phrases.sound_mark(attempt),
        concepts=tuple(
            _concept(number, verdict, attempt) for number, verdict in enumerate(verdicts, start=1)
        ),
        delivery=phrases.delivery_figures(found) if found else (),
        paragraphs=tuple(_paragraphs(transcript, verdicts)) if transcript else (),
    )


def _concept(number: int, verdict: ConceptVerdict, attempt: Attempt) -> Concept:
    probes = {concept.id: concept.probe for concept in attempt.question.concepts}
    return Concept(
        number=number,
        label=verdict.label,
        level=verdict.level,
        word=phrases.LEVEL_WORDS[verdict.level],
        why=verdict.why,
        quotes=tuple(_quote(evidence) for evidence in verdict.evidence if evidence.quote.strip()),
        terms=tuple(dict.fromkeys(verdict.terms_said)),
        hint=verdict.hint,
        probe="" if verdict.level is Level.COVERED else probes.get(verdict.id, ""),
        own_word=_own_word(verdict, attempt),
    )


def _own_word(verdict: ConceptVerdict, attempt: Attempt) -> str:
    overruling = attempt.overruling(verdict.id)
    verdicts = attempt.assessment.concepts if attempt.assessment else ()
    judged = next((one.level for one in verdicts if one.id == verdict.id), verdict.level)
    return phrases.explain_overruling(overruling, judged) if overruling else ""


def _quote(evidence: Evidence) -> Quote:
    at = phrases.clock(evidence.start_s)
    return Quote(evidence.quote.strip(), at, evidence.start_s, evidence.end_s)


def _length_s(attempt: Attempt) -> float:
    """Length of a spoken answer as far as it is known; 0 for a typed one."""
    of_recording = attempt.recording.duration_s if attempt.recording else 0.0
    return of_recording or (attempt.transcript.duration_s if attempt.transcript else 0.0)


def _paragraphs(
    transcript: Transcript, verdicts: tuple[ConceptVerdict, ...]
) -> Iterator[Paragraph]:
    text = transcript.text
    levels = {number: verdict.level for number, verdict in enumerate(verdicts, start=1)}
    marks = [
        Mark(number, evidence.start_char, evidence.end_char)
        for number, verdict in enumerate(verdicts, start=1)
        for evidence in verdict.evidence
    ]
    said = tuple(transcript.located_words())
    for start_s, start, end in _stretches(transcript):
        runs = tuple(
            Run(
                text[piece.start_char : piece.end_char],
                next((one for one in Level if one in map(levels.get, piece.concepts)), None),
                piece.ending,
                tuple(_timed(text, piece.start_char, piece.end_char, said)),
            )
            for piece in pieces(start, end, marks)
        )
        yield Paragraph(phrases.clock(start_s), runs, start_s)


def _timed(
    text: str, start: int, end: int, said: Sequence[tuple[int, int, Word]]
) -> Iterator[tuple[str, float | None]]:
    """The characters [start, end) in pieces: words with their times, and what is between them."""
    at = start
    first = bisect_right(said, start, key=lambda one: one[1])  # the first word that ends later
    for begin, stop, word in said[first:]:
        if begin >= end:
            break
        left, right = max(begin, start), min(stop, end)
        if at < left:
            yield text[at:left], None
        yield text[left:right], word.start_s if isfinite(word.start_s) else None
        at = right
    if at < end:
        yield text[at:end], None


def _stretches(transcript: Transcript) -> Iterator[tuple[float | None, int, int]]:
    """Each paragraph's time, first and last character: parted by pauses, or by the typist."""
    begun: list[tuple[int, float | None]] = []
    offset = 0
    for segment in transcript.segments:
        begun_s = begun[-1][1] if begun else None
        starts_late = (
            segment.start_s is not None
            and begun_s is not None
            and segment.start_s - begun_s >= PARAGRAPH_S
        )
        if not begun or starts_late:
            begun.append((offset, segment.start_s))
        offset += len(segment.text) + 1
    ends = [*(start for start, _ in begun[1:]), offset] if begun else []
    for (start, start_s), end in zip(begun, ends, strict=True):
        for line in re.finditer(r"[^\r\n]+", transcript.text[start:end]):
            if line.group().strip():
                yield (
                    start_s if line.start() == 0 else None,
                    start + line.start(),
                    start + line.end(),
                )
