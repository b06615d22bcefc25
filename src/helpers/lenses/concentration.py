"""How evenly something is spread over its holders: Gini, Shannon, effective number, with intervals."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]


def gini(counts: Counts) -> float:
    """The Gini coefficient of non-negative counts, 0 (even) to 1 - 1/n (one has all); NaN when they sum to 0.

    G = 2 sum(i x_i) / (n sum(x)) - (n + 1) / n with x ascending, i from 1 (Dorfman 1979).
    """
    if not counts.sum():
        return float("nan")
    ordered, n = np.sort(counts), len(counts)
    return float(2 * (np.arange(1, n + 1) * ordered).sum() / (n * ordered.sum()) - (n + 1) / n)


def shannon(counts: Counts) -> float:
    """Shannon's entropy of the shares in nats (1948): -sum(p ln p); NaN when the counts sum to 0."""
    if not counts.sum():
        return float("nan")
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum()) + 0.0


def effective_number(counts: Counts) -> float:
    """How many holders of equal size would give the same entropy: exp(Shannon) (Hill 1973; Jost 2006)."""
    return float(np.exp(shannon(counts)))


def spread(
    rows: Counts, measure: Callable[[Counts], float], seed: int, replicates: int
) -> tuple[float, float, float]:
    """A measure of the column sums, with a 95% interval from resampled rows, shape (units, holders).

    Resampling loses holders, so the draws are too concentrated; the interval is theirs about their own mean, set
    about the measure (as in Chao et al. 2014), and cut at 0. NaN bounds with fewer than two units.
    """
    value = measure(rows.sum(axis=0))
    if len(rows) < 2 or np.isnan(value):
        return value, float("nan"), float("nan")
    drawn = np.random.default_rng(seed).integers(0, len(rows), size=(replicates, len(rows)))
    values = np.array([measure(rows[draw].sum(axis=0)) for draw in drawn])
    low, high = np.nanquantile(values, [0.025, 0.975]) - np.nanmean(values)
    return value, max(0.0, float(value + low)), float(value + high)
