"""Small sums shared by the lenses: words, ratios and their bootstrap intervals."""

import re
from collections.abc import Sequence

import numpy as np

WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
REPLICATES = 1000


def word_starts(text: str, offset: int = 0) -> list[int]:
    """Where each word of a text starts, counted from `offset`."""
    return [offset + match.start() for match in WORD.finditer(text)]


def count_words(text: str) -> int:
    """How many words a text has: runs of letters and digits, hyphens and apostrophes within."""
    return len(word_starts(text))


def interval_text(value: float, low: float, high: float, spec: str = ".0%") -> str:
    """A value with its interval as text, "33% (19–46%)"; without an interval the value, without a value "–"."""
    if np.isnan(value):
        return "–"
    if np.isnan(low) or np.isnan(high):
        return f"{value:{spec}}"
    between = " to " if low < 0 else "–"
    return f"{value:{spec}} ({f'{low:{spec}}'.removesuffix('%')}{between}{high:{spec}})"


def bootstrap_ratio(
    parts: Sequence[float], wholes: Sequence[float], seed: int, replicates: int = REPLICATES
) -> tuple[float, float, float]:
    """Sum of parts over sum of wholes, with the 95% percentile interval over resampled pairs.

    All NaN when the wholes sum to 0. The interval is NaN where resampling has nothing to draw from: a single pair, or
    pairs of all the same ratio (no sentence with a finding, for instance), which would give a width of 0.
    """
    part, whole = np.asarray(parts, dtype=float), np.asarray(wholes, dtype=float)
    if not whole.sum():
        return float("nan"), float("nan"), float("nan")
    value = float(part.sum() / whole.sum())
    ratios = part[whole > 0] / whole[whole > 0]
    if len(part) < 2 or np.all(ratios == ratios[0]):
        return value, float("nan"), float("nan")
    drawn = np.random.default_rng(seed).integers(0, len(part), size=(replicates, len(part)))
    below = whole[drawn].sum(axis=1)
    ratios = part[drawn].sum(axis=1)[below > 0] / below[below > 0]
    low, high = np.quantile(ratios, [0.025, 0.975])
    return value, float(low), float(high)
