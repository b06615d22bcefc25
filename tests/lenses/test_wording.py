"""Cues of wording and how loaded a sentence is."""

import json
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.codebook import read_codebook
from helpers.codebook_wording import GROUPS, WordingCues, wording_cues
from helpers.errors import ParallaxError
from helpers.language import load, sentence_encoder
from helpers.lenses.annotate_wording import annotate_loaded
from helpers.lenses.spans import PlainText
from helpers.lenses.wording import cues_of, judged, score_rows, wording_rows
from helpers.lenses.wording_measures import cue_table, group_rates, loaded_shares
from helpers.rows import annotate_file

BOOK = wording_cues()
PLAIN = "The harbour board of Ostwick said on Tuesday that it would publish its report in June."
SLANTED = "The shameless cronies of the disgraced board once again spewed ridiculous lies about Ostwick."


def kinds(text):
    return {cue.cue: cue.kind.group for cue in cues_of(load()(text), BOOK)}


def test_every_group_has_a_class_and_every_class_a_definition():
    assert {one.group for one in BOOK.classes} == set(GROUPS)
    assert all(one.definition.endswith(".") and list(one.cues()) for one in BOOK.classes)


@pytest.mark.parametrize(
    ("text", "cue", "group"),
    [
        ("The board may close the pier.", "may", "hedging"),
        ("The pier is clearly unsafe.", "clearly", "intensifying"),
        ("She knows that the pier is closed.", "know", "factive"),
        ("He insists that the pier is safe.", "insist", "assertive"),
        ("The so-called expert left.", "so-called", "doubt"),
        ("Those hypocrites closed the pier.", "hypocrite", "loaded"),
    ],
)
def test_a_cue_is_found_by_its_lemma_in_its_class(text, cue, group):
    assert kinds(text)[cue] == group


def test_part_of_speech_decides():
    assert "lie" in kinds("That is a lie.")
    assert "lie" not in kinds("The village of Ostwick lies by the sea.")


def test_own_words_and_quoted_words_are_told_apart():
    text = f"{PLAIN} “The board is a ridiculous sham,” said Abel Quist."
    cues = [cue for cue in cues_of(load()(text), BOOK) if cue.kind.group == "loaded"]
    assert {cue.cue for cue in cues} == {"ridiculous", "sham"} and all(cue.quoted for cue in cues)


def test_slanted_words_score_higher_and_less_when_quoted():
    encoder = sentence_encoder()
    scores = {text: next(judged(load()(text), BOOK, encoder)) for text in (PLAIN, SLANTED, f"“{SLANTED}”")}
    assert not scores[PLAIN].loaded and scores[SLANTED].loaded
    assert scores[f"“{SLANTED}”"].points < scores[SLANTED].points
    assert scores[f"“{SLANTED}”"].quoted and not scores[SLANTED].quoted


def test_rates_keep_quotations_apart_and_say_of_how_many_sentences():
    text = f"{PLAIN} {SLANTED} “It is absurd,” she said of the absurd plan."
    article, doc = PlainText("a", text), load()(text)
    found = pd.DataFrame(wording_rows(article, doc, BOOK))
    scores = pd.DataFrame(score_rows(article, doc, BOOK, sentence_encoder()))
    rates = group_rates(found, scores, 1, 50).set_index("group")
    absurd = found[found["cue"] == "absurd"]
    assert absurd["quoted"].tolist() == [True, False]
    assert rates.loc["loaded", "quoted"] == 1 and rates.loc["loaded", "sentences"] == len(scores)
    assert rates.loc["loaded", "value"] == pytest.approx(100 * rates.loc["loaded", "cues"] / len(scores))
    assert "quoted" in cue_table(rates.reset_index()).loc["a", "loaded"]
    shares = loaded_shares(scores, 1, 50).iloc[0]
    assert shares["loaded"] == int((scores["loaded"] & ~scores["quoted"]).sum())


def test_annotated_rows_keep_ids_and_give_words_of_the_text():
    rows = list(annotate_loaded([{"id": "x", "text": SLANTED}, {"id": "y", "text": ""}]))
    assert [row["id"] for row in rows] == ["x", "y"] and rows[0]["biased"] and not rows[1]["biased"]
    assert rows[0]["words"] and all(word in SLANTED for word in rows[0]["words"])


def test_a_row_without_text_is_refused():
    with pytest.raises(ParallaxError, match=r'row 1 .z.: no "text"'):
        list(annotate_loaded([{"id": "z"}]))


def test_a_cue_in_two_classes_is_refused(tmp_path):
    text = (
        "name: x\ncitation: x\nmarks: {}\nplain: [a]\nloaded: [b]\nclasses:\n"
        "  - {kind: a, group: loaded, definition: x, weight: 1, nouns: [mob]}\n"
        "  - {kind: b, group: loaded, definition: x, weight: 1, nouns: [mob]}\n"
    )
    path = tmp_path / "wording.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParallaxError, match=r"wording.yaml: .*nouns: 'mob' stands in two places"):
        read_codebook(path, WordingCues)


def test_loaded_sentences_of_people_are_found_better_than_by_a_lexicon(gold, tmp_path):
    data, found = gold / "framing" / "babe_dev.jsonl", tmp_path / "found.jsonl"
    annotate_file(annotate_loaded, data, found)
    command = [sys.executable, str(data.parent / "score.py"), "loaded", str(data), str(found)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert said["macro_f1"] >= 0.68


WORDS = st.sampled_from(
    ["clearly", "the", "liar", "“", "”", '"', "so-called", ".", "\n\n", "may", "é", "-", "!"]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_offsets_and_scores_hold_for_any_text(text):
    article, doc = PlainText("a", text), load()(text)
    rows = [*wording_rows(article, doc, BOOK), *score_rows(article, doc, BOOK, sentence_encoder())]
    assert all(row["text"] == text[row["start"] : row["end"]] and row["text"] for row in rows)
    assert all(0 <= row["score"] <= 1 for row in rows if "score" in row)
