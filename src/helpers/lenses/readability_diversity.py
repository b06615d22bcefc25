"""Lexical diversity (MTLD, MATTR) of a text given as sentences of words, with jackknife intervals."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

MIN_WORDS = 50
WINDOW = 50
FACTOR = 0.72
MOST_BLOCKS = 50

Sentences = Sequence[tuple[str, ...]]


@lru_cache(maxsize=1)
def _richness() -> Any:
    """The class of `lexicalrichness`, loaded at first use because it brings pyplot with it."""
    from lexicalrichness import LexicalRichness

    return LexicalRichness


def mtld(sentences: Sentences) -> float:
    """Measure of textual lexical diversity, factor size 0.72: mean run length that keeps this ratio.

    McCarthy & Jarvis 2010, doi:10.3758/BRM.42.2.381, by `lexicalrichness`. The ratio is types to tokens.
    NaN under 50 words, where the last, partial run decides.
    """
    words = _lower(sentences)
    return float(_of(words).mtld(threshold=FACTOR)) if len(words) >= MIN_WORDS else float("nan")


def mattr(sentences: Sentences) -> float:
    """Moving-average type-token ratio over windows of 50 words; NaN under 50 words.

    Covington & McFall 2010, doi:10.1080/09296171003643098, by `lexicalrichness`.
    """
    words = _lower(sentences)
    return float(_of(words).mattr(window_size=WINDOW)) if len(words) >= MIN_WORDS else float("nan")


DIVERSITY: dict[str, Callable[[Sentences], float]] = {"mtld": mtld, "mattr": mattr}


def jackknife_interval(measure: Callable[[Sentences], float], sentences: Sentences) -> tuple[float, float]:
    """A 95% interval from leaving out one sentence at a time (one of at most 50 blocks in a long text).

    Not a bootstrap: a sentence drawn twice repeats its words, which lowers diversity by itself. NaN with
    fewer than 2 sentences or where a text without one block is too short for the measure. Never below 0.
    """
    blocks = [
        set(block.tolist()) for block in np.array_split(range(len(sentences)), MOST_BLOCKS) if len(block)
    ]
    if len(blocks) < 2:
        return float("nan"), float("nan")
    without = np.array([measure([s for i, s in enumerate(sentences) if i not in block]) for block in blocks])
    share = (len(blocks) - 1) / len(blocks)
    spread = 1.959964 * float(np.sqrt(share * np.square(without - without.mean()).sum()))
    value = measure(sentences)
    return float(np.maximum(value - spread, 0.0)), value + spread


def _lower(sentences: Sentences) -> list[str]:
    return [word.lower() for sentence in sentences for word in sentence]


def _of(words: list[str]) -> Any:
    return _richness()(words, preprocessor=None, tokenizer=None)
