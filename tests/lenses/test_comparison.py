import numpy as np
import pandas as pd
import pytest

from helpers.lenses.comparison import blame_rate, both_ways, chance, differences, prose, side_by_side
from helpers.lenses.rollup import bootstrap_ratio, interval_text


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


def test_the_interval_of_a_difference_holds_the_errors_of_all_values():
    # Article a: 0.5 of its own below, and halves of 2 and 1 of the others above.
    found = differences(measures([1.0, 2.0, 6.0], low=[0.5, 0.0, 5.0], high=[1.5, 4.0, 7.0])).loc[0]
    assert found["low"] == pytest.approx(-3.0 - (0.5**2 + 1.0**2 + 0.5**2) ** 0.5)
    assert found["high"] == pytest.approx(-3.0 + (0.5**2 + 1.0**2 + 0.5**2) ** 0.5)


def test_differences_are_shown_an_article_a_row_with_a_star_for_what_lies_apart():
    found = differences(measures([1.0, 2.0, 6.0], low=[0.9, 1.9, 5.9], high=[1.1, 2.1, 6.1]))
    shown = side_by_side(found)["grade"].tolist()
    assert shown[0] == "−3.0 (−3.1 to −2.9) *"
    assert shown[2] == "+4.5 (+4.4 to +4.6) *"
    assert chance(found).startswith("3 of 3 differences")


def test_a_single_article_has_no_difference():
    found = differences(measures([1.0, 2.0, 6.0]).iloc[:1])
    assert np.isnan(found.loc[0, "difference"])
    assert not found.loc[0, "apart"]
    assert chance(found).startswith("0 of 0 differences")


def test_two_results_stand_side_by_side():
    shown = both_ways(measures([1.0, 2.0, 6.0]), measures([3.0, np.nan, 6.0]).iloc[:2])["grade"].tolist()
    assert shown == ["1.0 → 3.0", "2.0 → –", "6.0 → –"]


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


def test_prose_names_the_lowest_and_the_highest_and_what_lies_apart():
    reuse = pd.DataFrame({"article_a": ["a_1", "a_1"], "article_b": ["b_2", "a_1"]})
    said = prose(measures([3.0, 1.0, 2.0], low=[2.9, -1.0, 1.0], high=[3.1, 3.5, 3.0]), reuse)
    assert said == [
        "The grade is highest in a (3.0) and lowest in b (1.0); a differs clearly from the others.",
        "Passages that stand in two articles, word for word or nearly: 1 (a with b).",
    ]


def test_prose_names_all_that_tie_and_says_when_nothing_can_be_told():
    nothing = [np.nan] * 3
    said = prose(
        measures([0.0, 4.0, 0.0], low=nothing, high=nothing), pd.DataFrame({"article_a": [], "article_b": []})
    )
    assert said == [
        "The grade is highest in b (4.0) and lowest in a and c (0.0); there is too little of it to tell the articles "
        "apart.",
        "No passage stands, word for word or nearly, in two articles.",
    ]
    assert prose(measures([2.0] * 3), pd.DataFrame({"article_a": [], "article_b": []}))[0] == (
        "The grade is 2.0 in a, b and c."
    )


def test_a_value_with_its_interval_reads_as_text():
    assert interval_text(0.333, 0.19, 0.456) == "33% (19–46%)"
    assert interval_text(-1.0, -2.5, 0.5, ".1f") == "-1.0 (-2.5 to 0.5)"
    assert interval_text(0.5, np.nan, np.nan) == "50%"
    assert interval_text(np.nan, np.nan, np.nan) == "–"
