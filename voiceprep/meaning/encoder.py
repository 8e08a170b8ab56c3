"""Compares texts by meaning, and judges whether a stretch of speech makes a point.

A fine-tuned all-MiniLM-L6-v2 with 8-bit weights (assets/models/meaning/NOTICE), run by ONNX Runtime
in three parts. ``words`` turns a text into states, one a token. ``sentences`` turns these into
vectors, whose mean stands for the text; the likeness of two texts is the cosine of their means.
``judge`` reads the states of a stretch and of a point together and gives the log-odds that the one
makes the other. Texts go in one by one: nothing is padded, and as 8-bit activations are scaled by
all that goes in together, only so has a text one vector, whatever its company.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voiceprep.errors import VoicePrepError
from voiceprep.resources import asset

LONGEST_TOKENS = 96
"""Longer texts are cut; the longest piece of an answer has some 60 tokens."""

MOST_VECTORS = 8_000
"""Phrases whose vectors are kept (12 MB): those of all questions of a large bank."""

MOST_STATES = 800
"""Texts whose states are kept (some 25 MB): one answer and the phrases of a few questions."""

_THREADS = 2
_PARTS = ("words", "sentences", "judge")
_STRETCH, _NAME, _WAY = 0, 1, 2
"""What a token belongs to; as in tools/scorer/judge.py."""

Array = NDArray[np.float32]
Pieces = tuple[str, ...]


class Encoder:
    """The model; loads at the first use, from any thread."""

    def __init__(self, folder: Path | None = None) -> None:
        """Nothing is loaded yet. ``folder``: where model and tokenizer lie; else in assets/."""
        self._folder = folder or asset("models", "meaning")
        self._lock = Lock()
        self._sessions: dict[str, Any] = {}
        self._tokenizer: Any = None
        self._vectors: dict[str, Array] = {}
        self._states: dict[str, Array] = {}

    @property
    def is_installed(self) -> bool:
        """Whether the files are there."""
        names = ("tokenizer.json", *(f"{one}.onnx" for one in _PARTS))
        return all((self._folder / name).is_file() for name in names)

    def likenesses(
        self, stretches: Sequence[Pieces], phrases: Sequence[str]
    ) -> tuple[tuple[float, ...], ...]:
        """For each stretch a row with its likeness to each phrase, -1 to 1.

        Raises:
            VoicePrepError: The model's files are missing or damaged.
        """
        if not stretches or not phrases:
            return tuple(() for _ in stretches)
        with self._lock:
            self._load()
            self._keep(phrases)
            known = np.stack([self._vectors[phrase] for phrase in phrases])
            pieces = dict.fromkeys(piece for stretch in stretches for piece in stretch)
            tokens = {piece: self._tokens(piece) for piece in pieces}
        said = [
            _direction(np.concatenate([tokens[one] for one in stretch])) for stretch in stretches
        ]
        rows = np.stack(said) @ known.T
        return tuple(tuple(round(float(one), 4) for one in row) for row in rows)

    def odds(self, cases: Sequence[tuple[Pieces, Sequence[str]]]) -> tuple[float, ...]:
        """The log-odds that a stretch makes a point.

        Args:
            cases: Stretch, and the texts of the point: the first names it, others say it.

        Raises:
            VoicePrepError: The model's files are missing or damaged.
        """
        if not cases:
            return ()
        with self._lock:
            self._load()
            return tuple(self._judge(stretch, point) for stretch, point in cases)

    def _judge(self, stretch: Pieces, point: Sequence[str]) -> float:
        states = [self._states_of(one) for one in (*stretch, *point)]
        kinds = [_STRETCH] * len(stretch) + [_NAME] + [_WAY] * (len(point) - 1)
        parts = [np.full(len(one), kind) for one, kind in zip(states, kinds, strict=True)]
        given = {"states": np.concatenate(states)[None], "parts": np.concatenate(parts)[None]}
        (odds,) = self._sessions["judge"].run(None, given)
        return round(float(odds[0]), 3)

    def _keep(self, phrases: Iterable[str]) -> None:
        new = tuple(dict.fromkeys(one for one in phrases if one not in self._vectors))
        if len(self._vectors) + len(new) > MOST_VECTORS:
            self._vectors.clear()
            new = tuple(dict.fromkeys(phrases))
        self._vectors |= {one: _direction(self._tokens(one)) for one in new}

    def _tokens(self, text: str) -> Array:
        """The vectors of a text, one a token."""
        (tokens,) = self._sessions["sentences"].run(None, {"states": self._states_of(text)[None]})
        found: Array = tokens[0]
        return found

    def _states_of(self, text: str) -> Array:
        if text not in self._states:
            if len(self._states) >= MOST_STATES:
                self._states.clear()
            ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
            (states,) = self._sessions["words"].run(None, {"ids": ids})
            self._states[text] = states[0]
        return self._states[text]

    def _load(self) -> None:
        if self._sessions:
            return
        import onnxruntime  # noqa: PLC0415 - 0.2 s that nobody waits for before the first answer
        from tokenizers import Tokenizer  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _THREADS
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
            tokenizer.enable_truncation(LONGEST_TOKENS)
            tokenizer.no_padding()
            self._sessions = {
                one: onnxruntime.InferenceSession(
                    str(self._folder / f"{one}.onnx"), options, providers=["CPUExecutionProvider"]
                )
                for one in _PARTS
            }
            self._tokenizer = tokenizer
        except Exception as error:  # the libraries raise bare Exceptions of their own
            raise VoicePrepError(
                "The model that compares meanings cannot be loaded.",
                f"{self._folder}: {error}",
                "Install VoicePrep again; without the model answers are scored by their words.",
            ) from error


def _direction(tokens: Array) -> Array:
    """The mean of some vectors as a unit vector."""
    mean = tokens.mean(axis=0)
    found: Array = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return found
