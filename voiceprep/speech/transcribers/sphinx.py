"""The basic recogniser: PocketSphinx with the US-English model of its wheel.

It runs in the child process only. It is small and quick (0.15 s for a second of speech), knows
67,000 words and the terms it is taught, and writes neither capitals nor punctuation.
"""

import logging
import re
from bisect import bisect
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from voiceprep.scoring.transcript import Segment, Word
from voiceprep.speech.audio_file import SPEECH_RATE_HZ
from voiceprep.speech.g2p import Espeak, is_acronym, pronunciations, spelled
from voiceprep.speech.transcribers.messages import EngineChoice
from voiceprep.speech.vad import STRIDE_S, Span, loudest_dbfs, speech_probabilities, speech_spans

if TYPE_CHECKING:
    from voiceprep.speech.audio_file import Samples
    from voiceprep.speech.transcribers.child import Report

_log = logging.getLogger(__name__)

_FRAME_S = 0.01  # PocketSphinx counts in hundredths of a second
_PIECE_S = 15.0  # some 2 s of work
_BREATH = 5  # windows of the speech detector, 0.16 s: the shortest gap worth to be cut in
_PAD_S = 0.3  # of silence around a piece
_MOST_STATES = 3000
"""Hypotheses that are followed at once; PocketSphinx's own 30,000 let noise take four times as long
as clear speech. The demo's answers have the same words wrong with either, in two thirds of the
time."""
_LOUDNESS_DBFS = -10.0  # to which the loudest 50 ms are brought; it hears quiet speech worse


class Sphinx:
    """A loaded PocketSphinx decoder."""

    model = "en-us"

    def __init__(self, choice: EngineChoice) -> None:
        """Load the model and teach it the glossary."""
        import pocketsphinx  # noqa: PLC0415 - heavy

        self._decoder: Any = pocketsphinx.Decoder(
            samprate=float(SPEECH_RATE_HZ), maxhmmpf=_MOST_STATES, loglevel="FATAL"
        )
        self._written: dict[str, str] = {}
        self._teach(choice.glossary)

    def segments(self, samples: "Samples", report: "Report") -> tuple[Segment, ...]:
        """Transcribe 16 kHz mono piece by piece, cut at pauses; one segment between two pauses."""
        probabilities = speech_probabilities(samples)
        gain = 10 ** ((_LOUDNESS_DBFS - loudest_dbfs(samples)) / 20)
        words: list[Word] = []
        # Otherwise the recording before would be felt in the confidences of this one.
        self._decoder.reinit_feat()
        for piece in pieces(probabilities, len(samples) / SPEECH_RATE_HZ):
            words.extend(self._decode(samples, gain, piece))
            report(piece.end_s)
        return tuple(between_pauses(words, speech_spans(probabilities)))

    def _decode(self, samples: "Samples", gain: float, piece: Span) -> Iterator[Word]:
        import numpy as np  # noqa: PLC0415 - heavy

        first, last = (round(at * SPEECH_RATE_HZ) for at in (piece.start_s, piece.end_s))
        pcm = (np.clip(samples[first:last] * gain, -1, 1) * 32767).astype("<i2").tobytes()
        self._decoder.start_utt()
        self._decoder.process_raw(pcm, full_utt=True)
        self._decoder.end_utt()
        for heard in self._decoder.seg() or ():  # None where it is too short for any word
            text = self._text(heard.word)
            if text:
                start_s = piece.start_s + heard.start_frame * _FRAME_S
                end_s = min(piece.start_s + (heard.end_frame + 1) * _FRAME_S, piece.end_s)
                confidence = min(max(float(heard.prob), 0.0), 1.0)
                yield Word(text, round(start_s, 2), round(end_s, 2), round(confidence, 3))

    def _text(self, key: str) -> str:
        """What to write for an entry of the dictionary; nothing for silence and noises."""
        if key in self._written:
            return self._written[key]
        if key.startswith(("<", "[", "+")):
            return ""
        word = re.sub(r"\(\d+\)$", "", key)
        return self._written.get(word, word)

    def _teach(self, glossary: tuple[str, ...]) -> None:
        """Add the terms that the dictionary or the language model lacks."""
        reader = _Reader(self._decoder)
        model = self._decoder.get_lm(self._decoder.current_search())
        unknown = self._decoder.logmath.get_zero()
        new: dict[str, str] = {}
        for term in dict.fromkeys(_written(word) for word in glossary):
            plain = term.lower()
            known = self._decoder.lookup_word(plain) if model.prob([plain]) > unknown else None
            if len(term) == 1 or (known and not is_acronym(term)):
                continue
            if known == spelled(term):
                self._written[plain] = term
                continue
            for number, sounds in enumerate(pronunciations(term, reader.say)):
                if sounds != known:
                    # A key of its own: to the dictionary, upper and lower case are the same.
                    key = f"{term}~{number}"
                    new[key] = sounds
                    self._written[key] = term
        for number, (key, sounds) in enumerate(new.items(), 1):
            self._decoder.add_word(key, sounds, number == len(new))


def _written(word: str) -> str:
    """How a term is written in a transcript: as given, but "Threshold" or "AI's" without that."""
    term = re.sub("['\u2019]s$", "", word)
    return term.lower() if term.istitle() and not is_acronym(term) else term


class _Reader:
    """Says plain words: from the dictionary, otherwise by eSpeak's rules."""

    def __init__(self, decoder: Any) -> None:
        self._decoder = decoder
        self._espeak: Espeak | None = None
        try:
            self._espeak = Espeak()
        except OSError:
            _log.warning("without eSpeak NG only acronyms are taught", exc_info=True)

    def say(self, word: str) -> str | None:
        known: str | None = self._decoder.lookup_word(word)
        return known or (self._espeak.say(word) if self._espeak else None)


def pieces(probabilities: "Samples", duration_s: float) -> Iterator[Span]:
    """Cut a recording into pieces to decode at once, in pauses as far as there are any.

    Long pieces give the decoder context, short ones let progress and cancel through.

    Args:
        probabilities: Of speech, as ``vad.speech_probabilities`` gives them.
        duration_s: Length of the recording.
    """
    parts = [
        part for span in speech_spans(probabilities) for part in _breathed(span, probabilities)
    ]
    first = 0
    for number, part in enumerate(parts):
        last = number + 1 == len(parts)
        if last or parts[number + 1].end_s - parts[first].start_s > _PIECE_S:
            before_s = parts[first - 1].end_s if first else 0.0
            after_s = duration_s if last else parts[number + 1].start_s
            yield Span(
                max(parts[first].start_s - _PAD_S, (before_s + parts[first].start_s) / 2),
                min(part.end_s + _PAD_S, (part.end_s + after_s) / 2),
            )
            first = number + 1


def _breathed(span: Span, probabilities: "Samples") -> Iterator[Span]:
    """Cut a stretch that is too long by itself where speech is least likely."""
    import numpy as np  # noqa: PLC0415 - heavy

    smooth = np.convolve(probabilities, np.full(_BREATH, 1 / _BREATH), mode="same")
    start_s = span.start_s
    while span.end_s - start_s > _PIECE_S:
        first, last = (round((start_s + share * _PIECE_S) / STRIDE_S) for share in (0.5, 1))
        cut_s = (first + int(np.argmin(smooth[first:last])) + 0.5) * STRIDE_S
        yield Span(start_s, cut_s)
        start_s = cut_s
    yield Span(start_s, span.end_s)


def between_pauses(words: list[Word], spans: tuple[Span, ...]) -> Iterator[Segment]:
    """Part words into segments at the pauses.

    Args:
        words: In order.
        spans: The speech between the pauses, in order.
    """
    pauses = [(one.end_s + other.start_s) / 2 for one, other in pairwise(spans)]
    for _, said in groupby(words, key=lambda word: bisect(pauses, (word.start_s + word.end_s) / 2)):
        yield Segment.spoken(tuple(said))
