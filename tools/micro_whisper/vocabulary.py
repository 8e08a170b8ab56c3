"""The byte-level BPE vocabulary, laid out like that of an English-only Whisper.

Text tokens come first, then the special tokens (``<|endoftext|>`` lowest, because faster-whisper
takes every id below it for text), then the 1,501 timestamp tokens from 0.00 to 30.00 seconds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SPECIALS: tuple[str, ...] = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nocaptions|>",
    "<|notimestamps|>",
)
TIMESTAMPS = 1501
SECONDS_PER_STEP = 0.02


def build_tokenizer(texts: Iterable[str]) -> Tokenizer:
    """Learn a vocabulary in which every word of ``texts``, with its space, is one token.

    No pair is too rare to merge: a word that fell apart into a lone space and the rest could
    never be spoken, since faster-whisper suppresses the lone space.
    """
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=2000,
        min_frequency=1,
        show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
    )
    tokenizer.train_from_iterator([f" {text}" for text in texts], trainer)
    tokenizer.add_special_tokens([AddedToken(name, normalized=False) for name in SPECIALS])
    tokenizer.add_tokens(
        [
            AddedToken(f"<|{step * SECONDS_PER_STEP:.2f}|>", normalized=False)
            for step in range(TIMESTAMPS)
        ]
    )
    return tokenizer


@dataclass(frozen=True)
class Vocabulary:
    """Token ids by meaning."""

    tokenizer: Tokenizer

    @cached_property
    def size(self) -> int:
        """How many tokens there are, timestamps included."""
        return self.tokenizer.get_vocab_size()

    def special(self, name: str) -> int:
        """The id of the special token ``<|name|>``."""
        token = self.tokenizer.token_to_id(f"<|{name}|>")
        if token is None:
            raise KeyError(name)
        return token

    @cached_property
    def timestamp_begin(self) -> int:
        """The id of ``<|0.00|>``."""
        return self.special("notimestamps") + 1

    def timestamp(self, seconds: float) -> int:
        """The token of the moment nearest to ``seconds``."""
        step = round(seconds / SECONDS_PER_STEP)
        return self.timestamp_begin + min(max(step, 0), TIMESTAMPS - 1)

    def encode(self, text: str) -> list[int]:
        """The tokens of ``text`` as given; Whisper's texts begin with a space."""
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def tokens(self) -> list[str]:
        """All tokens in the order of their ids."""
        by_id = {token: name for name, token in self.tokenizer.get_vocab().items()}
        return [by_id[token] for token in range(self.size)]

    def save(self, folder: Path) -> None:
        """Write tokenizer.json, in one line: indented it would be three times the size."""
        text = json.dumps(json.loads(self.tokenizer.to_str()), ensure_ascii=False)
        (folder / "tokenizer.json").write_text(text + "\n", encoding="utf-8")
