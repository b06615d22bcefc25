"""The shipped extractor keeps what its card says, on annotated articles (where they are at hand)."""

import json
from collections import Counter
from itertools import islice
from pathlib import Path

from training.attribution_score import counts, figures, scorer
from training.data import lines

from helpers.lenses.annotate import annotate_sourcing

ARTICLES = 12


def test_attributions_of_annotated_articles(gold: Path) -> None:
    folder = gold / "sourcing"
    rows = [json.loads(line) for line in islice(lines(folder / "polnear_dev.jsonl.gz"), ARTICLES)]
    found = {row["id"]: row["attributions"] for row in annotate_sourcing(rows)}
    module = scorer(folder)
    made = figures(sum((counts(module, row, found[row["id"]]) for row in rows), Counter()))
    assert made["end_to_end"] > 0.7
    assert made["content_relaxed"] > 0.75
    assert made["source_accuracy"] > 0.9
