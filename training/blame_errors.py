"""Every error of the lens of blame on the dev sentences by class, as ids without any text.

python -m training.blame_errors --gold ../shared/gold [--write]     # --write: training/blame_errors.md
"""

import argparse
import importlib.util
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.data import GOLD

from helpers.lenses.annotate import annotate_blame

TARGET = Path(__file__).with_suffix(".md")
# What was read to be behind each class, over the sentences of it.
REASONS = {
    "missed implicit": "the judge gives too low a chance (figures of speech above all), or no candidate is built",
    "missed explicit": "the parse hangs party or clause elsewhere; headlines; blame imagined or denied at a distance",
    "right target, wrong blamer": "a source nested in another's words; an agent in a clause set apart",
    "another target": "an act or a group is named where the gold names its owner or a part, or the clause is misread",
    "more than the gold, in a sentence with blame": "the judge takes a neutral act or a label for blame",
    "blame where there is none": "the judge takes a neutral act for blame; a stance that the codebook leaves out",
    "polarity": "a denial far from the word of blame",
}


def scorer(gold: Path) -> Any:
    """The scorer beside the gold, as a module."""
    spec = importlib.util.spec_from_file_location("blame_score", gold / "blame" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{gold}: no blame/score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def classes_of(said: list[dict[str, Any]], wanted: list[dict[str, Any]], score: Any) -> Iterator[str]:
    """The class of each error in a sentence; a wrong tie beside a missed one is one error, not two."""
    pairs = score.pair(said, wanted, score.full)
    yield from ("polarity" for a, b in pairs if said[a]["negated"] != wanted[b]["negated"])
    extra = [t for n, t in enumerate(said) if n not in {a for a, _ in pairs}]
    missed = [t for n, t in enumerate(wanted) if n not in {b for _, b in pairs}]
    near = score.pair(extra, missed, lambda p, g: score.match(p["target"], g["targets"]))
    yield from ("right target, wrong blamer" for _ in near)
    extra = [t for n, t in enumerate(extra) if n not in {a for a, _ in near}]
    missed = [t for n, t in enumerate(missed) if n not in {b for _, b in near}]
    swapped = min(len(extra), len(missed))
    yield from ("another target" for _ in range(swapped))
    yield from (f"missed {tie['voice']}" for tie in missed[swapped:])
    more = "more than the gold, in a sentence with blame" if wanted else "blame where there is none"
    yield from (more for _ in extra[swapped:])


def errors(gold: Path) -> dict[str, list[str]]:
    """The ids of the dev sentences with an error of each class; an id stands once for each error."""
    score, path = scorer(gold), gold / "blame" / "dev.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    truth = score.read(str(path))
    found: dict[str, list[str]] = defaultdict(list)
    for said in annotate_blame(rows):
        ties = [{**t, "blamers": None, "targets": None} for t in said["ties"]]
        for name in classes_of(ties, truth[said["id"]]["ties"], score):
            found[name].append(said["id"])
    return found


def report(found: dict[str, list[str]]) -> str:
    """The list as Markdown: class, number, what is behind it, ids."""
    lines = ["# Errors of blame on the dev sentences", "",
             "Written by `python -m training.blame_errors --write`. Ids are those of the annotated file.",
             "Classes are computed; the reasons sum up a class and were not checked again sentence by sentence.",
             "", "| class | errors | reason | sentences |", "| --- | --- | --- | --- |"]  # fmt: skip
    for name in REASONS:
        ids = found.get(name, [])
        lines.append(f"| {name} | {len(ids)} | {REASONS[name]} | {', '.join(ids)} |")
    ids = [one for group in found.values() for one in group]
    return "\n".join([*lines, "", f"{len(ids)} errors in {len(set(ids))} sentences.", ""])


def main() -> None:
    """Print the list, or write it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    given = parser.parse_args()
    text = report(errors(given.gold))
    if given.write:
        TARGET.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
