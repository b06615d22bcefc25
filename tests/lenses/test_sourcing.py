import pandas as pd
import pytest

from helpers import tables
from helpers.codebook import load_codebooks
from helpers.lenses.sourcing import attribution_rows
from helpers.lenses.spans import PlainText, form_of, quotations
from helpers.lenses.voices import attributed_share, voice_by
from tests.lenses.ud_trees import ACCORDING, QUOTE_FIRST, RUNS_ON, SAID_THAT, URGED, doc_of

BOOKS = load_codebooks()


def rows_of(*sentences, mentions=(), people=()):
    doc = doc_of(*sentences, people=people)
    article = PlainText("a1", doc.text)
    rows = attribution_rows(article, doc, mentions, BOOKS)
    tables.check_offsets("attributions", tables.make("attributions", rows), {"a1": doc.text})
    return rows


def test_a_clause_is_an_indirect_content_of_an_unnamed_source():
    [row] = rows_of(SAID_THAT)
    assert (row["source"], row["cue"], row["text"]) == ("The mayor", "said", "that the bridge held")
    assert (row["form"], row["verb_class"]) == ("indirect", "neutral")
    assert (row["source_type"], row["naming"], row["actor"]) == ("government", "unnamed", "")


def test_quotation_marks_belong_to_the_content_and_a_name_is_named():
    [row] = rows_of(QUOTE_FIRST, people=("Bo",))
    assert (row["source"], row["text"], row["form"]) == ("Bo", "“It will hold,”", "direct")
    assert row["naming"] == "named"


def test_a_quotation_that_runs_on_joins_the_one_before():
    [row] = rows_of(QUOTE_FIRST, RUNS_ON)
    assert row["text"].startswith("“It will hold,”") and row["text"].endswith("every bolt.”")


def test_an_infinitive_takes_in_whom_it_asks():
    [row] = rows_of(URGED)
    assert (row["text"], row["verb_class"]) == ("the crew to stop", "directive")


def test_according_to():
    [row] = rows_of(ACCORDING)
    assert (row["source"], row["cue"], row["text"]) == ("engineers", "According to", "the bridge held")


def test_a_mention_gives_the_actor():
    mention = {"label": "PER", "actor": "Bo Lee", "form": "alias", "start": 19, "end": 21}
    doc = doc_of(QUOTE_FIRST)
    place = doc.text.index("Bo")
    [row] = rows_of(QUOTE_FIRST, mentions=[{**mention, "start": place, "end": place + 2}])
    assert (row["actor"], row["naming"]) == ("Bo Lee", "named")


def test_nothing_is_attributed_in_an_empty_text():
    assert attribution_rows(PlainText("a", ""), doc_of(), [], BOOKS) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "one" and "two".', ['"one"', '"two"']),
        ("“one” x ”", ["“one”"]),
        ("“open\n\n“goes on”", ["“open", "“goes on”"]),
        ('a stray " mark\n\nnext', []),
        ("''twice''", ["''twice''"]),
    ],
)
def test_quotations(text, expected):
    assert [text[a:b] for a, b in quotations(text)] == expected


@pytest.mark.parametrize(
    ("text", "form"),
    [("“all”", "direct"), ("some “part”", "mixed"), ("none", "indirect"), ('"all"', "direct")],
)
def test_form(text, form):
    assert form_of(text, [(0, len(text))]) == form


def test_attributed_share_has_base_and_interval():
    table = tables.make("attributions", rows_of(SAID_THAT, ACCORDING))
    doc = doc_of(SAID_THAT, ACCORDING)
    sentences = pd.DataFrame(
        [{"article_id": "a1", "start": s.start_char, "text": s.text} for s in doc.sents]
        + [{"article_id": "a2", "start": 0, "text": "Nobody speaks."}]
    )
    share = attributed_share(table, sentences).set_index("article_id")
    assert share.loc["a1", "attributed_words"] == 7
    assert share.loc["a1", "words"] == 13
    assert share.loc["a1", "low"] <= share.loc["a1", "share"] <= share.loc["a1", "high"]
    assert share.loc["a2", "share"] == 0
    assert pd.isna(share.loc["a2", "low"])


def test_voice_by_sums_to_one_and_rejects_other_columns():
    table = tables.make("attributions", rows_of(SAID_THAT, ACCORDING))
    voice = voice_by(table, "source_type")
    assert voice["share"].sum() == pytest.approx(1)
    assert voice["base_words"].unique().tolist() == [7]
    with pytest.raises(ValueError, match="column must be one of"):
        voice_by(table, "text")


def test_voice_by_of_no_attributions_is_empty():
    assert voice_by(tables.make("attributions", []), "naming").empty
