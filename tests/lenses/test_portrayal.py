"""Tone towards targets: rows in and out, voices apart, shares with their base."""

from pathlib import Path

import pandas as pd
import pytest
from training.tone_score import DIRECTED_CLASSES, TONE_CLASSES, pairs, scores, targets

from helpers.errors import ParallaxError
from helpers.language import load
from helpers.language.sentence import TONES, tone_model
from helpers.lenses.portrayal import (
    LEAST,
    annotate_portrayal,
    most_mentioned,
    portrayal_rows,
    tone_by_actor,
    tone_table,
)
from helpers.lenses.spans import PlainText

SENTENCE = "Critics called Mayor Brenn a liar, while the heroic nurse Ada Quill was praised by everyone."
TARGETS = [{"start": 15, "end": 26}, {"start": 58, "end": 67}]


def test_two_targets_of_one_sentence_get_their_own_tone() -> None:
    (row,) = annotate_portrayal([{"id": "a", "sentence": SENTENCE, "targets": TARGETS}])
    assert row["id"] == "a"
    assert [(t["start"], t["end"], t["label"]) for t in row["targets"]] == [
        (15, 26, "negative"),
        (58, 67, "positive"),
    ]


def test_a_row_without_targets_and_one_far_into_a_long_text() -> None:
    filler = "The ferry left at noon and came back at dusk. " * 80
    text = f"{filler}Critics called Mayor Brenn a liar and a cheat."
    start = text.index("Mayor Brenn")
    rows = [
        {"id": "none", "sentence": "Rain fell.", "targets": []},
        {"id": "far", "sentence": text, "targets": [{"start": start, "end": start + 11}]},
    ]
    found = list(annotate_portrayal(rows))
    assert found[0] == {"id": "none", "targets": []}
    assert [t["label"] for t in found[1]["targets"]] == ["negative"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"sentence": "x", "targets": []}, 'row 1: no "id"'),
        ({"id": "a", "sentence": 3, "targets": []}, r'row 1 \(a\): no "sentence"'),
        ({"id": "a", "sentence": "x"}, 'no "targets"'),
        ({"id": "a", "sentence": "x", "targets": [{"start": 0, "end": 2}]}, "within the sentence"),
        ({"id": "a", "sentence": "xy", "targets": [{"start": 1, "end": 1}]}, "within the sentence"),
        ({"id": "a", "sentence": "xy", "targets": ["x"]}, "within the sentence"),
        ({"id": "a", "sentence": "xy", "targets": [{"start": True, "end": 2}]}, "within the sentence"),
    ],
)
def test_a_row_that_does_not_fit_is_named(row: dict[str, object], message: str) -> None:
    with pytest.raises(ParallaxError, match=message):
        list(annotate_portrayal([row]))


def test_rows_of_an_article_carry_offsets_chances_and_voice() -> None:
    text = "Brenn opened the bridge. \u201cBrenn is a liar,\u201d Quill said."
    doc = load()(text)
    second = text.index("Brenn", 5)
    mentions = [
        {
            "article_id": "x",
            "sentence": i,
            "start": at,
            "end": at + 5,
            "text": "Brenn",
            "actor": "Brenn",
            "form": "name",
        }
        for i, at in enumerate((0, second))
    ]
    rows = portrayal_rows(
        PlainText("x", text), doc, mentions, [{"start": second - 1, "end": second + 17}], tone_model()
    )
    assert [row["quoted"] for row in rows] == [False, True]
    assert rows[1]["tone"] == "negative"
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)
    assert all(abs(sum(row[tone] for tone in TONES) - 1) < 0.001 for row in rows)
    assert portrayal_rows(PlainText("x", text), doc, [], [], tone_model()) == []


def test_shares_have_their_base_and_sum_to_one() -> None:
    rows = pd.DataFrame(
        [
            ("a", 0, "P", "negative"),
            ("a", 0, "P", "negative"),
            ("a", 1, "P", "neutral"),
            ("b", 0, "Q", "positive"),
        ],
        columns=["article_id", "sentence", "actor", "tone"],
    )
    found = tone_by_actor(rows, ["article_id", "actor"]).set_index(["actor", "tone"])
    assert found.loc[("P", "negative"), ["mentions", "count"]].tolist() == [3, 2]
    assert found.loc["P", "share"].sum() == pytest.approx(1)
    low, high = found.loc[("P", "negative"), ["low", "high"]]
    assert low < 2 / 3 < high
    assert pd.isna(found.loc[("Q", "positive"), "low"])
    assert most_mentioned(rows, 1) == ["P"]


def test_the_table_of_tones_leaves_out_actors_seldom_mentioned() -> None:
    rows = pd.DataFrame(
        [("a", i, "P", "negative" if i < 2 else "neutral") for i in range(LEAST)]
        + [("a", 0, "Q", "positive")],
        columns=["article_id", "sentence", "actor", "tone"],
    )
    table = tone_table(rows, ["actor"])
    assert table["actor"].tolist() == ["P"] and table["mentions"].tolist() == [LEAST]
    assert table["negative"].iloc[0].startswith("40% (") and table["positive"].iloc[0] == "0%"


def test_the_model_reaches_on_annotated_news_what_the_card_says(gold: Path) -> None:
    asked, wanted, _ = targets(gold)
    found = scores(tone_model().portrayal(asked).argmax(axis=1), wanted, TONE_CLASSES)
    assert found["macro F1"] > 0.77
    asked, wanted, _ = pairs(gold)
    found = scores(tone_model().directed(asked[:400]).argmax(axis=1), wanted[:400], DIRECTED_CLASSES)
    assert found["accuracy"] > 0.72
