import os
from pathlib import Path

import pytest
from training import blame_labels, harm_labels

ROOT = Path(__file__).parents[2]
GOLD = Path(os.environ.get("PARALLAX_GOLD", ROOT.parent / "shared" / "gold"))


@pytest.fixture
def gold():
    if not GOLD.is_dir():
        pytest.skip("no annotated data: set PARALLAX_GOLD to its folder")
    return GOLD


def test_the_labels_fit_the_articles_and_touch_no_reserved_one(gold):
    rows = blame_labels.labels()
    assert len(list(blame_labels.gold_rows(rows, blame_labels.articles(gold)))) == len(rows) >= 400
    assert {row["article"] for row in rows}.isdisjoint(blame_labels.reserved(gold))


def test_a_span_outside_its_sentence_is_named():
    tie = {"blamer": None, "target": [[0, 9]], "issue": None, "voice": "explicit", "negated": False}
    row = {"article": "a", "context": 2, "start": 2, "end": 9, "ties": [tie]}
    with pytest.raises(ValueError, match="a:2: span 0-9"):
        list(blame_labels.gold_rows([row], {"a": "Bo met Al."}))


def test_the_harm_labels_fit_their_texts(gold):
    texts = harm_labels.sources(gold)
    rows = harm_labels.labels()
    assert all(harm_labels.text_of(row, texts) for row in rows)
    assert len(rows) >= 120
    assert {row["article"] for row in rows}.isdisjoint(blame_labels.reserved(gold))
