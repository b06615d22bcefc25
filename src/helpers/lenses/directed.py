"""Directed sentiment between two names of a sentence: who is positive or negative to whom (Park, Pan & Joo 2021)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.errors import ParallaxError
from helpers.language import sentence_encoder
from helpers.language.encoder import model_file

LABELS = ("neutral", "p positive to q", "q positive to p", "p negative to q", "q negative to p")
NAMES = ("Alice", "Bob")
BEFORE, AFTER = 60, 80
ROWS_AT_ONCE = 256


def views(sentence: str, p: tuple[int, int], q: tuple[int, int]) -> list[str]:
    """Four texts a pair is judged by: the sentence with stand-in names, what stands between, before and after them."""
    first, second = NAMES
    between = sentence[p[1] : q[0]]
    texts = (
        f"{sentence[: p[0]]}{first}{between}{second}{sentence[q[1] :]}",
        f"{first}{between}{second}",
        f"{sentence[max(0, p[0] - BEFORE) : p[0]]}{first}",
        f"{second}{sentence[q[1] : q[1] + AFTER]}",
    )
    return [re.sub(r"\s+", " ", text).strip() for text in texts]


def vectors(pairs: Sequence[Mapping[str, Any]]) -> NDArray[np.float32]:
    """Rows (n, 4 * 384) of sentence vectors, one a pair; `p` stands before `q`."""
    texts = [text for pair in pairs for text in views(pair["sentence"], *map(span, (pair["p"], pair["q"])))]
    return sentence_encoder().encode(texts).reshape(len(pairs), -1)


def span(mention: Mapping[str, Any]) -> tuple[int, int]:
    """The offsets of a mention."""
    return int(mention["start"]), int(mention["end"])


@lru_cache(maxsize=1)
def weights() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (4 * 384, 5) and biases (5,) of the shipped softmax regression."""
    with np.load(model_file("blame", "directed.npz")) as held:
        return held["weights"].astype(np.float32), held["bias"].astype(np.float32)


def annotate_directed(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows {"id", "sentence", "p", "q"} in; {"id", "label"} out, label one of LABELS.

    `p` and `q` are {"start", "end"} into the sentence, `p` first. Raises ParallaxError for a row that lacks one.
    """
    waiting, number = iter(rows), 0
    table, bias = weights()
    while batch := list(islice(waiting, ROWS_AT_ONCE)):
        for row in batch:
            number += 1
            check(row, number)
        for row, best in zip(batch, (vectors(batch) @ table + bias).argmax(axis=1), strict=True):
            yield {"id": row["id"], "label": LABELS[best]}


def check(row: Mapping[str, Any], number: int) -> None:
    """Raise ParallaxError unless a row has an id, a sentence and two mentions in order within it."""
    if "id" not in row:
        raise ParallaxError(f'row {number}: no "id": give each row one')
    name = f"row {number} ({row['id']})"
    if not isinstance(row.get("sentence"), str):
        raise ParallaxError(f'{name}: no "sentence" (a string): add it')
    ends = [0]
    for key in ("p", "q"):
        mention = row.get(key)
        known = isinstance(mention, Mapping) and all(type(mention.get(k)) is int for k in ("start", "end"))
        if not known or not isinstance(mention, Mapping):
            raise ParallaxError(f'{name}: "{key}" must be an object with whole numbers "start" and "end"')
        ends += span(mention)
    if ends != sorted(ends) or ends[-1] > len(row["sentence"]):
        raise ParallaxError(f"{name}: p must come before q and both must lie within the sentence")
