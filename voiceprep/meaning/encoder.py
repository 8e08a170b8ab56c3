"""The sentence encoder: texts in, how much they mean the same out.

A fine-tuned all-MiniLM-L6-v2 with 8-bit weights (assets/models/meaning/NOTICE), run by ONNX
Runtime. Each text becomes a unit vector, the mean over its tokens; the likeness of two texts is
the cosine of their vectors. Texts go in one by one: nothing is padded, and as 8-bit activations
are scaled by all that goes in together, only so has a text one vector, whatever its company.
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
"""Longer texts are cut; the longest stretch of an answer has some 60 tokens."""

MOST_KEPT = 8_000
"""Vectors that are kept (12 MB): the phrases of all questions of a large bank."""

_THREADS = 2

Vector = NDArray[np.float32]


class Encoder:
    """Compares texts by meaning; loads at the first use, from any thread."""

    def __init__(self, folder: Path | None = None) -> None:
        """Nothing is loaded yet. ``folder``: where model and tokenizer lie; else in assets/."""
        self._folder = folder or asset("models", "meaning")
        self._lock = Lock()
        self._session: Any = None
        self._tokenizer: Any = None
        self._kept: dict[str, Vector] = {}

    @property
    def is_installed(self) -> bool:
        """Whether the files are there."""
        return all((self._folder / name).is_file() for name in ("model.onnx", "tokenizer.json"))

    def likenesses(
        self, stretches: Sequence[str], phrases: Sequence[str]
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
            known = np.stack([self._kept[phrase] for phrase in phrases])
            said = self._encode(tuple(dict.fromkeys(stretches)))
        rows = np.stack([said[stretch] for stretch in stretches]) @ known.T
        return tuple(tuple(round(float(one), 4) for one in row) for row in rows)

    def _keep(self, phrases: Iterable[str]) -> None:
        new = tuple(dict.fromkeys(one for one in phrases if one not in self._kept))
        if len(self._kept) + len(new) > MOST_KEPT:
            self._kept.clear()
            new = tuple(dict.fromkeys(phrases))
        self._kept |= self._encode(new)

    def _encode(self, texts: Sequence[str]) -> dict[str, Vector]:
        vectors: dict[str, Vector] = {}
        for text, encoding in zip(texts, self._tokenizer.encode_batch(list(texts)), strict=True):
            ids = np.array([encoding.ids], dtype=np.int64)
            (tokens,) = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
            mean = tokens[0].mean(axis=0)
            vectors[text] = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return vectors

    def _load(self) -> None:
        if self._session is not None:
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
            self._session = onnxruntime.InferenceSession(
                str(self._folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = tokenizer
        except Exception as error:  # the libraries raise bare Exceptions of their own
            raise VoicePrepError(
                "The model that compares meanings cannot be loaded.",
                f"{self._folder}: {error}",
                "Install VoicePrep again; without the model answers are scored by their words.",
            ) from error
