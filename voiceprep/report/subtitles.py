"""A transcript as text, JSON, SRT or WebVTT."""

from enum import StrEnum

from pydantic import TypeAdapter

from voiceprep.scoring.transcript import Segment, Transcript, Word

_CUE_WORDS = 12
"""A cue of about two lines: subtitles are read in one glance."""


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
                f"{number}\n{_time(cue[0].start_s, ',')} --> {_time(cue[-1].end_s, ',')}\n"
                f"{_line(cue)}\n"
                for number, cue in enumerate(_cues(transcript), 1)
            )
            return "\n".join(cues)
        case FORMATS.VTT:
            cues = (
                f"{_time(cue[0].start_s, '.')} --> {_time(cue[-1].end_s, '.')}\n"
                f"{_escape(_line(cue))}\n"
                for cue in _cues(transcript)
            )
            return "WEBVTT\n\n" + "\n".join(cues)


def _cues(transcript: Transcript) -> list[tuple[Word, ...]]:
    return [cue for segment in transcript.segments for cue in _split(segment)]


def _split(segment: Segment) -> list[tuple[Word, ...]]:
    words = segment.words
    return [words[at : at + _CUE_WORDS] for at in range(0, len(words), _CUE_WORDS)]


def _line(cue: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in cue)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(seconds: float, point: str) -> str:
    """hh:mm:ss with milliseconds, as SRT (comma) and WebVTT (full stop) want it."""
    whole_ms = round(seconds * 1000)
    hours, rest = divmod(whole_ms, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"
