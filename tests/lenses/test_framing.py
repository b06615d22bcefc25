import numpy as np
import pandas as pd
import pytest

from helpers import tables
from helpers.codebook import Frame, load_codebooks
from helpers.lenses import framing
from helpers.lenses.framing import frame_profile, frame_rows
from helpers.lenses.framing_scores import BASELINE, CEILING, cues_in, similarity
from helpers.lenses.spans import PlainText
from tests.lenses.ud_trees import BLAMED, SAID_THAT, doc_of

BOOKS = load_codebooks()


class OneDirection:
    """An encoder for which every text is alike."""

    def encode(self, texts):
        return np.tile(np.eye(1, 384, dtype=np.float32), (len(texts), 1))


def frames_of(*sentences, attributions=()):
    doc = doc_of(*sentences)
    rows = frame_rows(PlainText("a1", doc.text), doc, attributions, BOOKS, OneDirection())
    table = tables.make("frames", [{**row, "part": "body"} for row in rows])
    tables.check_offsets("frames", table, {"a1": doc.text})
    return table


def test_a_row_for_every_sentence_and_frame():
    table = frames_of(SAID_THAT, BLAMED)
    frames = sum(len(book.frames) for book in BOOKS.frames)
    assert len(table) == 2 * frames
    assert table["sentence"].tolist() == [0] * frames + [1] * frames


def test_score_mixes_cues_and_likeness():
    table = frames_of(BLAMED)
    row = table[table["frame"] == "conflict"].iloc[0]
    assert (row["cues"], row["cue_score"], row["similarity"]) == ("blame", 0.5, 1.0)
    assert row["score"] == pytest.approx(0.6 * 0.5 + 0.4)


def test_a_sentence_mostly_attributed_is_quoted():
    length = len(doc_of(SAID_THAT).text)
    assert frames_of(SAID_THAT, attributions=[{"start": 5, "end": length}])["quoted"].all()
    assert not frames_of(SAID_THAT)["quoted"].any()


def test_cues_are_lemmas_and_phrases_each_counted_once():
    frame = Frame(
        frame="f", definition="d", questions=(), lemmas=("union", "cease-fire"), phrases=("for the accident",)
    )
    sentence = next(doc_of(BLAMED.rstrip() + BLAMED).sents)
    assert cues_in(sentence, frame) == ["for the accident", "union"]
    inside = Frame(
        frame="f", definition="d", questions=(), lemmas=("accident",), phrases=("for the accident",)
    )
    assert cues_in(sentence, inside) == ["for the accident"]


def test_similarity_runs_from_baseline_to_ceiling():
    texts = np.array([[1.0, 0.0]], dtype=np.float32)
    sentences = np.array(
        [[c, 0.0] for c in (BASELINE - 0.1, (BASELINE + CEILING) / 2, 1.0)], dtype=np.float32
    )
    assert similarity(sentences, texts) == pytest.approx([0, 0.5, 1], abs=1e-6)


def test_profile_has_base_share_and_interval():
    profile = frame_profile(frames_of(BLAMED, SAID_THAT)).set_index("frame")
    row = profile.loc["conflict"]
    assert (row["sentences"], row["carrying"], row["share"]) == (2, 1, 0.5)
    assert 0 <= row["low"] <= row["share"] <= row["high"] <= 1


def test_profile_is_the_same_twice():
    table = frames_of(BLAMED, SAID_THAT)
    assert frame_profile(table, seed=3).equals(frame_profile(table, seed=3))


def test_an_empty_text_has_no_rows():
    assert frame_rows(PlainText("a", ""), doc_of(), [], BOOKS, OneDirection()) == []


def test_without_a_head_of_sentences_the_score_rests_on_cues_and_likeness():
    table = frames_of(BLAMED)
    assert table["trained"].isna().all()
    assert set(table["basis"]) == {"cues and likeness"}


def found(*rows):
    """A table of frames as far as the profiles need it: article, part, frame, score, quoted."""
    columns = ["article_id", "part", "frame", "score", "quoted"]
    return pd.DataFrame(rows, columns=columns).assign(codebook="mine", basis="cues and likeness")


TWO = found(
    ("a", "headline", "rain", 0.9, False),
    ("a", "lead", "rain", 0.2, False),
    ("a", "body", "rain", 0.5, True),
    ("a", "headline", "snow", 0.1, False),
    ("a", "lead", "snow", 0.1, False),
    ("a", "body", "snow", 0.49, True),
    ("b", "standfirst", "rain", 0.6, False),
    ("b", "body", "rain", 0.1, False),
    ("b", "standfirst", "snow", 0.7, False),
    ("b", "body", "snow", 0.8, False),
)


def test_the_others_are_all_articles_but_this_one():
    profile = framing.with_others(frame_profile(TWO)).set_index(["article_id", "frame"])
    assert profile.loc[("a", "rain"), "others"] == pytest.approx(0.5)
    assert profile.loc[("b", "rain"), "others"] == pytest.approx(2 / 3)
    assert framing.with_others(frame_profile(TWO[TWO["article_id"] == "a"]))["others"].isna().all()


def test_left_out_is_what_no_sentence_carries_and_most_others_do():
    missing = framing.left_out(frame_profile(TWO))
    assert missing.to_dict("records") == [
        {"article_id": "a", "frame": "snow", "sentences": 3, "others": 1, "of": 1, "others_share": 1.0}
    ]
    alone = framing.left_out(frame_profile(TWO[TWO["article_id"] == "a"]))
    assert alone.empty and list(alone.columns) == list(missing.columns)


def test_parts_stand_in_the_order_of_the_text_and_the_standfirst_is_lead():
    shown = framing.part_table(TWO)
    assert shown.index.tolist() == [
        ("a", "headline"),
        ("a", "lead"),
        ("a", "rest"),
        ("b", "lead"),
        ("b", "rest"),
    ]
    assert shown.loc[("a", "headline"), "rain"] == "1 of 1"
    assert shown.loc[("b", "rest"), "rain"] == "0 of 1"


def test_a_frame_in_attributed_words_is_counted_apart():
    voices = framing.voice_profile(TWO).set_index(["article_id", "voice", "frame"])
    assert voices.loc[("a", "own voice", "rain"), ["carrying", "sentences"]].tolist() == [1, 2]
    assert voices.loc[("a", "attributed", "rain"), ["carrying", "sentences"]].tolist() == [1, 1]
    shown = framing.voice_shares(framing.voice_profile(TWO))
    assert shown.loc[("a", "attributed"), "snow"] == "0% of 1"


def test_basis_and_article_tables_say_where_a_head_was_used():
    plain = TWO.assign(article_chance=np.nan)
    assert set(framing.basis_table(plain)["article"]) == {"none"}
    assert framing.article_table(plain).empty
    headed = TWO.assign(article_chance=np.where(TWO["frame"] == "rain", 0.5, np.nan))
    assert framing.basis_table(headed).set_index("frame")["article"].to_dict() == {
        "rain": "trained head",
        "snow": "none",
    }
    assert framing.article_table(headed)["rain"].tolist() == ["0.50 carries", "0.50 carries"]
