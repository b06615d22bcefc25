"""Rows of text or words annotated for scoring."""

from pathlib import Path

import pytest

from helpers.annotate import annotate_language
from helpers.errors import ParallaxError
from helpers.rows import annotate_file


def test_rows_of_text_and_of_words_keep_order_and_ids() -> None:
    rows = [
        {"id": "a", "text": " Ida Brandt left Dunholm. Nobody saw her. "},
        {"id": 7, "words": ["Nobody", "saw", "Ida", "Brandt", "."]},
        {"id": "c", "text": ""},
        {"id": "d", "words": []},
    ]
    made = list(annotate_language(rows))
    assert [row["id"] for row in made] == ["a", 7, "c", "d"]
    text = rows[0]["text"]
    assert [text[a:b] for a, b in made[0]["sentences"]] == ["Ida Brandt left Dunholm.", "Nobody saw her."]
    assert [text[a:b] for a, b in made[0]["words"]][:2] == ["Ida", "Brandt"]
    assert made[1]["words"] == [[0, 6], [7, 10], [11, 14], [15, 21], [22, 23]]
    assert made[1]["sentences"] == [[0, 23]]
    for row in made:
        sizes = {len(row[k]) for k in ("words", "lemma", "tag", "head", "label")}
        assert len(sizes) == 1
        assert sum(label == "root" for label in row["label"]) == len(row["sentences"])
        pairs = list(zip(row["head"], row["label"], strict=True))
        assert all((head == i) == (label == "root") for i, (head, label) in enumerate(pairs))


def test_a_long_row_of_words_is_one_sentence() -> None:
    made = next(annotate_language([{"id": 1, "words": ["The", "mayor", "left", "."] * 60}]))
    assert len(made["sentences"]) == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [({"text": "x"}, 'no "id"'), ({"id": 1}, "neither"), ({"id": 1, "words": ["a", " "]}, "not blank")],
)
def test_bad_rows_are_refused(row: dict[str, object], message: str) -> None:
    with pytest.raises(ParallaxError, match=message):
        list(annotate_language([row]))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "x"}', 'in.jsonl, row 1: no "id"'),
        ("x", "in.jsonl, line 1: not valid JSON: mend or delete the line"),
        ('{"id": 1, "text": "\\ud800 x"}', "in.jsonl, line 1: holds half of a character"),
    ],
)
def test_a_bad_row_is_named_with_its_file(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "in.jsonl").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(ParallaxError, match=message):
        annotate_file(annotate_language, tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_whole_character_written_in_halves_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "\\ud83d\\ude00 Ida left."}\n', encoding="utf-8")
    assert annotate_file(annotate_language, tmp_path / "in.jsonl", tmp_path / "out.jsonl") == 1
