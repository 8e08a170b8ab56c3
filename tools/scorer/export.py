"""Writes the model as the app loads it: three ONNX files with 8-bit weights, and its tokenizer.

words.onnx has the word embeddings and lowest layers, sentences.onnx the encoder's upper layers,
judge.onnx those of the judge. Without --encoder the untouched all-MiniLM-L6-v2 is written, without
--judge one that was not trained.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import torch
from base import base_folder
from judge import WIDTH, Judge, Sentences, Shared, tuned_encoder
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from voiceprep.resources import asset

_IDS = torch.tensor([[101, 7592, 2088, 102]])
_STATES = torch.zeros(1, 4, WIDTH)
_PARTS = torch.tensor([[0, 0, 1, 2]])


def main() -> None:
    """Export, quantise, copy the tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--encoder", type=Path, action="append", default=[],
                        help="fine-tuned weights; several are averaged")  # fmt: skip
    parser.add_argument("--judge", type=Path, help="weights of the judge")
    parser.add_argument("--output", type=Path, default=asset("models", "meaning"))
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    encoder = tuned_encoder(options.encoder)
    _write(Shared(), {"ids": _IDS}, "states", options.output / "words.onnx")
    _write(Sentences(encoder), {"states": _STATES}, "tokens", options.output / "sentences.onnx")
    judge = Judge(encoder)
    if options.judge:
        judge.load_state_dict(torch.load(options.judge))
    example = {"states": _STATES, "parts": _PARTS}
    _write(judge, example, "odds", options.output / "judge.onnx")
    shutil.copyfile(base_folder() / "tokenizer.json", options.output / "tokenizer.json")
    for path in sorted(options.output.iterdir()):
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def _write(
    module: torch.nn.Module, inputs: dict[str, torch.Tensor], output: str, target: Path
) -> None:
    """One module, for one text at a time: nothing is padded."""
    with tempfile.TemporaryDirectory() as scratch:
        whole, prepared = Path(scratch, "whole.onnx"), Path(scratch, "prepared.onnx")
        torch.onnx.export(
            module.eval(), tuple(inputs.values()), str(whole), dynamo=False,
            input_names=list(inputs), output_names=[output], opset_version=17,
            dynamic_axes={one: {1: "count"} for one in ("ids", "states", "tokens", "parts")},
        )  # fmt: skip
        quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            prepared, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )


if __name__ == "__main__":
    main()
