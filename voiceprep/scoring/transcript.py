"""What was said, as words with times.

Every room works with these records; an engine makes them and nothing changes them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

TYPED = "typed"
"""The engine of an answer that was not spoken."""


UNSURE = 0.4
"""Below this confidence a word is shown as one that may be wrong: in the demo recordings about one
word in eight of the basic recogniser's."""


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word.

    Attributes:
        text: The word without surrounding white space, with its punctuation if it has any.
        start_s: Where it begins, in seconds from the start of the recording.
        end_s: Where it ends.
        confidence: The engine's probability that it is right, 0 to 1; 1 where it was corrected.
        heard: What the engine wrote instead, where it was corrected; else "".
    """

    text: str
    start_s: float
    end_s: float
    confidence: float
    heard: str = ""

    @property
    def is_unsure(self) -> bool:
        """Whether the engine may well have heard something else."""
        return self.confidence < UNSURE


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of speech between pauses, or a typed text (then it has no words and no times).

    Spoken segments keep ``text == " ".join(word.text for word in words)``.
    """

    text: str
    start_s: float | None = None
    end_s: float | None = None
    words: tuple[Word, ...] = ()

    @classmethod
    def spoken(cls, words: tuple[Word, ...]) -> "Segment":
        """A segment from its words, of which there is at least one."""
        text = " ".join(word.text for word in words)
        return cls(text, words[0].start_s, words[-1].end_s, words)


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole answer.

    Attributes:
        segments: In the order of time.
        engine: "whisper", "pocketsphinx" or "typed".
        model: The model's name, empty for typed answers.
        language: ISO 639-1 code.
        duration_s: Length of the recording, 0 for typed answers.
    """

    segments: tuple[Segment, ...]
    engine: str
    model: str = ""
    language: str = "en"
    duration_s: float = 0.0

    @classmethod
    def typed(cls, text: str) -> "Transcript":
        """The transcript of an answer that was typed."""
        return cls((Segment(text),), engine=TYPED)

    @property
    def text(self) -> str:
        """All of it, segments joined by one space; evidence counts its characters."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def words(self) -> tuple[Word, ...]:
        """All timed words in order."""
        return tuple(word for segment in self.segments for word in segment.words)

    def located_words(self) -> Iterator[tuple[int, int, Word]]:
        """Each timed word with its start and end character in ``text``."""
        offset = 0
        for segment in self.segments:
            position = offset
            for word in segment.words:
                yield position, position + len(word.text), word
                position += len(word.text) + 1
            offset += len(segment.text) + 1

    def times_of(self, start_char: int, end_char: int) -> tuple[float | None, float | None]:
        """When the characters [start_char, end_char) were said; None for typed text."""
        hit = [
            word
            for start, end, word in self.located_words()
            if start < end_char and end > start_char
        ]
        return (hit[0].start_s, hit[-1].end_s) if hit else (None, None)


NOTHING_HEARD = Transcript((), engine="")
"""Of a recording without words."""
