"""What the model trains on: the sentences, pieces of them, and their words in random order.

The sentences alone can be told apart by a single word, and the model would learn to recite.
Pieces and jumbled words make it listen to every word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from flite import VOICES, Utterance, speak
from sentences import SENTENCES, WORDS

if TYPE_CHECKING:
    from vocabulary import Vocabulary

TRAINING_STRETCHES: tuple[float, ...] = (0.85, 0.93, 1.06, 1.2)

# Where a full stop or comma is "heard": from just before the end of its word into the pause.
# faster-whisper takes the beginning of the mark for the end of the word.
_MARK_LEAD = 0.03
_MARK_LENGTH = 0.24


@dataclass(frozen=True)
class Timed:
    """A token or phone id and when it sounds, in seconds from the utterance's beginning."""

    ident: int
    start: float
    end: float


@dataclass(frozen=True)
class Take:
    """A spoken text, ready to be placed in a window."""

    samples: np.ndarray
    tokens: tuple[Timed, ...]
    phones: tuple[Timed, ...]

    @property
    def start(self) -> float:
        """When the first word begins."""
        return self.tokens[0].start

    @property
    def end(self) -> float:
        """When the last word ends."""
        return self.tokens[-1].start + _MARK_LEAD


@dataclass(frozen=True)
class Corpus:
    """All takes, by kind, and the phones that occur in them."""

    sentences: tuple[Take, ...]
    others: tuple[Take, ...]
    phones: tuple[str, ...]


def _timed_tokens(utterance: Utterance, vocabulary: Vocabulary) -> tuple[Timed, ...]:
    timed = []
    for word, following in zip(utterance.words, [*utterance.words[1:], None], strict=True):
        letters = word.name.rstrip(".,?!")
        tokens = vocabulary.encode(f" {letters}")
        step = (word.end - word.start) / len(tokens)
        for index, token in enumerate(tokens):
            start = word.start + index * step
            timed.append(Timed(token, start, start + step))
        for mark in word.name[len(letters) :]:
            start = word.end - _MARK_LEAD
            end = start + _MARK_LENGTH
            if following is not None:
                end = max(min(end, following.start), start + 0.06)
            timed.append(Timed(vocabulary.encode(mark)[0], start, end))
    return tuple(timed)


def _texts(rng: np.random.Generator, count: int) -> list[str]:
    """Pieces of sentences and jumbled words, some of them closed by a full stop."""
    texts = []
    for number in range(count):
        if number % 2:
            words = SENTENCES[rng.integers(len(SENTENCES))].split()
            length = int(rng.integers(2, 7))
            first = int(rng.integers(0, max(1, len(words) - length)))
            chosen = words[first : first + length]
        else:
            chosen = list(rng.choice(WORDS, size=int(rng.integers(2, 9))))
        text = " ".join(chosen)
        texts.append(text if text[-1] in ".,?" else f"{text}.")
    return texts


def build_corpus(vocabulary: Vocabulary, seed: int, others: int = 720) -> Corpus:
    """Let Flite speak everything."""
    rng = np.random.default_rng([seed, 1])
    spoken = [
        speak(text, voice, stretch)
        for text in SENTENCES
        for voice in VOICES
        for stretch in TRAINING_STRETCHES
    ]
    spoken += [
        speak(text, VOICES[number % len(VOICES)], float(rng.choice(TRAINING_STRETCHES)))
        for number, text in enumerate(_texts(rng, others))
    ]
    phones = tuple(sorted({phone.name for utterance in spoken for phone in utterance.phones}))
    takes = [
        Take(
            utterance.samples,
            _timed_tokens(utterance, vocabulary),
            tuple(Timed(phones.index(p.name), p.start, p.end) for p in utterance.phones),
        )
        for utterance in spoken
    ]
    whole = len(spoken) - others
    return Corpus(tuple(takes[:whole]), tuple(takes[whole:]), phones)
