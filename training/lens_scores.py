"""Score the shipped lenses on the dev sets with the scorers that lie beside them, for the notebooks to print.

python -m training.lens_scores [--lenses sources]     # writes src/helpers/data/lens_scores.csv

Without --lenses every lens is scored; with it the rows of the others stay as they are.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training import actors_score, frames_score, harm_labels, source_score, tone_score
from training.data import GOLD

from helpers.lenses.annotate import annotate_blame, annotate_sourcing
from helpers.lenses.annotate_wording import annotate_loaded
from helpers.rows import annotate_file

TARGET = Path(__file__).parents[1] / "src" / "helpers" / "data" / "lens_scores.csv"
COLUMNS = ("lens", "measure", "value", "n", "data", "people")
LENSES = ("sourcing", "sources", "blame", "portrayal", "frames", "wording")
CODED, GROUPED = "75 sources of PolNeAR dev, coded by hand", "5 articles of PolNeAR dev, grouped by hand"
POLNEAR, BLAME = "PolNeAR dev, 84 articles", "160 sentences of news (codebook of blame)"
TARGETS = "343 targets in news (Hamborg & Donnay 2021)"
BABE = "BABE dev, 490 sentences (Spinde et al. 2021)"
HARM, CROWD = "121 sentences with a word of harm", "1,461 pairs of names (Park, Pan & Joo 2021)"
# What two annotators reach against each other on the same figures (Newell et al. 2018).
PEOPLE = {"content_relaxed": 0.80, "content_strict": 0.67, "end_to_end": 0.73, "source_accuracy": 0.93}


def scored(folder: Path, lens: str, gold: Path) -> dict[str, Any]:
    """What the scorer beside a gold file says of the lens's findings on it."""
    annotate = {"sourcing": annotate_sourcing, "blame": annotate_blame}[lens]
    found, said = folder / f"{lens}.jsonl", folder / f"{lens}.json"
    annotate_file(annotate, gold, found)
    command = [sys.executable, str(gold.parent / "score.py"), str(gold), str(found), "--json"]
    if lens == "sourcing":
        subprocess.run([*command, str(said), "--quiet"], check=True)
        return dict(json.loads(said.read_text(encoding="utf-8")))
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def sourcing(found: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of the lens of sourcing."""
    for name, shown in (
        ("content_relaxed", "attributions found, F1 (content overlaps by half)"),
        ("content_strict", "attributions found, F1 (content to the word)"),
        ("end_to_end", "attributions with their source, F1"),
    ):
        yield "sourcing", shown, found[name]["f1"], found[name]["gold"], POLNEAR, PEOPLE[name]
    yield (
        "sourcing", "right source, share of found attributions", found["source_accuracy"]["accuracy"],
        found["source_accuracy"]["pairs"], POLNEAR, PEOPLE["source_accuracy"],
    )  # fmt: skip
    for kind, row in found["by_type"].items():
        yield (
            "sourcing",
            f"{kind} attributions found, recall",
            row["relaxed_recall"],
            row["gold"],
            POLNEAR,
            "",
        )


def blame(found: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of the lens of blame."""
    for name, shown in (
        ("sentence_has_tie", "sentences with blame, F1"),
        ("tie", "ties with blamer and target, F1"),
        ("target_only", "targets, F1"),
    ):
        yield "blame", shown, round(found[name]["f1"], 4), found[name]["gold"], BLAME, ""
    for kind in ("explicit", "implicit", "negated"):
        row = found[f"recall_{kind}"]
        yield "blame", f"{kind} ties found, recall", round(row["r"], 4), row["n"], BLAME, ""


def harm(gold: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of agency in harm."""
    n = harm_labels.score(gold, show=False)
    yield "blame", "harm events found, precision", round(n["right"] / n["found"], 4), n["found"], HARM, ""
    yield "blame", "harm events found, recall", round(n["right"] / n["gold"], 4), n["gold"], HARM, ""
    for slot in harm_labels.SLOTS:
        right, said, wanted = (n[f"{slot} {kind}"] for kind in ("right", "said", "gold"))
        yield "blame", f"{slot} of harm, precision", round(right / max(said, 1), 4), said, HARM, ""
        yield "blame", f"{slot} of harm, recall", round(right / max(wanted, 1), 4), wanted, HARM, ""


def wording(folder: Path, gold: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of loaded wording."""
    found = folder / "loaded.jsonl"
    count = annotate_file(annotate_loaded, gold, found)
    command = [sys.executable, str(gold.parent / "score.py"), "loaded", str(gold), str(found), "--ci"]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    yield "wording", "loaded or not, macro F1", said["macro_f1"], count, within(BABE, *said["ci95"]), ""
    for value, shown in (
        (said["biased_p"], "loaded sentences, precision"),
        (said["biased_r"], "loaded sentences, recall"),
        (said["word_p"], "loaded words, precision"),
        (said["word_r"], "loaded words, recall"),
    ):
        yield "wording", shown, value, count, BABE, ""


def tone(name: str, lens: str, about: str, data: str, gold: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of one set of the tone model, as scores of a lens."""
    for set_name, measure, value, low, high, n in tone_score.measured(gold):
        if set_name == name:
            yield lens, f"{about}, {measure}", round(value, 4), n, within(data, low, high), ""


def within(data: str, low: float, high: float) -> str:
    """What was scored on, with the interval of the score."""
    return f"{data}; 95% interval {low:.2f} to {high:.2f}"


def sources(gold: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of telling who a source is, of what type and how named."""
    for name, hits, n in source_score.measured(gold):
        yield "sources", name, round(hits / n, 4), n, CODED, ""
    for name, value, n in actors_score.measured(gold):
        yield "sources", name, round(value, 4), n, GROUPED, ""


def frames(gold: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of frames, each way of finding them on each set."""
    for r in frames_score.measured(gold):
        data = within(frames_score.SHOWN[r.name], r.low, r.high)
        yield "frames", f"macro F1, {r.way}", round(r.value, 4), r.n, data, ""


def rows_of(lens: str, gold: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of one lens."""
    with tempfile.TemporaryDirectory() as name:
        if lens == "sourcing":
            yield from sourcing(scored(Path(name), lens, gold / "sourcing" / "polnear_dev.jsonl.gz"))
        elif lens == "blame":
            yield from blame(scored(Path(name), lens, gold / "blame" / "dev.jsonl"))
            yield from harm(gold)
            yield from tone(
                "directed sentiment dev", "blame", "directed sentiment (F1 without neutral)", CROWD, gold
            )
        elif lens == "portrayal":
            yield from tone("NewsMTSC dev", "portrayal", "tone towards a target", TARGETS, gold)
        elif lens == "frames":
            yield from frames(gold)
        elif lens == "wording":
            yield from wording(Path(name), gold / "framing" / "babe_dev.jsonl")
        else:
            yield from sources(gold)


def main() -> None:
    """Score and write."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--gold", type=Path, default=GOLD)
    arguments.add_argument("--lenses", nargs="+", choices=LENSES, default=LENSES)
    given = arguments.parse_args()
    with TARGET.open(encoding="utf-8", newline="") as stream:
        before = list(csv.reader(stream))[1:]
    rows = [
        row
        for lens in dict.fromkeys((*LENSES, *(row[0] for row in before)))
        for row in (
            rows_of(lens, given.gold) if lens in given.lenses else (r for r in before if r[0] == lens)
        )
    ]
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([COLUMNS, *rows])


if __name__ == "__main__":
    main()
