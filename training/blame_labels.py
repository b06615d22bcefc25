"""Blame ties annotated by the codebook on news articles: labels as offsets, read against the articles they belong to.

python -m training.blame_labels --gold ../shared/gold             # check the offsets, count, score the shipped lens
python -m training.blame_labels --gold ../shared/gold --agreement second  # another reading against the first
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.data import GOLD
from training.gold import kappa

FOLDER = Path(__file__).parent
FIRST = FOLDER / "blame_labels.jsonl"
READINGS = {"again": FOLDER / "blame_labels_again.jsonl", "second": FOLDER / "blame_labels_second.jsonl"}


def articles(gold: Path) -> dict[str, str]:
    """The text of every PolNeAR train article by its id."""
    with gzip.open(gold / "sourcing" / "polnear_train.jsonl.gz", "rt", encoding="utf-8") as stream:
        return {row["id"]: row["text"] for row in map(json.loads, stream)}


def reserved(gold: Path) -> set[str]:
    """The ids of the articles no label may come from."""
    lines = (gold / "blame" / "reserved_articles.txt").read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if not line.startswith("#")}


def labels(path: Path = FIRST) -> list[dict[str, Any]]:
    """The label rows: article, context and sentence offsets, and ties of spans [start, end], the first the answer."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def gold_rows(rows: list[dict[str, Any]], texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The rows as the scorer reads a gold file, with the text of the articles.

    Raises ValueError naming the row whose article is not there or whose span lies outside its sentence.
    """
    for row in rows:
        name = f"{row['article']}:{row['start']}"
        if row["article"] not in texts:
            raise ValueError(f"{name}: no such article in the gold")
        text = texts[row["article"]]
        for tie in row["ties"]:
            for start, end in (span for part in ("blamer", "target", "issue") for span in tie[part] or ()):
                if (
                    not row["start"] <= start < end <= row["end"]
                    or text[start:end].strip() != text[start:end]
                ):
                    raise ValueError(f"{name}: span {start}-{end} is not a phrase of its sentence")
        yield {
            "id": name,
            "sentence": text[row["start"] : row["end"]],
            "context": text[row["context"] : row["start"]].strip(),
            "ties": [
                {**tie, **{part: phrase(text, tie[part]) for part in ("blamer", "target", "issue")}}
                for tie in row["ties"]
            ],
        }


def phrase(text: str, spans: list[list[int]] | None) -> dict[str, Any] | None:
    """A slot with its other good answers, as text."""
    if not spans:
        return None
    first, *others = (text[start:end] for start, end in spans)
    return {"text": first, "alt": others}


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    """Rows of JSON, one a line."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def main() -> None:
    """Check, count and score."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument(
        "--agreement",
        choices=tuple(READINGS),
        help="again: the same reader; second: another, who had not seen the labels",
    )
    given = parser.parse_args()
    texts = articles(given.gold)
    first = list(gold_rows(labels(), texts))
    ties = [tie for row in first for tie in row["ties"]]
    implicit, denied = (
        sum(test(tie) for tie in ties)
        for test in (lambda t: t["voice"] == "implicit", lambda t: t["negated"])
    )
    held = sum(bool(row["ties"]) for row in first)
    print(
        f"{len(first)} sentences, {held} with blame, {len(ties)} ties, {implicit} implicit, {denied} negated"
    )
    with tempfile.TemporaryDirectory() as name:
        truth, found = Path(name) / "gold.jsonl", Path(name) / "found.jsonl"
        if given.agreement:
            again = list(gold_rows(labels(READINGS[given.agreement]), texts))
            chosen = {row["id"]: row for row in again}
            write(truth, [row for row in first if row["id"] in chosen])
            held = {row["id"]: bool(row["ties"]) for row in first}
            pairs = [(str(held[name]), str(bool(row["ties"]))) for name, row in chosen.items()]
            print(f"{len(pairs)} sentences read twice, kappa of a sentence with blame {kappa(pairs):.3f}")
            write(found, again)
        else:
            from helpers.lenses.annotate import annotate_blame

            write(truth, first)
            write(found, list(annotate_blame(first)))
        command = [sys.executable, str(given.gold / "blame" / "score.py"), str(truth), str(found)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
