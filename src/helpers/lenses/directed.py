"""Directed sentiment between two names of a sentence: who is positive or negative to whom (Park, Pan & Joo 2021)."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from helpers.errors import ParallaxError
from helpers.language.sentence import DIRECTIONS, ROLES, Mark, Marked, tone_model
from helpers.lenses.annotate import text_field

ROWS_AT_ONCE = 128


def span(mention: Mapping[str, Any]) -> tuple[int, int]:
    """The offsets of a mention."""
    return int(mention["start"]), int(mention["end"])


def annotate_directed(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows {"id", "sentence", "p", "q"} in; {"id", "label"} out, label one of DIRECTIONS.

    `p` and `q` are {"start", "end"} into the sentence, `p` first. Raises ParallaxError for a row that lacks one.
    """
    waiting, number = iter(rows), 0
    while batch := list(islice(waiting, ROWS_AT_ONCE)):
        for row in batch:
            number += 1
            check(row, number)
        asked = [
            Marked(row["sentence"], tuple(Mark(*span(row[name]), ROLES.index(name)) for name in ("p", "q")))
            for row in batch
        ]
        for row, best in zip(batch, tone_model().directed(asked).argmax(axis=1).tolist(), strict=True):
            yield {"id": row["id"], "label": DIRECTIONS[best]}


def check(row: Mapping[str, Any], number: int) -> None:
    """Raise ParallaxError unless a row has an id, a sentence and two mentions in order within it."""
    sentence = text_field(row, "sentence", number)
    name = f"row {number} ({row['id']})"
    ends = [0]
    for key in ("p", "q"):
        mention = row.get(key)
        known = isinstance(mention, Mapping) and all(type(mention.get(k)) is int for k in ("start", "end"))
        if not known or not isinstance(mention, Mapping):
            raise ParallaxError(f'{name}: "{key}" must be an object with whole numbers "start" and "end"')
        ends += span(mention)
    if ends != sorted(ends) or ends[-1] > len(sentence):
        raise ParallaxError(f"{name}: p must come before q and both must lie within the sentence")
