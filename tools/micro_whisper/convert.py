"""Writes a trained model as a CTranslate2 Whisper folder."""

from __future__ import annotations

import copy
import json
import shutil
from typing import TYPE_CHECKING

import torch
from ctranslate2.converters.utils import fuse_linear
from ctranslate2.specs import common_spec, whisper_spec
from torch import nn

if TYPE_CHECKING:
    from pathlib import Path

    from model import Attention, FeedForward, MicroWhisper
    from vocabulary import Vocabulary


def _linear(spec: common_spec.LinearSpec, layer: nn.Linear) -> None:
    spec.weight = layer.weight
    if layer.bias is not None:
        spec.bias = layer.bias


def _norm(spec: common_spec.LayerNormSpec, layer: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = layer.weight, layer.bias


def _fused(spec: common_spec.LinearSpec, layers: list[nn.Linear]) -> None:
    parts = []
    for layer in layers:
        part = common_spec.LinearSpec()
        _linear(part, layer)
        parts.append(part)
    fuse_linear(spec, parts)


def _attention(spec: object, layer: Attention, norm: nn.LayerNorm, cross: bool = False) -> None:
    if cross:
        _fused(spec.linear[0], [layer.query])
        _fused(spec.linear[1], [layer.key, layer.value])
    else:
        _fused(spec.linear[0], [layer.query, layer.key, layer.value])
    _linear(spec.linear[-1], layer.out)
    _norm(spec.layer_norm, norm)


def _feed(spec: object, layer: FeedForward, norm: nn.LayerNorm) -> None:
    _linear(spec.linear_0, layer[0])
    _linear(spec.linear_1, layer[2])
    _norm(spec.layer_norm, norm)


def _spec(model: MicroWhisper) -> whisper_spec.WhisperSpec:
    shape = model.shape
    spec = whisper_spec.WhisperSpec(shape.layers, shape.heads, shape.layers, shape.heads)
    encoder, decoder = model.encoder, model.decoder
    for conv_spec, conv in (
        (spec.encoder.conv1, encoder.first),
        (spec.encoder.conv2, encoder.second),
    ):
        conv_spec.weight, conv_spec.bias = conv.weight, conv.bias
    for part, source in ((spec.encoder, encoder), (spec.decoder, decoder)):
        part.position_encodings.encodings = source.positions
        _norm(part.layer_norm, source.norm)
        for layer_spec, layer in zip(part.layer, source.layers, strict=True):
            _attention(layer_spec.self_attention, layer.attention, layer.attention_norm)
            _feed(layer_spec.ffn, layer.feed, layer.feed_norm)
            if part is spec.decoder:
                _attention(layer_spec.attention, layer.cross, layer.cross_norm, cross=True)
    spec.decoder.embeddings.weight = decoder.embedding.weight
    spec.decoder.projection.weight = decoder.embedding.weight
    return spec


@torch.no_grad()
def convert(
    model: MicroWhisper,
    vocabulary: Vocabulary,
    alignment_heads: list[tuple[int, int]],
    folder: Path,
) -> None:
    """Write ``model`` with int8 weights into ``folder``, for faster-whisper to load.

    ``alignment_heads`` are the (layer, head) pairs of the decoder whose cross-attention
    faster-whisper reads word times from.
    """
    scratch = folder / ".converting"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    # CTranslate2 scales the weights in place, so it gets a copy.
    spec = _spec(copy.deepcopy(model).float())
    spec.register_vocabulary(vocabulary.tokens())
    # As in Whisper: no text begins with a lone space or ends before it has begun.
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [*vocabulary.encode(" "), vocabulary.special("endoftext")]
    spec.config.alignment_heads = [list(pair) for pair in alignment_heads]
    spec.config.lang_ids = []
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(scratch))
    vocabulary.save(scratch)
    preprocessor = {"feature_size": 80, "sampling_rate": 16000, "hop_length": 160, "n_fft": 400}
    (scratch / "preprocessor_config.json").write_text(json.dumps(preprocessor, indent=2) + "\n")
    for path in scratch.iterdir():
        path.replace(folder / path.name)
    scratch.rmdir()
