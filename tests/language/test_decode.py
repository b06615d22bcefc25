"""Trees from scores, against brute force; BIO decoding."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.language.decode import best_tree, bio_spans, is_tree, name_spans, sentence_spans, spanning_tree

KINDS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def total(scores: np.ndarray, heads: list[int]) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 5), st.integers(0, 2**31))
def test_spanning_tree_is_the_best_of_all_trees(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32) * 5
    best = max(
        (t for t in product(range(size), repeat=size) if is_tree(t)), key=lambda t: total(scores, list(t))
    )
    for made in (spanning_tree(scores), best_tree(scores)):
        assert is_tree(made)
        assert abs(total(scores, made) - total(scores, list(best))) < 1e-3


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 60), st.integers(0, 2**31), st.booleans())
def test_any_scores_give_a_tree(size: int, seed: int, flat: bool) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)
    assert is_tree(best_tree(np.zeros_like(scores) if flat else scores))


def test_two_roots_become_one() -> None:
    scores = np.array([[9, 1, 0], [0, 8, 1], [0, 5, 0]], np.float32)
    assert best_tree(scores) == [0, 0, 1] or best_tree(scores) == [1, 1, 1]


def test_is_tree_refuses_cycles_and_two_roots() -> None:
    assert is_tree([0, 0, 1])
    assert not is_tree([1, 0])
    assert not is_tree([0, 1])
    assert not is_tree([0, 2, 1])


def test_sentence_spans_begin_at_the_first_word() -> None:
    assert sentence_spans([False, False, True, False]) == [(0, 2), (2, 4)]
    assert sentence_spans([]) == []


def test_bio_spans_open_at_a_stray_inside_tag() -> None:
    assert bio_spans(["I-PER", "I-PER", "O", "B-ORG", "B-ORG", "I-LOC"]) == [
        (0, 2, "PER"), (3, 4, "ORG"), (4, 5, "ORG"), (5, 6, "LOC"),
    ]  # fmt: skip


def test_name_spans_never_change_type_inside() -> None:
    scores = np.full((3, 5), -9.0, np.float32)
    scores[0, 1] = 2
    scores[1, 4], scores[1, 2] = 2, 1.5
    scores[2, 0] = 9
    assert name_spans(scores, KINDS) == [(0, 2, "PER")]
    assert name_spans(np.zeros((0, 5), np.float32), KINDS) == []
