"""The labels that the scorers of sourcing read, and the sums they print."""

import math
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from training import actors_score, source_score
from training.gold import kappa, labels, wilson

from helpers.codebook import NAMINGS, load_codebooks


def test_the_source_labels_are_codes_of_the_codebook() -> None:
    rows, types = labels("source_labels.csv"), {group.type for group in load_codebooks().sources.types}
    assert [int(row["item"]) for row in rows] == list(range(1, 151))
    assert {row["type"] for row in rows} <= types | {"unknown"}
    assert {row["naming"] for row in rows} <= set(NAMINGS)


def test_the_coding_book_defines_every_type() -> None:
    text = (Path(source_score.__file__).parent / "source_coding.md").read_text(encoding="utf-8")
    assert all(f"| {group.type} |" in text for group in load_codebooks().sources.types)


def test_the_actor_labels_hold_no_text_and_do_not_overlap() -> None:
    rows = labels("actor_labels.csv")
    assert set(rows[0]) == {"article_id", "start", "end", "form", "actor"}
    names = [row for row in rows if row["form"] != "description"]
    places = sorted((row["article_id"], int(row["start"]), int(row["end"])) for row in names)
    for before, after in pairwise(places):
        assert before[0] != after[0] or before[2] <= after[1]
    assert set(actors_score.FRESH) < {row["article_id"] for row in rows}


def test_bcubed_of_a_grouping_worked_by_hand() -> None:
    # Two actors of 2 and 1 mentions, all put together: precision (2/3 + 2/3 + 1/3) / 3, recall 1.
    gold_groups = {(0, 1): "A1", (2, 3): "A1", (4, 5): "A2"}
    counts = actors_score.Counts()
    actors_score.bcubed(gold_groups, dict.fromkeys(gold_groups, "one"), counts)
    assert sum(counts.precision) / 3 == pytest.approx(5 / 9)
    assert counts.recall == [1, 1, 1]


def test_a_pronoun_of_nobody_that_is_given_an_actor_costs_precision() -> None:
    counts = actors_score.Counts()
    actors_score.bcubed({(0, 1): "A1", (2, 3): actors_score.NOBODY}, {(0, 1): "x", (2, 3): "x"}, counts)
    assert counts.precision == [0.5, 0.5]
    assert counts.recall == [1]


def test_wilson_and_kappa_against_published_values() -> None:
    low, high = wilson(81, 263)  # Newcombe (1998), Statistics in Medicine 17, table I: 0.2553 to 0.3662
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert math.isnan(kappa([("y", "y")]))


def test_every_label_lies_in_the_annotated_articles(gold: Path) -> None:
    from training.gold import articles

    known = articles(gold)
    for row in labels("source_labels.csv"):
        one = [a for a in known[row["article_id"]]["attributions"] if a["id"] == row["attribution_id"]]
        assert len(one) == 1 and one[0]["source"]
    ends = Counter[str]()
    for row in labels("actor_labels.csv"):
        ends[row["article_id"]] = max(ends[row["article_id"]], int(row["end"]))
    assert all(end <= len(known[key]["text"]) for key, end in ends.items())
