"""Trains the judge (judge.py) on top of a fine-tuned encoder. Fixed seed; README.md has figures."""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import torch
from base import base_folder
from cases import Cases
from judge import Judge, Reader, Sentences, Shared, tuned_encoder
from torch.nn.functional import binary_cross_entropy_with_logits, normalize
from transformers import AutoTokenizer

TWINS = 0.5
"""How much it counts that of two stretches in like words the one that makes the point is ahead."""


def main() -> None:
    """Train and save the weights."""
    options = _options()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    reader = Reader(Shared(), AutoTokenizer.from_pretrained(base_folder()))
    judge = Judge(tuned_encoder(options.encoder)).train()
    nearest = Nearest(reader, Sentences(tuned_encoder([])))
    rng = random.Random(options.seed)  # noqa: S311 - training, no secret
    cases = Cases(options.bench, options.leave_out, nearest, rng)
    optimizer = torch.optim.AdamW(
        [
            {"params": judge.layers.parameters(), "lr": options.rate},
            {"params": [judge.part], "lr": 1e-3},
            {"params": [judge.gates], "lr": 2e-2, "weight_decay": 0.0},
            {"params": judge.verdict.parameters(), "lr": 5e-3, "weight_decay": 0.0},
        ],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(
            (step + 1) / (0.08 * options.steps), (options.steps - step) / options.steps
        ),
    )
    started = time.monotonic()
    mean: dict[str, float] = {}
    for step in range(1, options.steps + 1):
        kind, drawn = cases.draw()
        odds = reader.judge(judge, [(stretch, point) for stretch, point, _ in drawn])
        labels = torch.tensor([label for *_, label in drawn])
        loss = binary_cross_entropy_with_logits(odds, labels)
        if kind == "pairs":
            ahead = odds[0::2] - odds[1::2]
            loss = loss + TWINS * binary_cross_entropy_with_logits(ahead, torch.ones(len(ahead)))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(judge.layers.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        mean[kind] = 0.97 * mean.get(kind, 0.7) + 0.03 * loss.item()
        if step % 25 == 0:
            print(f"{step}/{options.steps} {mean} {time.monotonic() - started:.0f} s", flush=True)
        if step % 200 == 0 or step == options.steps:
            torch.save(judge.state_dict(), options.output)


class Nearest:
    """Which stretches come nearest to a text by the untouched encoder."""

    def __init__(self, reader: Reader, sentences: Sentences) -> None:
        self._reader, self._sentences = reader, sentences.eval()
        self._kept: dict[str, torch.Tensor] = {}

    def __call__(self, stretches: Sequence[str], text: str, most: int) -> list[str]:
        """The nearest, best first."""
        vectors = torch.stack([self._vector(one) for one in (*stretches, text)])
        order = (vectors[:-1] @ vectors[-1]).argsort(descending=True)
        return [stretches[one] for one in order[:most].tolist()]

    @torch.no_grad()
    def _vector(self, text: str) -> torch.Tensor:
        if text not in self._kept:
            states = self._reader.states([text])[text]
            self._kept[text] = normalize(self._sentences(states[None])[0].mean(0), dim=0)
        return self._kept[text]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--encoder", type=Path, action="append", default=[],
                        help="weights of train.py to begin with; several are averaged")  # fmt: skip
    parser.add_argument("--output", type=Path, required=True, help="file of the weights")
    parser.add_argument("--bench", type=Path, help="folder with other people's labelled sets")
    parser.add_argument("--leave-out", choices=("even", "odd", "none"), default="none",
                        help="questions that are kept for measuring")  # fmt: skip
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
