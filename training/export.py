"""Turn checkpoints into the shipped files: `python -m training.export parser|sentence|tone`."""

import argparse
import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from safetensors.torch import load_file
from torch import Tensor, nn
from training.model import NER_TAGS, Encoder, Layer, Parser, Sizes, load_encoder
from training.tone import CHECKPOINT, LOWER, TASKS, ToneTop
from training.train import WORK, weights_folder

from helpers.language.sentence import LONGEST_TEXT

MODELS = Path(__file__).parents[1] / "src" / "helpers" / "models"
OUTPUTS = (
    "tag", "start", "name", "mention", "arc_dependent", "arc_head", "root", "rel_dependent", "rel_head",
    "told", "anchor",
)  # fmt: skip


class SmallEmbedding(nn.Module):
    """An embedding kept as int8 with one scale a row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
        self.register_buffer("table", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """Rows of the table in float32."""
        return self.table[ids].float() * self.scale[ids]


class ParserGraph(nn.Module):
    """The parser with its outputs in a fixed order."""

    def __init__(self, model: Parser) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, ids: Tensor, mask: Tensor, first: Tensor, last: Tensor, shape: Tensor
    ) -> tuple[Tensor, ...]:
        """Outputs as in OUTPUTS."""
        out = self.model(ids, mask, first, last, shape)
        return tuple(out[name] for name in OUTPUTS)


class SentenceTop(nn.Module):
    """The layers above the trunk, the mean over pieces, unit norm."""

    def __init__(self, layers: nn.ModuleList) -> None:
        super().__init__()
        self.layers = layers

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Vectors (B, H) of norm 1 from the trunk's states (B, P, H)."""
        bias = (1.0 - mask[:, None, None, :].float()) * -10000.0
        for layer in self.layers:
            states = layer(states, bias)
        weight = mask.unsqueeze(-1).float()
        mean = (states * weight).sum(1) / weight.sum(1).clamp_min(1e-9)
        return mean / mean.norm(dim=1, keepdim=True).clamp_min(1e-12)


def to_onnx(graph: nn.Module, names: list[str], outputs: list[str], target: Path) -> None:
    """Write float32 ONNX with free batch, piece, word and anchor axes."""
    batch, piece, word, anchor = (
        torch.export.Dim(n, min=1, max=m)
        for n, m in (("batch", 4096), ("piece", 512), ("word", 512), ("anchor", 100_000))
    )
    ids = torch.randint(5, 1000, (3, 17))
    places = torch.randint(0, 17, (3, 11))
    given = {"ids": ids, "mask": torch.ones_like(ids), "first": places, "last": places}
    given |= {"shape": torch.randint(0, 12, (3, 11)), "told": torch.randn(3, 11, Sizes().told)}
    given |= {"inside": torch.ones(3, 11, dtype=torch.long)}
    given |= {"rows": torch.randint(0, 3, (5,)), "anchors": torch.randint(0, 11, (5,))}
    given |= {"states": torch.randn(3, 17, Sizes().hidden), "roles": torch.randint(0, 4, (3, 17))}
    axes = {
        "ids": {0: batch, 1: piece},
        "mask": {0: batch, 1: piece},
        "states": {0: batch, 1: piece},
        "roles": {0: batch, 1: piece},
        "rows": {0: anchor},
        "anchors": {0: anchor},
    }
    shapes = {n: axes.get(n, {0: batch, 1: word}) for n in names}
    program = torch.onnx.export(
        graph.eval(), tuple(given[n] for n in names), dynamo=True, opset_version=18, verbose=False,
        input_names=names, output_names=outputs, dynamic_shapes=shapes, optimize=True,
    )  # fmt: skip
    assert program is not None
    program.save(str(target), external_data=False)


def shrink(source: Path, target: Path, block: int) -> None:
    """Weights of matrix products as int8 in blocks of `block` inputs; activations go by block too."""
    quantizer = MatMulNBitsQuantizer(
        onnx.load(source), block_size=block, is_symmetric=True, accuracy_level=4, bits=8
    )
    quantizer.process()
    model = quantizer.model.model
    del model.graph.value_info[:]
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.save(model, target)


def digest(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def parser(checkpoint: Path, target: Path, block: int, keep_full: bool) -> None:
    """Export the parser: parser.onnx, roles.onnx, relations.npy, labels.json, tokenizer.json."""
    state = torch.load(checkpoint)
    model = Parser(Sizes(), len(state["tags"]), len(state["relations"]))
    model.load_state_dict(state["model"])
    weight = model.rel_weight.detach().numpy().astype(np.float16)
    target.mkdir(parents=True, exist_ok=True)
    model.encoder.words = SmallEmbedding(model.encoder.words.weight.detach())
    full = WORK / "parser-full.onnx"
    names = ["ids", "mask", "first", "last", "shape"]
    to_onnx(ParserGraph(model), names, list(OUTPUTS), full)
    if keep_full:
        shutil.copy(full, target / "parser.onnx")
    else:
        shrink(full, target / "parser.onnx", block)
    to_onnx(model.roles, ["told", "inside", "rows", "anchors"], ["roles"], target / "roles.onnx")
    np.save(target / "relations.npy", weight)
    shutil.copy(weights_folder() / "tokenizer.json", target / "tokenizer.json")
    labels = {
        "tags": state["tags"], "relations": state["relations"], "entities": list(NER_TAGS),
        "step": state["step"], "steps": state["total"],
        "sha256": {
            n: digest(target / n) for n in ("parser.onnx", "roles.onnx", "relations.npy", "tokenizer.json")
        },
    }  # fmt: skip
    (target / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")


def sentence(target: Path, block: int, keep_full: bool) -> None:
    """Export the frozen sentence encoder in two parts: trunk.onnx, which the tone model shares, and sentence.onnx."""
    encoder = Encoder(Sizes())
    load_encoder(encoder, load_file(str(weights_folder() / "model.safetensors")))
    encoder.words = SmallEmbedding(encoder.words.weight.detach())
    encoder.positions = nn.Embedding.from_pretrained(encoder.positions.weight[:LONGEST_TEXT].detach())
    top = SentenceTop(nn.ModuleList(encoder.layers[LOWER:]))
    encoder.layers = nn.ModuleList(encoder.layers[:LOWER])
    target.mkdir(parents=True, exist_ok=True)
    to_onnx(encoder, ["ids", "mask"], ["states"], WORK / "trunk-full.onnx")
    to_onnx(top, ["states", "mask"], ["vector"], WORK / "sentence-full.onnx")
    for name in ("trunk", "sentence"):
        placed(WORK / f"{name}-full.onnx", target / f"{name}.onnx", block, keep_full)
    sums(target, ("trunk.onnx", "sentence.onnx"))


def tone(checkpoint: Path, target: Path, block: int, keep_full: bool) -> None:
    """Export the tone model: tone.onnx, to be run on the states of the sentence encoder's trunk."""
    top = ToneTop(Sizes())
    top.layers = nn.ModuleList(Layer(Sizes()) for _ in range(Sizes().layers - LOWER))
    top.load_state_dict(torch.load(checkpoint)["top"])
    target.mkdir(parents=True, exist_ok=True)
    to_onnx(top, ["states", "mask", "roles"], list(TASKS), WORK / "tone-full.onnx")
    placed(WORK / "tone-full.onnx", target / "tone.onnx", block, keep_full)
    sums(target, ("tone.onnx",))


def placed(full: Path, target: Path, block: int, keep_full: bool) -> None:
    """Put a float32 graph where it is shipped, int8 unless it is to stay as it is."""
    if keep_full:
        shutil.copy(full, target)
    else:
        shrink(full, target, block)


def sums(folder: Path, names: Iterable[str]) -> None:
    """Write labels.json with the sha256 of each file."""
    labels = {"sha256": {name: digest(folder / name) for name in names}}
    (folder / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("part", choices=("parser", "sentence", "tone"))
    arguments.add_argument("--checkpoint", type=Path, help="default: the last one of the part's training")
    arguments.add_argument("--target", type=Path)
    arguments.add_argument("--block", type=int, default=128)
    arguments.add_argument("--full", action="store_true", help="keep float32 (to measure what int8 costs)")
    given = arguments.parse_args()
    torch.set_num_threads(1)
    if given.part == "parser":
        parser(
            given.checkpoint or WORK / "average.pt",
            given.target or MODELS / "parser",
            given.block,
            given.full,
        )
    elif given.part == "tone":
        tone(given.checkpoint or CHECKPOINT, given.target or MODELS / "tone", given.block, given.full)
    else:
        sentence(given.target or MODELS / "sentence", given.block, given.full)


if __name__ == "__main__":
    main()
