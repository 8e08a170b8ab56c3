"""Hypothesis strategies that make every record of the app, whole and consistent."""

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from voiceprep.bank.model import Concept, Question
from voiceprep.interview.records import (
    Attempt,
    AttemptStatus,
    Earlier,
    Overruling,
    Recording,
    Revision,
    SessionRecord,
)
from voiceprep.interview.sound_verdict import Grade, SoundVerdict
from voiceprep.scoring.assessment import Assessment, ConceptVerdict, Evidence, Level, coverage
from voiceprep.scoring.transcript import Segment, Transcript, Word

NASTY = (
    "<script>alert(1)</script>",
    "</title></style></script><img src=x onerror=alert(1)>",
    "\"><svg onload='alert(1)'>",
    "{{ 7 * 7 }}{% raw %}{# no #}",
    "&lt;b&gt; &amp;amp; &#x3c;",
    "<!-- --!> ]]> <![CDATA[",
    "javascript:alert(1)",
    "# **bold** _it_ `code` [link](http://example.org) ![i](x) | a | b |",
    "---",
    "1. one",
    "\u202eright to left\u202c",
    "null \0 byte, bell \a, delete \x7f, next line \x85",
    "line\none\r\nline two\u2028three",
    "'; DROP TABLE session; --",
    "Zürich, 東京, 🎙️, e\u0301",
)
"""Texts that have broken something somewhere."""

whole_sessions = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
"""For tests with ``sessions()``: they are slow to make, and shrinking one takes minutes."""

texts = st.one_of(st.text(max_size=40), st.sampled_from(NASTY))
lines = texts.map(lambda text: " ".join(text.split())).filter(bool)
"""Texts as a bank has them: some characters, no white space around."""

ids = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
shares = st.floats(0, 1)
seconds = st.floats(0, 600).map(lambda value: round(value, 3))
times = st.datetimes(
    min_value=datetime(2001, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2099, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda moment: moment.isoformat(timespec="seconds"))

spoken_words = texts.map(lambda text: "".join(text.split())).filter(bool)


@st.composite
def words(draw: st.DrawFn) -> Word:
    start_s = draw(seconds)
    return Word(draw(spoken_words), start_s, start_s + draw(st.floats(0, 2)), draw(shares))


segments = st.lists(words(), min_size=1, max_size=6).map(lambda own: Segment.spoken(tuple(own)))
transcripts = st.one_of(
    st.builds(
        Transcript,
        st.lists(segments, max_size=4).map(tuple),
        st.sampled_from(["whisper", "pocketsphinx"]),
        model=texts,
        duration_s=seconds,
    ),
    lines.map(Transcript.typed),
)


@st.composite
def concepts(draw: st.DrawFn, concept_id: str, hint: str) -> Concept:
    start = draw(st.integers(0, len(hint)))
    end = draw(st.integers(start, len(hint)))
    some_lines = st.lists(lines, max_size=2).map(tuple)
    return Concept.model_validate(
        {
            "id": concept_id,
            "label": draw(lines),
            "hint": hint[start:end],
            "weight": draw(st.floats(0.1, 10)),
            "keywords": draw(some_lines),
            "says": draw(some_lines),
            "not": draw(some_lines),
            "probe": draw(texts),
        }
    )


@st.composite
def questions(draw: st.DrawFn) -> Question:
    hint = draw(lines)
    concept_ids = draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    return Question(
        id=draw(ids),
        category=draw(lines),
        level=draw(st.sampled_from(["beginner", "intermediate", "advanced"])),
        question=draw(lines),
        hint=hint,
        concepts=tuple(draw(concepts(one, hint)) for one in concept_ids),
    )


@st.composite
def evidences(draw: st.DrawFn, transcript: Transcript) -> Evidence:
    text = transcript.text
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return Evidence(text[start:end], start, end, *transcript.times_of(start, end))


@st.composite
def assessments(draw: st.DrawFn, question: Question, transcript: Transcript) -> Assessment:
    verdicts = tuple(
        ConceptVerdict(
            id=concept.id,
            label=concept.label,
            hint=concept.hint,
            weight=concept.weight,
            level=draw(st.sampled_from(Level)),
            confidence=draw(shares),
            evidence=tuple(draw(st.lists(evidences(transcript), max_size=3))),
            why=draw(texts),
            terms_said=tuple(draw(st.lists(texts, max_size=2))),
        )
        for concept in question.concepts
    )
    return Assessment(question.id, coverage(verdicts), verdicts, draw(texts))


recordings = st.builds(
    Recording,
    path=st.from_regex(r"/[a-z0-9 ü]{1,12}/[a-z0-9 ü]{1,12}\.wav", fullmatch=True).map(Path),
    duration_s=seconds,
    rate_hz=st.sampled_from([0, 16_000, 44_100, 48_000]),
    device=texts,
    overflows=st.integers(0, 9),
    peak_dbfs=st.floats(-90, 0),
    problem=texts,
)


sound_verdicts = st.builds(
    SoundVerdict,
    grade=st.sampled_from(Grade),
    reason=texts,
    next_step=texts,
    snr_db=st.none() | st.floats(-90, 90),
    speech_share=shares,
    speech_dbfs=st.floats(-90, 0),
    word_probability=st.none() | shares,
    clipped_share=shares,
    is_room_heard=st.booleans(),
)


@st.composite
def earlier_results(draw: st.DrawFn) -> Earlier:
    question, transcript = draw(questions()), draw(transcripts)
    assessment = draw(st.none() | assessments(question, transcript))
    judged = assessment.concepts[:1] if assessment else ()
    return Earlier(
        until=draw(times),
        reason=draw(st.sampled_from(Revision)),
        transcript=transcript,
        assessment=assessment,
        overrulings=tuple(Overruling(one.id, Level.PARTIAL, draw(texts)) for one in judged),
        question=draw(st.none() | st.just(question)),
    )


@st.composite
def attempts(
    draw: st.DrawFn,
    session_id: str = "session",
    position: int = 0,
    question: Question | None = None,
) -> Attempt:
    question = question or draw(questions())
    transcript = draw(st.none() | transcripts)
    assessed = transcript is not None and draw(st.booleans())
    status = st.sampled_from([one for one in AttemptStatus if one is not AttemptStatus.ASSESSED])
    recording = draw(st.none() | recordings)
    sound = draw(st.none() | sound_verdicts) if recording and transcript else None
    unusable = sound is not None and sound.grade is Grade.UNUSABLE
    anyway = unusable and draw(st.booleans())
    scored = transcript and assessed and (anyway or not unusable)
    assessment = draw(assessments(question, transcript)) if transcript and scored else None
    overruled = [one.id for one in assessment.concepts if draw(st.booleans())] if assessment else []
    return Attempt(
        id=draw(st.uuids().map(str)),
        session_id=session_id,
        position=position,
        bank_id=draw(ids),
        question=question,
        started_at=draw(times),
        status=AttemptStatus.ASSESSED if assessed else draw(status),
        recording=recording,
        transcript=transcript,
        assessment=assessment,
        failure="" if assessed else draw(texts),
        overrulings=tuple(
            Overruling(one, draw(st.sampled_from(Level)), draw(texts)) for one in overruled
        ),
        self_rating=draw(st.none() | st.integers(0, 100)),
        earlier=tuple(draw(st.lists(earlier_results(), max_size=1))),
        sound=sound,
        scored_anyway=anyway,
    )


@st.composite
def sessions(draw: st.DrawFn) -> SessionRecord:
    session_id = draw(st.uuids().map(str))
    chosen = draw(st.lists(questions(), min_size=1, max_size=3, unique_by=lambda one: one.id))
    positions = draw(st.lists(st.integers(0, len(chosen) - 1), max_size=3))
    return SessionRecord(
        id=session_id,
        bank_id=draw(ids),
        bank_title=draw(lines),
        started_at=draw(times),
        question_ids=tuple(question.id for question in chosen),
        ended_at=draw(st.just("") | times),
        attempts=tuple(draw(attempts(session_id, one, chosen[one])) for one in positions),
    )
