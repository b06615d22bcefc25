"""Keyness against hand-worked and published values; concordances and collocations."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import tables
from helpers.errors import ParallaxError
from helpers.language import load
from helpers.lenses.concordance import collocations, concordance, key_lines
from helpers.lenses.keyness import keyness_rows, log_likelihood, log_odds, log_ratio, top_words, units

A = "The pier is closed. The pier of Ostwick needs repair, and the pier is old."
B = "The boat is new. The cease-fire held, and the boat of Ostwick sails after the cease-fire."
DOCS = {"a": load()(A), "b": load()(B)}


def counts(*values):
    return np.array(values, dtype=float)


def test_log_likelihood_of_a_worked_example():
    # 12 of 1,000 and 5 of 2,000 words: E = 17/3 and 34/3; G2 = 2 (12 ln(36/17) + 5 ln(15/34)) = 9.82446...
    wanted = 2 * (12 * np.log(36 / 17) + 5 * np.log(15 / 34))
    assert log_likelihood(counts(12), counts(5), 1000, 2000)[0] == pytest.approx(wanted)
    assert wanted == pytest.approx(9.8242, abs=1e-3)


def test_log_likelihood_is_signed_and_zero_for_equal_rates():
    assert log_likelihood(counts(0), counts(8), 100, 100)[0] == pytest.approx(-2 * 8 * np.log(2))
    assert log_likelihood(counts(5), counts(10), 100, 200)[0] == pytest.approx(0)


def test_log_ratio_doubles_by_one_and_takes_none_as_half():
    assert log_ratio(counts(4, 4), counts(2, 0), 100, 100).tolist() == [1, 3]


def test_log_odds_by_hand():
    # y = (3, 1), (1, 3), prior (1, 1): a = (4, 2), b = (2, 4); delta = ln(4/2) - ln(2/4) = 2 ln 2.
    delta, z = log_odds(counts(3, 1), counts(1, 3), counts(1, 1))
    assert delta[0] == pytest.approx(2 * np.log(2)) and delta[1] == pytest.approx(-2 * np.log(2))
    assert z[0] == pytest.approx(2 * np.log(2) / np.sqrt(1 / 4 + 1 / 2))


def test_a_greater_prior_shrinks():
    own, rest = counts(3, 1), counts(1, 3)
    weak, strong = (log_odds(own, rest, counts(k, k))[1][0] for k in (1, 100))
    assert 0 < strong < weak


def test_the_words_of_each_text_lead_and_p_is_corrected():
    table = tables.make("keyness", keyness_rows(DOCS))
    top = top_words(table, 1).set_index("article_id")["word"].to_dict()
    assert top["a"] == "pier" and top["b"] in ("boat", "cease-fire")
    assert (table["p_corrected"] >= table["p"] - 1e-9).all() and "the" not in set(table["word"])
    pier = table[(table["word"] == "pier") & (table["article_id"] == "a")].iloc[0]
    assert (pier["count"], pier["rest_count"]) == (3, 0)
    assert pier["per_1000"] == pytest.approx(3000 / pier["words"], abs=1e-5)


def test_one_text_has_no_key_words():
    assert keyness_rows({"a": DOCS["a"]}) == [] and keyness_rows({}) == []


def test_hyphens_join_a_word():
    assert "cease-fire" in [word for _, _, word in units(DOCS["b"])]
    assert [word for _, _, word in units(load()("a - b -"))] == ["a", "b"]


@pytest.mark.parametrize(("query", "by"), [("need", "lemma"), (r"needs?\b", "regex"), ("NEEDS", "regex")])
def test_a_word_is_found_in_its_context(query, by):
    lines = concordance(DOCS, query, by=by, width=8)
    assert lines.to_dict("records") == [
        {
            "article_id": "a",
            "start": A.index("needs"),
            "end": A.index("needs") + 5,
            "left": "Ostwick ",
            "match": "needs",
            "right": " repair,",
            "quoted": False,
        }
    ]


def test_a_phrase_is_found_by_lemma():
    assert concordance(DOCS, "boat of Ostwick")["match"].tolist() == ["boat of Ostwick"]
    assert len(concordance(DOCS, "cease-fire")) == 2


def test_empty_matches_give_no_lines_and_no_loop():
    assert concordance(DOCS, "x*", by="regex").empty
    assert concordance({}, "x").columns.tolist()[0] == "article_id"


@pytest.mark.parametrize(("query", "by"), [("(", "regex"), ("*a", "regex"), ("a{99999999999}", "regex"),
                                           (" ", "lemma"), ("", "regex"), ("x", "sound")])  # fmt: skip
def test_a_bad_query_gives_one_clear_line(query, by):
    with pytest.raises(ParallaxError) as error:
        concordance(DOCS, query, by=by)
    assert "\n" not in str(error.value)


def test_collocations_by_hand():
    # "boat" stands twice; "of", "sail" near it once; "the" before each. N, R and C are counted from the texts.
    docs = {"b": load()("The old boat sails. The old boat sinks. A new pier stands.")}
    found = collocations(docs, "boat", window=1).set_index("word")
    assert found.index.tolist() == ["old"]
    old, total = found.loc["old"], 12
    expected = 2 * 2 * 2 / total
    assert old["log_dice"] == 14 + np.log2(2 * 2 / (2 + 2)) == 14
    assert old["mi"] == pytest.approx(np.log2(2 / expected))
    assert old["t"] == pytest.approx((2 - expected) / np.sqrt(2))


def test_collocations_end_with_the_sentence_and_leave_out_the_word_itself():
    docs = {"b": load()("Boats sail. Piers stand.")}
    near = set(collocations(docs, "boat", window=5, least=1)["word"])
    assert near == {"sail"}
    with pytest.raises(ParallaxError, match="window=0"):
        collocations(docs, "boat", window=0)
    assert collocations(docs, "train").empty


def test_key_lines_show_each_word_in_its_article():
    lines = key_lines(DOCS, pd.DataFrame({"article_id": ["a", "b"], "word": ["pier", "cease-fire"]}), most=2)
    assert lines["match"].tolist() == ["pier", "pier", "cease-fire", "cease-fire"]


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="ab-. “”\n", max_size=40), st.sampled_from(["a", "b", "a-b", "a|b", "[ab]+"]))
def test_offsets_hold_for_any_text(text, query):
    docs = {"x": load()(text)}
    for row in concordance(docs, query, by="regex").to_dict("records"):
        assert text[row["start"] : row["end"]] == row["match"]
        assert text.startswith(row["left"], row["start"] - len(row["left"]))
    assert collocations(docs, query, by="regex", least=1)["together"].ge(1).all()
