"""Train the heads of frames: a logistic regression a label on vector, words, and cue and likeness scores.

python -m training.frames --gold ../shared/gold                  # heads that ship: gvfc and nfc
python -m training.frames --heads frac --to training/work/heads  # stays on this machine: its data are CC BY-NC-SA

To use a head built locally set PARALLAX_HEADS to its folder. Strength and thresholds come from cross-validation on
train, whose scores are printed; nothing here reads a dev set.
"""

import argparse
import json
import math
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from training.data import GOLD
from training.gold import parses
from training.logistic import fit, narrowed

from helpers.codebook import FrameCodebook, load_codebooks
from helpers.language import sentence_encoder
from helpers.lenses.framing_annotate import BOOKS
from helpers.lenses.framing_heads import FOLDER, Head, terms
from helpers.lenses.framing_scores import article_marks, article_vector, marks_for, score_book

FOLDS, ROUNDS, STEPS = 5, 2, 120
CHANCES = np.arange(0.1, 0.9, 0.02)


@dataclass(frozen=True)
class Recipe:
    """What a head is made from: codebook, rarest and commonest term, weight of the marks, strength C, and its cuts.

    `cuts` says how the thresholds come about: even (0.5 for all, the classes weighing the same), label (one a label,
    for the best F1 in cross-validation), or one (one label a text: the cut below which a text is "other").
    """

    book: str
    at_least: int
    at_most: float
    marks: float
    c: float
    cuts: str


NO_WORDS = 10**9
RECIPES = {
    "gvfc": Recipe("gvfc", 2, 1.0, 0.15, 10.0, "even"),
    "nfc": Recipe(
        "nfc", NO_WORDS, 1.0, 0.15, 3.0, "label"
    ),  # with its words it does worse in cross-validation
    "frac": Recipe("policy", 2, 1.0, 0.15, 10.0, "one"),
}


@dataclass(frozen=True)
class Data:
    """Texts, unit vectors (n, 384), marks (n, 2L) and labels (n, L), 1 where given."""

    labels: tuple[str, ...]
    texts: list[str]
    vectors: NDArray[np.float32]
    marks: NDArray[np.float32]
    y: NDArray[np.int64]

    def take(self, rows: NDArray[np.bool_]) -> "Data":
        """Some of the rows."""
        texts = [text for text, kept in zip(self.texts, rows, strict=True) if kept]
        return replace(self, texts=texts, vectors=self.vectors[rows], marks=self.marks[rows], y=self.y[rows])


def rows_of(gold: Path, name: str, part: str) -> list[dict[str, Any]]:
    """The rows of one part of a set."""
    lines = (gold / "framing" / f"{name}_{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def labels_of(name: str, book: FrameCodebook) -> tuple[str, ...]:
    """The labels of a head: those its codebook names."""
    return tuple(frame.head.partition("/")[2] for frame in book.frames if frame.head.startswith(f"{name}/"))


def data_of(name: str, rows: list[dict[str, Any]]) -> Data:
    """What a head sees of the rows of its set."""
    book = load_codebooks(frames=[BOOKS[RECIPES[name].book]]).frames[0]
    labels, encoder = labels_of(name, book), sentence_encoder()
    vectors, marks = [], []
    for doc in parses({row["id"]: row["text"] for row in rows}).values():
        whole = name != "nfc"
        units = [doc[:]] if whole else [sentence for sentence in doc.sents if sentence.text.strip()]
        texts = [doc.text] if whole else [unit.text.strip() for unit in units]
        found = encoder.encode(texts)
        scores = score_book(book, units, texts, found, encoder)
        given = (scores.cue_score, scores.similarity) if whole else article_marks(scores)
        vectors.append(found if whole else article_vector(found))
        marks.append(marks_for(labels, name, book, *given))
    y = np.array([[label in row["labels"] for label in labels] for row in rows], dtype=np.int64)
    return Data(labels, [row["text"] for row in rows], np.vstack(vectors), np.vstack(marks), y)


def train(data: Data, recipe: Recipe) -> Head:
    """A head fitted to all the rows of `data`; its cuts are still at 0.5."""
    counted = [terms(text) for text in data.texts]
    seen = Counter(term for row in counted for term in row)
    most = recipe.at_most * len(counted)
    kept = sorted(term for term, n in seen.items() if recipe.at_least <= n <= most)
    idf = np.array([1 + math.log((1 + len(counted)) / (1 + seen[term])) for term in kept], np.float32)
    none = np.zeros((0, 0), np.float32)
    bare = Head(data.labels, {term: i for i, term in enumerate(kept)}, idf, none, none, none, none)
    x = np.hstack([data.vectors, bare.term_matrix(data.texts), recipe.marks * data.marks])
    z, back = narrowed(x)
    tables = []
    for given in data.y.T:
        share = max(given.mean(), 1 / len(given))
        weight = np.where(given == 1, 0.5 / share, 0.5 / (1 - share))
        table, bias = fit(z, given, 2, 2 / (recipe.c * len(given)), weight, STEPS)
        tables.append(np.append(back @ (table[:, 1] - table[:, 0]), bias[1] - bias[0]))
    found = np.stack(tables, axis=1).astype(np.float32)
    size, words = data.vectors.shape[1], len(kept)
    return replace(
        bare,
        vector=found[:size],
        words=found[size : size + words],
        marks=recipe.marks * found[size + words : -1],
        bias=found[-1],
    )


def crossed(data: Data, recipe: Recipe) -> NDArray[np.float64]:
    """The mean chance (n, L) of each row over `ROUNDS` rounds of cross-validation, by heads that did not see it."""
    out = np.zeros(data.y.shape)
    for seed in range(ROUNDS):
        fold = np.random.default_rng(seed).permutation(len(data.texts)) % FOLDS
        for k in range(FOLDS):
            part = data.take(fold == k)
            head = train(data.take(fold != k), recipe)
            out[fold == k] += head.chances(part.texts, part.vectors, part.marks) / ROUNDS
    return out


def f1(y: NDArray[np.int64], said: NDArray[np.bool_]) -> NDArray[np.float64]:
    """F1 of each label: columns of y and said."""
    scores: NDArray[np.float64] = 2 * (said & (y == 1)).sum(0) / np.maximum(y.sum(0) + said.sum(0), 1)
    return scores


def single(chances: NDArray[np.float64], cut: float) -> NDArray[np.bool_]:
    """One label a row, the likeliest, and none where it is below the cut."""
    best = chances == chances.max(axis=1, keepdims=True)
    return best & (chances >= cut)


def cuts_of(recipe: Recipe, y: NDArray[np.int64], chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance from which each label is given, by what the recipe says."""
    if recipe.cuts == "even":
        return np.full(y.shape[1], 0.5)
    if recipe.cuts == "label":
        scores = np.stack([f1(y, chances >= cut) for cut in CHANCES])
        return CHANCES[scores.argmax(axis=0)]
    none = y.sum(axis=1) == 0
    scores = [
        np.append(f1(y, said), f1(none[:, None].astype(np.int64), ~said.any(1, keepdims=True))).mean()
        for said in (single(chances, cut) for cut in CHANCES)
    ]
    return np.full(y.shape[1], CHANCES[int(np.argmax(scores))])


def made(name: str, gold: Path) -> Head:
    """The head of a set, its cuts moved to 0.5; prints what cross-validation says."""
    recipe, data = RECIPES[name], data_of(name, rows_of(gold, name, "train"))
    chances = crossed(data, recipe)
    cuts = cuts_of(recipe, data.y, chances)
    said = single(chances, cuts[0]) if recipe.cuts == "one" else chances >= cuts
    shown = ", ".join(
        f"{label} {score:.2f}" for label, score in zip(data.labels, f1(data.y, said), strict=True)
    )
    print(
        f"{name}: {len(data.texts)} rows of train, cross-validated macro F1 {f1(data.y, said).mean():.3f} ({shown})"
    )
    head = train(data, recipe)
    return replace(head, bias=(head.bias - np.log(cuts / (1 - cuts))).astype(np.float32))


def write(head: Head, path: Path) -> None:
    """Write a head; the same head gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tables = {key: getattr(head, key).astype(np.float16) for key in ("idf", "vector", "words", "marks")}
    np.savez_compressed(
        path,
        labels=np.array(head.labels),
        vocabulary=np.array(list(head.vocabulary)),
        bias=head.bias.astype(np.float32),
        **tables,
    )


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--heads", nargs="+", choices=sorted(RECIPES), default=["gvfc", "nfc"])
    parser.add_argument("--to", type=Path, default=FOLDER)
    given = parser.parse_args()
    if "frac" in given.heads and given.to.resolve() == FOLDER:
        parser.error(
            "weights trained on frac may not ship (CC BY-NC-SA): give --to a folder outside the package"
        )
    for name in given.heads:
        write(made(name, given.gold), given.to / f"{name}.npz")


if __name__ == "__main__":
    main()
