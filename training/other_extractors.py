"""Attributions of PolNeAR dev by other extractors, to score side by side: `... -m training.other_extractors rules OUT`.

`rules` is the package's rules alone; `textacy` is textacy's direct quotations over the same parse (textacy is in no
lock here: install it into an environment of its own and put that environment's packages on PYTHONPATH).
"""

import argparse
import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token
from training.data import GOLD, lines

from helpers.codebook import load_codebooks
from helpers.language import load
from helpers.lenses.attribution_rules import rule_attributions

Spans = dict[str, list[list[int]]]


def rules(doc: Doc) -> Iterator[Spans]:
    """Attributions by the package's rules alone."""
    for one in rule_attributions(doc, load_codebooks().verbs):
        source = [list(one.source)] if one.source else []
        yield {"source": source, "cue": [list(one.cue)], "content": [list(span) for span in one.content]}


def textacy(doc: Doc) -> Iterator[Spans]:
    """Direct quotations by textacy, a paragraph at a time: it refuses any text with an odd number of marks."""
    from textacy.extract import direct_quotations

    borders = [0, *(t.i + 1 for t in doc if t.is_space and "\n" in t.text), len(doc)]
    for start, end in pairwise(borders):
        paragraph, shift = doc[start:end].as_doc(), doc[start].idx if start < end else 0
        with suppress(ValueError):
            for found in list(direct_quotations(paragraph)):
                roles = {"source": found.speaker, "cue": found.cue, "content": [found.content]}
                yield {role: [offsets(piece, shift) for piece in pieces] for role, pieces in roles.items()}


def offsets(piece: Any, shift: int) -> list[int]:
    """Where a token or a span starts and ends."""
    if isinstance(piece, Token):
        return [shift + piece.idx, shift + piece.idx + len(piece)]
    return [shift + piece.start_char, shift + piece.end_char]


def main() -> None:
    """Write one row an article."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("extractor", choices=("rules", "textacy"))
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--gold", type=Path, default=GOLD)
    given = arguments.parse_args()
    extract = {"rules": rules, "textacy": textacy}[given.extractor]
    rows = [json.loads(line) for line in lines(given.gold / "sourcing" / "polnear_dev.jsonl.gz")]
    with given.out.open("w", encoding="utf-8") as out:
        for row, doc in zip(rows, load().pipe(row["text"] for row in rows), strict=True):
            out.write(json.dumps({"id": row["id"], "attributions": list(extract(doc))}) + "\n")


if __name__ == "__main__":
    main()
