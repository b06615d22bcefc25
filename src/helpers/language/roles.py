"""From the scores of anchors and roles to attributions: source, cue and content as spans of words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from helpers.language.decode import Floats, viterbi

ROLES = ("", "source", "cue", "content")
SWITCH = 2.0  # what a border of a content must gain
# The least evidence for an attribution: the logit of its anchor and, where negative, the mean margin of its content.
WORTH = -0.75

Part = tuple[int, int, str]


@dataclass(frozen=True)
class Told:
    """One attribution: the word it hangs on, its spans of words (first, end-exclusive, role) and its evidence."""

    anchor: int
    parts: tuple[Part, ...]
    worth: float

    def words(self, role: str) -> set[int]:
        """The words of one role."""
        return {i for start, end, kind in self.parts if kind == role for i in range(start, end)}


def attributions(anchors: NDArray[np.int64], logits: Floats, roles: Floats) -> list[Told]:
    """The attributions of a window in order of their anchors, none within another's content.

    `anchors` (N,) are words, `logits` (N,) their scores, `roles` (N, words, 4) what each word is to each.
    """
    found = [
        told(int(anchor), float(logit), scores)
        for anchor, logit, scores in zip(anchors, logits, roles, strict=True)
    ]
    return sorted(apart(one for one in found if one.worth > WORTH), key=lambda one: one.anchor)


def told(anchor: int, logit: float, scores: Floats) -> Told:
    """The best attribution of one anchor; worth minus infinity without cue or content."""
    path = viterbi(scores, moves())
    parts = tuple(spans(path))
    held = [i for i, role in enumerate(path) if ROLES[role] == "content"]
    if not held or ROLES[path[anchor]] != "cue":
        return Told(anchor, parts, -np.inf)
    margin = float((scores[held, 3] - scores[held, 0]).mean())
    return Told(anchor, parts, logit + min(margin, 0.0))


@lru_cache(maxsize=1)
def moves() -> Floats:
    """Scores of a step between roles (before or start, after): less than 0 into and out of a content."""
    content = ROLES.index("content")
    made = np.zeros((len(ROLES) + 1, len(ROLES)), np.float32)
    made[:-1, content] = made[content] = -SWITCH
    made[content, content] = 0
    return made


def spans(path: Sequence[int]) -> Iterable[Part]:
    """Runs of one role, words without a role left out."""
    start = 0
    for i in range(1, len(path) + 1):
        if i == len(path) or path[i] != path[start]:
            if ROLES[path[start]]:
                yield start, i, ROLES[path[start]]
            start = i


def apart(found: Iterable[Told]) -> list[Told]:
    """The most certain attributions whose contents do not meet and whose anchors stand in no other's content."""
    kept: list[Told] = []
    for one in sorted(found, key=lambda one: (-one.worth, one.anchor)):
        content = one.words("content")
        if not any(meets(one, content, other) for other in kept):
            kept.append(one)
    return kept


def meets(one: Told, content: set[int], other: Told) -> bool:
    """Whether an attribution stands in the way of another."""
    theirs = other.words("content")
    return one.anchor in theirs or other.anchor in content or bool(content & theirs)
