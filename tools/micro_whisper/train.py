"""Makes the micro-Whisper fixture: from Flite's voices to a folder for faster-whisper.

``python tools/micro_whisper/train.py`` repeats everything; README.md says what to expect.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import logging
import math
import time
from pathlib import Path

import torch
from convert import convert
from corpus import Corpus, build_corpus
from evaluate import report
from model import MicroWhisper, Shape
from recordings import write_recordings
from sentences import SENTENCES
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader
from vocabulary import Vocabulary, build_tokenizer
from windows import IGNORED, Batch, Plan, Windows

log = logging.getLogger("micro_whisper")

# Short windows are cheap and teach listening; the last phase has windows of the length that
# faster-whisper always uses, or the model would add sentences where the short windows ended.
SHORT = Plan(seconds=10, batch=16, counts=(0.7, 0.3), shifted=0.5, prompted=0.0)
LONG = Plan(
    seconds=30,
    batch=8,
    counts=(0.3, 0.25, 0.15, 0.1, 0.05, 0.05, 0.05, 0.05),
    shifted=0.0,
    prompted=0.25,
)

# Heads of the last decoder layer that are led to the next token, for the word times, and the
# head of the first layer that is led to the last token, so that the next can be found after it.
ALIGNMENT_HEADS = [(1, 0), (1, 1)]
BACKWARD_HEAD = (0, 0)

_SPREAD = torch.arange(-3, 4)
_SPREAD_WEIGHTS = torch.softmax(-(_SPREAD**2) / (2 * 1.2**2), 0)


def token_loss(scores: Tensor, targets: Tensor, timestamp_begin: int) -> Tensor:
    """Cross-entropy; a timestamp's neighbours are half right too."""
    logs = scores.log_softmax(-1)
    times = targets >= timestamp_begin
    words = -logs[~times].gather(1, targets[~times, None]).sum()
    around = (targets[times, None] + _SPREAD).clamp(timestamp_begin, scores.shape[-1] - 1)
    moments = -(logs[times].gather(1, around) * _SPREAD_WEIGHTS).sum()
    return (words + moments) / len(targets)


def guidance_loss(weights: Tensor, places: Tensor) -> Tensor:
    """How far attention (scripts, tokens, positions) is from lying evenly on the places."""
    known = places[..., 1] > 0
    if not known.any():
        return weights.sum() * 0
    weights, places = weights[known], places[known]
    positions = torch.arange(weights.shape[-1])
    inside = (positions >= places[:, :1]) & (positions < places[:, 1:])
    width = places[:, 1] - places[:, 0]
    row = inside.nonzero()[:, 0]
    logs = (weights[inside] + 1e-8).log() / width[row]
    return -logs.sum() / len(width) - width.log().mean()


def batch_loss(model: MicroWhisper, batch: Batch) -> dict[str, Tensor]:
    """The parts of the loss on one batch."""
    with torch.autocast("cpu", torch.bfloat16):
        memory = model.encoder(batch.mels, batch.offset)
        phones = model.phones(memory)
        heard = torch.cat([memory, memory[: len(memory) // 2]])
        written, attention = model.decoder(batch.inputs, heard)
        wanted = batch.targets != IGNORED
        scores = model.decoder.scores(written[wanted])
    ahead = [
        guidance_loss(attention[layer][:, head], batch.heard) for layer, head in ALIGNMENT_HEADS
    ]
    back = attention[BACKWARD_HEAD[0]][:, BACKWARD_HEAD[1]]
    return {
        "token": token_loss(scores, batch.targets[wanted], model.shape.timestamp_begin),
        "phone": functional.cross_entropy(phones.float().flatten(0, 1), batch.phones.flatten()),
        "ahead": torch.stack(ahead).mean(),
        "back": guidance_loss(back, batch.came_from),
    }


WEIGHTS = {"token": 1.0, "phone": 1.0, "ahead": 0.3, "back": 0.15}


def rate(step: int, steps: int, peak: float, warmup: int = 100) -> float:
    """Learning rate: up in a line, down in half a cosine."""
    if step < warmup:
        return peak * (step + 1) / warmup
    return peak * (0.02 + 0.49 * (1 + math.cos(math.pi * (step - warmup) / (steps - warmup))))


def train(
    model: MicroWhisper,
    corpus: Corpus,
    vocabulary: Vocabulary,
    options: argparse.Namespace,
) -> None:
    """Both phases, with a checkpoint and a measurement now and then."""
    steps = options.short_steps + options.long_steps
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98), weight_decay=0.01)
    checkpoint = options.work / "checkpoint.pt"
    step = 0
    if options.resume and checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step = state["step"]
        log.info("resumed at step %d", step)
    began, seen = time.monotonic(), step
    for plan, last in ((SHORT, options.short_steps), (LONG, steps)):
        if step >= last:
            continue
        windows = Windows(corpus, vocabulary, plan, options.seed)
        loader = DataLoader(
            windows, sampler=range(step, last), batch_size=None, num_workers=options.workers
        )
        totals: dict[str, float] = {}
        for batch in loader:
            for group in optimizer.param_groups:
                group["lr"] = rate(step, steps, options.rate)
            losses = batch_loss(model, batch)
            total = sum(WEIGHTS[name] * loss for name, loss in losses.items())
            optimizer.zero_grad()
            total.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            for name, loss in losses.items():
                totals[name] = totals.get(name, 0.0) + loss.item()
            if step % 50 == 0:
                pace = (time.monotonic() - began) / (step - seen)
                shown = ", ".join(f"{name} {total / 50:.3f}" for name, total in totals.items())
                log.info(
                    "step %d (%d s windows): %s; %.2f s a step", step, plan.seconds, shown, pace
                )
                totals = {}
            if step % options.check_every == 0 or step == steps:
                state = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
                torch.save({**state, "step": step}, checkpoint)
                folder = options.work / "model"
                convert(model, vocabulary, ALIGNMENT_HEADS, folder)
                for line in report(folder, thinning=4, quick=True):
                    log.info("    %s", line)


def keep_memory() -> None:
    """Stop glibc from handing large blocks back to the system after every operation.

    Fetching them again, page by page, took a third of the time of a step.
    """
    trim_threshold, mmap_max = -1, -4
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(mmap_max, 0)
        libc.mallopt(trim_threshold, 2**31 - 1)


def parse_options() -> argparse.Namespace:
    """Command line."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--output", type=Path, default=here.parents[1] / "tests" / "data" / "micro-whisper"
    )
    parser.add_argument("--work", type=Path, default=here / "work", help="checkpoints, log")
    parser.add_argument("--short-steps", type=int, default=1000)
    parser.add_argument("--long-steps", type=int, default=900)
    parser.add_argument("--rate", type=float, default=1.5e-3, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=20_26)
    parser.add_argument("--threads", type=int, default=1, help="of torch; more was slower")
    parser.add_argument("--workers", type=int, default=1, help="processes that make windows")
    parser.add_argument("--check-every", type=int, default=200)
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    return parser.parse_args()


def main() -> None:
    """Everything from Flite to the finished fixture."""
    options = parse_options()
    options.work.mkdir(parents=True, exist_ok=True)
    handlers = [logging.StreamHandler(), logging.FileHandler(options.work / "train.log")]
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s", handlers=handlers)
    log.setLevel(logging.INFO)
    keep_memory()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)

    vocabulary = Vocabulary(build_tokenizer(SENTENCES))
    corpus = build_corpus(vocabulary, options.seed)
    log.info("%d sentence takes, %d others", len(corpus.sentences), len(corpus.others))
    shape = Shape(vocabulary.size, len(corpus.phones), vocabulary.timestamp_begin)
    model = MicroWhisper(shape)
    train(model, corpus, vocabulary, options)

    options.output.mkdir(parents=True, exist_ok=True)
    convert(model, vocabulary, ALIGNMENT_HEADS, options.output)
    sentences = json.dumps(SENTENCES, indent=2) + "\n"
    (options.output / "sentences.json").write_text(sentences, encoding="utf-8")
    write_recordings(options.output / "audio")
    for line in report(options.output):
        log.info("%s", line)


if __name__ == "__main__":
    main()
