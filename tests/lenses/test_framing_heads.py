import math

import numpy as np
import pytest

from helpers.codebook import FrameCodebook
from helpers.errors import ParallaxError
from helpers.lenses import framing_heads, framing_scores
from helpers.lenses.framing_heads import Head, head, own_heads, read_head, terms
from tests.lenses.ud_trees import BLAMED, doc_of

TOY = Head(
    labels=("rain", "snow"),
    vocabulary={"wet": 0, "wet snow": 1},
    idf=np.array([1.0, 2.0], np.float32),
    vector=np.zeros((384, 2), np.float32),
    words=np.array([[1.0, 0.0], [0.0, 1.0]], np.float32),
    marks=np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [0.0, 0.0]], np.float32),
    bias=np.array([0.0, -1.0], np.float32),
)
NO_MARKS = np.zeros((1, 4), np.float32)
ORIGIN = np.zeros((1, 384), np.float32)


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def saved(folder, name="gvfc", **change):
    parts = {key: getattr(TOY, key) for key in ("idf", "vector", "words", "marks", "bias")}
    np.savez(
        folder / f"{name}.npz",
        labels=np.array(TOY.labels),
        vocabulary=np.array(list(TOY.vocabulary)),
        **(parts | change),
    )


def test_terms_are_words_and_neighbours_in_small_letters():
    assert terms("Wet snow, wet") == {"wet": 2, "snow": 1, "wet snow": 1, "snow wet": 1}


def test_terms_weigh_dampened_counts_times_idf_at_unit_length():
    weights = TOY.weighed("wet wet snow")
    length = math.hypot(1 + math.log(2), 2)
    assert weights == pytest.approx({0: (1 + math.log(2)) / length, 1: 2 / length})
    assert TOY.weighed("dry") == {}
    assert TOY.term_matrix(["dry", "wet"]).tolist() == [[0, 0], [1, 0]]


def test_chances_add_words_marks_and_bias():
    marks = np.array([[0.5, 0, 0, 0]], np.float32)
    assert TOY.chances(["wet"], ORIGIN, marks)[0] == pytest.approx([sigmoid(1.5), sigmoid(-1)])
    assert TOY.chances(["dry"], ORIGIN, NO_MARKS)[0] == pytest.approx([0.5, sigmoid(-1)])


def test_a_folder_of_heads_built_locally_comes_first(tmp_path, monkeypatch):
    monkeypatch.delenv(framing_heads.PLACE, raising=False)
    assert own_heads() is None
    assert head("frac") is None
    saved(tmp_path, "frac")
    monkeypatch.setenv(framing_heads.PLACE, str(tmp_path))
    found = head("frac")
    assert found.labels == TOY.labels and found.vocabulary == TOY.vocabulary
    assert found.chances(["wet"], ORIGIN, NO_MARKS) == pytest.approx(TOY.chances(["wet"], ORIGIN, NO_MARKS))


def test_a_damaged_head_is_named(tmp_path):
    (tmp_path / "gvfc.npz").write_bytes(b"no numbers")
    with pytest.raises(ParallaxError, match=r"gvfc\.npz: not a head of frames"):
        read_head(tmp_path / "gvfc.npz")


def book(*heads):
    frames = [
        {"frame": f"f{i}", "definition": "d", "questions": ["q"], "lemmas": ["union"], "head": given}
        for i, given in enumerate(heads)
    ]
    return FrameCodebook.model_validate({"name": "toy", "title": "t", "citation": "c", "frames": frames})


class OneDirection:
    def encode(self, texts):
        return np.tile(np.eye(1, 384, dtype=np.float32), (len(texts), 1))


def scores_of(frames, folder, monkeypatch):
    saved(folder)
    monkeypatch.setenv(framing_heads.PLACE, str(folder))
    doc, encoder = doc_of(BLAMED), OneDirection()
    return framing_scores.score_book(frames, [doc[:]], [doc.text], encoder.encode([doc.text]), encoder)


def test_a_frame_with_a_head_is_scored_by_it_and_the_others_are_not(tmp_path, monkeypatch):
    scores = scores_of(book("gvfc/snow", ""), tmp_path, monkeypatch)
    assert scores.score[0, 0] == pytest.approx(
        sigmoid(-1 + 0.5)
    )  # one cue: a cue score of 0.5, which weighs 1
    assert scores.score[0, 1] == pytest.approx(0.6 * 0.5 + 0.4)
    assert [row["basis"] for row in scores.rows(0)] == ["head gvfc/snow", "cues and likeness"]


def test_a_label_the_head_does_not_have_is_named(tmp_path, monkeypatch):
    with pytest.raises(
        ParallaxError, match=r"toy, frame f0: head gvfc has no label 'hail'; it has rain, snow"
    ):
        scores_of(book("gvfc/hail"), tmp_path, monkeypatch)


def test_the_head_of_articles_scores_no_sentence(tmp_path, monkeypatch):
    saved(tmp_path, "nfc")
    scores = scores_of(book("nfc/rain"), tmp_path, monkeypatch)
    assert np.isnan(scores.trained).all()
    chances = framing_scores.article_chances(scores, "wet", np.eye(3, 384, dtype=np.float32))
    assert chances == pytest.approx({"f0": sigmoid(1 + 0.5)})


def test_shipped_heads_fit_their_codebooks():
    from helpers.codebook import FOLDER, read_codebook

    for name, file in (("gvfc", "frames_gvfc.yaml"), ("nfc", "frames_generic.yaml")):
        frames = read_codebook(FOLDER / file, FrameCodebook).frames
        assert {frame.head for frame in frames} == {f"{name}/{label}" for label in head(name).labels}
    assert sum(path.stat().st_size for path in framing_heads.FOLDER.glob("*.npz")) < 1_500_000
    assert not (framing_heads.FOLDER / "frac.npz").exists()  # its data may not be built on commercially
