"""A transcript as text, JSON, SRT or WebVTT."""

import math
import textwrap
from collections.abc import Iterator, Sequence
from enum import StrEnum

from pydantic import TypeAdapter

from voiceprep.scoring.transcript import Segment, Transcript, Word

_LINE_CHARS, _CUE_LINES = 42, 2
_CUE_S = 7.0
"""A cue of two lines of 42 characters, shown for 7 s at most, is read in one glance (the usual
rules of subtitling, as in the BBC's and Netflix's guides)."""

_LEAST_WORDS = 3
"""A sentence that ends earlier goes on in the same cue: two words alone flicker."""


class FORMATS(StrEnum):
    """How a transcript can be printed."""

    TXT = "txt"
    JSON = "json"
    SRT = "srt"
    VTT = "vtt"


def as_text(transcript: Transcript, form: FORMATS) -> str:
    """The transcript in this form, with a line break at its end."""
    match form:
        case FORMATS.TXT:
            return "\n".join(segment.text for segment in transcript.segments) + "\n"
        case FORMATS.JSON:
            return TypeAdapter(Transcript).dump_json(transcript, indent=2).decode() + "\n"
        case FORMATS.SRT:
            cues = (
                f"{number}\n{_time(start_s, ',')} --> {_time(end_s, ',')}\n{text}\n"
                for number, (start_s, end_s, text) in enumerate(_cues(transcript), 1)
            )
            return "\n".join(cues)
        case FORMATS.VTT:
            cues = (
                f"{_time(start_s, '.')} --> {_time(end_s, '.')}\n{_escape(text)}\n"
                for start_s, end_s, text in _cues(transcript)
            )
            return "WEBVTT\n\n" + "\n".join(cues)


def _cues(transcript: Transcript) -> list[tuple[float, float, str]]:
    """Start, end and lines of each cue; none begins before the one before has ended."""
    groups = [cue for segment in transcript.segments for cue in _split(segment)]
    starts = [cue[0].start_s for cue in groups]
    ends = [
        min(cue[-1].end_s, following) if following > cue[0].start_s else cue[-1].end_s
        for cue, following in zip(groups, [*starts[1:], math.inf], strict=False)
    ]
    return [
        (start_s, end_s, "\n".join(_lines(cue)))
        for start_s, end_s, cue in zip(starts, ends, groups, strict=True)
    ]


def _split(segment: Segment) -> Iterator[tuple[Word, ...]]:
    """A segment's words in cues, which end with a sentence where they can."""
    cue: list[Word] = []
    for word in segment.words:
        longer = [*cue, word]
        too_long = len(_lines(longer)) > _CUE_LINES or word.end_s - longer[0].start_s > _CUE_S
        if cue and too_long:
            yield tuple(cue)
            cue = []
        cue.append(word)
        if len(cue) >= _LEAST_WORDS and word.text.endswith((".", "?", "!")):
            yield tuple(cue)
            cue = []
    if cue:
        yield tuple(cue)


def _lines(cue: Sequence[Word]) -> list[str]:
    """The words of a cue in lines; a word that is longer than a line has one for itself."""
    text = " ".join(word.text for word in cue)
    return textwrap.wrap(text, _LINE_CHARS, break_long_words=False, break_on_hyphens=False)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(seconds: float, point: str) -> str:
    """hh:mm:ss with milliseconds, as SRT (comma) and WebVTT (full stop) want it."""
    whole_ms = round(seconds * 1000)
    hours, rest = divmod(whole_ms, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"
