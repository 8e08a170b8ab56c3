"""Makes a Whisper model in the shape of base.en whose weights are random: for timing only."""

import json
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import numpy as np
from ctranslate2.specs import whisper_spec
from tokenizers import pre_tokenizers

WIDTH, LAYERS, HEADS, VOCABULARY = 512, 6, 8, 51_864
_MELS, _POSITIONS, _TEXT_POSITIONS, _TIMESTAMPS = 80, 1500, 448, 1501
_TEXT = 50_256  # tokens before <|endoftext|>, as in GPT-2
_TEXT_LOGITS = 5.0
"""Standard deviation: text is always likelier than all the timestamps together."""


def make(folder: Path, seed: int = 0) -> Path:
    """Write the model's folder with int8 weights, 75 MB; returns it."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(seed)

    def linear(spec: Any, outputs: int, inputs: int) -> None:
        spec.weight = rng.normal(0, inputs**-0.5, (outputs, inputs)).astype(np.float32)
        spec.bias = np.zeros(outputs, np.float32)

    def norm(spec: Any) -> None:
        spec.gamma, spec.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def attention(spec: Any, *, of_other: bool = False) -> None:
        for part, outputs in zip(spec.linear, (1, 2, 1) if of_other else (3, 1), strict=True):
            linear(part, outputs * WIDTH, WIDTH)
        norm(spec.layer_norm)

    spec = whisper_spec.WhisperSpec(LAYERS, HEADS, LAYERS, HEADS)
    for conv, inputs in ((spec.encoder.conv1, _MELS), (spec.encoder.conv2, WIDTH)):
        conv.weight = rng.normal(0, (3 * inputs) ** -0.5, (WIDTH, inputs, 3)).astype(np.float32)
        conv.bias = np.zeros(WIDTH, np.float32)
    for part, positions in ((spec.encoder, _POSITIONS), (spec.decoder, _TEXT_POSITIONS)):
        part.position_encodings.encodings = rng.normal(0, 1, (positions, WIDTH)).astype(np.float32)
        norm(part.layer_norm)
        for layer in part.layer:
            attention(layer.self_attention)
            if part is spec.decoder:
                attention(layer.attention, of_other=True)
            linear(layer.ffn.linear_0, 4 * WIDTH, WIDTH)
            linear(layer.ffn.linear_1, WIDTH, 4 * WIDTH)
            norm(layer.ffn.layer_norm)
    words = rng.normal(0, _TEXT_LOGITS * WIDTH**-0.5, (VOCABULARY, WIDTH)).astype(np.float32)
    words[_TEXT:] = 0
    spec.decoder.embeddings.weight = spec.decoder.projection.weight = words
    tokens = _tokens()
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids, spec.config.suppress_ids_begin = [], [_TEXT]
    spec.config.alignment_heads = [[LAYERS - 1, 0]]
    spec.config.lang_ids = []
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer(tokens)), encoding="utf-8")
    return folder


def _tokens() -> list[str]:
    """Bytes, words of letters, special tokens, timestamps; as many as base.en has."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = ("\u0120" + "".join(one) for one in product(ascii_lowercase, repeat=4))
    text = [*letters, *(next(words) for _ in range(_TEXT - len(letters)))]
    special = [f"<|unused{number}|>" for number in range(VOCABULARY - _TIMESTAMPS - _TEXT)]
    special[:2] = ["<|endoftext|>", "<|startoftranscript|>"]
    special[-6:] = [
        "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nocaptions|>",
        "<|notimestamps|>",
    ]  # fmt: skip
    return [*text, *special, *(f"<|{step * 0.02:.2f}|>" for step in range(_TIMESTAMPS))]


def _tokenizer(tokens: list[str]) -> dict[str, Any]:
    plain = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}
    level["use_regex"] = True
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": number, "content": token, "special": number < VOCABULARY - _TIMESTAMPS, **plain}
            for number, token in enumerate(tokens)
            if number >= _TEXT
        ],
        "normalizer": None,
        "pre_tokenizer": level,
        "post_processor": None,
        "decoder": level,
        "model": {
            "type": "BPE",
            "vocab": {token: number for number, token in enumerate(tokens[:_TEXT])},
            "merges": [],
        },
    }
