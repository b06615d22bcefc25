"""Score the attributions on PolNeAR dev with the scorer beside the gold: `python -m training.attribution_score`.

Prints every figure with a 95% bootstrap interval over articles, by form and by publisher, and exact F1 of single
spans; `--write` puts them into the model card. `--also NAME=FILE.jsonl` scores other predictions side by side.
"""

import argparse
import importlib.util
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from training.data import GOLD, lines
from training.gold import into_card

from helpers.codebook import load_codebooks
from helpers.language import load
from helpers.language.encoder import MODELS
from helpers.lenses.annotate import annotate_sourcing
from helpers.lenses.extraction import find_attributions

FIGURES = ("content_relaxed", "content_strict", "end_to_end", "cue_token", "content_token")
ROLES = ("source", "cue", "content")
RESAMPLES = 2000
Row = dict[str, Any]


def scorer(folder: Path) -> ModuleType:
    """The scorer that lies beside the gold, as a module."""
    spec = importlib.util.spec_from_file_location("gold_scorer", folder / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["gold_scorer"] = module
    spec.loader.exec_module(module)
    return module


def counts(module: ModuleType, gold: Row, found: list[Row]) -> Counter[str]:
    """The counts behind every figure for one article."""
    tokens = [match.span() for match in module.TOKEN.finditer(gold["text"])]
    totals = module.Totals()
    module.score_article(
        module.parse_attributions(gold, gold["text"], tokens, "gold"),
        module.parse_attributions({**gold, "attributions": found}, gold["text"], tokens, "found"),
        totals,
    )
    out: Counter[str] = Counter()
    for name, tally in totals.tallies.items():
        out.update({f"{name} hits": tally.hits, f"{name} both": tally.gold + tally.predicted})
    for form, row in totals.by_type.items():
        out.update({f"{form} hits": row["relaxed"], f"{form} gold": row["gold"]})
    out.update({"source hits": totals.right_source, "source pairs": totals.pairs_with_source})
    for role in ROLES:
        mine, theirs = spans(found, role), spans(gold["attributions"], role)
        out.update({f"{role} span hits": len(mine & theirs), f"{role} span both": len(mine) + len(theirs)})
    return out


def spans(rows: Iterable[Row], role: str) -> set[tuple[int, int]]:
    """Every contiguous span of a role."""
    return {(start, end) for row in rows for start, end in row.get(role) or ()}


def figures(sums: Counter[str]) -> dict[str, float]:
    """All figures from summed counts."""
    made = {name: 2 * sums[f"{name} hits"] / max(1, sums[f"{name} both"]) for name in FIGURES}
    made["source_accuracy"] = sums["source hits"] / max(1, sums["source pairs"])
    for form in ("direct", "mixed", "indirect"):
        made[f"recall {form}"] = sums[f"{form} hits"] / max(1, sums[f"{form} gold"])
    for role in ROLES:
        made[f"span {role}"] = 2 * sums[f"{role} span hits"] / max(1, sums[f"{role} span both"])
    return made


def intervals(articles: list[Counter[str]], seed: int = 1) -> dict[str, tuple[float, float]]:
    """95% percentile bootstrap intervals over articles of every figure."""
    names = sorted({name for one in articles for name in one})
    table = np.array([[one[name] for name in names] for one in articles])
    draws = np.random.default_rng(seed).integers(0, len(articles), (RESAMPLES, len(articles)))
    made = [figures(Counter(dict(zip(names, table[draw].sum(0), strict=True)))) for draw in draws]
    return {
        name: tuple(np.quantile([one[name] for one in made], (0.025, 0.975)))  # type: ignore[misc]
        for name in made[0]
    }


def report(
    module: ModuleType, gold: list[Row], found: dict[str, list[Row]]
) -> tuple[list[str], dict[str, float]]:
    """Lines with every figure of one extractor, and the figures."""
    articles = [counts(module, row, found.get(row["id"], [])) for row in gold]
    whole = figures(sum(articles, Counter()))
    bounds = intervals(articles)
    out = [
        f"{name}: {value:.3f} [{bounds[name][0]:.3f}, {bounds[name][1]:.3f}]" for name, value in whole.items()
    ]
    for publisher in sorted({row["publisher"] for row in gold}):
        own = [one for row, one in zip(gold, articles, strict=True) if row["publisher"] == publisher]
        made = figures(sum(own, Counter()))
        shown = ", ".join(
            f"{name} {made[name]:.3f}" for name in ("content_relaxed", "end_to_end", "source_accuracy")
        )
        out.append(f"{publisher} ({len(own)} articles): {shown}")
    return out, whole


def speed(texts: list[str]) -> str:
    """Words a second from text to attributions, one process, and how that compares with the parse alone."""
    begun = time.perf_counter()
    docs = list(load().pipe(texts))
    parsed = time.perf_counter()
    for doc in docs:
        find_attributions(doc, load_codebooks().verbs)
    ended = time.perf_counter()
    words = sum(not token.is_space for doc in docs for token in doc)
    ratio = (ended - begun) / (parsed - begun)
    return f"speed, one process: {words / (ended - begun):.0f} words/s, {ratio:.2f} times the parse alone"


def main() -> None:
    """Score the package's extractor, and others side by side."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--gold", type=Path, default=GOLD)
    arguments.add_argument("--also", action="append", default=[], metavar="NAME=FILE")
    arguments.add_argument("--write", action="store_true", help="print the scores into the model card")
    given = arguments.parse_args()
    folder = given.gold / "sourcing"
    module = scorer(folder)
    gold = [json.loads(line) for line in lines(folder / "polnear_dev.jsonl.gz")]
    found = {row["id"]: row["attributions"] for row in annotate_sourcing(gold)}
    shown, own = report(module, gold, found)
    shown.append(speed([row["text"] for row in gold]))
    print("\n".join(shown))
    table = {"Parallax": own}
    for name, _, file in (entry.partition("=") for entry in given.also):
        rows = map(json.loads, Path(file).read_text(encoding="utf-8").splitlines())
        table[name] = report(module, gold, {row["id"]: row["attributions"] for row in rows})[1]
    names = list(own)
    side = ["", "| on the same articles | " + " | ".join(table) + " |", "| --- |" + " --- |" * len(table)]
    side += [f"| {n} | " + " | ".join(f"{row[n]:.3f}" for row in table.values()) + " |" for n in names]
    if len(table) > 1:
        print("\n".join(side))
    if given.write:
        report_lines = [f"- {line}" for line in shown] + (side if len(table) > 1 else [])
        into_card(MODELS / "parser" / "README.md", "attributions", report_lines)


if __name__ == "__main__":
    main()
