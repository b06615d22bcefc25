import numpy as np
import pandas as pd

from helpers.lenses.comparison import blame_rate, differences, prose
from helpers.lenses.rollup import bootstrap_ratio


def measures(values, low=None, high=None):
    keys = ["a_1", "b_2", "c_3"]
    rows = {
        "article_id": keys,
        "lens": "grade",
        "value": values,
        "low": low or values,
        "high": high or values,
    }
    return pd.DataFrame(rows).assign(shown=[f"{value:.1f}" for value in values])


def test_each_article_is_set_against_the_mean_of_the_others():
    found = differences(measures([1.0, 2.0, 6.0], low=[0.5, 0.0, 5.0], high=[1.5, 4.0, 7.0]))
    assert found["others"].tolist() == [4.0, 3.5, 1.5]
    assert found["difference"].tolist() == [-3.0, -1.5, 4.5]
    assert found["apart"].tolist() == [True, False, True]


def test_without_an_interval_nothing_lies_apart():
    nothing = [np.nan] * 3
    assert not differences(measures([0.0, 0.0, 9.0], low=nothing, high=nothing))["apart"].any()


def test_no_tie_at_all_gives_a_rate_without_an_interval():
    sentences = pd.DataFrame({"article_id": ["a"] * 4, "sentence": range(4)})
    ties = pd.DataFrame({"article_id": ["a"], "sentence": [2]})
    assert np.isnan(blame_rate(ties.iloc[:0], sentences).loc[0, "high"])
    row = blame_rate(ties, sentences).loc[0]
    assert (row["value"], row["low"]) == (25.0, 0.0)
    assert row["high"] >= 25.0


def test_a_ratio_that_never_varies_has_no_interval():
    value, low, high = bootstrap_ratio([1, 1, 2], [1, 1, 2], seed=1)
    assert value == 1.0
    assert np.isnan([low, high]).all()


def test_prose_names_the_lowest_and_the_highest():
    reuse = pd.DataFrame({"article_a": ["a_1", "a_1"], "article_b": ["b_2", "a_1"]})
    said = prose(measures([3.0, 1.0, 2.0]), reuse)
    assert (
        said
        == "Grade: from 1.0 (b) to 3.0 (a). Passages that stand in two articles alike: 1, in pairs of articles: 1."
    )
