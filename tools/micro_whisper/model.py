"""A Whisper of 1.2 million weights, in plain PyTorch.

The layers are those of Whisper (pre-norm, no bias on the keys, output tied to the embedding),
since CTranslate2 must be able to run the result.  Three things serve the training only: the
cross-attention weights are returned, so that they can be led to the right place; the encoder
can begin at any position, so that short windows teach late positions too; and a linear layer
names the phone at each position, which makes the encoder listen from the first steps on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional
from vocabulary import TIMESTAMPS


@dataclass(frozen=True)
class Shape:
    """The sizes that define a model."""

    vocabulary: int
    phones: int
    timestamp_begin: int
    width: int = 128
    heads: int = 4
    layers: int = 2
    mels: int = 80
    audio_positions: int = 1500
    text_positions: int = 448


def sinusoids(length: int, width: int) -> Tensor:
    """Whisper's sinusoidal position table."""
    scale = math.log(10_000) / (width // 2 - 1)
    rates = torch.exp(-scale * torch.arange(width // 2))
    angles = torch.arange(length)[:, None] * rates[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Multi-head attention, over the input itself or over a memory."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(self, x: Tensor, causal: bool = False) -> Tensor:
        """Self-attention."""
        query, key, value = (self._split(f(x)) for f in (self.query, self.key, self.value))
        y = functional.scaled_dot_product_attention(query, key, value, is_causal=causal)
        return self.out(y.transpose(1, 2).flatten(2))

    def attend(self, x: Tensor, memory: Tensor) -> tuple[Tensor, Tensor]:
        """Cross-attention; also gives the attention weights."""
        query, key, value = self._split(self.query(x)), self.key(memory), self.value(memory)
        scores = query @ self._split(key).transpose(2, 3) / math.sqrt(query.shape[-1])
        weights = scores.float().softmax(-1)
        y = weights.to(value.dtype) @ self._split(value)
        return self.out(y.transpose(1, 2).flatten(2)), weights


class FeedForward(nn.Sequential):
    """The two linear layers with GELU between them."""

    def __init__(self, width: int) -> None:
        super().__init__(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward, each behind a layer norm."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(shape.width)
        self.attention = Attention(shape.width, shape.heads)
        self.feed_norm = nn.LayerNorm(shape.width)
        self.feed = FeedForward(shape.width)

    def forward(self, x: Tensor) -> Tensor:
        """One layer's step."""
        x = x + self.attention(self.attention_norm(x))
        return x + self.feed(self.feed_norm(x))


class DecoderLayer(nn.Module):
    """Causal self-attention, cross-attention and feed-forward."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(shape.width)
        self.attention = Attention(shape.width, shape.heads)
        self.cross_norm = nn.LayerNorm(shape.width)
        self.cross = Attention(shape.width, shape.heads)
        self.feed_norm = nn.LayerNorm(shape.width)
        self.feed = FeedForward(shape.width)

    def forward(self, x: Tensor, memory: Tensor) -> tuple[Tensor, Tensor]:
        """One layer's step, and the weights of its cross-attention."""
        x = x + self.attention(self.attention_norm(x), causal=True)
        seen, weights = self.cross.attend(self.cross_norm(x), memory)
        x = x + seen
        return x + self.feed(self.feed_norm(x)), weights


class Encoder(nn.Module):
    """Log-mel frames to one vector per 20 ms."""

    positions: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.first = nn.Conv1d(shape.mels, shape.width, 3, padding=1)
        self.second = nn.Conv1d(shape.width, shape.width, 3, stride=2, padding=1)
        self.register_buffer("positions", sinusoids(shape.audio_positions, shape.width))
        self.layers = nn.ModuleList(EncoderLayer(shape) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(shape.width)

    def forward(self, mels: Tensor, offset: int = 0) -> Tensor:
        """Encode frames as if they began at position ``offset``."""
        x = functional.gelu(self.first(mels))
        x = functional.gelu(self.second(x)).transpose(1, 2)
        x = x + self.positions[offset : offset + x.shape[1]]
        for layer in self.layers:
            x = layer(x)
        return self.norm(x)


class Decoder(nn.Module):
    """Tokens so far and encoded audio to a vector for each next token."""

    positions: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.register_buffer("positions", sinusoids(shape.text_positions, shape.width))
        self.layers = nn.ModuleList(DecoderLayer(shape) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(shape.width)
        nn.init.normal_(self.embedding.weight, std=0.05)
        # Neighbouring timestamps begin alike, in the code that the encoder's positions are
        # written in: so one linear map reads a time off the audio for all 1,501 of them.
        with torch.no_grad():
            first = shape.timestamp_begin
            times = sinusoids(TIMESTAMPS, shape.width) * 0.07
            self.embedding.weight[first : first + TIMESTAMPS] = times

    def forward(self, tokens: Tensor, memory: Tensor) -> tuple[Tensor, list[Tensor]]:
        """A vector for each next token, and all cross-attention weights by layer."""
        x = self.embedding(tokens) + self.positions[: tokens.shape[1]]
        attention = []
        for layer in self.layers:
            x, weights = layer(x, memory)
            attention.append(weights)
        return self.norm(x), attention

    def scores(self, x: Tensor) -> Tensor:
        """Scores of all tokens for vectors that ``forward`` gave."""
        return functional.linear(x, self.embedding.weight).float()


class MicroWhisper(nn.Module):
    """Encoder, decoder and the phone reader that only the training uses."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.decoder = Decoder(shape)
        self.phones = nn.Linear(shape.width, shape.phones)
