"""What is taken out of an executed notebook so that two runs give the same bytes and no path of the machine shows."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")
CELL_FILE = re.compile(r"(?<![^\s\"'<>])[^\s\"'<>]*?ipykernel_\d+[/\\]\d+\.py")
KEPT = ("kernelspec", "language_info")


def replacements(corpus: Path, out: Path, root: Path, prefix: Path, home: Path) -> list[tuple[str, str]]:
    """Absolute path to the name that stands for it, longest first; paths of one part are left alone."""
    pairs = {str(out): ".", str(corpus): corpus.name, str(root): ".", str(prefix): "(python)", str(home): "~"}
    usable = [(path, name) for path, name in pairs.items() if len(Path(path).parts) > 1]
    return sorted(usable, key=lambda pair: (-len(pair[0]), pair[0]))


def scrub(
    notebook: Mapping[str, Any], source_ids: Iterable[str], paths: list[tuple[str, str]]
) -> dict[str, Any]:
    """A copy of an executed notebook (version 4 JSON) without times, paths, memory addresses and random cell ids.

    source_ids are the ids the notebook had before it ran; every other cell gets an id from its place.
    """
    known = set(source_ids)
    cells = [_cell(cell, index, known, paths) for index, cell in enumerate(notebook["cells"])]
    metadata = {name: notebook["metadata"][name] for name in KEPT if name in notebook["metadata"]}
    return {
        "cells": cells,
        "metadata": metadata,
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(
    cell: Mapping[str, Any], index: int, known: set[str], paths: list[tuple[str, str]]
) -> dict[str, Any]:
    metadata = {k: v for k, v in cell["metadata"].items() if k not in ("papermill", "execution")}
    given = str(cell.get("id", ""))
    made = dict(cell) | {"metadata": metadata, "id": given if given in known else f"added-{index:02d}"}
    made["source"] = replace(cell["source"], paths)
    if cell["cell_type"] == "code":
        made["outputs"] = [_output(output, paths) for output in _joined(cell.get("outputs", []))]
    return made


def _joined(outputs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Streams of one name in a row as one, for how they are cut depends on timing."""
    result: list[dict[str, Any]] = []
    for output in outputs:
        last = result[-1] if result else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] = _text(last["text"]) + _text(output["text"])
        else:
            result.append(dict(output))
    return result


def _output(output: Mapping[str, Any], paths: list[tuple[str, str]]) -> dict[str, Any]:
    plain = output["output_type"] in ("stream", "error")
    made: dict[str, Any] = {key: _walk(value, paths, plain) for key, value in output.items()}
    if "data" in made:
        for mime in ("text/plain",):
            if mime in made["data"]:
                made["data"][mime] = ADDRESS.sub("0x0", _text(made["data"][mime]))
    return made


def _walk(value: Any, paths: list[tuple[str, str]], plain: bool) -> Any:
    if isinstance(value, str):
        text = replace(value, paths)
        return ADDRESS.sub("0x0", text) if plain else text
    if isinstance(value, Mapping):
        return {key: _walk(item, paths, plain) for key, item in value.items()}
    if isinstance(value, list):
        return [_walk(item, paths, plain) for item in value]
    return value


def replace(text: str | list[str], paths: list[tuple[str, str]]) -> str:
    """Text with every absolute path by its stand-in and kernel file names by (cell)."""
    joined = CELL_FILE.sub("(cell)", _text(text))
    for path, name in paths:
        joined = re.sub(re.escape(path) + r"(?![\w-])", name.replace("\\", "/"), joined)
    return joined


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)
