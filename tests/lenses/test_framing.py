import numpy as np
import pytest

from helpers import tables
from helpers.codebook import Frame, load_codebooks
from helpers.lenses.framing import BASELINE, CEILING, cues_in, frame_profile, frame_rows, similarity
from helpers.lenses.spans import PlainText
from tests.lenses.ud_trees import BLAMED, SAID_THAT, doc_of

BOOKS = load_codebooks()


class OneDirection:
    """An encoder for which every text is alike."""

    def encode(self, texts):
        return np.tile(np.array([1.0, 0.0], dtype=np.float32), (len(texts), 1))


def frames_of(*sentences, attributions=()):
    doc = doc_of(*sentences)
    rows = frame_rows(PlainText("a1", doc.text), doc, attributions, BOOKS, OneDirection())
    table = tables.make("frames", rows)
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
