"""What the JSON of a session holds, field by field: the source of its JSON Schema.

A change that a reader must know of raises ``VERSION``; further fields may come at any time, so a
reader takes what it knows and leaves the rest. Times of day are ISO 8601 in UTC, durations and
places in a recording seconds from its start, places in a text characters (Unicode code points)
from its start, shares 0 to 1, scores 0 to 100. ``null`` stands for what there is not.
"""

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

VERSION = 2
"""1: until sound was judged. 2: an "assessed" answer may have no assessment, where its ``sound`` is
unusable; it has no delivery either, and is in no mean."""

Level = Literal["covered", "partial", "missed"]
Status = Literal["recording", "waiting", "assessed", "failed", "set aside"]
Score = Annotated[float, Field(ge=0, le=100)]
Number = float | None
"""A figure; null where an engine gave none."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow")


class Word(_Part):
    """One spoken word with its place in the recording."""

    text: str
    start_s: Number
    end_s: Number
    confidence: Number = Field(description="The engine's probability that it is right, 0 to 1.")
    heard: str = Field(description="What was heard where the word was corrected, else empty.")


class Segment(_Part):
    """One stretch of speech; typed text has no times and no words."""

    text: str
    start_s: Number
    end_s: Number
    words: list[Word]


class Transcript(_Part):
    """The words of an answer."""

    text: str = Field(description="All segments, joined by a space.")
    engine: str = Field(description='"whisper", "pocketsphinx" or "typed".')
    model: str
    language: str
    duration_s: Number
    segments: list[Segment]


class Evidence(_Part):
    """Words that decide a verdict: ``text[start_char:end_char]`` of the transcript."""

    quote: str
    start_char: int
    end_char: int
    start_s: Number
    end_s: Number


class Concept(_Part):
    """The verdict on one concept, as it was judged."""

    id: str
    label: str
    hint: str
    weight: float
    level: Level
    confidence: Number
    evidence: list[Evidence]
    why: str
    terms_said: list[str]
    probe: str = Field(description="The follow-up of an interviewer when it is missing.")


class Assessment(_Part):
    """All verdicts on one answer, as they were judged."""

    score: Score
    scorer: str = Field(description="Name and version of the scorer.")
    concepts: list[Concept]


class Overruling(_Part):
    """A verdict that the candidate set right."""

    concept_id: str
    level: Level
    note: str


class Microphone(_Part):
    """What one microphone heard of an answer."""

    device: str
    start_s: Number


class Recording(_Part):
    """The sound; the file's name comes without its folders."""

    file: str
    duration_s: Number
    rate_hz: int
    device: str
    overflows: int
    peak_dbfs: Number
    problem: str
    parts: list[Microphone] = Field(description="Microphones in turn, where one went away.")
    clips: int = Field(description="How often the voice was cut off at the end of the scale.")
    removed_at: str = Field(description="When the file was removed by choice, else empty.")


class Pause(_Part):
    """A silence of a second or more."""

    start_s: Number
    end_s: Number


class Delivery(_Part):
    """How it was spoken; never part of the score."""

    speech_s: Number
    words: int
    pace_wpm: Number
    fillers: list[str] = Field(description="At least these: recognisers drop some.")
    pauses: list[Pause]


class Question(_Part):
    """What was asked, as it was then."""

    id: str
    category: str
    level: str
    question: str
    question_source: Literal["original", "reconstructed"]
    hint: str


class Sound(_Part):
    """Whether the recording can be judged: noise, level, share of speech, clipping, sureness."""

    grade: Literal["good", "doubtful", "unusable"] = Field(
        description="A doubtful score is to be marked; what is unusable has none."
    )
    reason: str = Field(description="In a sentence; empty where it is good.")
    next_step: str
    snr_db: Number = Field(description="Speech to noise; null where nobody speaks.")
    speech_share: Number = Field(description="Share of the time in which someone speaks, 0 to 1.")
    speech_dbfs: Number = Field(description="RMS of the voice, -90 to 0.")
    word_probability: Number = Field(description="Mean of the recogniser's own, 0 to 1.")
    clipped_share: Number = Field(description="In so much of the speech peaks are cut off.")
    is_room_heard: bool = Field(description="Whether pauses let the noise be heard by itself.")


class Earlier(_Part):
    """A result that another has taken the place of."""

    until: str = Field(description="When that was.")
    reason: Literal["corrected", "rescored"] = Field(
        description="The transcript was set right, or the scorer or the checklist had changed."
    )
    standing_score: Score | None = Field(description="With what the candidate had set right.")
    overrulings: list[Overruling]
    transcript: Transcript
    assessment: Assessment | None


class Attempt(_Part):
    """One answer to one question."""

    id: str
    position: int = Field(description="Which of the session's question_ids, from 0.")
    started_at: str
    status: Status
    failure: str
    self_rating: int | None = Field(description="Before the result was seen, 0 to 100.")
    standing_score: Score | None = Field(description="With what the candidate set right.")
    overrulings: list[Overruling]
    question: Question
    recording: Recording | None = Field(description="null for a typed answer.")
    transcript: Transcript | None
    assessment: Assessment | None
    delivery: Delivery | None = Field(description="null for typed answers and a few words.")
    sound: Sound | None = Field(description="null for typed answers and old ones.")
    scored_anyway: bool = Field(description="Unusable, and scored at the candidate's wish.")
    earlier: list[Earlier] = Field(
        description="Results before it was corrected or scored again, the first one first."
    )


class Session(_Part):
    """One sitting."""

    id: str
    bank_id: str
    bank_title: str
    started_at: str
    ended_at: str | None = Field(description="null when it was broken off.")
    question_ids: list[str]
    score: Score | None = Field(description="Mean of the last scored answer to each question.")
    doubtful: int = Field(description="How many of the answers in the mean are marked.")


class Document(_Part):
    """A session of VoicePrep with its answers, in the order in which they were given."""

    schema_version: Literal[2]
    session: Session
    attempts: list[Attempt]


def json_schema() -> str:
    """The JSON Schema of a report in JSON, indented."""
    schema: dict[str, Any] = Document.model_json_schema()
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "VoicePrep session",
        **{key: value for key, value in schema.items() if key != "title"},
    }
    return json.dumps(schema, indent=2) + "\n"
