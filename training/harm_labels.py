"""Harm events annotated by training/harm_codebook.md: labels as offsets, and precision and recall of the lens a slot.

python -m training.harm_labels --gold ../shared/gold [--list]
"""

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

from training.data import GOLD

from helpers.codebook import load_codebooks
from helpers.corpus import read_corpus
from helpers.language import load
from helpers.lenses.harm import harm_rows
from helpers.lenses.spans import PlainText, overlap

ROOT = Path(__file__).parents[1]
LABELS = Path(__file__).with_suffix(".jsonl")
SLOTS = ("victim", "number", "agent")


def sources(gold: Path) -> dict[str, dict[str, str]]:
    """The texts of each source by article id."""
    files = {"polnear_train": "sourcing/polnear_train.jsonl.gz", "re3d_train": "language/re3d_train.jsonl.gz"}
    found = {}
    for name, file in files.items():
        with gzip.open(gold / file, "rt", encoding="utf-8") as stream:
            found[name] = {row["id"]: row["text"] for row in map(json.loads, stream)}
    return {**found, "seeds": {a.article_id: a.text for a in read_corpus(ROOT / "seeds").articles}}


def labels() -> list[dict[str, Any]]:
    """The label rows: source, article, sentence offsets, and events of spans [start, end]."""
    return [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]


def text_of(row: dict[str, Any], texts: dict[str, dict[str, str]]) -> str:
    """The article of a row; raises ValueError when it is not there or a span lies outside the sentence."""
    text = texts[row["source"]].get(row["article"])
    if text is None:
        raise ValueError(f"{row['source']}, {row['article']}: no such article")
    for event in row["events"]:
        for start, end in (event[slot] for slot in ("event", *SLOTS) if event[slot]):
            if not row["start"] <= start < end <= row["end"]:
                raise ValueError(f"{row['article']}: span {start}-{end} lies outside its sentence")
    return text


def same(found: dict[str, Any], slot: str, wanted: list[int] | None, offset: int) -> bool:
    """Whether a slot overlaps the annotated span, or both are empty."""
    if found[f"{slot}_start"] < 0 or wanted is None:
        return found[f"{slot}_start"] < 0 and wanted is None
    span = (found[f"{slot}_start"] + offset, found[f"{slot}_end"] + offset)
    return overlap(span, (wanted[0], wanted[1])) > 0


def score(gold: Path, show: bool) -> Counter[str]:
    """Counts: events found, annotated and right, and per slot the filled and right ones over matched events."""
    texts, books, count = sources(gold), load_codebooks(), Counter[str]()
    rows = labels()
    sentences = [text_of(row, texts)[row["start"] : row["end"]] for row in rows]
    for row, sentence, doc in zip(rows, sentences, load().pipe(sentences), strict=True):
        found = {r["cue_start"] + row["start"]: r for r in harm_rows(PlainText("", sentence), doc, [], books)}
        wanted = {event["event"][0]: event for event in row["events"]}
        count.update(found=len(found), gold=len(wanted), right=len(found.keys() & wanted.keys()))
        if show and found.keys() ^ wanted.keys():
            extra = [found[k]["cue"] for k in found.keys() - wanted.keys()]
            missed = [sentence[k - row["start"] :].split()[0] for k in wanted.keys() - found.keys()]
            print(f"{row['article'][:40]}:{row['start']} extra {extra} missed {missed}")
        for key in found.keys() & wanted.keys():
            event, said = wanted[key], found[key]
            count["form right"] += said["form"] == event["form"]
            for slot in SLOTS:
                fits = same(said, slot, event[slot], row["start"])
                count[f"{slot} said"] += said[f"{slot}_start"] >= 0
                count[f"{slot} gold"] += event[slot] is not None
                count[f"{slot} right"] += fits and event[slot] is not None
                if show and not fits:
                    print(f"{row['article'][:40]}:{row['start']} {said['cue']}: {slot} {said[slot]!r}")
    return count


def main() -> None:
    """Print precision and recall of events, slots and form."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--list", action="store_true", help="list extra and missed events and wrong slots")
    given = parser.parse_args()
    n = score(given.gold, given.list)
    print(f"sentences {len(labels())}")
    rows = [("event", n["right"], n["found"], n["gold"])]
    rows += [(slot, *(n[f"{slot} {kind}"] for kind in ("right", "said", "gold"))) for slot in SLOTS]
    for name, right, said, wanted in rows:
        shares = f"p {right / max(said, 1):.3f} r {right / max(wanted, 1):.3f}"
        print(f"{name:8} {shares} ({right} right, {said} found, {wanted} annotated)")
    print(f"form     accuracy {n['form right'] / n['right']:.3f} of {n['right']}")


if __name__ == "__main__":
    main()
