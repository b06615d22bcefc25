"""Tables, evidence and figures: what they say, and that they escape what they are given."""

import html5lib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from helpers.report import html

HOSTILE = '<script>alert("x")</script>'


def tree(source):
    return html5lib.HTMLParser(strict=False, namespaceHTMLElements=False).parseFragment(source.data)


def test_a_table_has_caption_scopes_and_right_aligned_numbers():
    frame = pd.DataFrame({"article": ["a", "b"], "share_of_words": [0.5, np.nan], "ties": [1000, 2]})
    made = tree(html.table(frame, "Shares", row_header="article"))
    assert made.find(".//caption").text == "Shares"
    assert [cell.get("scope") for cell in made.iter("th")] == ["col"] * 3 + ["row"] * 2
    assert [cell.text for cell in made.iter("td")] == ["0.50", "1,000", "–", "2"]
    assert [cell.text for cell in made.iter("th")][1] == "share of words"
    assert "– means undefined." in "".join(made.itertext())


def test_a_table_without_rows_is_one_line():
    made = html.table(pd.DataFrame({"file": []}), "Left <out>").data
    assert made.startswith("<p><strong>Left &lt;out&gt;:</strong> none.")
    assert "<table" not in made


def test_numbers_with_intervals_go_to_the_right_and_names_of_articles_do_not():
    frame = pd.DataFrame(
        {
            "article_id": ["000", "001"],
            "share": ["33% (19–46%)", "–"],
            "difference": ["−1.0 (−3.1 to +0.9) *", "+2.0"],
            "date": ["2025-07-07", ""],
            "text": ["long " * 20, ""],
        }
    )
    row = tree(html.table(frame, "Shares")).find(".//tbody/tr")
    assert [cell.get("class") for cell in row] == [None, "num", "num", "short", "long"]


def test_hostile_text_stays_text():
    frame = pd.DataFrame({HOSTILE: [HOSTILE]})
    rows = pd.DataFrame(
        {"article_id": [HOSTILE], "sentence": [0], "start": [0], "text": [HOSTILE], "kind": [HOSTILE]}
    )
    for made in (
        html.table(frame, HOSTILE, note=HOSTILE),
        html.evidence(rows, "kind"),
        html.quotes(rows, HOSTILE),
        html.figure(plt.figure(), HOSTILE, f"{HOSTILE}."),
    ):
        assert "<script" not in made.data
        assert HOSTILE in "".join(tree(made).itertext()) + "".join(
            i.get("alt", "") for i in tree(made).iter("img")
        )


def test_evidence_marks_the_spans_it_is_told_of():
    row = {
        "article_id": "a",
        "sentence": 2,
        "start": 10,
        "text": "Ann said no.",
        "cue_start": 14,
        "cue_end": 18,
        "k": "x",
    }
    made = tree(html.evidence(pd.DataFrame([row]), "k", marks=["cue"]))
    assert [mark.text for mark in made.iter("mark")] == ["said"]
    assert made.find(".//cite").text == "a, sentence 3"
    assert made.find(".//summary").text == "x (1)"


def test_a_figure_is_one_image_with_alt_and_caption_the_same_each_time():
    def draw():
        fig, ax = plt.subplots()
        ax.plot([1, 2])
        return html.figure(fig, "A line that rises.", "Counts, n = 2.").data

    first = draw()
    assert first == draw()
    assert plt.get_fignums() == []
    made = tree(type("H", (), {"data": first}))
    assert made.find(".//img").get("src").startswith("data:image/svg+xml;base64,")
    assert made.find(".//figcaption").text == "Counts, n = 2."


@pytest.mark.parametrize(("alt", "caption"), [("", "c"), ("a", " "), ("Same.", "same. ")])
def test_a_figure_without_words_of_its_own_is_refused(alt, caption):
    with pytest.raises(ValueError, match="alt"):
        html.figure(plt.figure(), alt, caption)
