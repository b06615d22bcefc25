"""Attributions of PolNeAR dev by other extractors, to score side by side: `... -m training.other_extractors rules OUT`.

`rules` is the package's rules alone; `textacy` is textacy's direct quotations over the same parse (textacy is in no
lock here: install it into an environment of its own and put that environment's packages on PYTHONPATH).
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc
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
    """Direct quotations by textacy."""
    from textacy.extract import direct_quotations

    for quotation in direct_quotations(doc):
        parts: dict[str, Any] = {
            "source": quotation.speaker,
            "cue": quotation.cue,
            "content": [quotation.content],
        }
        yield {role: [[s.idx if hasattr(s, "idx") else s.start_char, end_of(s)] for s in found]
               for role, found in parts.items()}  # fmt: skip


def end_of(piece: Any) -> int:
    """Where a token or a span ends."""
    return int(piece.idx + len(piece) if hasattr(piece, "idx") else piece.end_char)


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
