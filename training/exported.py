"""Read an exported parser's int8 weights back into the model, to train on from what is shipped."""

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor
from training.model import Parser


def exported_weights(folder: Path) -> dict[str, Tensor]:
    """Parameters by name, as far as the graph of `folder`/parser.onnx holds them."""
    graph = onnx.load(folder / "parser.onnx").graph
    constants = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found = {
        name.removeprefix("model."): value for name, value in constants.items() if name.startswith("model.")
    }
    table = next(name for name, value in constants.items() if value.dtype == np.int8 and value.ndim == 2)
    rows = len(constants[table])
    scale = next(value for value in constants.values() if value.shape == (rows, 1))
    found["encoder.words.weight"] = constants[table] * scale
    found["rel_weight"] = np.load(folder / "relations.npy")
    users = {name: node for node in graph.node for name in node.input}
    for node in graph.node:
        if node.op_type != "MatMulNBits":
            continue
        weight = dequantized(constants[node.input[1]], constants[node.input[2]])
        after = users.get(node.output[0])
        bias = next((name for name in after.input if name.endswith(".bias")), None) if after else None
        if bias:
            found[bias.removeprefix("model.").removesuffix("bias") + "weight"] = weight
        else:
            found["arc_weight"] = weight.T
    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in found.items()}


def dequantized(packed: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """Weights (out, in) of 8-bit blocks (out, blocks, size) whose zero is 128, and their scales (out, blocks)."""
    blocks = (packed.astype(np.float32) - 128) * scales.reshape(packed.shape[:2])[..., None]
    return blocks.reshape(len(packed), -1)


def load_exported(model: Parser, folder: Path, tags: list[str], relations: list[str]) -> None:
    """Put the exported weights into the model; heads that the export lacks stay as they are, wider ones keep zeros.

    Raises SystemExit when the labels differ.
    """
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    if labels["tags"] != tags or labels["relations"] != relations:
        raise SystemExit(f"{folder}: the labels are not those of the training data; train without --warm")
    found = exported_weights(folder)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name in found:
                shared = tuple(
                    slice(0, min(pair)) for pair in zip(parameter.shape, found[name].shape, strict=True)
                )
                parameter.zero_()
                parameter[shared] = found[name][shared]
    missing = [name for name, _ in model.named_parameters() if name not in found]
    print("new:", ", ".join(missing), flush=True)
