"""Score the shipped tone model on the dev parts of its two sets.

python -m training.tone_score [--write]     # scores with 95% intervals over sentences, printed into the model card
python -m training.tone_score --speed       # beside a model of RoBERTa-base's size and beside the parse (needs torch)
"""

import argparse
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from training.data import GOLD
from training.gold import into_card

from helpers.language import load
from helpers.language.sentence import DIRECTIONS, ROLES, TONES, Mark, Marked, tone_model
from helpers.rows import read_rows

CARD = Path(__file__).parents[1] / "src" / "helpers" / "models" / "tone" / "README.md"
DRAWS = 1000
TONE_CLASSES = dict(enumerate(TONES))
DIRECTED_CLASSES = {k: label for k, label in enumerate(DIRECTIONS) if label != "neutral"}
Labels = NDArray[np.int64]


def targets(gold: Path) -> tuple[list[Marked], Labels, Labels]:
    """NewsMTSC dev: each target, its label, and the number of its sentence."""
    rows = list(read_rows(gold / "portrayal" / "newsmtsc_dev.jsonl.gz"))
    each = [(i, row["sentence"], target) for i, row in enumerate(rows) for target in row["targets"]]
    asked = [Marked(text, (Mark(t["start"], t["end"], ROLES.index("target")),)) for _, text, t in each]
    labels = np.array([TONES.index(target["label"]) for *_, target in each])
    return asked, labels, np.array([i for i, *_ in each])


def pairs(gold: Path) -> tuple[list[Marked], Labels, Labels]:
    """Directed sentiment dev: each pair of names, its label, and its number."""
    rows = list(read_rows(gold / "blame" / "directed_sentiment_dev.jsonl.gz"))
    asked = [
        Marked(
            row["sentence"], tuple(Mark(row[k]["start"], row[k]["end"], ROLES.index(k)) for k in ("p", "q"))
        )
        for row in rows
    ]
    return asked, np.array([DIRECTIONS.index(row["label"]) for row in rows]), np.arange(len(rows))


def f1(found: Labels, wanted: Labels, size: int) -> NDArray[np.float64]:
    """The F1 of each class (size,), 0 where it is neither found nor wanted."""
    hits = np.array([((found == k) & (wanted == k)).sum() for k in range(size)])
    both = np.array([(found == k).sum() + (wanted == k).sum() for k in range(size)])
    values: NDArray[np.float64] = 2 * hits / np.maximum(both, 1)
    return values


def scores(found: Labels, wanted: Labels, counted: dict[int, str]) -> dict[str, float]:
    """Macro F1 over the classes `counted` (their names by number), F1 of each, and accuracy over all."""
    each = f1(found, wanted, max(counted) + 1)
    named = {f"F1 {name}": float(each[k]) for k, name in counted.items()}
    macro = float(np.mean(list(named.values())))
    return {"macro F1": macro, **named, "accuracy": float((found == wanted).mean())}


def intervals(
    found: Labels, wanted: Labels, unit: Labels, counted: dict[int, str]
) -> dict[str, tuple[float, float]]:
    """95% intervals of every score over resampled sentences."""
    places = [np.flatnonzero(unit == i) for i in np.unique(unit)]
    draw = np.random.default_rng(1)
    drawn = []
    for _ in range(DRAWS):
        chosen = np.concatenate([places[i] for i in draw.integers(0, len(places), len(places))])
        drawn.append(scores(found[chosen], wanted[chosen], counted))
    return {
        name: (float(low), float(high))
        for name in drawn[0]
        for low, high in [np.quantile([one[name] for one in drawn], [0.025, 0.975])]
    }


@cache
def measured(gold: Path) -> tuple[tuple[str, str, float, float, float, int], ...]:
    """Every score on both sets: set, measure, value, its interval, and over how many."""
    rows = []
    for name, (asked, wanted, unit), judge, counted in (
        ("NewsMTSC dev", targets(gold), tone_model().portrayal, TONE_CLASSES),
        ("directed sentiment dev", pairs(gold), tone_model().directed, DIRECTED_CLASSES),
    ):
        found = judge(asked).argmax(axis=1)
        bounds = intervals(found, wanted, unit, counted)
        for measure, value in scores(found, wanted, counted).items():
            rows.append((name, measure, value, *bounds[measure], len(wanted)))
    return tuple(rows)


def report(gold: Path) -> list[str]:
    """The scores as lines of a table in Markdown."""
    lines = ["| set | measure | value | 95% interval | n |", "| --- | --- | --- | --- | --- |"]
    for name, measure, value, low, high, n in measured(gold):
        lines.append(f"| {name} | {measure} | {value:.3f} | {low:.3f} to {high:.3f} | {n} |")
    return lines


def speed(gold: Path) -> None:
    """Seconds for the targets of NewsMTSC dev by the shipped model, by the parse of their sentences, and by an encoder
    of RoBERTa-base's layers with random weights in torch; the middle of three rounds, one thread, side by side.
    """
    import torch
    from training.model import Encoder, Sizes

    torch.set_num_threads(1)
    asked, *_ = targets(gold)
    large = Encoder(Sizes(hidden=768, layers=12, inner=3072)).eval()
    tokenizer = tone_model().trunk.tokenizer
    rows = sorted((row.ids for row in tokenizer.encode_batch([one.text for one in asked])), key=len)
    texts = sorted({one.text for one in asked})

    def by_large() -> None:
        with torch.no_grad():
            for at in range(0, len(rows), 8):
                batch = rows[at : at + 8]
                ids = torch.zeros(len(batch), len(batch[-1]), dtype=torch.long)
                for i, row in enumerate(batch):
                    ids[i, : len(row)] = torch.tensor(row)
                large(ids, (ids > 0).long())

    ways: dict[str, Callable[[], object]] = {
        "tone model": lambda: tone_model().portrayal(asked),
        "parse": lambda: list(load().pipe(texts)),
        "RoBERTa-base size, float32": by_large,
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(3):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            taken[name].append(time.perf_counter() - begun)
    middle = {name: sorted(values)[1] for name, values in taken.items()}
    for name, value in middle.items():
        print(f"{name}: {value:.2f} s, {value / middle['tone model']:.2f} times the tone model")


def main() -> None:
    """Print the scores, or the speed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--write", action="store_true", help="print the scores into the model card")
    parser.add_argument("--speed", action="store_true", help="measure speed only")
    given = parser.parse_args()
    if given.speed:
        speed(given.gold)
        return
    lines = report(given.gold)
    print("\n".join(lines))
    if given.write:
        into_card(CARD, "scores", lines)


if __name__ == "__main__":
    main()
