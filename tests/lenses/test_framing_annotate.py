import json
import subprocess
import sys

import pytest

from helpers.errors import ParallaxError
from helpers.lenses.framing_annotate import annotate_frames

HEADLINES = {
    "gvfc": [
        ("Senate passes bill to ban assault weapons", "gun_control"),
        ("Gunman had history of mental illness, family says", "mental_health"),
    ],
    "policy": [
        ("The court found the driver guilty of theft.", "legality_crime"),
        ("A survey found that a majority of respondents like the poll.", "public_opinion"),
        ("It was late and then it was later still.", "other"),
    ],
}


@pytest.mark.parametrize("codebook", sorted(HEADLINES))
def test_labels_of_a_text(codebook):
    rows = [{"id": str(i), "text": text} for i, (text, _) in enumerate(HEADLINES[codebook])]
    found = list(annotate_frames(rows, codebook))
    assert [row["id"] for row in found] == [row["id"] for row in rows]
    for row, (_, label) in zip(found, HEADLINES[codebook], strict=True):
        assert label in row["labels"]
    if codebook == "policy":
        assert all(len(row["labels"]) == 1 for row in found)


def test_a_headline_has_one_frame_at_least_and_a_blank_text_none():
    found = annotate_frames([{"id": 1, "text": "Otters"}, {"id": 2, "text": " "}], "gvfc")
    assert [bool(row["labels"]) for row in found] == [True, False]


def test_an_article_has_the_labels_of_its_corpus():
    text = "The mayor fought the union in court. Both sides attacked each other. Taxes and prices rose."
    [row] = annotate_frames([{"id": 1, "text": text}], "nfc")
    assert set(row["labels"]) <= {"conflict", "economic", "human_interest", "moral", "resolution"}


@pytest.mark.parametrize("codebook", ["", "generic"])
def test_another_codebook_is_refused(codebook):
    with pytest.raises(ParallaxError, match="choose one of gvfc, nfc, policy"):
        list(annotate_frames([{"id": 1, "text": "x"}], codebook))


@pytest.mark.parametrize(("codebook", "name", "least"), [("gvfc", "gvfc", 0.76), ("policy", "frac", 0.5)])
def test_dev_scores_hold(gold, tmp_path, codebook, name, least):
    dev, said = gold / "framing" / f"{name}_dev.jsonl", tmp_path / "said.jsonl"
    rows = [json.loads(line) for line in dev.read_text(encoding="utf-8").splitlines()]
    found = annotate_frames([{"id": row["id"], "text": row["text"]} for row in rows], codebook)
    said.write_text("\n".join(json.dumps(row) for row in found), encoding="utf-8")
    command = [sys.executable, str(dev.parent / "score.py"), "frames", str(dev), str(said)]
    score = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert score["macro_f1"] >= least
