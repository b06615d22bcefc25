"""From the model's numbers to a tree: sentence borders, heads with one root a sentence, labels, spans."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def sentence_spans(starts: Sequence[bool]) -> list[tuple[int, int]]:
    """Spans [first, end) of words from flags of sentence starts; the first word always starts one."""
    firsts = [i for i, flag in enumerate(starts) if flag or i == 0]
    return list(zip(firsts, [*firsts[1:], len(starts)], strict=False))


def best_tree(scores: Floats) -> list[int]:
    """The best tree with one root for scores (dependent, head); the diagonal scores being the root.

    Greedy heads when they form such a tree, else Chu-Liu/Edmonds. The root's head is its own index.
    """
    greedy = [int(i) for i in scores.argmax(axis=1)]
    return greedy if is_tree(greedy) else spanning_tree(scores)


def is_tree(heads: Sequence[int]) -> bool:
    """Whether exactly one word is its own head and every word leads to it."""
    roots = [i for i, head in enumerate(heads) if head == i]
    if len(roots) != 1:
        return False
    reached = [False] * len(heads)
    reached[roots[0]] = True
    for i in range(len(heads)):
        path = []
        while not reached[i]:
            if i in path:
                return False
            path.append(i)
            i = heads[i]
        for step in path:
            reached[step] = True
    return True


def spanning_tree(scores: Floats) -> list[int]:
    """The maximum spanning tree with exactly one root (Chu-Liu 1965, Edmonds 1967).

    A node for "outside" comes first and its edges to words are lowered by more than any tree can gain, so
    that the best tree uses one of them only.
    """
    size = len(scores)
    weight = np.full((size + 1, size + 1), -np.inf)
    weight[1:, 1:] = scores
    np.fill_diagonal(weight, -np.inf)
    spread = float(scores.max() - scores.min()) + 1.0
    weight[1:, 0] = np.diag(scores) - 2 * spread * (size + 1)
    heads = chu_liu_edmonds(weight)
    return [i if heads[i + 1] == 0 else heads[i + 1] - 1 for i in range(size)]


def chu_liu_edmonds(weight: NDArray[np.float64]) -> list[int]:
    """Heads of the maximum arborescence from node 0 for weights (dependent, head); node 0 gets head 0."""
    size = len(weight)
    heads = [0, *(int(i) for i in weight[1:].argmax(axis=1))]
    cycle = find_cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(size, bool)
    inside[cycle] = True
    outside = [i for i in range(size) if not inside[i]]
    merged = len(outside)
    smaller = np.full((merged + 1, merged + 1), -np.inf)
    smaller[:merged, :merged] = weight[np.ix_(outside, outside)]
    kept = np.array([weight[i, heads[i]] for i in cycle])
    entering = weight[np.ix_(cycle, outside)] - kept[:, None]
    leaving = weight[np.ix_(outside, cycle)]
    smaller[merged, :merged] = entering.max(axis=0)
    smaller[:merged, merged] = leaving.max(axis=1)
    found = chu_liu_edmonds(smaller)
    for i, head in enumerate(found[:merged]):
        if i:
            heads[outside[i]] = cycle[int(leaving[i].argmax())] if head == merged else outside[head]
    entry = found[merged]
    heads[cycle[int(entering[:, entry].argmax())]] = outside[entry]
    return heads


def find_cycle(heads: Sequence[int]) -> list[int]:
    """One cycle among heads, node 0 apart; empty when there is none."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, i = [], start
        while state[i] == 0:
            state[i] = 1
            path.append(i)
            i = heads[i]
        if state[i] == 1:
            return path[path.index(i) :]
        for step in path:
            state[step] = 2
    return []


def relation_scores(weight: Floats, dependent: Floats, head: Floats) -> Floats:
    """Scores (n, labels) of the bilinear form `weight` (d+1, labels, d+1) for dependents and heads (n, d)."""
    one = np.ones((len(dependent), 1), np.float32)
    left, right = np.hstack([dependent, one]), np.hstack([head, one])
    mixed = (left @ weight.reshape(weight.shape[0], -1)).reshape(len(left), -1, right.shape[1])
    scores: Floats = np.matmul(mixed, right[:, :, None])[:, :, 0]
    return scores


def bio_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Spans (first, end-exclusive, type) of BIO tags; an I- without its B- opens a span."""
    spans: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if kind and (tag[0] in "BO" or tag[2:] != kind):
            spans.append((start, i, kind))
            kind = ""
        if tag != "O" and not kind:
            start, kind = i, tag[2:]
    return spans


def name_spans(scores: Floats, kinds: Sequence[str]) -> list[tuple[int, int, str]]:
    """Spans of the best legal BIO sequence (Viterbi) for scores (words, labels); `kinds` names the labels.

    Words that are surely outside ("O" ahead of every other label by 4) cut the text into short runs.
    """
    outside = kinds.index("O")
    others = np.delete(scores, outside, axis=1).max(axis=1)
    maybe = others > scores[:, outside] - 4
    spans: list[tuple[int, int, str]] = []
    start = 0
    while start < len(maybe):
        if not maybe[start]:
            start += 1
            continue
        end = start
        while end < len(maybe) and maybe[end]:
            end += 1
        best = viterbi(scores[start:end], allowed(tuple(kinds)))
        spans += [(start + a, start + b, kind) for a, b, kind in bio_spans([kinds[i] for i in best])]
        start = end
    return spans


@lru_cache(maxsize=4)
def allowed(kinds: tuple[str, ...]) -> Floats:
    """Transition scores (before, after): 0, or minus infinity into another type's I-; row -1 is the start."""
    made = np.zeros((len(kinds) + 1, len(kinds)), np.float32)
    for after, name in enumerate(kinds):
        if name.startswith("I-"):
            made[:, after] = -np.inf
            for before, other in enumerate(kinds):
                if other[2:] == name[2:] and other != "O":
                    made[before, after] = 0
    return made


def viterbi(scores: Floats, moves: Floats) -> list[int]:
    """The best path through scores (steps, labels) under transition scores (labels + start, labels)."""
    total = scores[0] + moves[-1]
    back = []
    for row in scores[1:]:
        reach = total[:, None] + moves[:-1]
        back.append(reach.argmax(axis=0))
        total = reach.max(axis=0) + row
    path = [int(total.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]
