"""Train the judge of implied blame: logistic regression on frozen sentence vectors and marks of form.

Positives and negatives are the lens's own candidates: on the annotated sentences (blame_labels.jsonl) a candidate is
positive when its target is a target of an annotated tie; on whole articles (blame_candidates.jsonl) each was read and
marked by the codebook; on the sentences of directed sentiment (Park, Pan & Joo 2021) it is weakly positive when the
crowd says that one of the pair is negative towards it.

python -m training.blame_implied --gold ../shared/gold
"""

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc
from training import blame_labels, harm_labels
from training.data import GOLD
from training.logistic import fit

from helpers.codebook import load_codebooks
from helpers.language import load, sentence_encoder
from helpers.lenses.annotate import sentence_in_context
from helpers.lenses.blame import implied_hints
from helpers.lenses.blaming_implied import Hint, features
from helpers.lenses.clauses import phrase
from helpers.lenses.sourcing import attribution_rows
from helpers.lenses.spans import PlainText, overlap

TARGET = Path(__file__).parents[1] / "src" / "helpers" / "models" / "blame" / "implied.npz"
BOOKS = load_codebooks()
CANDIDATES = Path(__file__).with_name("blame_candidates.jsonl")
WEAK, STRENGTH, FOLDS = 0.15, 4.0, 5


def hints_of(doc: Doc) -> list[Hint]:
    """The candidates of a text as the lens finds them."""
    return implied_hints(doc, attribution_rows(PlainText("", doc.text), doc, [], BOOKS), BOOKS)


def span_of_target(hint: Hint) -> tuple[int, int]:
    """The characters of a candidate's target."""
    return phrase(hint.target) or (hint.target.idx, hint.target.idx + len(hint.target))


def annotated(gold: Path) -> Iterator[tuple[list[Hint], list[bool], str]]:
    """Per annotated sentence: its candidates and whether each is blame."""
    rows = list(blame_labels.gold_rows(blame_labels.labels(), blame_labels.articles(gold)))
    docs = load().pipe([sentence_in_context(row, 0) for row in rows])
    for row, doc in zip(rows, docs, strict=True):
        start = len(doc.text) - len(row["sentence"])
        hints = [h for h in hints_of(doc) if h.cue.idx >= start and h.target.idx >= start]
        words = [p for tie in row["ties"] for p in (tie["target"]["text"], *tie["target"]["alt"])]
        places = [(doc.text.find(w, start), doc.text.find(w, start) + len(w)) for w in words]
        yield hints, [any(overlap(span_of_target(h), place) for place in places) for h in hints], row["id"]


def read_candidates(gold: Path) -> Iterator[tuple[list[Hint], list[bool], str]]:
    """Per article: the candidates that were read and whether each is blame; one no longer found is left out."""
    marked: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line in CANDIDATES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        marked.setdefault((row["source"], row["article"]), []).append(row)
    texts = harm_labels.sources(gold)
    docs = load().pipe([texts[source][article] for source, article in marked])
    for ((_, article), rows), doc in zip(marked.items(), docs, strict=True):
        found = [(h, row["blame"]) for h in hints_of(doc) for row in rows if is_row(h, row)]
        yield [h for h, _ in found], [blame for _, blame in found], article


def is_row(hint: Hint, row: dict[str, Any]) -> bool:
    """Whether a candidate is the one a row marks: the same word, an overlapping target."""
    return hint.cue.idx == row["cue"] and overlap(span_of_target(hint), tuple(row["target"])) > 0


def crowd(path: Path, limit: int) -> Iterator[tuple[list[Hint], list[bool]]]:
    """Per sentence of directed sentiment: the candidates aimed at p or q, and whether the label is negative to it."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line, _ in zip(stream, range(limit), strict=False)]
    for row, doc in zip(rows, load().pipe([row["sentence"] for row in rows]), strict=True):
        yield aimed(row, doc)


def aimed(row: dict[str, Any], doc: Doc) -> tuple[list[Hint], list[bool]]:
    """The candidates of a sentence that are aimed at one of its pair."""
    hints, marks = [], []
    for hint in hints_of(doc):
        for target, verdict in (("q", "p negative to q"), ("p", "q negative to p")):
            if overlap(span_of_target(hint), (row[target]["start"], row[target]["end"])):
                hints.append(hint)
                marks.append(row["label"] == verdict)
                break
    return hints, marks


def main() -> None:
    """Train, print precision and recall by threshold from cross-validation, and write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument(
        "--rows", type=int, default=0, help="sentences of directed sentiment to use as weak labels"
    )
    given = parser.parse_args()
    encoder = sentence_encoder()
    strong = [*annotated(given.gold), *read_candidates(given.gold)]
    hints = [hint for group, _, _ in strong for hint in group]
    x = features(hints, BOOKS.blame, encoder)
    y = np.array([m for _, marks, _ in strong for m in marks], dtype=bool)
    articles = sorted({name.split(":")[0] for _, _, name in strong})
    fold = np.array([articles.index(name.split(":")[0]) % FOLDS for group, _, name in strong for _ in group])
    pairs = list(crowd(given.gold / "blame" / "directed_sentiment_train.jsonl.gz", given.rows))
    more = [hint for group, _ in pairs for hint in group]
    weak_x = features(more, BOOKS.blame, encoder) if more else x[:0]
    weak_y = np.array([m for _, marks in pairs for m in marks], dtype=bool)
    print(f"{len(y)} candidates, {y.sum()} blame; weak: {len(weak_y)}, {weak_y.sum()} negative")

    def train(rows: Any) -> tuple[Any, float]:
        weight = np.concatenate([np.ones(rows.sum()), np.full(len(weak_y), WEAK)])
        labels = np.concatenate([y[rows], weak_y]).astype(np.int64)
        table, bias = fit(np.vstack([x[rows], weak_x]), labels, 2, STRENGTH / weight.sum(), weight, 300)
        return table[:, 1] - table[:, 0], float(bias[1] - bias[0])

    chance = np.zeros(len(y))
    for k in range(FOLDS):
        weights, bias = train(fold != k)
        chance[fold == k] = 1 / (1 + np.exp(-(x[fold == k] @ weights + bias)))
    threshold = best_threshold(chance, y)
    weights, bias = train(np.ones(len(y), bool))
    TARGET.parent.mkdir(exist_ok=True)
    np.savez(TARGET, weights=weights.astype(np.float16), bias=np.float32(bias),
             threshold=np.float32(threshold))  # fmt: skip


def best_threshold(chance: Any, y: Any) -> float:
    """The chance with the best F1 in cross-validation by article, printed with its neighbours."""
    best = (0.0, 0.0)
    for threshold in np.arange(0.1, 0.6, 0.025):
        said = chance >= threshold
        precision = (said & y).sum() / max(said.sum(), 1)
        recall = (said & y).sum() / y.sum()
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        best = max(best, (float(f1), float(threshold)))
        print(f"{threshold:.3f} p {precision:.3f} r {recall:.3f} f1 {f1:.3f}")
    print(f"threshold {best[1]:.3f}")
    return best[1]


if __name__ == "__main__":
    main()
