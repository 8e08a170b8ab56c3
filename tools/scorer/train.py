"""Fine-tunes the encoder: stretches that make a point move towards the phrases of that point.

It starts from all-MiniLM-L6-v2. One step is one episode (see episodes.py). Word embeddings and
the lowest layers stay as they are, which is quicker, forgets less, and lets the judge share them.
--leave-out keeps questions for measuring. Fixed seed; README.md has the figures and the time.
"""

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import torch
from base import base_folder
from episodes import UNKNOWN, Episode, of_answers, of_bank, of_foreign, of_pairs
from judge import SHARED_LAYERS
from labelled import (
    FOREIGN,
    by_question,
    is_trained_on,
    read_answers,
    read_foreign,
    read_pairs,
    read_texts,
)
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, normalize
from transformers import AutoModel, AutoTokenizer

from voiceprep.bank.load import built_in_banks

LONGEST_TOKENS = 96
AT_ONCE = 9
"""Texts of like length are encoded together: less padding."""

SCALE = 14.0
"""Cosines are multiplied by this before they count as log-odds."""


def main() -> None:
    """Train and save the weights."""
    options = _options()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    tokenizer = AutoTokenizer.from_pretrained(base_folder())
    model = AutoModel.from_pretrained(base_folder(), add_pooling_layer=False)
    frozen = ("embeddings.", *(f"encoder.layer.{one}." for one in range(SHARED_LAYERS)))
    for name, weight in model.named_parameters():
        weight.requires_grad = not name.startswith(frozen)
    bias = torch.nn.Parameter(torch.tensor([0.45, 0.45]))
    optimizer = torch.optim.AdamW(
        [
            {
                "params": [one for one in model.parameters() if one.requires_grad],
                "lr": options.rate,
            },
            {"params": [bias], "lr": 1e-2, "weight_decay": 0.0},
        ],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(
            (step + 1) / (0.08 * options.steps), (options.steps - step) / options.steps
        ),
    )
    episodes = Episodes(options.bench, options.leave_out, random.Random(options.seed))  # noqa: S311 - training, no secret
    started = time.monotonic()
    mean: dict[str, float] = {}
    model.train()
    for step in range(1, options.steps + 1):
        kind, episode = episodes.draw()
        loss = _loss(model, tokenizer, bias, episode)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        mean[kind] = 0.97 * mean.get(kind, 2.0) + 0.03 * loss.item()
        if step % 25 == 0:
            took = time.monotonic() - started
            print(f"{step}/{options.steps} {mean} {bias.tolist()} {took:.0f} s", flush=True)
        if step % 200 == 0 or step == options.steps:
            model.save_pretrained(options.output)
            tokenizer.save_pretrained(options.output)


class Episodes:
    """Draws episodes: of answers, pairs, checklists, texts from all fields and other sets."""

    def __init__(self, bench: Path | None, leave_out: str, rng: random.Random) -> None:
        self._rng = rng
        self._questions = [
            one for one in built_in_banks()[0].questions if is_trained_on(one.id, leave_out)
        ]
        answers = read_answers()
        self._answered = [
            (one, [answer for answer in answers if answer.question_id == one.id])
            for one in self._questions
        ]
        self._texts = [(question, list(texts)) for question, texts in read_texts()]
        pairs = read_pairs()
        self._paired = [
            (one, pairs[one.id])
            for one in (*self._questions, *(question for question, _ in self._texts))
            if one.id in pairs
        ]
        self._foreign = [
            list(by_question(read_foreign(bench / f"{name}.jsonl"), "train").values())
            for name in FOREIGN
            if bench
        ]
        answered = sum(len(answers) for _, answers in self._answered)
        print(
            f"{len(self._questions)} questions with {answered} answers, {len(self._texts)} others"
        )

    def draw(self) -> tuple[str, Episode]:
        """One episode."""
        rng, chance = self._rng, self._rng.random()
        if self._foreign and chance < 0.15:
            return "foreign", of_foreign(rng.choice(rng.choice(self._foreign)), rng)
        if chance < 0.3:
            return "pairs", of_pairs(*rng.choice(self._paired), rng)
        if chance < 0.4:
            return "texts", of_answers(*rng.choice(self._texts), rng)
        if chance < 0.55:
            return "bank", of_bank(rng.choice(self._questions), rng)
        return "answers", of_answers(*rng.choice(self._answered), rng)


def embed(model: torch.nn.Module, tokenizer: AutoTokenizer, texts: list[str]) -> torch.Tensor:
    """Unit vectors: the mean over the tokens, as all-MiniLM-L6-v2 was trained."""
    order = sorted(range(len(texts)), key=lambda one: len(texts[one]))
    parts = [order[at : at + AT_ONCE] for at in range(0, len(order), AT_ONCE)]
    pooled = []
    for part in parts:
        batch = tokenizer(
            [texts[one] for one in part],
            padding=True, truncation=True, max_length=LONGEST_TOKENS, return_tensors="pt",
        )  # fmt: skip
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = model(**batch).last_hidden_state.float()
        mask = batch["attention_mask"][..., None]
        pooled.append((hidden * mask).sum(1) / mask.sum(1))
    places = torch.empty(len(order), dtype=torch.long)
    places[order] = torch.arange(len(order))
    return normalize(torch.cat(pooled)[places], dim=1)


def _loss(
    model: torch.nn.Module, tokenizer: AutoTokenizer, bias: torch.Tensor, episode: Episode
) -> torch.Tensor:
    phrases = [phrase for group in episode.concepts for phrase in group]
    owner = torch.tensor([n for n, group in enumerate(episode.concepts) for _ in group])
    is_name = torch.tensor(
        [not place for group in episode.concepts for place, _ in enumerate(group)]
    )
    trapped = [number for number, text in enumerate(episode.nots) if text]
    texts = [*episode.stretches, *phrases, *(episode.nots[one] for one in trapped)]
    vectors = embed(model, tokenizer, texts)
    many, known = len(episode.stretches), len(episode.stretches) + len(phrases)
    said = vectors[:many]
    labels = torch.tensor(episode.labels)
    cosines = said @ vectors[many:known].T
    wanted = labels[:, owner]
    counts = wanted != UNKNOWN
    # Each phrase on its own: does the stretch say it? The names and the says cut elsewhere.
    logits = SCALE * (cosines - torch.where(is_name, bias[0], bias[1]))
    loss = binary_cross_entropy_with_logits(logits[counts], wanted[counts])
    # Which of the question's concepts does a stretch make; which stretch makes a concept?
    sums = torch.stack([cosines[:, owner == n].mean(1) for n in range(len(episode.concepts))], 1)
    masked = torch.where(labels == UNKNOWN, -1e4, SCALE * sums)
    for matrix, target in ((masked, labels), (masked.T, labels.T)):
        rows = (target > 0).sum(1) > 0
        if rows.any() and matrix.shape[1] > 1:
            share = target[rows].clamp(min=0)
            loss = loss + 0.3 * cross_entropy(matrix[rows], share / share.sum(1, keepdim=True))
    # What sounds close and is not it stays further away than the concept.
    if trapped:
        against = said @ vectors[known:].T
        own = sums[:, trapped]
        made = labels[:, trapped] == 1
        if made.any():
            loss = loss + 0.3 * binary_cross_entropy_with_logits(
                SCALE * (own - against)[made], torch.ones(int(made.sum()))
            )
    # Of two stretches in like words the one that makes the point comes nearer.
    if episode.twins:
        made, missed, concept = (torch.tensor(one) for one in zip(*episode.twins, strict=True))
        ahead = SCALE * (sums[made, concept] - sums[missed, concept])
        loss = loss + 0.5 * binary_cross_entropy_with_logits(ahead, torch.ones(len(ahead)))
    return loss


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, required=True, help="folder of the weights")
    parser.add_argument("--bench", type=Path, help="folder with other people's labelled sets")
    parser.add_argument("--leave-out", choices=("even", "odd", "none"), default="none",
                        help="questions that are kept for measuring")  # fmt: skip
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
