"""Attributions from scores of anchors and roles."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.language.roles import ROLES, attributions

SOURCE, CUE, CONTENT = (ROLES.index(role) for role in ("source", "cue", "content"))


def scores(*roles: str) -> np.ndarray:
    """Clear scores of one anchor: s, c, o for source, cue and content, . for nothing."""
    made = np.zeros((len(roles[0]), 4), np.float32)
    for i, letter in enumerate(roles[0]):
        made[i, ".sco".index(letter)] = 8
    return made


def found(
    anchors: list[int], logits: list[float], *roles: str
) -> list[tuple[int, tuple[tuple[int, int, str], ...]]]:
    given_roles = np.stack([scores(one) for one in roles])
    made = attributions(np.array(anchors), np.array(logits, np.float32), given_roles)
    return [(one.anchor, one.parts) for one in made]


def test_one_attribution() -> None:
    assert found([1], [3.0], "scoo.") == [(1, ((0, 1, "source"), (1, 2, "cue"), (2, 4, "content")))]


def test_a_content_broken_by_its_cue_has_two_parts() -> None:
    ((_, parts),) = found([3], [3.0], "ooocsoo")
    assert [part for part in parts if part[2] == "content"] == [(0, 3, "content"), (5, 7, "content")]


def test_without_content_or_cue_there_is_no_attribution() -> None:
    assert found([1], [5.0], "sc...") == []
    assert found([1], [5.0], "s.ooo") == []


def test_the_more_certain_of_two_that_meet_stands() -> None:
    assert [anchor for anchor, _ in found([1, 3], [1.0, 4.0], "scoooo", "..scoo")] == [3]
    assert [anchor for anchor, _ in found([1, 3], [4.0, 1.0], "scoooo", "..scoo")] == [1]
    assert [anchor for anchor, _ in found([1, 4], [1.0, 4.0], "sco...", "...sco")] == [1, 4]


def test_a_single_doubtful_word_does_not_break_a_content() -> None:
    doubtful = scores("scooooo")
    doubtful[4, 0] = doubtful[4, CONTENT] + 1
    (one,) = attributions(np.array([1]), np.array([3.0], np.float32), doubtful[None])
    assert one.words("content") == {2, 3, 4, 5, 6}


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 12), st.integers(0, 5), st.integers(0, 2**31))
def test_contents_never_meet_and_parts_lie_in_the_window(words: int, anchors: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    roles = random.normal(size=(anchors, words, 4)).astype(np.float32) * 4
    made = attributions(
        random.integers(0, words, anchors), random.normal(size=anchors).astype(np.float32) * 3, roles
    )
    seen: set[int] = set()
    for one in made:
        assert all(0 <= start < end <= words for start, end, _ in one.parts)
        content = one.words("content")
        assert content and not content & seen
        seen |= content
        assert one.anchor in one.words("cue")
