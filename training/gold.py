"""What the scorers of sourcing share: where the annotated texts lie, their parses, and shares with intervals."""

import argparse
import csv
import gzip
import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scipy.stats import binomtest
from spacy.tokens import Doc
from training.data import GOLD

from helpers.language import parse
from helpers.lenses.spans import PlainText

HERE = Path(__file__).parent


def arguments(description: str | None) -> argparse.Namespace:
    """The command line of a scorer: the folder of annotated texts (default PARALLAX_GOLD)."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument(
        "--errors", action="store_true", help="print every error of the tuned half with its words"
    )
    return parser.parse_args()


def articles(gold: Path, name: str = "polnear_dev") -> dict[str, dict[str, Any]]:
    """The annotated articles of one split by id."""
    with gzip.open(gold / "sourcing" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
        return {row["id"]: row for row in map(json.loads, stream)}


def labels(name: str) -> list[dict[str, str]]:
    """The rows of a file of labels beside this module."""
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def parses(texts: dict[str, str]) -> dict[str, Doc]:
    """The parse of each text, out of the cache if there."""
    return parse([PlainText(key, text) for key, text in texts.items()])  # type: ignore[misc]


def into_card(card: Path, part: str, report: Iterable[str]) -> None:
    """Write lines between the marks of a part of a model card."""
    begin, end = f"<!-- {part} -->\n", f"<!-- end of {part} -->"
    before, _, rest = card.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    body = "".join(f"{line}\n" for line in report)
    card.write_text(f"{before}{begin}{body}{end}{after}", encoding="utf-8")


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson 1927); (0, 1) without any case."""
    if not n:
        return 0.0, 1.0
    found = binomtest(hits, n).proportion_ci(method="wilson")
    return float(found.low), float(found.high)


def share(hits: int, n: int) -> str:
    """A share with its interval and base, as printed."""
    low, high = wilson(hits, n)
    return f"{hits / n if n else float('nan'):.3f} [{low:.3f}, {high:.3f}] n={n}"


def kappa(pairs: Iterable[tuple[str, str]]) -> float:
    """Cohen's kappa (1960) of two codings of the same items; NaN when both use one and the same code."""
    given = list(pairs)
    n = len(given)
    agreed = sum(a == b for a, b in given) / n
    codes = {code for pair in given for code in pair}
    chance = sum(sum(a == c for a, _ in given) * sum(b == c for _, b in given) for c in codes) / n**2
    return (agreed - chance) / (1 - chance) if chance < 1 else math.nan
