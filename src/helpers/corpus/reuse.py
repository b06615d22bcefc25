"""Text reuse: passages that stand, word for word or nearly, in two articles or twice in one.

Windows of WINDOW words are hashed by their word pairs (MinHash, Broder 1997; fixed seed) and looked up by
locality-sensitive hashing (datasketch). What may match is widened and aligned word by word; a passage
is kept when at least MIN_WORDS words match in the same order and rapidfuzz finds a similarity of
MIN_SIMILARITY. Paragraphs that an article repeats whole were taken out by cleaning and stand in its removals;
the pairs of one article with itself found here are what is left.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from datasketch import MinHash, MinHashLSH
from rapidfuzz.distance import Indel

from helpers.corpus.article import Article

WINDOW = 16
STRIDE = 4
MIN_WORDS = 8
MIN_SIMILARITY = 0.8
ANCHOR = 3
GAP = 4
HASHES = 64
SEED = 1
LIKELY = 0.3
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")

Pair = tuple[int, int]
Passage = tuple[int, int, int, int]


@dataclass(frozen=True)
class _Words:
    """An article's words in order: how they compare, and where they stand."""

    forms: tuple[str, ...]
    spans: tuple[Pair, ...]


def text_reuse(articles: Iterable[Article]) -> list[dict[str, Any]]:
    """Rows of table `reuse`: shared passages with offsets in both clean texts, sorted by place.

    `similarity` is 2 x matching words / words of both passages (0 to 1), `words` the words of the first.
    """
    ordered = sorted(articles, key=lambda article: article.article_id)
    words = [_words(article.text) for article in ordered]
    rows: list[dict[str, Any]] = []
    for (a, b), places in sorted(_candidates(words).items()):
        for passage in _passages(words[a].forms, words[b].forms, places, same=a == b):
            rows.append(_row(ordered[a], words[a], ordered[b], words[b], passage))
    return sorted(rows, key=lambda row: (row["article_a"], row["article_b"], row["start_a"], row["start_b"]))


def mirrored(matrix: pd.DataFrame) -> pd.DataFrame:
    """A square table of pairs filled on one side, filled on both; the diagonal stays."""
    upper = matrix.to_numpy()
    return pd.DataFrame(upper + upper.T - np.diag(np.diag(upper)), index=matrix.index, columns=matrix.columns)


def _words(text: str) -> _Words:
    matches = list(_WORD.finditer(text))
    forms = tuple(match.group().casefold().replace("’", "'") for match in matches)
    return _Words(forms, tuple(match.span() for match in matches))


def _windows(count: int) -> list[int]:
    """Where the windows of an article start; the last one ends with the article."""
    if count < MIN_WORDS:
        return []
    last = max(0, count - WINDOW)
    return sorted({*range(0, last, STRIDE), last})


def _candidates(words: Sequence[_Words]) -> dict[Pair, list[Pair]]:
    """For each pair of articles, the pairs of windows that may match, as word positions."""
    index = MinHashLSH(threshold=LIKELY, num_perm=HASHES)
    hashes: dict[Pair, MinHash] = {}
    for number, article in enumerate(words):
        for start in _windows(len(article.forms)):
            part = article.forms[start : start + WINDOW]
            sketch = MinHash(num_perm=HASHES, seed=SEED)
            sketch.update_batch([f"{a} {b}".encode() for a, b in pairwise(part)])
            hashes[number, start] = sketch
            index.insert((number, start), sketch)
    found: dict[Pair, list[Pair]] = defaultdict(list)
    for (a, i), sketch in hashes.items():
        for b, j in index.query(sketch):
            if a < b or (a == b and j >= i + WINDOW):
                found[a, b].append((i, j))
    return found


def _passages(a: Sequence[str], b: Sequence[str], places: list[Pair], same: bool) -> list[Passage]:
    """The shared passages around the places, longest first where two claim the same words on both sides."""
    found: set[Passage] = set()
    for low_a, high_a, low_b, high_b in _regions(sorted(places), same):
        for passage in _aligned(a[low_a:high_a], b[low_b:high_b]):
            found.add((passage[0] + low_a, passage[1] + low_a, passage[2] + low_b, passage[3] + low_b))
    kept: list[Passage] = []
    for passage in sorted(found, key=lambda p: (p[0] - p[1], p)):
        if not any(_overlap(passage, other) for other in kept):
            kept.append(passage)
    return sorted(kept)


def _regions(places: list[Pair], same: bool) -> Iterator[Passage]:
    """Window pairs that follow one another on about the same diagonal, as one stretch, and a window more."""
    runs: list[list[Pair]] = []
    for i, j in places:
        run = next((r for r in reversed(runs) if _follows(r[-1], (i, j))), None)
        if run is None:
            runs.append([(i, j)])
        else:
            run.append((i, j))
    for run in runs:
        starts_a, starts_b = [i for i, _ in run], [j for _, j in run]
        low_a, high_a = max(0, min(starts_a) - WINDOW), max(starts_a) + 2 * WINDOW
        low_b, high_b = max(0, min(starts_b) - WINDOW), max(starts_b) + 2 * WINDOW
        if same:
            high_a = min(high_a, min(starts_b))
            low_b = max(low_b, high_a)
        yield low_a, high_a, low_b, high_b


def _follows(last: Pair, place: Pair) -> bool:
    step = place[0] - last[0]
    drift = (place[1] - place[0]) - (last[1] - last[0])
    return 0 <= step <= WINDOW and abs(drift) <= WINDOW


def _aligned(a: Sequence[str], b: Sequence[str]) -> Iterator[Passage]:
    """Runs of ANCHOR matching words or more, joined over gaps of GAP words, that make a passage."""
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    open_passage: Passage | None = None
    for block in blocks:
        if block.size < ANCHOR:
            continue
        anchor = (block.a, block.a + block.size, block.b, block.b + block.size)
        if open_passage is not None and _near(open_passage, anchor):
            joined = (open_passage[0], anchor[1], open_passage[2], anchor[3])
            if similarity(a[joined[0] : joined[1]], b[joined[2] : joined[3]]) >= MIN_SIMILARITY:
                open_passage = joined
                continue
        if open_passage is not None and _enough(open_passage):
            yield open_passage
        open_passage = anchor
    if open_passage is not None and _enough(open_passage):
        yield open_passage


def similarity(a: Sequence[str], b: Sequence[str]) -> float:
    """The share of words that match in order, 2 x matches / (words of a + words of b), between 0 and 1."""
    return float(Indel.normalized_similarity(a, b))


def _near(before: Passage, after: Passage) -> bool:
    return after[0] - before[1] <= GAP and after[2] - before[3] <= GAP


def _enough(passage: Passage) -> bool:
    return min(passage[1] - passage[0], passage[3] - passage[2]) >= MIN_WORDS


def _overlap(one: Passage, other: Passage) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _row(a: Article, words_a: _Words, b: Article, words_b: _Words, passage: Passage) -> dict[str, Any]:
    low_a, high_a, low_b, high_b = passage
    start_a, end_a = words_a.spans[low_a][0], words_a.spans[high_a - 1][1]
    start_b, end_b = words_b.spans[low_b][0], words_b.spans[high_b - 1][1]
    return {
        "article_a": a.article_id,
        "start_a": start_a,
        "end_a": end_a,
        "text_a": a.text[start_a:end_a],
        "article_b": b.article_id,
        "start_b": start_b,
        "end_b": end_b,
        "text_b": b.text[start_b:end_b],
        "similarity": round(similarity(words_a.forms[low_a:high_a], words_b.forms[low_b:high_b]), 4),
        "words": high_a - low_a,
    }
