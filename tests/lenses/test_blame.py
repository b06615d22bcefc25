import pandas as pd

from helpers import tables
from helpers.codebook import load_codebooks
from helpers.lenses.blame import blame_rows
from helpers.lenses.blame_measures import blame_by_article, blame_matrix, edges, mutual, unanswered
from helpers.lenses.sourcing import attribution_rows
from helpers.lenses.spans import PlainText
from tests.lenses.ud_trees import (
    BLAMED,
    BLAMED_ON,
    CONDEMNED_REMARKS,
    EACH_SIDE,
    NOT_TO_BLAME,
    QUESTION,
    REJECTED_CLAIMS,
    TO_BLAME,
    WILL_BLAME,
    doc_of,
)

BOOKS = load_codebooks()


def rows_of(*sentences):
    doc = doc_of(*sentences)
    article = PlainText("a1", doc.text)
    rows = blame_rows(article, doc, attribution_rows(article, doc, [], BOOKS), [], BOOKS)
    tables.check_offsets("blame_ties", tables.make("blame_ties", rows), {"a1": doc.text})
    return rows


def ties(*sentences):
    return [(r["blamer"], r["target"], r["issue"], r["negated"]) for r in rows_of(*sentences)]


def test_active():
    assert ties(BLAMED) == [("The union", "management", "the accident", False)]


def test_passive_with_agent_and_the_issue_as_subject():
    assert ties(BLAMED_ON) == [("police", "speed", "The accident", False)]


def test_mutual_blame_in_an_absolute_clause():
    assert ties(EACH_SIDE) == [("each side", "the other", "", False)]


def test_a_statement_of_guilt_carries_the_source_around_it():
    [row] = rows_of(NOT_TO_BLAME)
    assert (row["blamer"], row["target"], row["negated"], row["own_voice"]) == (
        "Bo",
        "the driver",
        True,
        False,
    )


def test_a_statement_of_guilt_without_source_is_the_articles_own():
    [row] = rows_of(TO_BLAME)
    assert (row["blamer"], row["blamer_start"], row["target"], row["own_voice"]) == (
        "",
        -1,
        "The driver",
        True,
    )


def test_an_owned_act_gives_its_owner_as_target():
    assert ties(CONDEMNED_REMARKS) == [("Bo", "the mayor", "remarks", False)]


def test_dismissed_accusations_are_a_tie_and_its_denial():
    assert ties(REJECTED_CLAIMS) == [("Bo", "he", "lied", True), ("", "he", "lied", False)]


def test_blame_that_is_to_come_or_asked_for_is_left_out():
    assert ties(WILL_BLAME) == []
    assert ties(QUESTION) == []


def test_matrix_and_counts_keep_the_base():
    table = tables.make("blame_ties", rows_of(BLAMED, TO_BLAME, NOT_TO_BLAME))
    matrix = blame_matrix(table)
    assert matrix.loc["The union", "management"] == 1
    assert matrix.loc["(article)", "The driver"] == 1
    assert matrix.to_numpy().sum() == 2
    sentences = pd.DataFrame({"article_id": ["a1", "a1", "a1", "a2"], "sentence": [0, 1, 2, 0]})
    counts = blame_by_article(table, sentences).set_index("article_id")
    assert counts.loc["a1", ["ties", "own_voice", "negated", "sentences"]].tolist() == [3, 1, 1, 3]
    assert counts.loc["a2", "per_100_sentences"] == 0


def test_no_ties_give_an_empty_matrix():
    assert blame_matrix(tables.make("blame_ties", [])).empty


BLAMES_BACK = """
Management management NOUN nsubj 2
blamed blame VERB root 0
the the DET det 4
union union NOUN obj 2
. . PUNCT punct 2
"""

DENIED_ROLE = """
Bo Bo PROPN nsubj 2
denied deny VERB root 0
any any DET det 4
role role NOUN obj 2
in in ADP case 7
the the DET det 7
leak leak NOUN nmod 4
. . PUNCT punct 2
"""

NOT_THE_DRIVER = """
Bo Bo PROPN nsubj 2
blamed blame VERB root 0
speed speed NOUN obj 2
, , PUNCT punct 7
not not PART advmod 7
the the DET det 7
driver driver NOUN conj 3
. . PUNCT punct 2
"""


def test_who_denies_a_role_clears_himself():
    assert ties(DENIED_ROLE) == [("Bo", "Bo", "the leak", True)]


def test_a_contrast_spares_the_second_party():
    assert [(target, negated) for _, target, _, negated in ties(NOT_THE_DRIVER)][1] == ("the driver", True)


def test_mutual_blame_is_one_pair():
    table = tables.make("blame_ties", rows_of(BLAMED, BLAMES_BACK))
    table["blamer_actor"] = ["Union", "Management"]
    table["target_actor"] = ["Management", "Union"]
    assert edges(table)["ties"].tolist() == [1, 1]
    assert mutual(table).to_numpy().tolist() == [["Management", "Union", 1, 1]]
    attributions = pd.DataFrame({"article_id": ["a1"], "actor": ["Union"]})
    found = unanswered(table, attributions).set_index("target_actor")["attributions"]
    assert found.to_dict() == {"Management": 0, "Union": 1}
