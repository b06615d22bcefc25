"""Trained heads of frames: one logistic regression a label over vector, words, and cue and likeness scores."""

import math
import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from helpers.errors import ParallaxError
from helpers.language.encoder import MODELS

Floats = NDArray[np.float32]

FOLDER = MODELS / "frames"
PLACE = "PARALLAX_HEADS"  # names a folder of heads built locally, looked in before the package's own
NAMES = ("gvfc", "nfc", "frac")
WORD = re.compile(r"\b\w+\b")


@dataclass(frozen=True)
class Head:
    """Weights for L labels: `vector` (384, L), `words` (K, L) by the index `vocabulary`, `marks` (2L, L), `bias` (L,).

    `idf` (K,) weighs the words. A chance of 0.5 is where the label is given: the thresholds are part of `bias`.
    """

    labels: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: Floats
    vector: Floats
    words: Floats
    marks: Floats
    bias: Floats

    def chances(self, texts: Sequence[str], vectors: Floats, marks: Floats) -> Floats:
        """Chances (n, L) of the labels in n texts.

        `vectors` (n, 384) have unit length; `marks` (n, 2L) are the cue scores of the labels, then their likeness.
        """
        logits = vectors @ self.vector + marks @ self.marks + self.bias
        for row, text in enumerate(texts):
            found = self.weighed(text)
            if found:
                logits[row] += np.array(list(found.values()), np.float32) @ self.words[list(found)]
        chances: Floats = expit(logits).astype(np.float32)
        return chances

    def weighed(self, text: str) -> dict[int, float]:
        """The known terms of a text by index, as tf-idf with dampened counts (1 + ln n) and of unit length."""
        found = {
            self.vocabulary[term]: (1 + math.log(n)) * float(self.idf[self.vocabulary[term]])
            for term, n in terms(text).items()
            if term in self.vocabulary
        }
        length = math.sqrt(sum(value**2 for value in found.values()))
        return {index: value / length for index, value in found.items()}

    def term_matrix(self, texts: Sequence[str]) -> Floats:
        """The weighed terms of n texts as (n, K), as training takes them."""
        out = np.zeros((len(texts), len(self.vocabulary)), np.float32)
        for row, text in enumerate(texts):
            found = self.weighed(text)
            out[row, list(found)] = list(found.values())
        return out


def terms(text: str) -> Counter[str]:
    """How often each word and each pair of neighbours stands in a text, in small letters."""
    words = WORD.findall(text.lower())
    return Counter([*words, *(f"{a} {b}" for a, b in pairwise(words))])


def head_file(name: str) -> Path | None:
    """Where a head's weights are: the folder that PARALLAX_HEADS names, then the package; None when in neither."""
    own = own_heads()
    places = [folder / f"{name}.npz" for folder in (own, FOLDER) if folder]
    return next((path for path in places if path.is_file()), None)


def head(name: str) -> Head | None:
    """The head of that name, or None when its weights are not at hand; raises ParallaxError for a damaged file."""
    path = head_file(name)
    return read_head(path) if path else None


@lru_cache(maxsize=8)
def read_head(path: Path) -> Head:
    """One head from a file that `training.frames` wrote."""
    try:
        with np.load(path) as held:
            parts = {key: held[key].astype(np.float32) for key in ("idf", "vector", "words", "marks", "bias")}
            vocabulary = {str(term): index for index, term in enumerate(held["vocabulary"])}
            return Head(tuple(str(label) for label in held["labels"]), vocabulary, **parts)
    except (OSError, ValueError, KeyError) as error:
        raise ParallaxError(
            f"{path.name}: not a head of frames ({type(error).__name__}); build it again with training.frames"
        ) from None


def own_heads() -> Path | None:
    """The folder of heads built locally, where PARALLAX_HEADS names one."""
    own = os.environ.get(PLACE)
    return Path(own) if own else None
