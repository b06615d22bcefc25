"""Score frames on the dev sets: cue words only, likeness only, both, the encoder with a trained head, and all together.

python -m training.frames_score --gold ../shared/gold [--write]     # --write: into the model card

Everything is run on the same rows by the scorer that lies beside them, with its 95% interval. Cuts of the parts that
have no head are chosen on train. The head of frac is trained here and thrown away; its weights may not ship.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from training.data import GOLD
from training.frames import NO_WORDS, RECIPES, Data, crossed, cuts_of, data_of, f1, rows_of, single, train
from training.gold import into_card

from helpers.codebook import load_codebooks
from helpers.corpus import read_corpus
from helpers.language import load, sentence_encoder
from helpers.lenses.framing import frame_rows
from helpers.lenses.framing_annotate import OTHER, annotate_frames
from helpers.lenses.framing_heads import FOLDER
from helpers.lenses.framing_scores import CUE_WEIGHT
from helpers.paths import project_root
from helpers.rows import write_rows

CARD = FOLDER / "README.md"
SHOWN = {
    "gvfc": "headlines on gun violence, nine frames (GVFC dev)",
    "frac": "sentences, policy frames (FrAC dev)",
    "nfc": "articles on climate, generic frames (NFC dev)",
}
SHIPPED = {"gvfc": "gvfc", "frac": "policy", "nfc": "nfc"}
WHAT_SHIPS = "as shipped: parallax annotate frames"
LOCAL = "with a head built locally"
Said = list[list[str]]


@dataclass(frozen=True)
class Result:
    """One way of finding frames on one set: macro F1 with its 95% interval, over n rows."""

    name: str
    way: str
    value: float
    low: float
    high: float
    n: int


def by_cut(name: str, values: NDArray[np.float64], tuned: NDArray[np.float64], data: Data) -> Said:
    """Labels of the rows by cuts of `values`, chosen for the best F1 of `tuned` on train (`data`)."""
    if RECIPES[name].cuts == "one":
        cut = cuts_of(RECIPES[name], data.y, tuned)[0]
        return named(single(values, cut), data.labels, True)
    steps = np.unique(np.quantile(tuned, np.linspace(0, 1, 60)))
    scores = np.stack([f1(data.y, tuned >= step) for step in steps[1:]])
    return named(values >= steps[1:][scores.argmax(axis=0)], data.labels, False)


def named(said: NDArray[np.bool_], labels: tuple[str, ...], one: bool) -> Said:
    """The labels of each row as words."""
    rows = [
        [label for label, given in zip(labels, row, strict=True) if given][: 1 if one else None]
        for row in said
    ]
    return [row or ([OTHER] if one else []) for row in rows]


def ways(name: str, gold: Path, train_data: Data, dev: Data) -> Iterator[tuple[str, Said]]:
    """Each way of finding frames with the labels it gives the dev rows."""
    size = len(dev.labels)
    (cue, like), (cue_dev, like_dev) = ((d.marks[:, :size], d.marks[:, size:]) for d in (train_data, dev))
    mixed, mixed_dev = (CUE_WEIGHT * a + (1 - CUE_WEIGHT) * b for a, b in ((cue, like), (cue_dev, like_dev)))
    yield "cue words only", by_cut(name, cue_dev, cue, train_data)
    yield "likeness to the codebook only", by_cut(name, like_dev, like, train_data)
    yield "cue words and likeness", by_cut(name, mixed_dev, mixed, train_data)
    bare = replace(RECIPES[name], at_least=NO_WORDS, marks=0.0)
    yield "encoder only, with a trained head", by_head(bare, train_data, dev)
    if name == "frac":
        yield LOCAL, by_head(RECIPES[name], train_data, dev)
    rows = [{"id": row["id"], "text": row["text"]} for row in rows_of(gold, name, "dev")]
    yield WHAT_SHIPS, [row["labels"] for row in annotate_frames(rows, SHIPPED[name])]


def by_head(recipe: Any, train_data: Data, dev: Data) -> Said:
    """The labels a head trained on train gives the dev rows."""
    cuts = cuts_of(recipe, train_data.y, crossed(train_data, recipe))
    chances = train(train_data, recipe).chances(dev.texts, dev.vectors, dev.marks)
    one = recipe.cuts == "one"
    return named(single(chances, cuts[0]) if one else chances >= cuts, dev.labels, one)


def scored(gold: Path, name: str, said: Said) -> dict[str, Any]:
    """What the scorer beside the set says."""
    rows = rows_of(gold, name, "dev")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.jsonl"
        write_rows(path, ({"id": row["id"], "labels": found} for row, found in zip(rows, said, strict=True)))
        place = gold / "framing"
        command = [
            sys.executable,
            str(place / "score.py"),
            "frames",
            str(place / f"{name}_dev.jsonl"),
            str(path),
            "--ci",
        ]
        return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


@cache
def measured(gold: Path) -> tuple[Result, ...]:
    """Every way on every set."""
    out = []
    for name in RECIPES:
        parts = [data_of(name, rows_of(gold, name, part)) for part in ("train", "dev")]
        for way, said in ways(name, gold, parts[0], parts[1]):
            found = scored(gold, name, said)
            out.append(Result(name, way, found["macro_f1"], *found["ci95"], found["n"]))
    return tuple(out)


def ratio() -> tuple[float, float]:
    """Seconds of parsing the seeds, and of the frames of every general codebook in them, one after the other."""
    articles, books, encoder = (
        read_corpus(project_root() / "seeds").articles,
        load_codebooks(),
        sentence_encoder(),
    )
    list(load().pipe([articles[0].text]))
    frame_rows(articles[0], next(load().pipe([articles[0].text])), [], books, encoder)
    start = time.perf_counter()
    docs = list(load().pipe([article.text for article in articles]))
    parsed = time.perf_counter()
    for article, doc in zip(articles, docs, strict=True):
        frame_rows(article, doc, [], books, encoder)
    return parsed - start, time.perf_counter() - parsed


def table(results: tuple[Result, ...]) -> str:
    """The results as a Markdown table."""
    lines = ["| set | way | macro F1 | 95% interval | n |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {SHOWN[r.name]} | {r.way} | {r.value:.2f} | {r.low:.2f} to {r.high:.2f} | {r.n} |"
        for r in results
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the scores, and put them into the model card when told to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--write", action="store_true", help="put the scores into the model card")
    given = parser.parse_args()
    found = table(measured(given.gold))
    parse, frames = ratio()
    speed = (
        f"Frames of the seeds take {frames / parse:.2f} times as long as their parse (one thread, same run)."
    )
    print(found, speed, sep="\n\n")
    if given.write:
        into_card(CARD, "scores", [found, "", speed])


if __name__ == "__main__":
    main()
