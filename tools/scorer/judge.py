"""The judge: reads a stretch of speech together with a point and says whether it makes it.

It has the encoder's word embeddings and three lowest layers, which both leave as they are, so that
the states of a text are computed once for both, and upper layers of its own, which begin as the
fine-tuned encoder's. At first stretch and point hardly see each other (each head has a gate that
opens with training), so it begins as good as the encoder is and only learns what the encoder
cannot see: a point that is denied, reversed, or only talked about.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import torch
from base import base_folder
from torch.nn.functional import normalize
from torch.nn.utils.rnn import pad_sequence
from transformers import AutoModel

SHARED_LAYERS = 3
HEADS = 12
WIDTH = 384
LONGEST_TOKENS = 96
AT_ONCE = 16
CLOSED = -4.0
"""Where the gates begin: e to this power of the attention that they would let through."""

MOST_KEPT = 80_000

STRETCH, NAME, WAY = 0, 1, 2
"""What a token belongs to: the stretch, the name of the point, or a way of saying it."""

Case = tuple[str, Sequence[str]]
"""A stretch, and the texts of a point: the first names it, the others say it."""


class Shared(torch.nn.Module):
    """Embeddings and lowest layers: token ids in, states out."""

    def __init__(self) -> None:
        super().__init__()
        model = _encoder(base_folder())
        self.embeddings = model.embeddings
        self.layers = torch.nn.ModuleList(model.encoder.layer[:SHARED_LAYERS])

    def forward(self, ids: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """Mask: 1 for tokens, 0 for padding; None where nothing is padded."""
        return through(self.layers, self.embeddings(input_ids=ids), _hidden(mask))


class Sentences(torch.nn.Module):
    """The encoder's upper layers: states in, one vector a token out."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.layers = torch.nn.ModuleList(model.encoder.layer[SHARED_LAYERS:])

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """Nothing is padded."""
        return through(self.layers, states, [None] * len(self.layers))


class Judge(torch.nn.Module):
    """Upper layers over stretch and point together: states in, log-odds out."""

    def __init__(self, tuned: torch.nn.Module) -> None:
        super().__init__()
        self.layers = torch.nn.ModuleList(tuned.encoder.layer[SHARED_LAYERS:])
        self.gates = torch.nn.Parameter(torch.full((len(self.layers), HEADS), CLOSED))
        self.part = torch.nn.Parameter(torch.zeros(3, WIDTH))
        self.verdict = torch.nn.Linear(4 * WIDTH, 1)
        with torch.no_grad():  # the cosine, as train.py scales it
            self.verdict.weight.zero_()
            self.verdict.weight[0, 2 * WIDTH : 3 * WIDTH] = 14.0
            self.verdict.bias.fill_(-14.0 * 0.46)

    def forward(
        self, states: torch.Tensor, parts: torch.Tensor, mask: torch.Tensor | None = None
    ) -> torch.Tensor:
        """One log-odds a case.

        Args:
            states: Of the stretch and of each text of the point, one after the other.
            parts: STRETCH, NAME or WAY for each token.
            mask: 1 for tokens, 0 for padding; None where nothing is padded.
        """
        said = parts == STRETCH
        apart = (said[:, :, None] != said[:, None, :]).to(states.dtype)[:, None]
        masks = [apart * gate[None, :, None, None] for gate in self.gates]
        if mask is not None:
            masks = [one + hidden for one, hidden in zip(masks, _hidden(mask), strict=True)]
        tokens = through(self.layers, states + self.part[parts], masks).float()
        here = torch.ones_like(parts) if mask is None else mask
        stretch = _mean(tokens, said.float() * here)
        point = _mean(tokens, (~said).float() * here)
        both = torch.cat([stretch, point, stretch * point, (stretch - point).abs()], 1)
        return self.verdict(both)[:, 0]


class Reader:
    """Keeps the states of texts, and puts them together for the judge."""

    def __init__(self, shared: Shared, tokenizer: Any) -> None:
        self._shared = shared.eval()
        self._tokenizer = tokenizer
        self._kept: dict[str, torch.Tensor] = {}

    @torch.no_grad()
    def states(self, texts: Iterable[str]) -> dict[str, torch.Tensor]:
        """The states of each text, (tokens, WIDTH)."""
        wanted = list(dict.fromkeys(texts))
        if len(self._kept) > MOST_KEPT:
            self._kept.clear()
        new = sorted((one for one in wanted if one not in self._kept), key=len)
        for first in range(0, len(new), AT_ONCE):
            part = new[first : first + AT_ONCE]
            batch = self._tokenizer(
                part, padding=True, truncation=True, max_length=LONGEST_TOKENS, return_tensors="pt"
            )
            mask = batch["attention_mask"]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = self._shared(batch["input_ids"], mask)
            for text, own, count in zip(part, states, mask.sum(1).tolist(), strict=True):
                self._kept[text] = own[:count].to(torch.bfloat16).clone()
        return {one: self._kept[one].float() for one in wanted}

    def judge(self, judge: Judge, cases: Sequence[Case]) -> torch.Tensor:
        """The log-odds of each case."""
        known = self.states(text for stretch, point in cases for text in (stretch, *point))
        rows = [_put_together(known, case) for case in cases]
        order = sorted(range(len(rows)), key=lambda one: len(rows[one][0]))
        found: dict[int, torch.Tensor] = {}
        for first in range(0, len(order), AT_ONCE):
            chosen = order[first : first + AT_ONCE]
            states = pad_sequence([rows[one][0] for one in chosen], batch_first=True)
            parts = pad_sequence([rows[one][1] for one in chosen], batch_first=True)
            lengths = torch.tensor([len(rows[one][0]) for one in chosen])
            mask = (torch.arange(states.shape[1])[None] < lengths[:, None]).long()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                odds = judge(states, parts, mask)
            found |= dict(zip(chosen, odds.float(), strict=True))
        return torch.stack([found[one] for one in range(len(rows))])


def through(
    layers: Iterable[torch.nn.Module], states: torch.Tensor, masks: Iterable[torch.Tensor | None]
) -> torch.Tensor:
    """The states after some layers; what the masks have is added to the attention's log-odds."""
    for layer, mask in zip(layers, masks, strict=True):
        found = layer(states, mask)
        states = found[0] if isinstance(found, tuple) else found
    return states


def tuned_encoder(folders: Sequence[Path]) -> torch.nn.Module:
    """The mean of the weights of some runs of train.py; without any, the untouched encoder."""
    model = _encoder(base_folder())
    if folders:
        runs = [_encoder(one).state_dict() for one in folders]
        model.load_state_dict(
            {
                name: torch.stack([run[name] for run in runs]).mean(0)
                if weight.is_floating_point()
                else weight
                for name, weight in model.state_dict().items()
            }
        )
    return model


def _encoder(folder: Path) -> torch.nn.Module:
    model: torch.nn.Module = AutoModel.from_pretrained(
        folder, add_pooling_layer=False, attn_implementation="eager"
    )
    return model.eval()


def _put_together(known: dict[str, torch.Tensor], case: Case) -> tuple[torch.Tensor, torch.Tensor]:
    stretch, point = case
    texts = [known[one] for one in (stretch, *point)]
    kinds = [STRETCH, NAME, *[WAY] * (len(point) - 1)]
    parts = [torch.full((len(one),), kind) for one, kind in zip(texts, kinds, strict=True)]
    return torch.cat(texts), torch.cat(parts)


def _hidden(mask: torch.Tensor | None) -> list[Any]:
    """For each layer what keeps padding from being attended to."""
    hidden = None if mask is None else (1.0 - mask[:, None, None, :].float()) * -1e4
    return [hidden] * SHARED_LAYERS


def _mean(tokens: torch.Tensor, which: torch.Tensor) -> torch.Tensor:
    mean = (tokens * which[..., None]).sum(1) / which.sum(1, keepdim=True)
    return normalize(mean, dim=1)
