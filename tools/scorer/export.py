"""Writes the encoder as the app loads it: ONNX with 8-bit weights, and its tokenizer.

Without --weights the untouched all-MiniLM-L6-v2 is written.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from train import base_folder
from transformers import AutoModel

from voiceprep.resources import asset


class Tokens(torch.nn.Module):
    """The encoder as ids and mask in, one vector a token out."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The last hidden state."""
        return self.model(input_ids=ids, attention_mask=mask).last_hidden_state


def main() -> None:
    """Export, quantise, copy the tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weights", type=Path, action="append", default=[],
                        help="fine-tuned weights; several are averaged")  # fmt: skip
    parser.add_argument("--base-share", type=float, default=0.0, help="share of the untouched ones")
    parser.add_argument("--output", type=Path, default=asset("models", "meaning"))
    options = parser.parse_args()
    model = _mixed(options.weights, options.base_share)
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole, prepared = Path(scratch, "whole.onnx"), Path(scratch, "prepared.onnx")
        ids = torch.tensor([[101, 7592, 2088, 102], [101, 7592, 102, 0]])
        torch.onnx.export(
            Tokens(model), (ids, (ids > 0).long()), str(whole), dynamo=False,
            input_names=["ids", "mask"], output_names=["tokens"], opset_version=17,
            dynamic_axes={one: {0: "texts", 1: "tokens"} for one in ("ids", "mask", "tokens")},
        )  # fmt: skip
        quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            prepared, options.output / "model.onnx", weight_type=QuantType.QInt8, per_channel=True,
            reduce_range=True,
        )  # fmt: skip
    shutil.copyfile(base_folder() / "tokenizer.json", options.output / "tokenizer.json")
    size = (options.output / "model.onnx").stat().st_size
    print(f"{options.output / 'model.onnx'}: {size / 1e6:.1f} MB")


def _mixed(folders: list[Path], base_share: float) -> torch.nn.Module:
    """The mean of the weights, with a share of the untouched ones: tuned ones forget."""
    model = AutoModel.from_pretrained(base_folder(), add_pooling_layer=False).eval()
    if not folders:
        return model
    tuned = [
        AutoModel.from_pretrained(one, add_pooling_layer=False).state_dict() for one in folders
    ]
    mixed = {
        name: base_share * weight
        + (1 - base_share) * torch.stack([one[name] for one in tuned]).mean(0)
        if weight.is_floating_point()
        else weight
        for name, weight in model.state_dict().items()
    }
    model.load_state_dict(mixed)
    return model


if __name__ == "__main__":
    main()
