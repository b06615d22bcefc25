"""Concentration against values worked by hand and from the literature."""

import math

import numpy as np
import pytest

from helpers.lenses.concentration import effective_number, gini, shannon, spread


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([1, 1, 1, 1], 0.0),
        ([0, 0, 0, 10], 0.75),  # 1 - 1/n: one holds all
        ([1, 2, 3, 4, 5], 4 / 15),  # (2 * 55) / (5 * 15) - 6 / 5
        ([5, 4, 3, 2, 1], 4 / 15),
    ],
)
def test_gini(counts, expected):
    assert gini(np.array(counts, dtype=float)) == pytest.approx(expected)


def test_shannon_of_a_fair_coin_and_of_halving_shares():
    assert shannon(np.array([1.0, 1.0])) == pytest.approx(math.log(2))
    # Shannon (1948), section 6: probabilities 1/2, 1/3, 1/6 have the entropy of 1 bit + half of that of 2/3, 1/3.
    bits = 1 + 0.5 * (-(2 / 3) * math.log2(2 / 3) - (1 / 3) * math.log2(1 / 3))
    assert shannon(np.array([3.0, 2.0, 1.0])) / math.log(2) == pytest.approx(bits)


def test_the_effective_number_of_equals_is_their_number_and_doubles_with_them():
    # Jost (2006), Oikos 113: equally common species count as many as they are.
    assert effective_number(np.full(8, 3.0)) == pytest.approx(8)
    once = np.array([5.0, 3.0, 1.0])
    assert effective_number(np.concatenate([once, once])) == pytest.approx(2 * effective_number(once))


def test_nothing_is_undefined():
    assert all(math.isnan(measure(np.zeros(3))) for measure in (gini, shannon, effective_number))


def test_the_interval_holds_the_measure_and_repeats():
    rows = np.array([[5.0, 0, 0], [0, 3, 0], [0, 0, 4], [2, 0, 0], [0, 1, 1]])
    value, low, high = spread(rows, effective_number, seed=1, replicates=200)
    assert low < value < high
    assert spread(rows, effective_number, seed=1, replicates=200) == (value, low, high)


def test_one_sentence_has_no_interval():
    value, low, high = spread(np.array([[1.0, 1.0]]), gini, seed=1, replicates=10)
    assert (value, math.isnan(low), math.isnan(high)) == (0.0, True, True)
