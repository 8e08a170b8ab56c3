"""A transcript set right: by hand, or by the words that a person's dictionary knows.

Words that survive keep their times; corrected ones share the time of what they replace.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby

from voiceprep.scoring.transcript import Segment, Transcript, Word

_MARKS = ".,;:!?\u2026\"'\u201c\u201d\u2018\u2019()[]"

_Placed = tuple[int, Word]
"""The number of a segment, and one of its words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a person's dictionary.

    Attributes:
        heard: What recognisers write, e.g. "rack"; one word or more.
        meant: What was said, e.g. "RAG".
    """

    heard: str
    meant: str


def with_entry(entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    """A dictionary with one entry more; it takes the place of one for the same heard words."""
    return (*without_entry(entries, entry.heard), entry)


def without_entry(entries: tuple[Entry, ...], heard: str) -> tuple[Entry, ...]:
    """A dictionary without what it had for these heard words."""
    return tuple(one for one in entries if one.heard.casefold() != heard.casefold())


def rewritten(transcript: Transcript) -> tuple[Entry, ...]:
    """What is written otherwise than it was heard, by hand or by the dictionary, each once."""
    groups = groupby(transcript.words, key=lambda word: word.heard)
    return tuple(
        dict.fromkeys(
            Entry(heard.strip(_MARKS), " ".join(word.text for word in words).strip(_MARKS))
            for heard, words in groups
            if heard
        )
    )


def corrected(transcript: Transcript, text: str) -> Transcript:
    """The transcript with another text.

    Args:
        transcript: As it was; it stays as it is.
        text: What was really said; white space does not count.

    Raises:
        ValueError: There are no words in the text.
    """
    wanted = text.split()
    if not wanted:
        raise ValueError("no words")
    old = [(at, word) for at, part in enumerate(transcript.segments) for word in part.words]
    if not old:  # typed: its lines are the person's own
        return replace(transcript, segments=(Segment(text.strip()),))
    return replace(transcript, segments=_segments(_aligned(old, wanted)))


def with_dictionary(transcript: Transcript, entries: Sequence[Entry]) -> Transcript:
    """The transcript with each word that the dictionary knows as it was meant; longest first."""
    known = {key: one for one in entries if (key := tuple(map(_plain, one.heard.split())))}
    if not known:
        return transcript
    longest = max(map(len, known))
    segments = tuple(
        Segment.spoken(tuple(_looked_up(part.words, known, longest))) if part.words else part
        for part in transcript.segments
    )
    return replace(transcript, segments=segments)


def replaced(before: Transcript, after: Transcript) -> tuple[Entry, ...]:
    """What a correction replaced, as entries that a dictionary could have."""
    old, new = before.text.split(), after.text.split()
    return tuple(
        Entry(heard, meant)
        for kind, first, last, start, end in _changes(old, new)
        if kind == "replace"
        and (heard := " ".join(old[first:last]).strip(_MARKS))
        and (meant := " ".join(new[start:end]).strip(_MARKS))
    )


def _aligned(old: Sequence[_Placed], wanted: Sequence[str]) -> Iterator[_Placed]:
    for kind, first, last, start, end in _changes([word.text for _, word in old], wanted):
        words = wanted[start:end]
        if kind == "equal":
            for (at, word), text in zip(old[first:last], words, strict=True):
                yield at, replace(word, text=text)
        elif kind == "replace":
            heard = _as_heard(word for _, word in old[first:last])
            if heard == " ".join(words):
                heard = ""  # set right before, and now as it was
            span = old[first][1].start_s, old[last - 1][1].end_s
            for word in _spread(words, span, heard):
                yield old[first][0], word
        elif kind == "insert":
            before = old[first - 1] if first else None
            begins = before[1].end_s if before else 0.0
            ends = old[first][1].start_s if first < len(old) else begins
            for word in _spread(words, (begins, max(begins, ends)), ""):
                yield (before or old[0])[0], word


def _as_heard(words: Iterable[Word]) -> str:
    """What the engine wrote; words that stand for one stretch remember all of it."""
    parts = groupby(words, key=lambda word: word.heard)
    texts = ([heard] if heard else [word.text for word in group] for heard, group in parts)
    return " ".join(text for part in texts for text in part)


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """How one row of words becomes another, as ``SequenceMatcher.get_opcodes`` has it."""
    matcher = SequenceMatcher(
        None, [_plain(one) for one in old], [_plain(one) for one in new], autojunk=False
    )
    return list(matcher.get_opcodes())


def _spread(words: Sequence[str], span: tuple[float, float], heard: str) -> Iterator[Word]:
    """Words over a stretch of time, each as long as it has letters."""
    start_s, end_s = span
    letters = sum(map(len, words))
    done = 0
    for text in words:
        begins = start_s + (end_s - start_s) * done / letters
        done += len(text)
        ends = start_s + (end_s - start_s) * done / letters
        yield Word(text, round(begins, 3), round(ends, 3), 1.0, heard)


def _segments(placed: Iterator[_Placed]) -> tuple[Segment, ...]:
    return tuple(
        Segment.spoken(tuple(word for _, word in group))
        for _, group in groupby(placed, key=lambda one: one[0])
    )


def _looked_up(
    words: Sequence[Word], known: dict[tuple[str, ...], Entry], longest: int
) -> Iterator[Word]:
    at = 0
    while at < len(words):
        for count in range(min(longest, len(words) - at), 0, -1):
            found = known.get(tuple(_plain(one.text) for one in words[at : at + count]))
            if found is not None:
                yield from _meant(words[at : at + count], found)
                at += count
                break
        else:
            yield words[at]
            at += 1


def _meant(words: Sequence[Word], entry: Entry) -> Iterator[Word]:
    """The words of an entry in the place of what was heard; its last mark stays."""
    last = words[-1].text
    mark = last[len(last.rstrip(_MARKS)) :]
    texts = entry.meant.split()
    heard = " ".join(one.text for one in words)
    if not texts or [*texts[:-1], texts[-1] + mark] == heard.split():
        yield from words
        return
    texts[-1] += mark
    yield from _spread(texts, (words[0].start_s, words[-1].end_s), heard)


def _plain(word: str) -> str:
    return word.casefold().strip(_MARKS) or word
