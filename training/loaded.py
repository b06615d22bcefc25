"""Train a judge of loaded sentences on BABE for your own use: its licence (AGPL-3.0) keeps such weights out of here.

python -m training.loaded FOLDER                        # trains, prints the dev score, writes FOLDER/loaded.npz
python -m training.loaded FOLDER --annotate IN OUT      # rows {"id", "text"} in, {"id", "biased", "words"} out

The features are the sentence vector, how much of each class of cues and of each mark a sentence holds, and its likeness
to the codebook's loaded sentences. Strength is chosen over 5 folds of the training rows that share no article.
"""

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from training.data import GOLD
from training.logistic import fit

from helpers.codebook_wording import wording_cues
from helpers.language import load, sentence_encoder
from helpers.lenses.annotate import parsed, text_field
from helpers.lenses.wording import annotated, cues_of, likeness, mark_points, speeches
from helpers.rows import annotate_file

STRENGTHS = (0.001, 0.003, 0.01, 0.03)
STEPS, FOLDS = 300, 5
VECTOR_SCALE = 8.0  # so that a unit vector of 384 weighs about as much as the counts beside it


def features(docs: list[Doc]) -> NDArray[np.float32]:
    """Rows (n, 384 + classes + marks + 1): vector, cues of each class (half inside quotations), marks, likeness."""
    book, encoder = wording_cues(), sentence_encoder()
    vectors = encoder.encode([doc.text for doc in docs])
    kinds = [one.kind for one in book.classes]
    near = likeness(vectors, book, encoder)
    counts = np.zeros((len(docs), len(kinds)), np.float32)
    for row, doc in enumerate(docs):
        for cue in cues_of(doc, book):
            counts[row, kinds.index(cue.kind.kind)] += book.marks.quoted if cue.quoted else 1
    marks = np.array(
        [list(mark_points(doc[:], book, speeches(doc.text)).values()) for doc in docs], np.float32
    )
    return np.hstack([VECTOR_SCALE * vectors, counts, marks, 10 * near[:, None]]).astype(np.float32)


def macro_f1(said: NDArray[np.bool_], gold: NDArray[np.bool_]) -> float:
    """Mean of the F1 of loaded and of not loaded."""
    return float(
        np.mean([2 * (a & b).sum() / max(a.sum() + b.sum(), 1) for a, b in ((said, gold), (~said, ~gold))])
    )


def trained(x: NDArray[np.float32], y: NDArray[np.bool_], strength: float) -> tuple[Any, Any]:
    """Weights and biases of the two classes."""
    return fit(x, y.astype(np.int64), 2, strength, np.ones(len(y)), STEPS)


def judge(x: NDArray[np.float32], table: Any, bias: Any) -> NDArray[np.bool_]:
    """Whether each row is loaded."""
    scores = x @ table + bias
    found: NDArray[np.bool_] = scores[:, 1] > scores[:, 0]
    return found


def read(gold: Path, part: str) -> tuple[list[dict[str, Any]], NDArray[np.bool_], NDArray[np.float32]]:
    """Rows, labels and features of a part of BABE."""
    with (gold / "framing" / f"babe_{part}.jsonl").open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    docs = list(load().pipe(row["text"] for row in rows))
    return rows, np.array([row["biased"] for row in rows], dtype=bool), features(docs)


def best_strength(rows: list[dict[str, Any]], y: NDArray[np.bool_], x: NDArray[np.float32]) -> float:
    """The strength of best macro F1 over folds that share no article."""
    fold = np.array([int(hashlib.sha256(row["url"].encode()).hexdigest(), 16) % FOLDS for row in rows])
    scores = {}
    for strength in STRENGTHS:
        said = np.zeros(len(y), bool)
        for held in range(FOLDS):
            said[fold == held] = judge(x[fold == held], *trained(x[fold != held], y[fold != held], strength))
        scores[strength] = macro_f1(said, y)
        print(f"strength {strength}: macro F1 {scores[strength]:.3f} over {FOLDS} folds of the training rows")
    return max(scores, key=lambda one: scores[one])


def annotator(folder: Path) -> Any:
    """What annotates rows with the weights of a folder."""
    with np.load(folder / "loaded.npz") as held:
        table, bias = held["weights"], held["bias"]

    def annotate(rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
        for row, doc in parsed(rows, lambda row, number: text_field(row, "text", number)):
            words = annotated(doc, wording_cues(), sentence_encoder())[1]
            yield {"id": row["id"], "biased": bool(judge(features([doc]), table, bias)[0]), "words": words}

    return annotate


def main() -> None:
    """Train and score, or annotate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--annotate", nargs=2, type=Path, metavar=("IN", "OUT"))
    given = parser.parse_args()
    if given.annotate:
        print(annotate_file(annotator(given.folder), *given.annotate), "rows")
        return
    rows, y, x = read(given.gold, "train")
    _, dev_y, dev_x = read(given.gold, "dev")
    table, bias = trained(x, y, best_strength(rows, y, x))
    given.folder.mkdir(parents=True, exist_ok=True)
    np.savez(given.folder / "loaded.npz", weights=table, bias=bias)
    print(f"dev: macro F1 {macro_f1(judge(dev_x, table, bias), dev_y):.3f} of {len(dev_y)} sentences")


if __name__ == "__main__":
    main()
