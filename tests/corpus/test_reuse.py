"""Passages that two articles share."""

import pandas as pd

from helpers.corpus import Article, Block
from helpers.corpus.reuse import mirrored, similarity, text_reuse
from tests.corpus.texts import FIRST, SECOND, STORY, THIRD

FILLER = (
    "Bakers on the hill sold more bread than ever while the rain fell on roofs and gardens alike. "
    "A teacher counted gulls, and children drew maps of islands which nobody had seen before."
)


def article(article_id: str, text: str) -> Article:
    return Article(
        article_id, "", text, "", "", "", "", "", "en", "", "", "", (), (Block(0, len(text), "body"),)
    )


def test_a_copied_passage_is_found_with_its_place_in_both() -> None:
    (row,) = text_reuse([article("b", f"{FILLER} {FIRST}"), article("a", f"{FIRST} {THIRD}")])
    assert (row["article_a"], row["article_b"], row["similarity"]) == ("a", "b", 1.0)
    assert row["text_a"] == row["text_b"] == FIRST.rstrip(".")
    assert (row["start_a"], row["start_b"]) == (0, len(FILLER) + 1)
    assert row["words"] == len(FIRST.split())


def test_a_passage_with_changed_words_is_one_passage() -> None:
    changed = FIRST.replace("Monday", "Tuesday").replace("three hours", "almost four hours")
    (row,) = text_reuse([article("a", FIRST), article("b", changed)])
    assert 0.8 <= row["similarity"] < 1
    assert row["text_b"] == changed.rstrip(".")


def test_passages_of_several_windows_are_merged() -> None:
    long = STORY.replace("\n\n", " ")
    (row,) = text_reuse([article("a", f"{FILLER} {long}"), article("b", long)])
    assert row["text_b"].startswith("The council of Norwick")
    assert row["text_b"].endswith("had never asked them")


def test_a_passage_repeated_within_one_article_is_found() -> None:
    (row,) = text_reuse([article("a", f"{SECOND} {FILLER} {SECOND}")])
    assert (row["article_a"], row["article_b"]) == ("a", "a")
    assert row["end_a"] <= row["start_b"]
    assert row["text_a"] == row["text_b"] == SECOND.rstrip(".")


def test_quotes_and_case_do_not_hide_a_copy() -> None:
    (row,) = text_reuse(
        [
            article("a", "“Don’t go to the harbour before the storm is over”"),
            article("b", "DON'T GO TO THE HARBOUR BEFORE THE STORM IS OVER"),
        ]
    )
    assert row["similarity"] == 1.0


def test_different_texts_and_short_phrases_share_nothing() -> None:
    assert (
        text_reuse(
            [article("a", FIRST), article("b", FILLER), article("c", "The council of Norwick met here.")]
        )
        == []
    )
    assert text_reuse([]) == []


def test_the_order_of_the_articles_does_not_matter() -> None:
    articles = [article("a", FIRST), article("b", f"{FILLER} {FIRST}"), article("c", f"{FIRST} {FILLER}")]
    rows = text_reuse(articles)
    assert rows == text_reuse(articles[::-1])
    assert [(row["article_a"], row["article_b"]) for row in rows] == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
        ("b", "c"),
    ]


def test_similarity_counts_matching_words() -> None:
    assert similarity(["a", "b", "c", "d"], ["a", "b", "x", "d"]) == 0.75


def test_a_matrix_of_pairs_is_filled_on_both_sides():
    table = pd.DataFrame([[1, 2], [0, 3]], index=["a", "b"], columns=["a", "b"])
    assert mirrored(table).to_numpy().tolist() == [[1, 2], [2, 3]]
