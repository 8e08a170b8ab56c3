"""Speech with known word and phone times, from the Flite library.

The ``flite`` program can print phone times but not which word a phone belongs to.  The library
behind it knows both, so it is called directly through ctypes.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import cache

import numpy as np

VOICES: tuple[str, ...] = ("slt", "rms", "awb")
SAMPLE_RATE = 16_000

_FIRST_PHONE = b"daughter1.R:SylStructure.daughter1.daughter1.R:Segment."
_LAST_PHONE = b"daughtern.R:SylStructure.daughtern.daughtern.R:Segment."


@dataclass(frozen=True)
class Span:
    """A named stretch of time in seconds: a word or a phone."""

    name: str
    start: float
    end: float


@dataclass(frozen=True)
class Utterance:
    """One spoken text: its samples (-1 to 1, 16 kHz) and the times of its words and phones."""

    text: str
    voice: str
    samples: np.ndarray
    words: tuple[Span, ...]
    phones: tuple[Span, ...]

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / SAMPLE_RATE


class _Wave(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


class _Voice(ctypes.Structure):
    """The first two fields of Flite's cst_voice; the rest is not needed."""

    _fields_ = (("name", ctypes.c_char_p), ("features", ctypes.c_void_p))


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
    pointer, text = ctypes.c_void_p, ctypes.c_char_p
    signatures = {
        "flite_init": (ctypes.c_int, []),
        "feat_set_float": (None, [pointer, text, ctypes.c_float]),
        "flite_synth_text": (pointer, [text, ctypes.POINTER(_Voice)]),
        "utt_wave": (ctypes.POINTER(_Wave), [pointer]),
        "utt_relation": (pointer, [pointer, text]),
        "relation_head": (pointer, [pointer]),
        "item_next": (pointer, [pointer]),
        "ffeature_float": (ctypes.c_float, [pointer, text]),
        "ffeature_string": (text, [pointer, text]),
        "delete_utterance": (None, [pointer]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    library.flite_init()
    return library


@cache
def _voice(name: str) -> ctypes._Pointer[_Voice]:
    _library()
    for dependency in ("usenglish", "cmulex"):
        ctypes.CDLL(f"libflite_{dependency}.so.1", mode=ctypes.RTLD_GLOBAL)
    voice_library = ctypes.CDLL(f"libflite_cmu_us_{name}.so.1")
    register = getattr(voice_library, f"register_cmu_us_{name}")
    register.restype, register.argtypes = ctypes.POINTER(_Voice), [ctypes.c_char_p]
    return register(None)


def _items(utterance: int, relation: str) -> list[int]:
    library = _library()
    item = library.relation_head(library.utt_relation(utterance, relation.encode()))
    found = []
    while item:
        found.append(item)
        item = library.item_next(item)
    return found


def speak(text: str, voice: str, stretch: float = 1.0) -> Utterance:
    """Speak ``text`` with a Flite voice; ``stretch`` above 1 is slower."""
    library = _library()
    speaker = _voice(voice)
    library.feat_set_float(speaker.contents.features, b"duration_stretch", stretch)
    utterance = library.flite_synth_text(text.encode(), speaker)
    try:
        wave = library.utt_wave(utterance).contents
        if wave.sample_rate != SAMPLE_RATE:
            raise RuntimeError(f"Flite voice {voice} speaks at {wave.sample_rate} Hz")
        samples = np.ctypeslib.as_array(wave.samples, (wave.num_samples,)) / 32768.0
        phones, start = [], 0.0
        for item in _items(utterance, "Segment"):
            end = library.ffeature_float(item, b"end")
            phones.append(Span(library.ffeature_string(item, b"name").decode(), start, end))
            start = end
        # Flite's tokens are the words of the text as written: "GDPR" is one of them, though
        # it is spoken as four words.
        times = [
            (
                library.ffeature_float(item, _FIRST_PHONE + b"p.end"),
                library.ffeature_float(item, _LAST_PHONE + b"end"),
            )
            for item in _items(utterance, "Token")
        ]
    finally:
        library.delete_utterance(utterance)
    written = text.split()
    if len(written) != len(times):
        raise ValueError(f"Flite sees {len(times)} words in {text!r}, expected {len(written)}")
    words = tuple(Span(word, *time) for word, time in zip(written, times, strict=True))
    return Utterance(text, voice, samples.astype(np.float32), words, tuple(phones))
